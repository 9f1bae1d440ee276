"""Configuration, store and the meeting that accepts edits, opened together.

Exactly one meeting accepts edits: the latest, or the one before it while that is reopened. Opening heals what a
crash between the two writes of a close has left: a closed latest meeting gets its successor, and a successor
that was made from an earlier closing is brought up to date.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from meetings.config import Config
from meetings.dates import show_day
from meetings.errors import StoreError, UsageError
from meetings.flow import lifecycle
from meetings.flow.false_start import may_be_put_back, put_back
from meetings.flow.merge import Clash
from meetings.kinds import MeetingState
from meetings.meeting import Head, Meeting
from meetings.model import new_uid
from meetings.paths import Paths
from meetings.session import Session
from meetings.store.base import MeetingStore, Unreadable
from meetings.store.durable import write_durably
from meetings.store.opening import open_store
from meetings.text import clean


def utc_now() -> dt.datetime:
    """The present moment, in whole milliseconds so that files read well."""
    now = dt.datetime.now(dt.UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def local_today() -> dt.date:
    """Today where the user is."""
    return dt.datetime.now().astimezone().date()


def seat_of(state_folder: Path) -> str:
    """The identifier by which this user's edits are told from others'. It says nothing about who they are.

    Where it cannot be kept (a read-only home), it is a new one each time, and undo ends with the program.
    """
    path = state_folder / "seat"
    try:
        if seat := clean(path.read_text("utf-8"))[:40]:
            return seat
    except (OSError, UnicodeDecodeError):
        pass  # there is none yet, or none that can be used
    seat = new_uid()[:8]
    try:
        state_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_durably(path, f"{seat}\n".encode())
    except OSError:
        pass
    return seat


@contextlib.contextmanager
def _workable(meeting: Meeting) -> Iterator[None]:
    """Say in a sentence that a meeting holds a date or a number that nothing can be worked out from."""
    try:
        yield
    except (OverflowError, ValueError):
        raise StoreError(
            f"Meeting {meeting.head.number} cannot be carried on: a date or a number in it is out of all bounds.",
            "Correct it in a text editor.",
        ) from None


@dataclass
class Workspace:
    """A configuration, its store and the sessions opened on it. `now` gives UTC and `today` the local date."""

    config: Config
    paths: Paths
    store: MeetingStore
    seat: str
    now: Callable[[], dt.datetime] = utc_now
    today: Callable[[], dt.date] = local_today
    background: bool = True
    clashes: tuple[Clash, ...] = field(default=())

    @classmethod
    def open(
        cls,
        config: Config,
        paths: Paths,
        *,
        background: bool = True,
        now: Callable[[], dt.datetime] = utc_now,
        today: Callable[[], dt.date] = local_today,
        seat: str = "",
    ) -> Workspace:
        """The workspace of a configuration. Nothing is written yet. Raises UsageError as `open_store`.

        `seat` is whose edits are made here; without it, those of the user whose folders these are.
        """
        store = open_store(config, paths, patient=background)
        return cls(config, paths, store, seat or seat_of(paths.state), now, today, background)

    def session(self) -> Session:
        """A session on the meeting that accepts edits; the first one of an empty store is planned now.

        Where the latest meeting cannot be read or nothing can be written, the session is on the newest readable
        meeting and refuses edits with the reason. Raises StoreError when there is nothing to show at all.
        """
        self.clashes = ()
        numbers = list(self.store.numbers())
        if not numbers:
            first = lifecycle.plan_first(self.config, self.today(), self.now(), new_uid())
            return self._on(self.store.create(first))
        try:
            return self._on(self._current(numbers), self.store.read_only())
        except Unreadable as error:
            readable = self._newest_readable(numbers)
            if readable is None:
                raise
            refusal = f"{error.message} Until that is settled, meetings can be read but not changed."
            return self._on(readable, refusal)
        except StoreError as error:
            return self._on(self.store.read(numbers[-1]), error.message)

    def previous(self, meeting: Meeting) -> Meeting | None:
        """The newest readable meeting before this one, or None."""
        usual = self._read_or_none(meeting.head.number - 1)
        if usual is not None:
            return usual
        return self._newest_readable([n for n in self.store.numbers() if n < meeting.head.number])

    def reschedule(self, session: Session, date: dt.date) -> None:
        """Move the planned meeting to another day; the date of the one after it follows. Raises as `check_move`."""
        head = session.meeting.head
        session.schedule(date=date, next_date=self.check_move(head, date))

    def check_move(self, head: Head, date: dt.date) -> dt.date:
        """The date of the meeting after this one, if it is moved to that day.

        Raises UsageError when it has started, and for a day that is over or that it is planned for already.
        """
        lifecycle.need_planned(head)
        today = self.today()
        if date < today:
            raise UsageError(f"{show_day(date, today)} is over: a meeting is planned for today or later.")
        if date == head.date:
            raise UsageError(f"Meeting {head.number} is planned for {show_day(date, today)} already.")
        try:
            return lifecycle.date_after(head, date, self.config)
        except OverflowError:
            raise UsageError(f"{date.isoformat()} is too far off to plan a meeting for.") from None

    def skip(self, session: Session) -> None:
        """No meeting this time: the planned one moves to the cadence's next date. Raises UsageError as `reschedule`."""
        head = session.meeting.head
        self.reschedule(session, lifecycle.date_after(head, max(self.today(), head.date), self.config))

    def start(self, session: Session, agenda: str = "") -> Session:
        """Start the planned meeting. Returns the session on it, running.

        Raises UsageError when it has started already, or when the one before it has been opened again.
        """
        self._settled(session)
        meeting = self._current(list(self.store.numbers()))
        if meeting.head.number != session.meeting.head.number:
            raise UsageError(f"Meeting {meeting.head.number} is the one that is open now.")
        with _workable(meeting):
            running = lifecycle.start(meeting, self.config, self.now(), self.today(), agenda)
        running = self._led(running)
        fresh = self._on(self.store.save(running, meeting).meeting)
        fresh.beat()
        return fresh

    def may_be_put_back(self, meeting: Meeting) -> bool:
        """Whether that meeting was started only now and holds nothing yet, so that it may be planned again."""
        return may_be_put_back(meeting) and meeting.head.number == max(self.store.numbers(), default=0)

    def put_back(self, session: Session) -> Session:
        """Plan a meeting again that was started by mistake. Returns the session on it.

        Raises UsageError when something was put down in it, or when it had been closed before.
        """
        self._settled(session)
        meeting = self.store.read(session.meeting.head.number)
        if not self.may_be_put_back(meeting):
            raise UsageError(f"Meeting {meeting.head.number} has been held: close it.")
        before = self._read_or_none(meeting.head.number - 1)
        planned = put_back(meeting, before, self.now())
        return self._on(self.store.save(planned, meeting).meeting)

    def close(self, session: Session) -> Session:
        """Close the running meeting and plan the next. Returns the session on the next.

        The closed meeting is on disk before the next one is planned.
        """
        session.beat()
        self._settled(session)
        meeting = self.store.read(session.meeting.head.number)
        with _workable(meeting):
            closed = lifecycle.close(meeting, self.now(), self.config.goals.risk_margin)
        self.store.save(closed, meeting)
        return self.session()

    def reopen(self, number: int) -> Session:
        """Make a closed meeting run again. Raises UsageError once its successor has started."""
        numbers = list(self.store.numbers())
        if number not in numbers:
            raise UsageError(f"There is no meeting {number}.")
        later = [n for n in numbers if n > number]
        if len(later) > 1:
            raise UsageError(f"Meeting {number} can no longer be reopened: meeting {later[0]} has started.")
        closed = self.store.read(number)
        running = self._led(lifecycle.reopen(closed, self.store.read(later[0]) if later else None))
        return self._on(self.store.save(running, closed).meeting)

    def amend(self, number: int, text: str) -> Meeting:
        """Append an amendment of today to a closed meeting, which is returned.

        Raises UsageError when that meeting is not closed or the text is empty, StoreError when it cannot be saved.
        """
        closed = self.store.read(number)
        return self.store.save(lifecycle.amend(closed, text, self.today(), self.now()), closed).meeting

    def _current(self, numbers: list[int]) -> Meeting:
        latest = self.store.read(numbers[-1])
        if latest.head.state is MeetingState.CLOSED:
            with _workable(latest):
                planned = lifecycle.plan_next(latest, self.config)
            return self.store.create(planned)
        if latest.head.state is MeetingState.PLANNED and len(numbers) > 1 and numbers[-2] == numbers[-1] - 1:
            before = self._read_or_none(numbers[-2])
            if before is not None and before.head.state is MeetingState.RUNNING:
                return before
            if before is not None and not lifecycle.in_step(before, latest, self.config):
                with _workable(before):
                    merged = lifecycle.bring_up_to_date(before, latest, self.config)
                self.clashes = merged.clashes
                latest = self.store.save(merged.meeting, latest).meeting
        if latest.head.state is MeetingState.PLANNED:
            joined = lifecycle.with_configured_people(latest, self.config, self.now())
            if joined.people != latest.people:
                return self.store.save(joined, latest).meeting
        return latest

    def _on(self, meeting: Meeting, refusal: str = "") -> Session:
        return Session(
            self.store,
            meeting,
            seat=self.seat,
            now=self.now,
            today=self.today,
            background=self.background,
            refusal=refusal,
        )

    def _led(self, meeting: Meeting) -> Meeting:
        """The meeting, led by this seat where others may join it."""
        return replace(meeting, head=replace(meeting.head, lead=self.seat)) if self.store.shared else meeting

    def _settled(self, session: Session) -> None:
        """Everything typed so far is on disk before the meeting changes its state."""
        if session.refusal:
            raise UsageError(session.refusal)
        if not session.saver.flush(5.0):
            raise StoreError(
                f"{session.state.why or 'The last edit is not on disk yet.'} Nothing was changed."
            )
        session.saver.close()

    def _newest_readable(self, numbers: list[int]) -> Meeting | None:
        return next((m for n in reversed(numbers) if (m := self._read_or_none(n)) is not None), None)

    def _read_or_none(self, number: int) -> Meeting | None:
        try:
            return self.store.read(number)
        except StoreError:
            return None
