"""A small app around one list, for the tests of the list."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.message import Message

from tui.key_order import KeysInOrder
from tui.theme import VARIABLE_DEFAULTS, use_themes
from tui.widgets.columns import Column
from tui.widgets.row import Row
from tui.widgets.rows import Rows

COLUMNS = (
    Column("sign", width=1),
    Column("goal", "Goal", flex=1, min_width=10),
    Column("team", "Team", width=5, priority=1),
    Column("reading", "Reading", width=8, align="right"),
)


def goal(key: str, title: str = "", team: str = "Sales", reading: str = "27 %") -> Row:
    return Row(key, {"sign": "●", "goal": title or f"Goal {key}", "team": team, "reading": reading})


class RowsApp(KeysInOrder[None]):
    """Shows a list and keeps every message that comes out of it."""

    CSS = "Rows { height: 1fr; }"

    def __init__(self, rows: Any = (), theme: str = "dark", **how: Any) -> None:
        super().__init__()
        use_themes(self, theme)
        self.rows = Rows(id="list")
        self.content, self.how = rows, how
        self.said: list[Message] = []

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return VARIABLE_DEFAULTS

    def compose(self) -> ComposeResult:
        yield self.rows

    def on_mount(self) -> None:
        self.rows.show(**{"columns": COLUMNS, "rows": self.content, **self.how})
        self.rows.focus()

    def lines(self) -> list[str]:
        """What the terminal shows, line by line, without the blanks at the end."""
        return [
            "".join(segment.text for segment in line).rstrip()
            for line in self.screen._compositor.render_strips()
        ]

    def heard(self, kind: type[Message]) -> list[Any]:
        return [message for message in self.said if isinstance(message, kind)]

    async def on_event(self, event: Any) -> None:
        await super().on_event(event)

    def on_rows_highlighted(self, message: Message) -> None:
        self.said.append(message)

    on_rows_activated = on_rows_typed = on_rows_left = on_rows_highlighted
    on_rows_edited = on_rows_edit_cancelled = on_rows_highlighted
