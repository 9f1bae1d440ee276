"""What an import changes in a meeting: replaced, corrected, left alone, undone."""

from __future__ import annotations

import csv
import datetime as dt
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from meetings.exchange.crm.periods import meeting_day
from meetings.exchange.crm.plan import bring_in, plan
from meetings.exchange.crm.result import LeadImport
from meetings.kinds import MeetingState
from meetings.meeting import Head, Meeting
from meetings.model import LeadNumbers
from meetings.session import Session
from meetings.store.files import FileStore
from tests.unit.crm_files import DATA, MEETING, TODAY, read, total, written

HUBSPOT = DATA / "crm/hubspot_contacts_made_up.csv"
SALESFORCE = DATA / "crm/salesforce_opportunities.csv"
NOW = dt.datetime(2026, 11, 22, 9, tzinfo=dt.UTC)


@pytest.fixture
def session(tmp_path: Path) -> Session:
    head = Head(uid="head", number=7, date=MEETING, state=MeetingState.PLANNED)
    store = FileStore(tmp_path / "store")
    meeting = store.create(Meeting(head=head))
    return Session(store, meeting, seat="one", now=lambda: NOW, today=lambda: TODAY, background=False)


def rows(session: Session) -> list[dict[str, Any]]:
    """The lead numbers without identifiers and times."""
    skipped = ("uid", "created_at", "updated_at", "position")
    return sorted(
        (
            {name: getattr(row, name) for name in row.__struct_fields__ if name not in skipped}
            for row in session.meeting.lead_numbers.values()
        ),
        key=str,
    )


def leads(folder: Path, *given: str, header: str = "Lead Source,Lead Status,Created Date") -> LeadImport:
    return read(written(folder, "\n".join((header, *given)) + "\n"))


def test_the_same_file_twice_changes_nothing(session: Session) -> None:
    first = bring_in(session, read(HUBSPOT))
    assert len(first.added) == len(session.meeting.lead_numbers) == 104
    there, edits = session.meeting, len(session.meeting.edits)
    again = bring_in(session, read(HUBSPOT))
    assert again.empty
    assert (again.unchanged, again.label) == (104, "104 as they were")
    assert session.meeting is there
    assert len(session.meeting.edits) == edits


def test_an_import_is_one_edit_that_can_be_undone_and_done_again(session: Session) -> None:
    session.add(LeadNumbers(source="Event", new=3))
    before = rows(session)
    bring_in(session, read(HUBSPOT))
    after = rows(session)
    assert session.undo() == "import of HubSpot leads"
    assert rows(session) == before
    session.redo()
    assert rows(session) == after


def test_a_newer_file_corrects_older_weeks(session: Session, tmp_path: Path) -> None:
    with HUBSPOT.open(encoding="utf-8-sig", newline="") as file:
        contacts = list(csv.reader(file))
    older = [contacts[0], *(row for row in contacts[1:] if row[5] < "2026-11-16")]
    text = io.StringIO()
    csv.writer(text).writerows(older)
    bring_in(session, read(written(tmp_path, text.getvalue())))
    late = [[*row[:6], "Customer", *row[7:]] if row[0] == "100004" else row for row in contacts]
    text = io.StringIO()
    csv.writer(text).writerows(late)
    newer = read(written(tmp_path, text.getvalue()))
    wanted = bring_in(session, newer)
    assert {row.period_start for row in wanted.added} == {dt.date(2026, 11, 16)}
    [(uid, fields)] = wanted.changed.items()
    row = session.meeting.lead_numbers[uid]
    assert (row.source, row.period_start) == ("Organic search", dt.date(2026, 8, 31))
    assert {"handed_over", "qualified", "opportunities", "won"} <= set(fields)
    assert total(session.meeting.lead_numbers.values(), "new") == 640
    assert total(session.meeting.lead_numbers.values(), "won") == 29


def test_a_period_that_was_not_over_grows_and_keeps_what_was_typed_into_it(
    session: Session, tmp_path: Path
) -> None:
    path = written(tmp_path, "Lead Source,Lead Status,Created Date\nEvent,New,2026-11-17\n")
    early = read(path, today=dt.date(2026, 11, 18))
    assert early.last == dt.date(2026, 11, 18)
    bring_in(session, early)
    [row] = session.meeting.lead_numbers.values()
    session.change(row.uid, spend=120.0)
    bring_in(session, leads(tmp_path, "Event,New,2026-11-17", "Event,Contacted,2026-11-20"))
    [row] = session.meeting.lead_numbers.values()
    assert (row.period_end, row.new, row.spend) == (dt.date(2026, 11, 22), 2, 120.0)


def test_leads_and_opportunities_of_one_product_come_together_and_contradictions_are_said(
    session: Session, tmp_path: Path
) -> None:
    bring_in(
        session,
        leads(tmp_path, "Event,Working - Contacted,2026-11-17", "Event,Closed - Converted,2026-11-17"),
    )
    header = "Opportunity Name,StageName,IsClosed,IsWon,LeadSource,CreatedDate"
    deals = [f"{name},Closed Won,true,true,event,2026-11-18" for name in "ABC"]
    wanted = bring_in(session, leads(tmp_path, *deals, header=header))
    [row] = session.meeting.lead_numbers.values()
    assert (row.new, row.qualified, row.opportunities, row.won) == (2, 1, 3, 3)
    assert wanted.doubts == ("Event: Opportunities is 3, more than Qualified (SQL) with 1.",)


def test_other_products_and_typed_numbers_stay_and_double_counting_is_said(
    session: Session, tmp_path: Path
) -> None:
    monday = dt.date(2026, 11, 16)
    session.add(LeadNumbers(source="Event", period_start=monday, period_end=TODAY, new=9))
    wanted = bring_in(session, leads(tmp_path, "Event,New,2026-11-17"))
    assert sorted(row.new or 0 for row in session.meeting.lead_numbers.values()) == [1, 9]
    assert wanted.doubts == ("Event has 2 rows for one period; totals count every one of them.",)


def test_a_source_that_the_file_lacks_is_left_alone_and_said(session: Session, tmp_path: Path) -> None:
    bring_in(session, leads(tmp_path, "Event,New,2026-11-17", "Webinar,New,2026-11-17"))
    wanted = bring_in(session, leads(tmp_path, "EVENT,New,2026-11-17", "Event,New,2026-11-17"))
    assert wanted.stay == ("Webinar",)
    assert {row.source: row.new for row in session.meeting.lead_numbers.values()} == {
        "Event": 2,
        "Webinar": 1,
    }


def test_rows_of_other_periods_are_replaced_where_the_days_are_the_same(
    session: Session, tmp_path: Path
) -> None:
    found = leads(tmp_path, "Event,New,2026-11-17")
    old = LeadNumbers(
        source="event",
        product=found.product,
        period_start=dt.date(2026, 11, 14),
        period_end=dt.date(2026, 11, 20),
        new=7,
    )
    far = LeadNumbers(
        source="Event",
        product=found.product,
        period_start=dt.date(2026, 9, 1),
        period_end=dt.date(2026, 9, 7),
        new=5,
    )
    session.apply("earlier", add=[old, far])
    wanted = bring_in(session, found)
    assert wanted.label == "1 new, 1 replaced by others"
    assert sorted(row.new or 0 for row in session.meeting.lead_numbers.values()) == [1, 5]


def test_a_plan_changes_nothing(session: Session) -> None:
    there = session.meeting
    wanted = plan(there, read(SALESFORCE))
    assert (len(wanted.added), wanted.empty) == (6, False)
    assert session.meeting is there


def test_two_windows_that_import_the_same_file_make_the_same_rows(session: Session) -> None:
    found = read(SALESFORCE)
    one, other = plan(session.meeting, found), plan(session.meeting, read(SALESFORCE))
    assert {row.uid for row in one.added} == {row.uid for row in other.added}


def test_no_row_of_the_file_is_stored(session: Session, tmp_path: Path) -> None:
    bring_in(session, read(HUBSPOT))
    stored = "".join(path.read_text("utf-8") for path in (tmp_path / "store").glob("*.json"))
    with HUBSPOT.open(encoding="utf-8-sig", newline="") as file:
        contacts = list(csv.DictReader(file))
    for field in ("Record ID", "Last Name", "Email", "Company Name", "Create Date", "Contact owner"):
        for row in contacts:
            assert not row[field] or f'"{row[field]}' not in stored


def test_the_meeting_that_numbers_are_for_is_not_before_today_while_it_is_planned() -> None:
    planned = Head(date=dt.date(2026, 11, 16), state=MeetingState.PLANNED)
    running = Head(date=dt.date(2026, 11, 16), state=MeetingState.RUNNING)
    assert meeting_day(planned, TODAY) == TODAY
    assert meeting_day(running, TODAY) == dt.date(2026, 11, 16)
    assert meeting_day(Head(date=MEETING, state=MeetingState.PLANNED), TODAY) == MEETING


ROW = st.tuples(
    st.sampled_from(["Event", "event", "Webinar", ""]),
    st.sampled_from(["New", "Working - Contacted", "Closed - Converted", "Unqualified"]),
    st.dates(dt.date(2026, 10, 20), TODAY).map(str),
)
FILE = st.lists(ROW, min_size=1, max_size=8).map(lambda cells: [",".join(cell) for cell in cells])


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(FILE, FILE)
def test_whatever_was_there_the_same_file_twice_changes_nothing(
    tmp_path: Path, one: list[str], other: list[str]
) -> None:
    meeting = Meeting(head=Head(uid="head", number=1, date=MEETING))
    for given_rows in (one, other):
        found = leads(tmp_path, *given_rows)
        wanted = plan(meeting, found)
        table = {
            row.uid: row
            for row in (*meeting.lead_numbers.values(), *wanted.added)
            if row.uid not in wanted.removed
        }
        table |= {uid: replace(table[uid], **fields) for uid, fields in wanted.changed.items()}
        meeting = meeting.with_tables({"lead_numbers": {**table}})
        assert plan(meeting, leads(tmp_path, *given_rows)).empty
        days = {(row.source.casefold(), row.period_start) for row in table.values()}
        assert len(days) == len(table), "no source twice in one period"
