"""A meeting of the sample history while it is being filled: the rules of a session, without its saver."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from typing import Any, TypeVar

from msgspec.structs import replace

from meetings.flow import states
from meetings.meeting import CONTENT, TABLE_OF, Meeting
from meetings.model import Record

R = TypeVar("R", bound=Record)
PACE = dt.timedelta(seconds=9)
"""Time that passes with each change."""


class Room:
    """One meeting and the moment that it is in. Every change goes through the same rules as a person's."""

    def __init__(self, meeting: Meeting, chance: random.Random) -> None:
        self.chance = chance
        self.now = meeting.head.created_at
        self.meeting = replace(meeting, **{name: dict(meeting.table(name)) for name in CONTENT})

    @property
    def date(self) -> dt.date:
        """The meeting's date."""
        return self.meeting.head.date

    def uid(self) -> str:
        """The next identifier; the same ones in the same order each time."""
        return str(uuid.UUID(int=self.chance.getrandbits(128), version=4))

    def add(self, record: R, uid: str = "") -> R:
        """Add a record, stamped and settled."""
        rows = self.meeting.table(TABLE_OF[type(record)])
        place = max((row.position for row in rows.values()), default=0.0) + 1
        stamp = {"uid": uid or self.uid(), "created_at": self.now, "updated_at": self.now, "position": place}
        return self._put(None, replace(record, **stamp))

    def change(self, record: R, **fields: Any) -> R:
        """Change fields of a record and whatever follows from it."""
        return self._put(record, replace(record, updated_at=self.now, **fields))

    def find(self, uid: str) -> Record | None:
        """The record with that uid as it is now, or None when it is not in this meeting."""
        found = self.meeting.find(uid)
        return found[1] if found else None

    def rows(self, kind: type[R]) -> Iterator[R]:
        """The records of one kind; they may be changed meanwhile."""
        for record in list(self.meeting.table(TABLE_OF[kind]).values()):
            assert isinstance(record, kind)
            yield record

    def acted(self, origin: str) -> tuple[str, str]:
        """Uid and words of the record that something comes from, which has thereby been acted on; else empty."""
        source = self.find(origin)
        if source is None:
            return "", ""
        if fields := states.acted_on(source):
            self.change(source, **fields)
        named = states.origin_of(source)
        return named["origin"], named["origin_text"]

    def _put(self, before: R | None, after: R) -> R:
        settled = states.settle(before, after, self.meeting, self.now.date())
        assert isinstance(settled, type(after))
        self.meeting.table(TABLE_OF[type(after)])[after.uid] = settled
        self.now += PACE
        return settled
