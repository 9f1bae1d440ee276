"""A moment for a big win: a quiet card over the step. It goes by itself; Enter or Escape ends it, no other key does."""

from __future__ import annotations

from functools import partial

from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from meetings.meeting import Head, Meeting
from meetings.model import Person, Win
from tui.theme import team_style
from tui.widgets.columns import cut, plain

SECONDS = 4.0
"""How long it is shown."""
GROWING = (1, 3, 5)
"""How many stars there are, one step after the other."""
STEP = 0.4
"""Seconds between two steps: nothing flashes."""
EDGES = 6


class Celebration(Static):
    """Shows a big win and whom it is owed to. With `animations: none` nothing moves: its stars are there at once."""

    DEFAULT_CSS = """
    Celebration {
        layer: above; display: none; width: auto; max-width: 90%; height: auto; padding: 1 3;
        border: round $brand; background: $ground; color: $ink; text-align: center;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._big: set[str] | None = None
        """The big wins that are known; None before the first look, which celebrates none."""
        self._moments: list[Timer] = []

    def look(self, meeting: Meeting, room: int) -> None:
        """A moment for a win that has become big since the last look, in this window or another."""
        big = {win.uid: win for win in meeting.wins.values() if win.big}
        new = [win for uid, win in big.items() if self._big is not None and uid not in self._big]
        self._big = set(big)
        if new:
            self.begin(new[-1], meeting.head, list(meeting.people.values()), room)

    def begin(self, win: Win, head: Head, people: list[Person], room: int) -> None:
        """Celebrate the win in so many columns."""
        self.end()
        steps = (GROWING[-1],) if self.app.animation_level == "none" else GROWING
        for at, stars in enumerate(steps):
            card = self._card(win, head, people, max(1, room - 2 * EDGES), stars)
            if at:
                self._moments.append(self.set_timer(at * STEP, partial(self.update, card)))
            else:
                self.update(card)
        self.display = True
        self._moments.append(self.set_timer(SECONDS, self.end))

    def end(self) -> None:
        """Away with it."""
        for timer in self._moments:
            timer.stop()
        self._moments.clear()
        self.display = False

    def _card(self, win: Win, head: Head, people: list[Person], room: int, stars: int) -> Content:
        lines = [
            Content.styled(" ".join("★" * stars), "$brand"),
            Content.styled(cut(plain(win.title), room), "$ink bold"),
        ]
        teams = {person.name: person.team for person in people}
        if win.credits:
            names = [
                Content.styled(plain(name), team_style(teams.get(name, win.team))) for name in win.credits
            ]
            thanks = Content("Thanks to ") + Content(", ").join(names)
            lines.append(thanks if thanks.cell_length <= room else Content(cut(thanks.plain, room)))
        else:
            lines.append(Content.styled(plain(head.team_name(win.team)), team_style(win.team)))
        return Content("\n").join(lines)
