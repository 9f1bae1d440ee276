"""What the sample history keeps in mind from one meeting to the next."""

from __future__ import annotations

from collections import defaultdict

from meetings.demo.quarter import Quarter
from meetings.demo.room import Room


class Memory:
    """What is to be done later with which record, and where a quarter's records are."""

    def __init__(self) -> None:
        self._later: dict[int, list[tuple[str, str]]] = defaultdict(list)
        self._uids: dict[tuple[int, str], str] = {}

    def plan(self, room: Room, after: int, uid: str, what: str) -> None:
        """Do `what` with the record so many meetings after this one."""
        self._later[room.meeting.head.number + after].append((uid, what))

    def due(self, room: Room) -> list[tuple[str, str]]:
        """What is to be done in this meeting: record and what."""
        return self._later.get(room.meeting.head.number, [])

    def awaits(self, uid: str) -> bool:
        """Whether anything is still to be done with the record."""
        return any(uid == other for rows in self._later.values() for other, _ in rows)

    def finish(self, room: Room) -> None:
        """This meeting's part is over."""
        self._later.pop(room.meeting.head.number, None)

    def name(self, q: Quarter, key: str, uid: str) -> None:
        """From now on, the record is called `key` in this quarter."""
        self._uids[q.back, key] = uid

    def named(self, q: Quarter, key: str) -> str:
        """The record's uid; empty when there is none of that name in this quarter."""
        return self._uids.get((q.back, key), "")
