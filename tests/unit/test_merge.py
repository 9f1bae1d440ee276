"""Two versions of a meeting in one: nothing that either side wrote is lost without being named."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from meetings.flow.merge import Clash, merge
from meetings.kinds import ItemState, MeetingState
from meetings.meeting import Head, Meeting
from meetings.model import ActionItem, Goal, Interval, Note, Reading, Record, Win
from tests.conftest import MONDAY

EMPTY = Meeting(head=Head(uid="head", number=1))


def later(seconds: int) -> dt.datetime:
    return MONDAY + dt.timedelta(seconds=seconds)


def holding(table: str, *records: Record, base: Meeting = EMPTY) -> Meeting:
    return base.with_tables({table: {record.uid: record for record in records}})


def changed(meeting: Meeting, table: str, uid: str, seconds: int, **fields: Any) -> Meeting:
    rows = dict(meeting.table(table))
    rows[uid] = replace(rows[uid], updated_at=later(seconds), **fields)
    return meeting.with_tables({table: rows})


ITEM = ActionItem(uid="i", title="Send the list", owner="Sam", created_at=MONDAY, updated_at=MONDAY)
BASE = holding("action_items", ITEM)


def test_both_sides_additions_are_kept() -> None:
    mine = holding("wins", Win(uid="a", title="a", position=1.0))
    theirs = holding("wins", Win(uid="b", title="b", position=2.0))
    merged = merge(EMPTY, mine, theirs)
    assert list(merged.meeting.wins) == ["a", "b"]
    assert merged.clashes == ()


def test_changes_to_different_fields_of_one_record_are_both_kept() -> None:
    mine = changed(BASE, "action_items", "i", 5, owner="Lena")
    theirs = changed(BASE, "action_items", "i", 9, note="by mail")
    merged = merge(BASE, mine, theirs)
    row = merged.meeting.action_items["i"]
    assert (row.owner, row.note, row.updated_at) == ("Lena", "by mail", later(9))
    assert merged.clashes == ()


def test_of_two_changes_to_one_field_the_later_is_kept_whoever_merges() -> None:
    early = changed(BASE, "action_items", "i", 5, title="early")
    late = changed(BASE, "action_items", "i", 9, title="late")
    for merged in (merge(BASE, early, late), merge(BASE, late, early)):
        assert merged.meeting.action_items["i"].title == "late"
        assert merged.clashes == (Clash("action_items", "i", "title", "late", "early"),)


def test_or_mine_when_mine_wins() -> None:
    early = changed(BASE, "action_items", "i", 5, title="early")
    late = changed(BASE, "action_items", "i", 9, title="late")
    merged = merge(BASE, early, late, mine_wins=True)
    assert merged.meeting.action_items["i"].title == "early"
    assert merged.clashes == (Clash("action_items", "i", "title", "early", "late"),)


def test_the_same_change_on_both_sides_is_no_clash() -> None:
    mine = changed(BASE, "action_items", "i", 5, title="same")
    theirs = changed(BASE, "action_items", "i", 9, title="same")
    assert merge(BASE, mine, theirs).clashes == ()


def test_what_one_side_removed_and_the_other_left_alone_is_removed() -> None:
    assert not merge(
        BASE, EMPTY, changed(holding("wins", Win(uid="w"), base=BASE), "wins", "w", 1)
    ).meeting.action_items
    assert not merge(BASE, holding("wins", Win(uid="w"), base=BASE), EMPTY).meeting.action_items


def test_what_one_side_removed_and_the_other_changed_stays_and_is_named() -> None:
    edited = changed(BASE, "action_items", "i", 5, title="Send both lists")
    for merged in (merge(BASE, EMPTY, edited), merge(BASE, edited, EMPTY)):
        assert merged.meeting.action_items["i"].title == "Send both lists"
        assert merged.clashes == (Clash("action_items", "i", "", "Send both lists", None),)


def test_dates_go_with_the_state_they_were_set_with() -> None:
    base = holding("action_items", replace(ITEM, state=ItemState.DROPPED, reason="no time"))
    done = changed(base, "action_items", "i", 5, state=ItemState.DONE, done_on=MONDAY.date())
    opened = changed(base, "action_items", "i", 9, state=ItemState.OPEN, reason="")
    row = merge(base, done, opened).meeting.action_items["i"]
    assert (row.state, row.done_on) == (ItemState.OPEN, None)


def test_readings_of_different_days_are_both_kept() -> None:
    day = MONDAY.date()
    base = holding("goals", Goal(uid="g", title="Pipeline", updated_at=MONDAY, readings=(Reading(day, 1.0),)))
    mine = changed(base, "goals", "g", 5, readings=(Reading(day, 1.0), Reading(day + dt.timedelta(7), 2.0)))
    theirs = changed(base, "goals", "g", 9, readings=(Reading(day - dt.timedelta(7), 0.5), Reading(day, 1.0)))
    merged = merge(base, mine, theirs)
    assert [reading.value for reading in merged.meeting.goals["g"].readings] == [0.5, 1.0, 2.0]
    assert merged.clashes == ()


def test_two_readings_for_one_day_keep_the_later_and_name_both() -> None:
    base = holding("goals", Goal(uid="g", title="Pipeline", updated_at=MONDAY))
    mine = changed(base, "goals", "g", 5, readings=(Reading(MONDAY.date(), 27.0),))
    theirs = changed(base, "goals", "g", 9, readings=(Reading(MONDAY.date(), 29.0),))
    merged = merge(base, mine, theirs)
    assert merged.meeting.goals["g"].readings == (Reading(MONDAY.date(), 29.0),)
    assert merged.clashes == (Clash("goals", "g", "readings", 29.0, 27.0),)
    assert merge(base, mine, theirs, mine_wins=True).meeting.goals["g"].readings[0].value == 27.0


def test_a_reading_taken_away_stays_away() -> None:
    day = MONDAY.date()
    base = holding("goals", Goal(uid="g", title="Pipeline", updated_at=MONDAY, readings=(Reading(day, 1.0),)))
    mine = changed(base, "goals", "g", 5, readings=())
    theirs = changed(base, "goals", "g", 9, readings=(Reading(day, 1.0), Reading(day + dt.timedelta(7), 2.0)))
    assert [reading.value for reading in merge(base, mine, theirs).meeting.goals["g"].readings] == [2.0]


def test_one_interval_lengthened_by_two_windows_reaches_to_the_later_end() -> None:
    row = Interval(uid="c", step="goals", start=MONDAY, end=MONDAY)
    base = holding("clock", row)
    mine = changed(base, "clock", "c", 5, end=later(5))
    theirs = changed(base, "clock", "c", 9, end=later(9))
    for merged in (merge(base, mine, theirs), merge(base, theirs, mine)):
        assert merged.meeting.clock["c"].end == later(9)
        assert merged.clashes == ()


def test_the_same_note_begun_in_two_windows_is_one_note_and_a_clash() -> None:
    mine = holding(
        "notes", Note(uid="n", step="goals", text="mine", created_at=later(5), updated_at=later(5))
    )
    theirs = holding(
        "notes", Note(uid="n", step="goals", text="theirs", created_at=later(9), updated_at=later(9))
    )
    merged = merge(EMPTY, mine, theirs)
    assert (merged.meeting.notes["n"].text, merged.meeting.notes["n"].created_at) == ("theirs", later(5))
    assert merged.clashes == (Clash("notes", "n", "text", "theirs", "mine"),)


def test_where_one_is_in_the_agenda_is_nobodys_clash() -> None:
    base = Meeting(head=replace(EMPTY.head, updated_at=MONDAY))
    mine = replace(base, head=replace(base.head, step="wins", updated_at=later(5)))
    theirs = replace(
        base, head=replace(base.head, step="goals", state=MeetingState.RUNNING, updated_at=later(9))
    )
    merged = merge(base, mine, theirs)
    assert (merged.meeting.head.step, merged.meeting.head.state) == ("goals", MeetingState.RUNNING)
    assert merged.clashes == ()


# In general

UIDS = st.sampled_from("abcd")
RECORDS = st.builds(
    ActionItem,
    uid=UIDS,
    title=st.sampled_from(["x", "y", "z"]),
    owner=st.sampled_from(["", "Sam", "Lena"]),
    state=st.sampled_from(ItemState),
    created_at=st.just(MONDAY),
    updated_at=st.integers(0, 3).map(later),
    position=st.sampled_from([1.0, 2.0]),
)
MEETINGS = st.lists(RECORDS, max_size=4, unique_by=lambda record: record.uid).map(
    lambda rows: holding("action_items", *rows)
)


@given(MEETINGS, MEETINGS)
def test_merging_with_what_has_not_changed_is_the_other_side(base: Meeting, other: Meeting) -> None:
    assert merge(base, base, other).meeting == other
    assert merge(base, other, base).meeting == other
    assert merge(base, other, other).meeting == other


@given(MEETINGS, MEETINGS, MEETINGS)
def test_every_change_is_kept_or_named(base: Meeting, mine: Meeting, theirs: Meeting) -> None:
    merged = merge(base, mine, theirs)
    rows = merged.meeting.action_items
    named = {(clash.uid, clash.field): clash for clash in merged.clashes}
    for side in (mine, theirs):
        for uid, record in side.action_items.items():
            before = base.action_items.get(uid)
            if before is not None and replace(record, updated_at=before.updated_at) == before:
                continue
            assert uid in rows
            for name in ("title", "owner", "state"):
                if before is None or getattr(record, name) != getattr(before, name):
                    kept = getattr(rows[uid], name)
                    clash = named.get((uid, name))
                    assert kept == getattr(record, name) or (clash is not None and clash.kept == kept)


@given(MEETINGS, MEETINGS, MEETINGS)
def test_merging_again_changes_nothing(base: Meeting, mine: Meeting, theirs: Meeting) -> None:
    once = merge(base, mine, theirs).meeting
    assert merge(base, once, once).meeting == once
    assert merge(theirs, once, theirs).meeting == once
