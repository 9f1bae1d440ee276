"""What a store of meetings can do, and how it says that it cannot."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from meetings.errors import StoreError
from meetings.flow.merge import Clash
from meetings.meeting import Meeting

if TYPE_CHECKING:
    from meetings.store.texts import Texts


class Unreadable(StoreError):
    """A meeting that is there but cannot be read. It is kept as it is.

    `line` is where reading its file stopped, counted from 1; 0 when that is not known.
    """

    def __init__(self, message: str, hint: str = "", line: int = 0) -> None:
        super().__init__(message, hint)
        self.line = line


class NewerFormat(Unreadable):
    """A meeting that a newer Accord has written."""


class ReadOnly(StoreError):
    """The store can be read but nothing may be written to it."""


class NotSaved(StoreError):
    """A write failed; what was there before is there still.

    Unless `there` says otherwise: then the file holds that already, but it is not certain that it would survive a
    power failure. The writer goes on from it, or its next edits would be merged with its own last one.
    """

    def __init__(self, message: str, hint: str = "", there: Saved | None = None) -> None:
        super().__init__(message, hint)
        self.there = there


class NotKept(NotSaved):
    """A meeting holds something that this store cannot hold, whatever is tried."""


class Offline(NotSaved):
    """The server does not answer; the edits wait on this machine's disk and are sent when it does."""


@dataclass(frozen=True)
class Trouble:
    """Something wrong with a store: which meeting or file, what it is, what to do about it.

    `line` counts from 1; 0 means the file as a whole.
    """

    where: str
    what: str
    remedy: str
    line: int = 0


@dataclass(frozen=True)
class Mended:
    """One thing that was mended: which meeting or file, and what was done, in one sentence."""

    where: str
    what: str


@dataclass(frozen=True)
class Saved:
    """What is in the store after a save: the meeting (others' edits merged in) and the clashes met."""

    meeting: Meeting
    clashes: tuple[Clash, ...] = ()


class MeetingStore(Protocol):
    """Meetings by number. May be used from several threads."""

    @property
    def shared(self) -> bool:
        """Whether several people may be in one meeting: then one of them leads it, and the others follow."""

    @property
    def location(self) -> str:
        """Where the meetings are, as a person would write it."""

    def name(self, number: int) -> str:
        """What a person calls that meeting's part of the store: its file, or the meeting itself."""

    def place(self, name: str) -> str:
        """Where something of that name is, for a person who wants to look at it."""

    def read_only(self) -> str:
        """Why nothing may be written to the store, in one sentence; empty when it may."""

    def prepare(self) -> Sequence[int]:
        """Make what has to be there before the first meeting; returns the versions of it that were made now."""

    def numbers(self) -> Sequence[int]:
        """The numbers of all meetings, in order."""

    def read(self, number: int, tables: Sequence[str] = ()) -> Meeting:
        """The meeting with that number. Raises Unreadable, or StoreError when there is none.

        With `tables`, only its head and those are read and the others are empty: quicker where many are read.
        """

    def read_many(
        self, numbers: Sequence[int], tables: Sequence[str] = ()
    ) -> Iterator[tuple[int, Meeting | StoreError]]:
        """As `read`, one meeting after the other as they are asked for, each with its number; or why it cannot be read.

        A store may hand out some of them earlier than their turn, and leaves out those that are gone by now.
        """

    def texts(self, numbers: Sequence[int]) -> Iterator[tuple[int, Texts | StoreError]]:
        """All texts of those meetings, ready to be searched. As `read_many`."""

    def raw(self, number: int) -> bytes:
        """What is kept of the meeting with that number: JSON, with what Accord does not know of. Raises as `read`."""

    def restore(self, number: int, raw: bytes) -> None:
        """Keep a meeting that is not there yet as another store had it. Raises NotSaved and ReadOnly."""

    def stamp(self, number: int) -> object:
        """Something that differs once the meeting has been changed by anyone; None when there is none."""

    def glance(self, number: int) -> object:
        """As `stamp`, without reading the meeting: good enough to know what was read before; not to edit by."""

    def listen(self, told: Callable[[int], None]) -> Callable[[], None]:
        """Have `told` called, on a thread of its own, with the number of each meeting that someone changes; 0 for all.

        Returns how to stop that. A store that cannot tell calls it never: who wants to know has to look.
        """

    def create(self, meeting: Meeting) -> Meeting:
        """Write a new meeting; where its number exists already, what is there stays and is returned."""

    def save(self, meeting: Meeting, base: Meeting) -> Saved:
        """Write a meeting that was made from `base`, merging what has come into the store since.

        When it returns, the meeting is on disk. Raises NotSaved, ReadOnly or Unreadable; then nothing changed.
        """

    def troubles(self) -> Sequence[Trouble]:
        """Everything that is wrong with the store, in order of number."""

    def mend(self) -> Iterator[Mended]:
        """Do what is safe about these troubles, one thing after the other, and say what was done.

        Raises StoreError where nothing may be written, the present state is in doubt, or a write failed; what was
        done until then stays done.
        """
