"""Read a CRM's export: the one way in for the command line and the screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

from meetings.config import Config
from meetings.exchange.crm.result import LeadImport

Watch = Callable[[int, int], bool]
"""Called now and then with the bytes read so far and those there are; False stops the import."""


def read_leads(
    path: Path,
    config: Config,
    *,
    today: dt.date,
    meeting_day: dt.date | None = None,
    columns: Mapping[str, str] | None = None,
    day_order: Literal["day", "month"] | None = None,
    watch: Watch | None = None,
) -> LeadImport:
    """The lead numbers in a CSV file, by source and period. Reads nothing but the file; takes a while when it is large.

    `meeting_day`: the meeting that they are for: what was created on that day or later is for the next one.
    `columns`: a person's answers, what a column means (a key of `columns.WORDS`) to its header, "" for none.
    `day_order`: a person's answer to dates that could be read two ways.

    Raises ColumnsMissing and DatesUnclear, which a person can answer; Cancelled when `watch` returned False; other
    ImportRefused when the file is not such an export; OSError when it cannot be read.
    """
    raise NotImplementedError
