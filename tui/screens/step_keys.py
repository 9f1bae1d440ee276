"""What keys do in a running meeting is for its current step to say first; what it leaves open is done as everywhere."""

from __future__ import annotations

from collections.abc import Callable

from meetings.errors import UsageError
from meetings.model import Feedback, Record
from tui.screens.presenting import PresentingScreen
from tui.steps.base import StepView
from tui.widgets.cell_edit import Edit


class StepKeysScreen(PresentingScreen):
    """A meeting whose steps have their own ways of adding and editing."""

    @property
    def step(self) -> StepView | None:
        """The view of the current step, once it is there."""
        raise NotImplementedError

    def handler_of(self, action_id: str) -> Callable[[], object] | None:
        """The step's own way of doing it comes first."""
        return getattr(self.step, f"do_{action_id}", None) or super().handler_of(action_id)

    def do_add(self) -> None:
        """Add to this step."""
        if self.step is not None:
            kind, defaults = self.step.adds()
            self.quick_add(kind, defaults)

    def enter_edits(self, record: Record) -> str:
        """What the step says Enter edits."""
        return self.step.edits(record) if self.step else super().enter_edits(record)

    def digits_edit(self, record: Record) -> str:
        """What the step says digits type into."""
        return self.step.digit_field(record) if self.step else ""

    def edit_of(self, record: Record, field: str, initial: str | None = None) -> Edit:
        """The step's own way of editing it, or the field's."""
        own = self.step.edit_of(record, field, initial) if self.step else None
        return own or super().edit_of(record, field, initial)

    def edited(self, uid: str, column: str, text: str) -> None:
        """The step may take it; else it goes into the record's field."""
        found = self.meeting.find(uid)
        if found and self.step is not None and self.step.edited(found[1], column, text):
            return
        super().edited(uid, column, text)

    def do_respond(self) -> None:
        """Respond to the selected feedback, where it stands."""
        if not isinstance(self.need_selected(), Feedback):
            raise UsageError("Select feedback to respond to it.")
        self.edit_field("response")
