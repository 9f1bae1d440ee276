"""argparse, with errors that are one sentence, and with the types that the commands' arguments have."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any, NoReturn

from meetings.cli.main import flush
from meetings.errors import UsageError
from meetings.text import clean

EXIT_STATUS = (
    "exit status: 0 fine; 1 `check` found something; 2 wrong usage, configuration or id; "
    "3 something cannot be read or written"
)


class Parser(argparse.ArgumentParser):
    """A parser that raises UsageError instead of printing its usage and leaving. Every one has --config."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(allow_abbrev=False, **settings)
        self.add_argument("--config", metavar="FILE", type=path, help="the configuration file to use")

    def understand(self, arguments: list[str]) -> argparse.Namespace:
        """The arguments by name. Raises UsageError; SystemExit after --help."""
        found, extra = self.parse_known_args(arguments)
        if extra:
            word = extra[0].partition("=")[0]
            options = [option for action in self._actions for option in action.option_strings]
            if word.startswith("-"):
                self.error(f"there is no option “{shown(word)}”{did_you_mean(word, options, 0.7)}")
            self.error(f"“{shown(word)}” is one argument too many")
        return found

    def print_help(self, file: Any = None) -> None:
        """Print the help; argparse itself would keep silent about a full disk."""
        print(self.format_help(), end="", file=file)

    def error(self, message: str) -> NoReturn:
        """Raise the message as a sentence."""
        raise UsageError(sentence(message), f"`{self.prog} --help` shows how it is used.")

    def exit(self, status: int = 0, message: str | None = None) -> NoReturn:
        """After --help or --version; a pipe that was closed early is noticed here."""
        flush()
        super().exit(status, message)


_SHAPES = (
    (re.compile(r"argument (.+?): expected (one|at least one) argument"), r"\1 needs a value"),
    (re.compile(r"the following arguments are required: (.+)"), r"\1 is missing"),
    (re.compile(r"argument (.+?): (.+)", re.DOTALL), r"\1: \2"),
)


def sentence(message: str) -> str:
    """What argparse says, in one sentence."""
    words = clean(message)
    for shape, form in _SHAPES:
        if shape.fullmatch(words):
            words = shape.sub(form, words)
            break
    words = words[:1].upper() + words[1:] if words[:1].isalpha() and not words[:2].isupper() else words
    return words if words.endswith(("?", ".")) else f"{words}."


def did_you_mean(word: str, known: Iterable[str], least: float = 0.6) -> str:
    """`; did you mean “x”?` when one of the known words is near (by `least` of 1), else the end of the sentence."""
    from difflib import get_close_matches

    by_key = {_compared(name): name for name in known}
    near = get_close_matches(_compared(word), list(by_key), 1, least)
    return f"; did you mean “{by_key[near[0]]}”?" if near else "."


def _compared(word: str) -> str:
    """Without case and dashes before it: two options are not near because both have dashes."""
    return word.casefold().lstrip("-")


def text(value: str) -> str:
    """A text argument, cleaned of what could act on a terminal.

    In a locale that is not UTF-8 the bytes arrive undecoded (as surrogates); they are UTF-8 nearly always.
    """
    with suppress(UnicodeError):
        value = os.fsencode(value).decode("utf-8")
    return clean(value)


def path(value: str) -> str:
    """A file or folder; `-` is standard output where one is written."""
    if not value or "\0" in value:
        raise argparse.ArgumentTypeError("a file or folder has a name")
    return value


def one_of(*options: str) -> Callable[[str], str]:
    """The type of an argument that is one of these words; case, `-` and `_` make no difference."""
    plain = {_plain(option): option for option in options}

    def choose(value: str) -> str:
        found = plain.get(_plain(clean(value)))
        if found is None:
            near = did_you_mean(value, options)
            instead = near if near.endswith("?") else f"; it can be {', '.join(options)}"
            raise argparse.ArgumentTypeError(f"“{shown(value)}” is not known here{instead}")
        return found

    return choose


def count(least: int, most: int) -> Callable[[str], int]:
    """The type of an argument that is a whole number between these two."""

    def read(value: str) -> int:
        words = clean(value)
        if not (words.isascii() and words.isdecimal() and len(words) < 10 and least <= int(words) <= most):
            raise argparse.ArgumentTypeError(f"“{shown(words)}” is not a whole number from {least} to {most}")
        return int(words)

    return read


def _plain(word: str) -> str:
    return word.strip().lower().replace("-", "_")


def shown(words: str) -> str:
    """What was typed, clean and short enough for a sentence."""
    words = clean(words)
    return words if len(words) <= 40 else f"{words[:39]}…"
