"""Why a file is not imported: each in one sentence. Nothing was changed when one of these is raised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from meetings.errors import AccordError


class ImportRefused(AccordError):
    """The file cannot be imported as it is. The message names the file, and the line where there is one."""

    title = "This file cannot be imported"
    exit_code = 3


class Cancelled(ImportRefused):
    """The person stopped the import."""

    title = "The import was cancelled"
    exit_code = 130


class ColumnsMissing(ImportRefused):
    """Columns were not recognised without which nothing can be counted: a person can say which they are.

    `missing`: what is missing, by its name in config.yaml's `leads.columns`, each a key of `columns.WORDS`. Call
    `read_leads` again with `columns={name: header}`; an empty header says that the file has no such column.
    `headers`: the file's columns, in their order. `found`: what was recognised, name to header.
    """

    title = "Which column is it?"
    exit_code = 2

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        headers: Sequence[str] = (),
        missing: Sequence[str] = (),
        found: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message, hint)
        self.headers = tuple(headers)
        self.missing = tuple(missing)
        self.found = dict(found or {})


class DatesUnclear(ImportRefused):
    """Every date could be day first or month first: a person has to say which.

    `header`: the column. `example`: a value of it. `day`, `month`: what it means with the day or the month first. Call
    `read_leads` again with `day_order="day"` or `"month"`.
    """

    title = "Which way round are the dates?"
    exit_code = 2

    def __init__(
        self, message: str, hint: str = "", *, header: str, example: str, day: dt.date, month: dt.date
    ) -> None:
        super().__init__(message, hint)
        self.header = header
        self.example = example
        self.day = day
        self.month = month
