"""All meetings of a store into another: what is there already stays, and everything is compared afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec

from meetings.errors import StoreError
from meetings.store.base import MeetingStore, NotKept, NotSaved
from meetings.store.watch import Watch, watched


@dataclass
class Copied:
    """What became of each meeting, by its number."""

    made: list[int] = field(default_factory=list)
    """Copied now, read back and found the same."""
    there: list[int] = field(default_factory=list)
    """The same was there already, from an earlier copy that was interrupted, say."""
    different: list[int] = field(default_factory=list)
    """Another meeting of that number is there; it was left alone."""
    unread: list[StoreError] = field(default_factory=list)
    """Could not be read, or not be kept by the other store, and why."""

    @property
    def complete(self) -> bool:
        """Whether the other store now holds everything."""
        return not self.different and not self.unread


def copy(source: MeetingStore, target: MeetingStore, watch: Watch | None = None) -> Copied:
    """Copy every meeting that the target does not have. Nothing in the source changes; copied twice is copied once.

    Raises StoreError when either store cannot be used or a write fails, and what the watch raises: what was copied
    until then stays, and copying again goes on from there.
    """
    done = Copied()
    there = set(target.numbers())
    for number in watched(source.numbers(), watch):
        try:
            source.read(number)
            raw = source.raw(number)
        except StoreError as error:
            done.unread.append(error)
            continue
        if number in there:
            found = done.there if _same(raw, target.raw(number)) else done.different
            found.append(number)
            continue
        try:
            target.restore(number, raw)
        except NotKept as error:
            done.unread.append(error)
            continue
        if not _same(raw, target.raw(number)):
            raise NotSaved(f"{target.name(number)} is not what was written to {target.location}.")
        done.made.append(number)
    return done


def _same(one: bytes, other: bytes) -> bool:
    """Whether two meetings hold the same, however they are written down."""
    return bool(msgspec.json.decode(one) == msgspec.json.decode(other))
