"""The pane on the right: everything about the selected row, and what was said in this step last time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from meetings import fields
from meetings.kinds import Team
from meetings.meeting import Meeting
from meetings.model import Feedback, Goal, Record, main_field, words
from tui.theme import team_style
from tui.widgets.calm import Still
from tui.widgets.columns import plain
from tui.widgets.unbroken import unbroken

if TYPE_CHECKING:
    from tui.desk import Desk

HIDDEN = {"state", "agreed", "guest", "present", "raised_in", "position"}
"""Fields that the row itself shows already."""


WIDTH, EDGES, FRAME = 34, 5, 2
"""Cells that the pane is wide unless it is asked to be larger; of those, what frame, blanks and scrollbar take; and of
its height, what the frame takes."""


class Details(Still, Static):
    """The text, which the pane around it scrolls."""


class ContextPane(Still, VerticalScroll, can_focus=False):
    """Details of a record above, last time below. Empty fields are left out."""

    DEFAULT_CSS = f"""
    ContextPane {{
        width: {WIDTH}; height: 1fr; border: round $line; padding: 0 1; background: $ground;
        scrollbar-size-vertical: 1; scrollbar-gutter: stable;
    }}
    ContextPane Static {{ height: auto; }}
    """

    def __init__(self) -> None:
        super().__init__()
        self._shown: object = None
        self._title = ""
        self._asked: (
            tuple[Record | None, Sequence[tuple[str, str]], Desk, Sequence[Content] | None] | None
        ) = None

    def compose(self) -> ComposeResult:
        """One text."""
        yield Details(Content(""), id="details")

    def show(
        self,
        record: Record | None,
        last_time: Sequence[tuple[str, str]],
        desk: Desk,
        about: Sequence[Content] | None = None,
    ) -> None:
        """Show a record, or what the step says `about` its row, and what was said last time."""
        self._asked = (record, last_time, desk, about)
        if not self.display:
            return
        size = (self.outer_size.width or WIDTH) - EDGES, self.outer_size.height - FRAME
        said = None if about is None else [(line.plain, line.spans) for line in about]
        state = (record, tuple(last_time), desk.today(), said, size)
        if state == self._shown:
            return
        self._shown = state
        title = record.noun.capitalize() if record else "Details"
        if title != self._title:  # the library draws everything inside anew
            self._title, self.border_title = title, Content.styled(title, "$ink bold")
        if about is not None:
            parts = list(about)
        elif record is not None:
            parts = details(record, desk, *size)
        else:
            parts = [Content.styled("Nothing selected.", "$quiet")]
        if last_time:
            parts += [Content(""), Content.styled("Last time", "$ink bold")]
            parts += [
                Content.assemble((f"{quiet} " if quiet else "", "$quiet"), plain(text))
                for quiet, text in last_time
            ]
        whole = [unbroken(line, size[0]) for line in parts]
        self.query_one("#details", Static).update(Content("\n").join(whole))
        self.scroll_home(animate=False)

    def next_page(self) -> bool:
        """Go on to what is below; False when there is nothing more."""
        if self.scroll_offset.y >= self.max_scroll_y:
            return False
        self.scroll_to(y=self.scroll_offset.y + max(1, self.size.height - 1), animate=False)
        return True

    def on_resize(self) -> None:
        """More or less room: a chart is drawn for the room there is."""
        if self._asked is not None:
            self.show(*self._asked)


def details(record: Record, desk: Desk, width: int, height: int) -> list[Content]:
    """A record in lines, for a pane of that size: its words, then what else is known of it."""
    meeting = desk.meeting
    lines = [Content.styled(plain(words(record)), "$ink bold")]
    told: Collection[str] = ()
    if isinstance(record, Goal):
        from tui.widgets.goal_details import TOLD, goal_lines

        lines, told = lines + goal_lines(record, desk, width, height), TOLD
    else:
        lines.append(Content(""))
    for name in fields.form_fields(type(record)):
        if name == main_field(type(record)) or name in HIDDEN or name in told:
            continue
        text = fields.show(record, name, meeting)
        if text:
            lines.append(_line(record, name, text, meeting))
    origin = getattr(record, "origin_text", "")
    if origin:
        lines.append(Content.assemble(("From ", "$quiet"), f"“{plain(origin)}”"))
    raised_in = getattr(record, "raised_in", meeting.head.number)
    if raised_in and raised_in != meeting.head.number and not isinstance(record, Goal):
        lines.append(Content.assemble(("Raised in ", "$quiet"), f"meeting {raised_in}"))
    for name, word in (("carried", "Carried"), ("moved", "Due date moved")):
        times = getattr(record, name, 0)
        if times:
            lines.append(Content.assemble((f"{word} ", "$quiet"), "once" if times == 1 else f"{times} times"))
    return lines


def _line(record: Record, name: str, text: str, meeting: Meeting) -> Content:
    value, title = getattr(record, name), fields.title(type(record), name, meeting)
    if isinstance(record, Feedback) and name == "rating":
        title, text = "Rating", f"{text} of 5"
    style = team_style(value) if isinstance(value, Team) else "$ink"
    return Content.assemble((f"{title} ", "$quiet"), (plain(text), style))
