"""Reads a configuration file, strictly: all that is wrong with it is said at once."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection
from functools import cache
from pathlib import Path

import msgspec

from meetings.config import rules
from meetings.config.places import shipped_file
from meetings.config.reader import Reader
from meetings.config.schema import FORMAT, Config
from meetings.config.tree import STRANGE, Node, YamlError, parse
from meetings.config.values import BAD
from meetings.errors import ConfigError, Problem

LIMIT = 1024 * 1024
"""Bytes; a configuration has a few thousand."""


def load(
    path: Path,
    *,
    actions: Collection[str] | None = None,
    check_keys: rules.CheckKeys | None = None,
    confined: bool = False,
) -> Config:
    """See meetings.config.load_config."""
    path = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would follow a symbolic link to another folder
    config = read(_text(path), path, actions=actions, check_keys=check_keys, confined=confined)
    return msgspec.structs.replace(config, source=path)


@cache
def shipped() -> tuple[str, Config]:
    """The text of the config.yaml that comes with Accord, and what it says."""
    file = shipped_file()
    text = _text(file)
    return text, read(text, file)


def read(
    text: str,
    file: Path,
    *,
    actions: Collection[str] | None = None,
    check_keys: rules.CheckKeys | None = None,
    confined: bool = False,
) -> Config:
    """What the text of a config.yaml says; `file` is where it stands.

    Raises ConfigError with every problem.
    """
    if sign := STRANGE.search(text):
        line = text.count("\n", 0, sign.start()) + 1
        raise failure(
            [Problem(file, line, "", f"contains the control character U+{ord(sign[0]):04X}; delete it")]
        )
    reader = Reader(file)
    try:
        root, refused = parse(text)
    except YamlError as error:
        raise failure([Problem(file, error.line, "", error.message)]) from None
    for line, words in refused:
        reader.problem(line, "", words)
    if root is None or (root.kind == "scalar" and not root.text):
        reader.problem(0, "", f"is empty; a configuration begins with `accord: {FORMAT}`")
    elif root.kind != "mapping":
        reader.problem(root.line, "", f"holds no settings; a configuration begins with `accord: {FORMAT}`")
    else:
        _check_format(reader, root)
        config = reader.section(root, Config, "")
        if config is not BAD:
            rules.check(reader, config, confined=confined)
            rules.check_keys(reader, config, actions, check_keys)
            if not reader.problems:
                return config  # type: ignore[no-any-return]
    raise failure(reader.problems)


def failure(problems: list[Problem]) -> ConfigError:
    """The error that carries these problems, in the order of the file."""
    problems = sorted(set(problems), key=lambda each: (each.line, each.key))
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return ConfigError(f"{problems[0]}{more}", "Correct the file; it has not been changed.", problems)


def _check_format(reader: Reader, root: Node) -> None:
    """Stop at a file of a newer version: what else it says cannot be judged."""
    value = next(
        (value for name, value in root.pairs if name.kind == "scalar" and name.text == "accord"), None
    )
    if value is None:
        reader.problem(root.line, "accord", f"is missing; a configuration begins with `accord: {FORMAT}`")
    elif value.kind == "scalar" and value.plain and value.text.isdecimal() and value.text != str(FORMAT):
        newer = int(value.text[:9]) > FORMAT
        words = "was written for a newer Accord" if newer else "is not a version of this format"
        raise failure(
            [
                Problem(
                    reader.file,
                    value.line,
                    "accord",
                    f"found `{value.text[:9]}`, which {words}; allowed: {FORMAT}",
                )
            ]
        )


def _text(path: Path) -> str:
    """The text of the file; a byte order mark is dropped. Raises ConfigError when there is none to be had."""
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise failure(
                [Problem(path, 0, "", "is a folder, not a file" if stat.S_ISDIR(mode) else "is not a file")]
            )
        with path.open("rb") as stream:
            raw = stream.read(LIMIT + 1)
    except FileNotFoundError:
        raise ConfigError(
            f"There is no configuration file {path}.",
            "`accord init` writes one.",
            [Problem(path, 0, "", "does not exist")],
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "the name cannot be used"
        raise failure([Problem(path, 0, "", f"cannot be read ({reason})")]) from None
    if len(raw) > LIMIT:
        raise failure([Problem(path, 0, "", "is larger than a megabyte, so it is no configuration")])
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise failure([Problem(path, 0, "", "is encoded as UTF-16; save it as UTF-8")])
    if b"\0" in raw:
        raise failure([Problem(path, 0, "", "is not a text file")])
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise failure(
            [Problem(path, line, "", "contains bytes that are not UTF-8; save the file as UTF-8")]
        ) from None
