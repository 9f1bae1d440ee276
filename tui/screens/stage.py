"""The place where the steps are shown: each is made once, and the next one before its turn comes. Over any of them a
big win has its moment."""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import ClassVar

from textual.containers import Horizontal
from textual.widget import AwaitMount

from meetings.meeting import AgendaStep, Meeting
from tui.steps.base import StepView
from tui.steps.celebration import Celebration
from tui.widgets.calm import Covered

STEPS = {
    "checkin": ("tui.steps.checkin", "CheckinStep"),
    "goals": ("tui.steps.goals", "GoalsStep"),
    "leads": ("tui.steps.leads", "LeadsStep"),
    "wins": ("tui.steps.wins", "WinsStep"),
    "actions": ("tui.steps.actions", "ActionsStep"),
    "wrapup": ("tui.steps.wrapup", "WrapupStep"),
}
"""Where each kind of step is; one is loaded when it is made."""
WANTED_ANYWHERE = "tui.dialogs.quick_add"
"""What any step may want next."""


class Beside(Covered, Horizontal):
    """Things side by side."""


class Stage(Beside):
    """Holds the views of the steps; one of them is shown."""

    DEFAULT_CSS: ClassVar[str] = """
    Stage { width: 1fr; height: 1fr; margin: 0 1; layers: base above; align: center middle; }
    """

    def __init__(self, first: AgendaStep) -> None:
        self._views: dict[str, StepView] = {}
        self._coming: dict[str, AwaitMount] = {}
        self._card = Celebration()
        super().__init__(self._make(first), self._card, id="stage")

    def celebrate(self, meeting: Meeting) -> None:
        """A moment for a win that has become big since the last look."""
        self._card.look(meeting, self.size.width)

    @property
    def celebrating(self) -> bool:
        """Whether a big win has its moment now."""
        return bool(self._card.display)

    def go_on(self) -> bool:
        """End that moment; False when there is none."""
        shown = self._card.display
        self._card.end()
        return shown

    def view(self, step_id: str) -> StepView | None:
        """The view of a step, once it is there."""
        return self._views.get(step_id)

    def turn_to(self, step: AgendaStep) -> AwaitMount | None:
        """Show a step, and nothing else. What to wait for until it has filled its lists; None: it has."""
        view = self._views.get(step.id)
        comes_with_the_stage = view is not None and step.id not in self._coming
        coming = None if comes_with_the_stage or (view and view.ready) else self._bring(step)
        for step_id, view in self._views.items():
            view.display = step_id == step.id
        return coming

    async def make_ready(self, step: AgendaStep) -> None:
        """Make a step without showing it, so that it is there at once when its turn comes."""
        for module in (STEPS[step.kind][0], WANTED_ANYWHERE):
            await asyncio.to_thread(import_module, module)  # on the loop it would hold it for too long
        if self.is_attached and step.id not in self._views:
            self._bring(step)
            self._views[step.id].display = False

    def _bring(self, step: AgendaStep) -> AwaitMount:
        if step.id not in self._coming:
            self._coming[step.id] = self.mount(self._make(step))
        return self._coming[step.id]

    def _make(self, step: AgendaStep) -> StepView:
        module, name = STEPS[step.kind]
        view: StepView = getattr(import_module(module), name)(step)
        self._views[step.id] = view
        return view
