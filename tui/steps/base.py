"""What the six steps have in common: some lists in panels, filled from the meeting."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.containers import Vertical
from textual.content import Content
from textual.css.query import NoMatches

from meetings.measures.past import Past
from meetings.meeting import AgendaStep, Meeting
from meetings.model import Record
from tui.steps.earlier import Earlier, earlier
from tui.widgets.calm import Covered
from tui.widgets.cell_edit import Edit
from tui.widgets.rows import Rows

if TYPE_CHECKING:
    from tui.desk import Desk
    from tui.screens.meeting import MeetingScreen


class StepView(Covered, Vertical):
    """One step of the agenda. `show` fills its lists; the meeting screen does what keys ask for.

    A step may define `do_<action id>` for what is special to it; everything else is done by the screen.
    """

    kind: ClassVar[str] = ""
    """Which step of the agenda this is (AgendaStep.kind)."""

    DEFAULT_CSS = """
    StepView { height: 1fr; }
    """

    def __init__(self, step: AgendaStep) -> None:
        super().__init__(id=f"step-{step.id}", classes="step")
        self.step = step
        self.ready = False
        """Whether its lists are there and filled."""

    @property
    def meeting_screen(self) -> MeetingScreen:
        """The screen that this step is on."""
        return cast("MeetingScreen", self.screen)

    @property
    def desk(self) -> Desk:
        """The workspace and the meeting that accepts edits."""
        return self.meeting_screen.desk

    def key_of(self, action_id: str) -> str:
        """The key in use for an action, as people write it."""
        return self.meeting_screen.accord.key_of(action_id)

    @property
    def meeting(self) -> Meeting:
        """The meeting that accepts edits, as it is now."""
        return self.desk.meeting

    def on_mount(self) -> None:
        """Fill the lists; the screen gives the first of them the focus."""
        try:
            self.show()
        except NoMatches:
            if self._is_left():
                return  # while it was being made: some of its lists are not there any more
            raise
        self.ready = True
        for rows in self.query(Rows):
            rows.opener = self.meeting_screen.opener
        self.meeting_screen.entered(self)

    def _is_left(self) -> bool:
        """Whether the meeting, or the app, is being left."""
        return not self.app.is_running or any(
            getattr(node, "_pruning", False) for node in self.ancestors_with_self
        )

    def show(self) -> None:
        """Bring the lists up to date with the meeting."""

    @property
    def earlier(self) -> Sequence[Past]:
        """What the meetings before this one came to, oldest first; empty until they are read, then `show` is called."""
        return earlier(self, self.desk)

    def on_earlier(self, event: Earlier) -> None:
        """The meetings before this one are known now."""
        event.stop()
        if self.ready:
            self.show()

    def lists(self) -> list[Rows]:
        """The step's lists, in the order in which the cursor goes through them."""
        return list(self.query(Rows))

    def list_in_use(self) -> Rows | None:
        """The list that has the focus, also while one of its cells is edited; None when it is elsewhere."""
        return self.meeting_screen.rows()

    def note_last_time(self) -> list[tuple[str, str]]:
        """The note of this step last time, for `last_time`."""
        before = self.desk.previous
        notes = before.notes.values() if before is not None else ()
        return [("Note", note.text) for note in notes if note.step == self.step.id and note.text]

    def adds(self) -> tuple[type[Record], dict[str, Any]]:
        """What `a` adds here, given the list that has the focus: the kind of record, and its defaults."""
        raise NotImplementedError

    def edits(self, record: Record) -> str:
        """The field that Enter edits in place for that record."""
        from meetings.model import main_field

        return main_field(type(record))

    def digit_field(self, record: Record) -> str:
        """The field that digits type into for that record; empty when they do nothing."""
        return ""

    def edit_of(self, record: Record, field: str, initial: str | None) -> Edit | None:
        """How a column that is no plain field of the record is edited in place. None: as a field."""
        return None

    def edited(self, record: Record, column: str, text: str) -> bool:
        """Take an in-place edit that is special to this step. False: the screen puts it into the record's field."""
        return False

    def last_time(self) -> Sequence[tuple[str, str]]:
        """What was said in this step last time, for the pane on the right: pairs of a quiet word and a text."""
        return ()

    def about(self) -> Sequence[Content] | None:
        """What the pane on the right says of the selected row; None: the fields of its record."""
        return None

    def hints(self) -> tuple[str, ...]:
        """Ids of the actions that matter now, for the line of keys."""
        return ("add", "edit", "action_item", "problem", "next_step")

    def label_of(self, action_id: str) -> str:
        """What the line of keys calls an action here; empty for its usual name."""
        return ""
