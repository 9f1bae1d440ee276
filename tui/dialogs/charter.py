"""The charter: what the teams agreed on once, to be looked up at any time."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from meetings.config import Config, default_config
from tui.dialogs.base import Box, Dialog, Keys, said


class Charter(Dialog[None]):
    """Objectives, roles, definitions with their dates, and the agreement about leads. It is read only."""

    DEFAULT_CSS = """
    Charter Box { width: 90; }
    Charter .term { height: auto; width: 1fr; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,c", "close", show=False),
        Binding("j", "scroll(1)", show=False),
        Binding("k", "scroll(-1)", show=False),
    ]

    def __init__(self, config: Config) -> None:
        super().__init__()
        self._config = config

    def compose(self) -> ComposeResult:
        """One part after the other; a part without content is left out."""
        with Box(title="Charter"):
            with VerticalScroll(classes="scrolled", can_focus=True):
                yield from self._parts()
            yield Keys(("close", "Esc", "Close"))

    def _parts(self) -> ComposeResult:
        charter = self._config.charter
        if charter == default_config().charter:
            yield said("This is an example. Yours goes into config.yaml, under charter.", "quiet")
        yield Heading("Objectives")
        if not charter.objectives:
            yield said("None yet; they are set in config.yaml under charter.", "quiet")
        for text in charter.objectives:
            yield said(f"· {text}")
        if charter.roles:
            yield Heading("Roles", gap=True)
            for role in charter.roles:
                yield Term(role.who, role.does)
        if charter.definitions:
            yield Heading("Definitions", gap=True)
            for entry in charter.definitions:
                yield Term(entry.term, entry.meaning, f"since {entry.since:%Y-%m-%d}")
        yield Heading("What the teams promise each other about leads", gap=True)
        sla, teams = self._config.leads.sla, self._config.teams
        yield said(f"· {teams['a'].name} accepts {sla.acceptance_rate * 100:g} % of the leads handed over.")
        yield said(
            f"· {sla.follow_up_rate * 100:g} % of those leads get their first touch"
            f" within {sla.follow_up_hours:g} hours."
        )

    def action_scroll(self, by: int) -> None:
        """Go a line up or down."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def action_close(self) -> None:
        """Close it."""
        self.dismiss(None)


class Heading(Static):
    """The title of a part."""

    def __init__(self, text: str, *, gap: bool = False) -> None:
        super().__init__(Content.styled(text, "$brand bold"), classes="heading gap" if gap else "heading")


class Term(Static):
    """A word, what it means, and a quiet remark."""

    def __init__(self, term: str, meaning: str, remark: str = "") -> None:
        parts: list[tuple[str, str]] = [(f"{term}  ", "$ink bold"), (meaning, "$ink")]
        if remark:
            parts.append((f"  {remark}", "$quiet"))
        super().__init__(Content.assemble(*parts), classes="term")
