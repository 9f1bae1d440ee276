"""What a person is told before lead numbers are taken in."""

from __future__ import annotations

from pathlib import Path

from meetings.exchange.crm.plan import plan
from meetings.meeting import Head, Meeting
from tests.unit.crm_files import MEETING, read, written
from tui.words.import_summary import lines

HEADER = "Lead Source,Lead Status,Created Date\n"
EMPTY = Meeting(head=Head(uid="head", number=1, date=MEETING))


def told(folder: Path, rows: str, meeting: Meeting = EMPTY, width: int = 86) -> list[str]:
    """The lines, for a file with these rows."""
    found = read(written(folder, HEADER + rows))
    return [line.plain for line in lines(found, plan(meeting, found), meeting, width)]


def having(folder: Path, rows: str) -> Meeting:
    """The meeting with the numbers of that file."""
    added = plan(EMPTY, read(written(folder, HEADER + rows))).added
    return EMPTY.with_tables({"lead_numbers": {row.uid: row for row in added}})


def test_how_many_rows_are_used(tmp_path: Path) -> None:
    one = "Event,New,2026-11-17\n"
    created = "created Mon 16 to Sun 22 Nov, by week."
    assert told(tmp_path, one)[0] == f"The only row is used, a lead, {created}"
    assert told(tmp_path, one + "Event,New,\n")[0] == f"1 of 2 rows is used, a lead, {created}"
    assert told(tmp_path, one * 2)[0] == f"2 of 2 rows are used, a lead each, {created}"


def test_a_source_that_may_have_another_name_now(tmp_path: Path) -> None:
    meeting = having(tmp_path, "Event,New,2026-11-17\nWebinar,New,2026-11-17\n")
    one = told(tmp_path, "Trade fair,New,2026-11-17\nWebinar,New,2026-11-17\n", meeting)
    assert (
        "No longer in the file: Event. Its numbers stay as they are; if it has another name now, remove them,"
        " or leads count twice." in one
    )
    both = " ".join(told(tmp_path, "Trade fair,New,2026-11-17\n", meeting))
    assert "No longer in the file: Event, Webinar. Their numbers stay" in both
    assert "No longer" not in " ".join(
        told(tmp_path, "event,New,2026-11-17\nWEBINAR,New,2026-11-17\n", meeting)
    )
