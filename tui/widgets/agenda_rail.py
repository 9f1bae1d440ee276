"""The agenda beside the step: what is done, where we are, what is planned; one line of it where there is no room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.widget import Widget

from meetings.dates import show_minutes
from meetings.flow import clock
from meetings.kinds import ItemState
from meetings.measures.accountability import late_days
from meetings.meeting import AgendaStep, Meeting
from tui.widgets.calm import Still
from tui.widgets.columns import cut, fit, plain

SHORT = {
    "checkin": "Check-in",
    "goals": "Goals",
    "leads": "Leads",
    "wins": "Wins",
    "actions": "Actions",
    "wrapup": "Wrap-up",
}
"""What a step that kept its usual title is called where there is little room."""


class StepChosen(Message):
    """A step of the agenda was clicked."""

    def __init__(self, step_id: str) -> None:
        super().__init__()
        self.step_id = step_id


class Agenda(Still, Widget):
    """What both forms of the agenda know."""

    def __init__(self) -> None:
        super().__init__()
        self._steps: list[tuple[AgendaStep, str, str]] = []
        self._summary = ""
        self._names: tuple[str, ...] = ()
        self._led = False
        self._looked_at = ""

    def show(self, meeting: Meeting, now: dt.datetime, live: str) -> None:
        """Show how far the meeting has come."""
        each = clock.spent_each(meeting, now, live)
        current = [step.id for step in meeting.head.steps].index(meeting.head.step)
        steps = []
        for place, step in enumerate(meeting.head.steps):
            spent = each[step.id]
            sign = "▶" if place == current else "✓" if spent else " "
            time = show_minutes(spent) if spent or place == current else show_minutes(step.minutes * 60)
            steps.append((step, sign, time))
        open_items = [item for item in meeting.action_items.values() if item.state is ItemState.OPEN]
        carried = sum(1 for item in open_items if item.carried)
        late = sum(1 for item in open_items if late_days(item, meeting.head.date) > 0)
        summary = " · ".join(f"{n} {word}" for n, word in ((carried, "carried"), (late, "late")) if n)
        before = self._steps
        if summary != self._summary or len(steps) != len(before):
            self._steps, self._summary = steps, summary
            self.refresh()
        elif steps != before:
            self._steps = steps
            self._redraw([at for at, step in enumerate(steps) if step != before[at]])

    def show_company(self, names: tuple[str, ...], led: bool, looked_at: str) -> None:
        """Show who is here, the first of them leading the meeting or not, and which step is looked at."""
        if (names, led, looked_at) != (self._names, self._led, self._looked_at):
            self._names, self._led, self._looked_at = names, led, looked_at
            self.refresh()

    def _redraw(self, places: Sequence[int]) -> None:
        """Draw these steps anew: every second it is one of them."""
        self.refresh()

    def _style(self, sign: str, step: AgendaStep) -> str:
        style = {"▶": "$brand bold", "✓": "$done"}.get(sign, "$quiet")
        return "$ink bold" if step.id == self._looked_at and sign != "▶" else style


class AgendaRail(Agenda):
    """The agenda as a column."""

    DEFAULT_CSS = """
    AgendaRail { width: 22; height: 1fr; border: round $line; padding: 0 1; color: $quiet; background: $ground; }
    """

    def _redraw(self, places: Sequence[int]) -> None:
        self.refresh(*(Region(0, place, self.size.width, 1) for place in places))

    def on_mount(self) -> None:
        """Name the frame."""
        self.border_title = Content.styled("Agenda", "$ink bold")

    def render(self) -> Content:
        """A line for each step, and what is carried and overdue at the bottom."""
        width = self.size.width
        lines: list[Content] = []
        for step, sign, time in self._steps:
            room = width - 3 - len(time)
            lines.append(
                Content.styled(
                    f"{sign} {fit(plain(short_title(step)), room)} {time}", self._style(sign, step)
                )
            )
        foot = self._company(width, self.size.height - len(lines) - 3)
        if self._summary:
            foot += [*([Content("")] if foot else []), Content.styled(cut(self._summary, width), "$quiet")]
        blank = self.size.height - len(lines) - len(foot)
        if foot and blank >= 0:
            lines += [Content("")] * blank + foot
        return Content("\n").join(lines)

    def _company(self, width: int, room: int) -> list[Content]:
        """How many are here, and as many of their names as there are lines for."""
        names = self._names if len(self._names) < room else self._names[: max(room - 2, 0)]
        more = len(self._names) - len(names)
        lines = [*names, *([f"and {more} more"] if names and more else [])]
        if not self._names or room < 1:
            return []
        return [
            Content.styled(f"{len(self._names)} here", "$ink"),
            *(
                Content.styled(f"{fit(plain(line), width - 6)} leads", "$quiet")
                if self._led and not at
                else Content.styled(cut(plain(line), width), "$quiet")
                for at, line in enumerate(lines)
            ),
        ]

    def on_click(self, event: events.Click) -> None:
        """Go to the step under the mouse."""
        at = event.get_content_offset(self)
        if at is not None and at.y < len(self._steps):
            self.post_message(StepChosen(self._steps[at.y][0].id))


class AgendaLine(Agenda):
    """The agenda as one line."""

    DEFAULT_CSS = """
    AgendaLine { height: 1; padding: 0 1; color: $quiet; background: $ground; display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._spans: list[tuple[int, int, str]] = []

    def render(self) -> Content:
        """The steps side by side; those before the current one leave first when there is no room."""
        words = [(step, sign, f"{sign} {plain(short_title(step))}".strip()) for step, sign, _ in self._steps]
        room = self.size.width - 2
        current = next((n for n, (_, sign, _) in enumerate(words) if sign == "▶"), 0)
        first = 0
        while first < current and sum(len(text) + 2 for _, _, text in words[first:]) > room:
            first += 1
        parts: list[str | tuple[str, str]] = []
        self._spans, at = [], 0
        for step, sign, text in words[first:]:
            if parts:
                parts.append("  ")
                at += 2
            parts.append((text, self._style(sign, step)))
            self._spans.append((at, at + len(text), step.id))
            at += len(text)
        line = Content.assemble(*parts)
        return (
            self._with_company(line, room) if line.cell_length <= room else line.truncate(room, ellipsis=True)
        )

    def _with_company(self, line: Content, room: int) -> Content:
        """At the right end who is here, or how many."""
        count = f"{len(self._names)} here"
        spare = room - line.cell_length - 3
        if not self._names or spare < len(count):
            return line
        words = cut(plain(f"{count}: {', '.join(self._names)}"), spare) if spare > len(count) + 8 else count
        return Content.assemble(line, " " * (room - line.cell_length - cell_len(words)), (words, "$ink"))

    def on_click(self, event: events.Click) -> None:
        """Go to the step under the mouse."""
        at = event.get_content_offset(self)
        for start, end, step_id in self._spans:
            if at is not None and start <= at.x < end:
                self.post_message(StepChosen(step_id))


def short_title(step: AgendaStep) -> str:
    """The step's title; the usual one in its short form."""
    from meetings.config.schema import USUAL

    usual = USUAL.get(step.kind)
    return SHORT[step.kind] if usual and step.title == usual[0] else step.title
