"""The one way to change a meeting: whole edits, clean text, values that fit, others' edits merged in."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.errors import UsageError
from meetings.kinds import FeedbackState, ItemState, MeetingState, ProblemState, Team
from meetings.meeting import AgendaStep, Head, Meeting
from meetings.model import (
    ActionItem,
    Feedback,
    Goal,
    LeadNumbers,
    Note,
    Person,
    Problem,
    Rating,
    Reading,
    Win,
)
from meetings.session import Event, Session
from meetings.store.base import MeetingStore, NotSaved, Saved
from meetings.store.files import FileStore
from meetings.store.saver import Progress
from tests.conftest import Clock
from tests.places import KINDS, Place, again

STEPS = (
    AgendaStep(id="goals", kind="goals", title="Goal review", minutes=10),
    AgendaStep(id="wins", kind="wins", title="Wins", minutes=5),
)


@pytest.fixture(params=KINDS)
def kind_of_place(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def store(place: Place, clock: Clock) -> MeetingStore:
    """A store with meeting 7, running."""
    store = place.store()
    head = Head(
        uid="head",
        number=7,
        state=MeetingState.RUNNING,
        steps=STEPS,
        step="goals",
        date=clock.today(),
        next_date=clock.today() + dt.timedelta(7),
    )
    store.create(Meeting(head=head))
    return store


Opener = Callable[..., Session]


@pytest.fixture
def open_session(store: MeetingStore, place: Place, clock: Clock) -> Iterator[Opener]:
    """Opens meeting 7 as a window does; every window has a store object of its own."""
    opened: list[Session] = []

    def open_one(seat: str = "mine", **options: Any) -> Session:
        own = place.store()
        options = {"background": False} | options
        session = Session(own, own.read(7), seat=seat, now=clock.now, today=clock.today, **options)
        opened.append(session)
        return session

    yield open_one
    for session in opened:
        session.saver.close()


@pytest.fixture
def session(open_session: Opener) -> Session:
    return open_session()


def on_disk(session: Session) -> Meeting:
    return again(session.saver.store).read(session.meeting.head.number)


# Edits


def test_an_edit_is_on_disk_when_its_method_returns(session: Session, clock: Clock) -> None:
    win = session.add(Win(title="ACME signed"))
    assert on_disk(session) == session.meeting
    assert on_disk(session).wins[win.uid].created_at == clock.now()
    clock.advance(60)
    session.change(win.uid, title="ACME and Umbrella signed")
    row = on_disk(session).wins[win.uid]
    assert (row.title, row.updated_at) == ("ACME and Umbrella signed", clock.now())
    assert row.created_at < row.updated_at
    session.remove(win.uid)
    assert not on_disk(session).wins


def test_several_changes_are_one_edit_one_write_and_one_event(session: Session) -> None:
    feedback = session.add(Feedback(text="Leads are thin"))
    heard: list[Event] = []
    session.listen(heard.append)
    version = session.meeting.head.version
    changed, added = session.apply(
        "action",
        add=[ActionItem(title="Ask for the budget", origin=feedback.uid)],
        change={feedback.uid: {"state": FeedbackState.ACTED}},
    )
    assert isinstance(changed, Feedback)
    assert isinstance(added, ActionItem)
    assert on_disk(session).head.version == version + 1
    assert [event.label for event in heard if event.kind == "edit"] == ["action"]


def test_all_or_nothing(session: Session) -> None:
    win = session.add(Win(title="ACME signed"))
    before = on_disk(session)
    with pytest.raises(UsageError, match="Action item may not be empty"):
        session.apply(
            "both",
            add=[Problem(title="Slow form"), ActionItem(title=" ")],
            change={win.uid: {"title": "Other"}},
        )
    with pytest.raises(UsageError, match="no longer in this meeting"):
        session.apply("gone", add=[Problem(title="Slow form")], remove=["nowhere"])
    assert session.meeting == before
    assert on_disk(session) == before


def test_an_edit_that_changes_nothing_writes_nothing(session: Session) -> None:
    win = session.add(Win(title="ACME signed"))
    before = on_disk(session)
    session.change(win.uid, title=" ACME signed ")
    assert on_disk(session) == before


def test_a_record_is_added_once(session: Session) -> None:
    win = session.add(Win(title="ACME signed"))
    with pytest.raises(UsageError, match="This win is in the meeting already"):
        session.add(Win(uid=win.uid, title="Other"))
    with pytest.raises(UsageError, match="in the meeting already"):
        session.apply("twice", add=[Win(uid="x", title="One"), Win(uid="x", title="Two")])
    assert [w.title for w in session.meeting.wins.values()] == ["ACME signed"]


def test_listening_ends_when_asked(session: Session) -> None:
    heard: list[Event] = []
    stop = session.listen(heard.append)
    stop()
    stop()
    session.add(Win(title="ACME signed"))
    assert heard == []


def test_a_store_that_may_not_be_written_to_refuses_with_its_sentence(open_session: Opener) -> None:
    session = open_session(refusal="0008.json was written by a newer Accord.")
    before = on_disk(session)
    for attempt in (
        lambda: session.add(Win(title="No")),
        session.pause,
        lambda: session.go_to("wins"),
        session.undo,
    ):
        with pytest.raises(UsageError, match=r"0008\.json was written by a newer Accord\."):
            attempt()
    session.beat()
    assert on_disk(session) == before


# What comes in


def test_control_characters_never_get_in(session: Session) -> None:
    win = session.add(
        Win(
            title="a\x1b]0;owned\x07\x1b[31mb\x00\u202ec\nd",
            credits=("Sa\x1b[2Jm",),
            what_worked="one\r\ntwo\x9b3m",
        )
    )
    assert (win.title, win.credits, win.what_worked) == ("abc d", ("Sam",), "one\ntwo")
    numbers = session.add(LeadNumbers(source="Web\tinar", rejected={"no\x1b[0m budget": 4}))
    assert (numbers.source, numbers.rejected) == ("Web inar", {"no budget": 4})
    session.write_note("goals", "line\x07 one\nline two")
    assert [note.text for note in session.meeting.notes.values()] == ["line one\nline two"]
    assert "\x1b" not in on_disk(session).wins[win.uid].title


@given(text=st.text(max_size=60))
def test_no_text_brings_a_control_character_in(text: str) -> None:
    session = Session(
        _Nowhere(),
        Meeting(head=Head(number=7, state=MeetingState.RUNNING, steps=STEPS, step="goals")),
        seat="mine",
        now=Clock().now,
        today=Clock().today,
        background=False,
    )
    win = session.add(Win(title="x" + text, what_worked=text))
    assert not {c for c in win.title if ord(c) < 32 or 127 <= ord(c) < 160}
    assert not {c for c in win.what_worked if (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160}


class _Nowhere(FileStore):
    def __init__(self) -> None:
        super().__init__(Path("nowhere"))

    def save(self, meeting: Meeting, base: Meeting) -> Saved:
        return Saved(meeting)


@pytest.mark.parametrize(
    ("record", "fields", "sentence"),
    [
        (Feedback(text="x"), {"rating": 6}, "Rating 1 to 5: that is too high; the limit is 5."),
        (Feedback(text="x"), {"rating": 0}, "Rating 1 to 5: that is too low; the limit is 1."),
        (Rating(person="Sam"), {"value": 11}, "Rating 1 to 10: that is too high; the limit is 10."),
        (Problem(title="x"), {"votes": -1}, "Votes: that is too low; the limit is 0."),
        (Win(title="x"), {"amount": float("nan")}, "Amount: that number is too large."),
        (Win(title="x"), {"amount": float("inf")}, "Amount: that number is too large."),
        (LeadNumbers(source="x"), {"new": 10**30}, "New leads: that number is too large."),
        (LeadNumbers(source="x"), {"new": 1.5}, "New leads: that value does not fit."),
        (LeadNumbers(source="x"), {"rejected": {"a": 2**60}}, "Rejected: that number is too large."),
        (
            Goal(title="x"),
            {"readings": (Reading(dt.date(2026, 1, 1), float("inf")),)},
            "Readings: that number",
        ),
        (ActionItem(title="x"), {"state": "finished"}, "State: that value does not fit."),
        (ActionItem(title="x"), {"due": "soon"}, "Due: that value does not fit."),
        (ActionItem(title="x"), {"owner": None}, "Owner: that value does not fit."),
        (ActionItem(title="x"), {"title": "\x1b[0m"}, "Action item may not be empty."),
        (Feedback(text="x"), {"text": "y" * 20_001}, "Feedback is too long: at most 20,000 characters fit."),
        (Feedback(text="x"), {"from_team": Team.BOTH}, "Feedback comes from one team: name which one."),
    ],
)
def test_a_value_that_does_not_fit_is_refused_in_one_sentence(
    session: Session, record: Any, fields: dict[str, Any], sentence: str
) -> None:
    there = session.add(record)
    before = on_disk(session)
    with pytest.raises(UsageError) as refused:
        session.change(there.uid, **fields)
    assert str(refused.value).startswith(sentence)
    assert session.meeting == before
    assert on_disk(session) == before


def test_two_people_do_not_share_a_name(session: Session) -> None:
    session.add(Person(name="Sam", team=Team.A))
    with pytest.raises(UsageError, match="sam is on the list already"):
        session.add(Person(name="sam"))


# What follows from a change


def test_an_item_gets_its_date_team_and_meeting(session: Session, clock: Clock) -> None:
    session.add(Person(name="Lena", team=Team.B))
    item = session.add(ActionItem(title="Send the list", owner="Lena"))
    assert isinstance(item, ActionItem)
    assert (item.team, item.due, item.raised_in) == (Team.B, dt.date(2026, 11, 23), 7)
    done = session.change(item.uid, state=ItemState.DONE)
    assert isinstance(done, ActionItem)
    assert done.done_on == clock.today()
    opened = session.change(item.uid, state=ItemState.OPEN)
    assert isinstance(opened, ActionItem)
    assert opened.done_on is None


def test_moving_the_date_of_an_old_promise_counts(session: Session) -> None:
    item = session.add(ActionItem(title="Send the list", raised_in=5))
    moved = session.change(item.uid, due=dt.date(2026, 12, 1))
    assert isinstance(moved, ActionItem)
    assert moved.moved == 1


def test_answered_feedback_knows_when(session: Session, clock: Clock) -> None:
    feedback = session.add(Feedback(text="Leads are thin"))
    answered = session.change(feedback.uid, response="We ask for the budget now")
    assert isinstance(answered, Feedback)
    assert (answered.state, answered.answered_on) == (FeedbackState.ANSWERED, clock.today())


# Order and notes


def test_moving_a_row_up_and_down(session: Session) -> None:
    uids = [session.add(Win(title=name)).uid for name in "abcd"]

    def order() -> str:
        return "".join(win.title for win in on_disk(session).wins.values())

    session.shift(uids[3], -1)
    assert order() == "abdc"
    session.shift(uids[0], 99)
    assert order() == "bdca"
    session.shift(uids[0], -99)
    assert order() == "abdc"
    session.shift(uids[0], -1)
    assert order() == "abdc"
    session.undo()
    assert order() == "bdca"


def test_rows_can_be_moved_between_each_other_for_ever(session: Session) -> None:
    a, b, c = (session.add(Win(title=name)).uid for name in "abc")
    expected = [a, b, c]
    for turn in range(150):
        session.shift(expected[2], -1)
        expected = [expected[0], expected[2], expected[1]]
        assert list(session.meeting.wins) == expected, f"after {turn + 1} moves"


def test_a_note_is_written_changed_and_taken_away(session: Session) -> None:
    session.write_note("goals", "first")
    session.write_note("goals", "second")
    assert [(note.step, note.text) for note in on_disk(session).notes.values()] == [("goals", "second")]
    session.write_note("goals", " \x1b[0m ")
    assert not on_disk(session).notes
    session.undo()
    assert [note.text for note in on_disk(session).notes.values()] == ["second"]


# Two windows


def test_two_windows_lose_nothing(open_session: Opener) -> None:
    one, two = open_session("one"), open_session("two")
    item = one.add(ActionItem(title="Send the list"))
    win = two.add(Win(title="ACME signed"))
    one.add(Problem(title="Slow form"))
    two.change(item.uid, owner="Lena")
    one.change(item.uid, due=dt.date(2026, 12, 1))
    meeting = on_disk(one)
    assert len(meeting.action_items) == len(meeting.wins) == len(meeting.problems) == 1
    assert meeting.action_items[item.uid].owner == "Lena"
    assert meeting.action_items[item.uid].due == dt.date(2026, 12, 1)
    two.remove(win.uid)
    one.saver.look()
    assert one.meeting == two.meeting == on_disk(one)


def test_looking_brings_others_edits_in_and_says_so(open_session: Opener) -> None:
    one, two = open_session("one"), open_session("two")
    heard: list[Event] = []
    one.listen(heard.append)
    one.saver.look()
    assert heard == []
    two.add(Win(title="ACME signed"))
    one.saver.look()
    assert [event.kind for event in heard] == ["others"]
    assert [win.title for win in one.meeting.wins.values()] == ["ACME signed"]
    one.saver.look()
    assert len(heard) == 1


def test_an_edit_behind_our_back_arrives(session: Session, place: Place) -> None:
    win = session.add(Win(title="ACME signed"))
    place.put(7, place.raw(7).replace(b"ACME signed", b"Umbrella\\u001b[31m signed"))
    session.saver.look()
    assert session.meeting.wins[win.uid].title == "Umbrella signed"


def test_two_changes_to_one_field_keep_the_later_and_report_both(open_session: Opener, clock: Clock) -> None:
    one, two = open_session("one"), open_session("two")
    win = one.add(Win(title="ACME signed"))
    two.saver.look()
    heard: list[Event] = []
    two.listen(heard.append)
    one.change(win.uid, title="From one")
    clock.advance(1)
    two.change(win.uid, title="From two")
    clashes = [clash for event in heard for clash in event.clashes]
    assert [(c.table, c.field, c.kept, c.other) for c in clashes] == [
        ("wins", "title", "From two", "From one")
    ]
    assert on_disk(one).wins[win.uid].title == "From two"


def test_two_windows_saving_in_the_background_lose_nothing(open_session: Opener) -> None:
    one, two = open_session("one", background=True), open_session("two", background=True)

    def work(session: Session, name: str) -> None:
        for number in range(15):
            session.add(Win(title=f"{name} {number}"))

    threads = [threading.Thread(target=work, args=(s, n)) for s, n in ((one, "one"), (two, "two"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert one.saver.flush(20)
    assert two.saver.flush(20)
    expected = {f"{name} {number}" for name in ("one", "two") for number in range(15)}
    assert {win.title for win in on_disk(one).wins.values()} == expected
    for session in (one, two):
        session.saver.look()
        assert session.saver.flush(20)
        assert {win.title for win in session.meeting.wins.values()} == expected


def test_an_edit_made_while_others_edits_come_in_takes_none_back(
    open_session: Opener, place: Place, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = open_session("theirs").add(Win(title="Theirs"))
    held, saving, go = place.store(), threading.Event(), threading.Event()
    really = held.save

    def save_and_wait(meeting: Meeting, base: Meeting) -> Saved:
        saved = really(meeting, base)
        saving.set()
        assert go.wait(20)
        return saved

    monkeypatch.setattr(held, "save", save_and_wait)
    first = Session(held, place.store().read(7), seat="mine", now=clock.now, today=clock.today)
    other = open_session("other")
    late = other.add(Problem(title="Typed elsewhere"))
    mine = first.add(Win(title="Mine"))
    assert saving.wait(20)  # the save has merged the problem in, and nobody here knows of it yet
    second = first.add(Win(title="Mine too"))
    first.remove(mine.uid)
    go.set()
    assert first.saver.flush(20)
    meeting = on_disk(other)
    assert set(meeting.wins) == {theirs.uid, second.uid}
    assert set(meeting.problems) == {late.uid}
    assert set(first.meeting.problems) == {late.uid}
    first.saver.close()


# When saving fails


def test_a_failed_save_keeps_the_edit_and_the_next_attempt_writes_it(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(meeting: Meeting, base: Meeting) -> Saved:
        raise NotSaved("Meeting 7 could not be saved: the disk is full.")

    before = on_disk(session)
    with monkeypatch.context() as patch:
        patch.setattr(session.saver.store, "save", full)
        with pytest.raises(NotSaved):
            session.add(Win(title="ACME signed"))
        assert not session.saver.flush()
    assert on_disk(session) == before
    assert session.state.progress is Progress.FAILED
    assert [win.title for win in session.meeting.wins.values()] == ["ACME signed"]
    assert session.saver.flush()
    assert session.state.progress is Progress.SAVED
    assert on_disk(session) == session.meeting


def test_the_state_of_saving_is_told_as_it_changes(
    open_session: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = open_session(background=True)
    seen: list[tuple[Progress, str]] = []
    failed = threading.Event()

    def heard(event: Event) -> None:
        if event.kind == "saving":
            seen.append((session.state.progress, event.label))
            if session.state.progress is Progress.FAILED:
                failed.set()

    def full(meeting: Meeting, base: Meeting) -> Saved:
        raise NotSaved("the disk is full")

    session.listen(heard)
    with monkeypatch.context() as patch:
        patch.setattr(session.saver.store, "save", full)
        session.add(Win(title="ACME signed"))
        assert failed.wait(20)
        assert session.state.why == "the disk is full"
    assert session.saver.flush(20)
    assert (Progress.FAILED, "the disk is full") in seen
    assert session.state.progress is Progress.SAVED
    assert on_disk(session) == session.meeting


def test_a_problem_keeps_its_state_through_a_change_of_words(session: Session) -> None:
    problem = session.add(Problem(title="Slow form", state=ProblemState.SOLVED))
    changed = session.change(problem.uid, title="Slow forms")
    assert isinstance(changed, Problem)
    assert changed.state is ProblemState.SOLVED


def test_the_ratings_are_shown_and_hidden(session: Session) -> None:
    session.reveal(True)
    assert on_disk(session).head.revealed
    session.reveal(False)
    assert not on_disk(session).head.revealed


def test_a_note_of_its_own_kind_can_be_added_directly(session: Session) -> None:
    note = session.add(Note(step="wins", text="well done"))
    assert on_disk(session).notes[note.uid].text == "well done"
