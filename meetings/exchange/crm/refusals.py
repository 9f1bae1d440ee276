"""What a person is asked before a CRM's export can be counted. Nothing was changed when one of these is raised."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from meetings.exchange.tables.refusals import Cancelled, ImportRefused

__all__ = ["Cancelled", "ColumnsMissing", "DatesUnclear", "ImportRefused"]


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

    `header`: the column. `example`: a value of it. `day`, `month`: what it means with the day or the month first; None
    where it is no date then, which is so when some dates can only be read one way and some only the other. Call
    `read_leads` again with `day_order="day"` or `"month"`.
    """

    title = "Which way round are the dates?"
    exit_code = 2

    def __init__(
        self,
        message: str,
        hint: str = "",
        *,
        header: str,
        example: str,
        day: dt.date | None,
        month: dt.date | None,
    ) -> None:
        super().__init__(message, hint)
        self.header = header
        self.example = example
        self.day = day
        self.month = month
