"""How a field looks in which something is typed that nobody is to see."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip
from textual.widgets import Input

DOT = "•"


def unseen(field: Input, figures: int) -> Strip:
    """The field's line with one dot for each figure that is typed: two for a 10 would tell it from all others."""
    room = field.scrollable_content_region.width
    dots = " ".join(DOT * figures)[: max(0, room - 1)]
    style = field.rich_style
    cursor = field.get_component_rich_style("input--cursor") if field.has_focus else style
    return Strip([Segment(dots, style), Segment(" ", cursor)]).adjust_cell_length(room, style)
