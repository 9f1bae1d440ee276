"""What can go wrong, in one sentence each, with the exit code of the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar


class AccordError(Exception):
    """Something that a person can be told in one sentence.

    `message` is that sentence (also `str(error)`); `hint` says what to do about it, or is empty.
    `title` heads the dialog that shows it; `exit_code` is what a command ends with.
    """

    title: ClassVar[str] = "That did not work"
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return self.message


class UsageError(AccordError):
    """What was typed cannot be understood or does not fit. `field` names the record's field, where it is one."""

    title = "Not understood"
    exit_code = 2

    def __init__(self, message: str, hint: str = "", *, field: str = "") -> None:
        super().__init__(message, hint)
        self.field = field


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a configuration file.

    `line` counts from 1; 0 means the file as a whole. `key` is dotted (`teams.a.name`), or empty.
    `message` says what was found, what is allowed and, where that helps, what was probably meant.
    """

    file: Path
    line: int
    key: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{place}: {self.key}: {self.message}" if self.key else f"{place}: {self.message}"


class ConfigError(AccordError):
    """The configuration cannot be used; `problems` lists everything that is wrong with it."""

    title = "The configuration needs a correction"
    exit_code = 2

    def __init__(self, message: str, hint: str = "", problems: Sequence[Problem] = ()) -> None:
        super().__init__(message, hint)
        self.problems = tuple(problems)


class StoreError(AccordError):
    """The meetings could not be read or written; nothing was lost or changed."""

    title = "The meetings could not be opened or saved"
    exit_code = 3
