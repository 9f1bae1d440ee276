"""Questions over all meetings. Whatever cannot be read is named and left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from meetings.errors import StoreError
from meetings.kinds import MeetingState
from meetings.meeting import Head, Meeting
from meetings.model import ActionItem
from meetings.store.base import MeetingStore


@dataclass(frozen=True)
class Promise:
    """An action item as it stands now, and the head of the meeting in which it stands so."""

    item: ActionItem
    head: Head


@dataclass
class Archive:
    """Reads all meetings of a store; `unread` says, after a question, which could not be read and why."""

    store: MeetingStore
    unread: list[StoreError] = field(default_factory=list)

    def meetings(self) -> Iterator[Meeting]:
        """Every meeting that can be read, in order. Raises StoreError when the store itself cannot be."""
        self.unread.clear()
        for number in self.store.numbers():
            try:
                meeting = self.store.read(number)
            except StoreError as error:
                self.unread.append(error)
            else:
                yield meeting

    def promises(self) -> list[Promise]:
        """Every action item once, in its newest state, by due date (those without one last) and age.

        An item keeps its uid from meeting to meeting, so its newest state is that in the last meeting that has it.
        While a meeting is reopened, it and its planned successor both have it: then the later edit counts.
        """
        found: dict[str, Promise] = {}
        before: Head | None = None
        for meeting in self.meetings():
            reopened = (
                before is not None
                and before.state is MeetingState.RUNNING
                and meeting.head.state is MeetingState.PLANNED
            )
            for uid, item in meeting.action_items.items():
                known = found.get(uid)
                if known is None or not reopened or item.updated_at > known.item.updated_at:
                    found[uid] = Promise(item, meeting.head)
            before = meeting.head
        return sorted(found.values(), key=_when)


def _when(promise: Promise) -> tuple[bool, str, str, str]:
    item = promise.item
    return (item.due is None, str(item.due or ""), item.created_at.isoformat(), item.uid)
