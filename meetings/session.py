"""A meeting that is being held: the one way to change one.

Every change is one edit: it is applied in memory, handed to the saver as one durable write, remembered so that it
can be undone, and told to whoever listens.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from msgspec.structs import replace

from meetings.dates import show_day
from meetings.errors import UsageError
from meetings.flow import clock, ratings, undo
from meetings.flow.heartbeat import Heartbeat, left_running
from meetings.flow.intake import taken_in
from meetings.flow.lifecycle import derived_uid, need_planned
from meetings.flow.merge import Clash, merge
from meetings.flow.pacing import LONGEST, timed
from meetings.flow.states import settle
from meetings.kinds import MeetingState
from meetings.meeting import TABLE_OF, Meeting
from meetings.model import Note, Record
from meetings.store.base import MeetingStore, Saved
from meetings.store.saver import Saver, SaveState
from meetings.text import clean


@dataclass(frozen=True)
class Event:
    """Something happened to the meeting. `edit`: by this session; `others`: merged in; `clock`: time alone;
    `saving`: how far saving has come."""

    kind: Literal["edit", "others", "clock", "saving"]
    label: str = ""
    clashes: tuple[Clash, ...] = ()


Listener = Callable[[Event], None]


class Session:
    """The meeting, its saver and its undo history for one seat (a person at a machine).

    `now` gives UTC, `today` the local date. With `background=False` every edit is on disk when its method returns.
    `refusal` is the sentence with which every edit is refused (a store that may not be written to), or empty.
    """

    def __init__(
        self,
        store: MeetingStore,
        meeting: Meeting,
        *,
        seat: str,
        now: Callable[[], dt.datetime],
        today: Callable[[], dt.date],
        background: bool = True,
        refusal: str = "",
    ) -> None:
        self.seat = seat
        self.refusal = refusal
        self.today = today
        self._now = now
        self._meeting = meeting
        self._listeners: list[Listener] = []
        self._lock = threading.RLock()
        self._shared = store.shared
        self._heart = Heartbeat()
        self.saver = Saver(store, meeting, self._on_saved, self._on_state, background=background)

    @property
    def meeting(self) -> Meeting:
        """The meeting as it is now, with every edit."""
        return self._meeting

    @property
    def state(self) -> SaveState:
        """Whether the last edit is on disk."""
        return self.saver.state

    @property
    def live(self) -> str:
        """The interval of the clock that is being lengthened, here or by who leads; empty when none is."""
        if self.leads or not clock.ticking(self._meeting):
            return self._heart.live
        running = left_running(self._meeting)
        return running.uid if running is not None else ""

    @property
    def leads(self) -> bool:
        """Whether the clock and the step are this session's: where nobody leads, they are everyone's."""
        return not self._shared or self._meeting.head.lead in ("", self.seat)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call `listener` with every event, on whatever thread it happens. Returns the way to stop."""
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return stop

    # Records

    def add(self, record: Record, label: str = "") -> Record:
        """Add one record. Raises UsageError when it is not complete."""
        return self.apply(label or f"new {record.noun}", add=[record])[0]

    def change(self, uid: str, label: str = "", **fields: Any) -> Record:
        """Change fields of one record. Raises UsageError when there is no such record or a value does not fit."""
        return self.apply(label or "change", change={uid: fields})[0]

    def remove(self, uid: str, label: str = "") -> None:
        """Take a record out of the meeting."""
        self.apply(label or "removal", remove=[uid])

    def apply(
        self,
        label: str,
        *,
        add: Iterable[Record] = (),
        change: Mapping[str, Mapping[str, Any]] | None = None,
        remove: Iterable[str] = (),
        given: Mapping[str, Collection[str]] | None = None,
    ) -> list[Record]:
        """Several changes as one edit: all of them or, when one raises UsageError, none.

        `given` are the fields that a person named of what is added, by uid: they do not follow from others.
        Returns the changed records, then the added ones.
        """
        with self._lock:
            self._refuse()
            moment = self._now()
            work = undo.Work(self._meeting)
            results = []
            for uid, fields in (change or {}).items():
                old = work.find(uid)
                new = settle(old, taken_in(old, fields), work.meeting(), self.today(), fields)
                if new != old:
                    new = replace(new, updated_at=moment)
                    work.put(new)
                results.append(new)
            for record in add:
                table = TABLE_OF[type(record)]
                fields = {name: getattr(record, name) for name in record.__struct_fields__}
                fresh = taken_in(record, fields)
                if fresh.uid in work.table(table):
                    raise UsageError(f"This {record.noun} is in the meeting already.")
                place = max((row.position for row in work.table(table).values()), default=0.0) + 1
                fresh = replace(fresh, created_at=moment, updated_at=moment, position=place)
                fresh = settle(None, fresh, work.meeting(), self.today(), (given or {}).get(fresh.uid, ()))
                work.put(fresh)
                results.append(fresh)
            for uid in remove:
                work.take(uid)
            changes = work.changes()
            if changes:
                meeting = undo.remember(work.meeting(), self.seat, label, changes, moment)
                self._put(self._ticked(ratings.hidden_again(meeting), moment), Event("edit", label))
            return results

    def shift(self, uid: str, by: int) -> None:
        """Move a record `by` places down (negative: up) among those of its table."""
        found = self._meeting.find(uid)
        if found is None:
            raise UsageError("That record is no longer in this meeting.")
        rows = [row for row in self._meeting.table(found[0]).values() if row.uid != uid]
        at = list(self._meeting.table(found[0])).index(uid)
        to = min(max(at + by, 0), len(rows))
        if to == at:
            return
        before = rows[to - 1].position if to > 0 else (rows[0].position - 2)
        after = rows[to].position if to < len(rows) else (rows[-1].position + 2)
        between = (before + after) / 2
        if not before < between < after:
            order = [*rows[:to], found[1], *rows[to:]]
            self.apply("move", change={row.uid: {"position": float(n)} for n, row in enumerate(order, 1)})
        else:
            self.apply("move", change={uid: {"position": between}})

    def write_note(self, step: str, text: str) -> None:
        """Put down the note of a step; an empty text takes it away."""
        uid = derived_uid(self._meeting.head.uid, "note", step)
        text = clean(text, lines=True)
        there = uid in self._meeting.notes
        if text and there:
            self.change(uid, "note", text=text)
        elif text:
            self.add(Note(uid=uid, step=step, text=text), "note")
        elif there:
            self.remove(uid, "note")

    def reveal(self, shown: bool) -> None:
        """Show this meeting's ratings to the room, or hide them again."""
        self._set_head("reveal", revealed=shown)

    # Undo

    def undo(self) -> str:
        """Take back this seat's last edit. What it was, in a few words. Raises UsageError when there is none."""
        return self._step_back(undo.undo)

    def redo(self) -> str:
        """Do again what was undone last. Raises UsageError when there is nothing."""
        return self._step_back(undo.redo)

    def _step_back(self, way: Callable[[Meeting, str, dt.datetime], tuple[Meeting, str]]) -> str:
        with self._lock:
            self._refuse()
            meeting, label = way(self._meeting, self.seat, self._now())
            self._put(ratings.hidden_again(meeting), Event("edit", label))
            return label

    # Clock and agenda

    def lead(self) -> None:
        """Lead the meeting from now on: the clock goes on here, and others follow the steps."""
        self._heart.take_over()
        self._set_head("lead", lead=self.seat)
        self.beat()

    def go_to(self, step_id: str) -> None:
        """Make a step the current one; the clock goes on there."""
        self._step(step_id)
        self._set_head("step", step=step_id)

    def pause(self) -> None:
        """Stop the clock."""
        self._set_head("clock", paused=True)

    def resume(self) -> None:
        """Let the clock run."""
        self._set_head("clock", paused=False)

    def correct(self, step_id: str, seconds: int) -> None:
        """Add seconds to a step's clock, or take some away; it does not go below zero."""
        with self._lock:
            self._step(step_id)
            spent = clock.spent(self._meeting, step_id, self._now(), self.live)
            corrections = dict(self._meeting.head.corrections)
            corrections[step_id] = corrections.get(step_id, 0) + max(seconds, -spent)
            self._set_head("clock", corrections=corrections)

    def retime(self, minutes: Mapping[str, int], label: str) -> None:
        """Give steps of this meeting other timeboxes, by id. This can be undone. Raises UsageError."""
        for step_id, wanted in minutes.items():
            self._step(step_id)
            if not 1 <= wanted <= LONGEST:
                raise UsageError(f"A step takes 1 to {LONGEST} minutes.")
        head = self._meeting.head
        self._edit_head(label, steps=timed(head.steps, minutes), minutes={**head.minutes, **minutes})

    def beat(self) -> None:
        """The heartbeat: what has been spent so far is put on disk. Call it every `clock.BEAT` seconds.

        Only who leads puts it there, so that one clock is kept however many have joined.
        """
        with self._lock:
            if self.refusal or not self.leads or not clock.ticking(self._meeting):
                self._heart.rest()
                return
            self._put(self._heart.lengthen(self._meeting, self._now()), Event("clock"))

    def schedule(self, *, date: dt.date | None = None, next_date: dt.date | None = None) -> None:
        """Move this meeting, while it is only planned, to another day; or say when the one after it will be.

        While it is planned this can be undone; then it has a date of its own again. Raises UsageError when the
        meeting has started, or when the next one would not be later than this one.
        """
        head = self._meeting.head
        if date is not None:
            need_planned(head)
        day, following = date or head.date, next_date or head.next_date
        if following is not None and following <= day:
            if next_date is not None:
                raise UsageError("The next meeting has to be later than this one.")
            following = None
        if head.state is not MeetingState.PLANNED:
            self._set_head("date", next_date=following)
        else:
            self._move(day, following)

    def _move(self, day: dt.date, following: dt.date | None) -> None:
        """Plan the meeting for that day, as an edit."""
        self._edit_head(f"move to {show_day(day, self.today())}", date=day, next_date=following)

    def _edit_head(self, label: str, **fields: Any) -> None:
        """Change the meeting's own row as an edit, which can be undone."""
        with self._lock:
            self._refuse()
            head = self._meeting.head
            if all(getattr(head, name) == value for name, value in fields.items()):
                return
            moment, work = self._now(), undo.Work(self._meeting)
            work.put(replace(head, updated_at=moment, **fields))
            meeting = undo.remember(work.meeting(), self.seat, label, work.changes(), moment)
            self._put(self._ticked(meeting, moment), Event("edit", label))

    def _step(self, step_id: str) -> None:
        if self._meeting.head.step_of(step_id) is None:
            raise UsageError(f"The agenda has no step “{step_id}”.")

    def _set_head(self, label: str, **fields: Any) -> None:
        """Change the meeting's own row. This is not an edit that can be undone."""
        with self._lock:
            self._refuse()
            if all(getattr(self._meeting.head, name) == value for name, value in fields.items()):
                return
            moment = self._now()
            meeting = self._ticked(self._meeting, moment)
            meeting = replace(meeting, head=replace(meeting.head, updated_at=moment, **fields))
            if "step" in fields or "paused" in fields:
                self._heart.turn()
                if self.leads and clock.ticking(meeting):
                    meeting = self._heart.lengthen(meeting, moment)
            self._put(meeting, Event("edit", label))

    def _ticked(self, meeting: Meeting, moment: dt.datetime) -> Meeting:
        """The meeting with its running interval reaching to now, if this session is lengthening one."""
        if self._heart.live and self.leads and clock.ticking(meeting):
            return self._heart.lengthen(meeting, moment)
        return meeting

    # Saving

    def _refuse(self) -> None:
        if self.refusal:
            raise UsageError(self.refusal)
        if self._meeting.head.state is MeetingState.CLOSED:
            raise UsageError(
                f"Meeting {self._meeting.head.number} is closed: it is a record that does not change."
            )

    def _put(self, meeting: Meeting, event: Event) -> None:
        self._meeting = meeting
        self.saver.put(meeting, quietly=event.kind == "clock")
        self._tell(event)

    def _on_saved(self, sent: Meeting, saved: Saved) -> None:
        with self._lock:
            merged = merge(sent, self._meeting, saved.meeting)
            self._meeting = merged.meeting
            self.saver.adopt(merged.meeting, saved.meeting)
        clashes = saved.clashes + merged.clashes
        if clashes or not _same_but_for_version(sent, saved.meeting):
            self._tell(Event("others", clashes=clashes))

    def _on_state(self, state: SaveState) -> None:
        self._tell(Event("saving", state.why))

    def _tell(self, event: Event) -> None:
        for listener in list(self._listeners):
            listener(event)


def _same_but_for_version(one: Meeting, other: Meeting) -> bool:
    return replace(one, head=replace(one.head, version=other.head.version)) == other
