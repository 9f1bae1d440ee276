"""Which app belongs to which page, how many there may be, and how long one waits for its page to come back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from hashlib import sha256
from itertools import count

from tui.web.parting import AGAIN, FULL, MANY, TAKEN, Parting, parting
from tui.web.seat import Line, Seat

MOST_SEATS, MOST_OF_ONE = 32, 6
"""How many apps run at once, and how many of them for one browser: each is a process of some 50 MB."""
WAIT_SECONDS = 60.0
"""How long an app waits for a page whose network went away."""

Place = tuple[str, str]
"""A browser's cookie, and what its page calls itself."""


class Refused(Exception):
    """There is no app for that page; `parting` says why."""

    def __init__(self, parting: Parting) -> None:
        super().__init__(parting.words)
        self.parting = parting


class Seats:
    """The running apps. `warn` is told what an app says when it could not go on."""

    def __init__(self, arguments: Sequence[str], warn: Callable[[str], None]) -> None:
        self._arguments = tuple(arguments)
        self._warn = warn
        self._seats: dict[Place, Seat] = {}
        self._starting: list[Place] = []
        self._visitors: dict[Place, str] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._over = False

    async def take(self, place: Place, line: Line, width: int, height: int, *, again: bool) -> Seat:
        """The app of that page, shown by this line from now on: a new one, or, `again`, the one that it had.

        Raises Refused when there is none, and OSError when none can be started.
        """
        seat = self._seats.get(place)
        if seat is None:
            if again:
                raise Refused(AGAIN)
            return await self._new(place, line, width, height)
        before, seat.line = seat.line, line
        if before is not None:
            self._do(_dismiss(before))
        await seat.tell("resize", width=width, height=height)
        await seat.tell("redraw")
        return seat

    async def _new(self, place: Place, line: Line, width: int, height: int) -> Seat:
        taken = [*self._seats, *self._starting]
        if self._over or len(taken) >= MOST_SEATS:
            raise Refused(FULL)
        if place in taken or sum(cookie == place[0] for cookie, _ in taken) >= MOST_OF_ONE:
            raise Refused(MANY)
        self._starting.append(place)
        try:
            visitor = self._visitors[place] = self._visitor(place[0])
            seat = await Seat.start(self._arguments, width, height, visitor)
        except BaseException:
            del self._visitors[place]
            raise
        finally:
            self._starting.remove(place)
        seat.line = line
        self._seats[place] = seat
        self._do(self._see_off(place, seat))
        return seat

    def leave(self, seat: Seat, line: Line, *, for_good: bool) -> None:
        """That line is closed. An app whose page was closed ends; where the network went away, it waits for it."""
        if seat.line is line:
            seat.line, seat.left_by = None, line
            self._do(self._end_if_alone(seat, line, 0 if for_good else WAIT_SECONDS))

    async def close(self) -> None:
        """Have all apps save and end, and tell their pages."""
        self._over = True
        await asyncio.gather(*(seat.end() for seat in list(self._seats.values())), return_exceptions=True)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=2)

    async def _end_if_alone(self, seat: Seat, line: Line, seconds: float) -> None:
        """End an app unless another line came after that one."""
        with suppress(TimeoutError):
            await asyncio.wait_for(seat.ended(), seconds)
        if seat.line is None and seat.left_by is line and not seat.ending:
            await seat.end()

    async def _see_off(self, place: Place, seat: Seat) -> None:
        """Wait for an app's end, and tell its page and whoever serves it."""
        status = await seat.ended()
        del self._seats[place], self._visitors[place]
        if seat.line is not None:
            await parting(status, over=self._over).say(seat.line.socket)
        if status and seat.said:
            self._warn(seat.said)

    def _visitor(self, cookie: str) -> str:
        """Whose app the next one of that browser is: pages beside one another are for several people.

        One that is loaded again is for whom it was before. It says nothing about the cookie, and names a folder.
        """
        taken = {
            visitor
            for place, visitor in self._visitors.items()
            if place[0] == cookie and not (place in self._seats and self._seats[place].ending)
        }
        names = (sha256(f"{cookie} {n}".encode("utf-8", "replace")).hexdigest()[:32] for n in count())
        return next(name for name in names if name not in taken)

    def _do(self, what: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(what)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _dismiss(line: Line) -> None:
    await TAKEN.say(line.socket)
    line.drop()
