"""Adding and changing records: the same on every screen that shows them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from meetings import fields
from meetings.errors import AccordError, UsageError
from meetings.flow import states
from meetings.kinds import Team
from meetings.meeting import TABLE_OF
from meetings.model import (
    ActionItem,
    Decision,
    Feedback,
    LeadNumbers,
    Problem,
    Record,
    Win,
    main_field,
    words,
)
from tui.screens.base import AccordScreen
from tui.widgets.cell_edit import Edit
from tui.widgets.rows import Rows


class RecordScreen(AccordScreen):
    """A screen on which records are added and changed."""

    # Adding

    def quick_add(
        self, kind: type[Record], defaults: Mapping[str, Any] | None = None, text: str = ""
    ) -> None:
        """Open the line that adds records of one kind, one after the other; the first one may begin with a text."""
        from tui.dialogs.quick_add import QuickAdd

        if self.desk.session.refusal:
            raise UsageError(self.desk.session.refusal)
        self.app.push_screen(QuickAdd(kind, self.selected(), dict(defaults or {}), text))

    def do_action_item(self) -> None:
        """New action items, from the selected row."""
        self.quick_add(ActionItem)

    def do_problem(self) -> None:
        """Park problems; a lead that was turned down is one at once, with the words of both sides."""
        selected = self.selected()
        if states.can_dispute(selected):
            session = self.desk.session
            made = session.add(states.dispute(selected, session.meeting), "dispute of a lead")
            self.accord.say_undoable(f"Parked: “{_short(made)}”.")
        else:
            self.quick_add(Problem)

    def do_decision(self) -> None:
        """Record decisions."""
        self.quick_add(Decision)

    def do_win(self) -> None:
        """Add wins."""
        self.quick_add(Win)

    def do_feedback(self) -> None:
        """Add feedback; from the other team when the selected row is feedback from that one."""
        selected = self.selected()
        team = selected.from_team if isinstance(selected, Feedback) else Team.A
        self.quick_add(Feedback, {"from_team": team})

    def do_import_leads(self) -> None:
        """Read lead numbers from a CRM's file."""
        from tui.dialogs.import_leads import ImportLeads

        if self.desk.session.refusal:
            raise UsageError(self.desk.session.refusal)
        self.app.push_screen(ImportLeads())

    def do_lead_numbers(self) -> None:
        """Type in the lead numbers of a source."""
        self.open_form(LeadNumbers())

    # Changing

    def need_selected(self) -> Record:
        """The selected record. Raises UsageError when there is none."""
        record = self.selected()
        if record is None:
            raise UsageError("Select a row first.")
        return record

    def edit_field(self, field: str, *, initial: str | None = None) -> None:
        """Edit one field of the selected row where it stands; `initial` replaces its text."""
        record, rows = self.need_selected(), self.rows()
        assert rows is not None
        edit = self._edit_of(record, field, initial)
        if "\n" in edit.initial:  # one line would lose its breaks
            self.open_form(record)
        else:
            rows.open(edit)

    def edit_of(self, record: Record, field: str, initial: str | None = None) -> Edit:
        """How a field of a record is edited in place: its text, what is refused, what is offered."""
        return Edit(
            field,
            fields.show(record, field, self.meeting) if initial is None else initial,
            validate=lambda typed: self.refusal_of(record, field, typed),
            suggestions=lambda typed: fields.offers(
                type(record), field, typed, self.meeting, self.desk.config
            ),
        )

    def _edit_of(self, record: Record, field: str, initial: str | None = None) -> Edit:
        """As the screen says; a whole number is typed with digits alone, and an empty field says what it is."""
        edit, kind = self.edit_of(record, field, initial), type(record)
        if fields.is_count(kind, field):
            edit = replace(edit, count=True)
        if edit.placeholder or edit.count or field not in kind.__struct_fields__:
            return edit
        return replace(edit, placeholder=fields.title(kind, field, self.meeting))

    def opener(self, uid: str, character: str) -> Edit | None:
        """What Enter (no character) or a digit edits in the row of that record; None: nothing in place."""
        found = self.meeting.find(uid)
        if found is None or self.desk.session.refusal:
            return None
        field = self.enter_edits(found[1]) if not character else self.digits_edit(found[1])
        edit = self._edit_of(found[1], field, character or None) if field else None
        return edit if edit is not None and "\n" not in edit.initial else None

    def enter_edits(self, record: Record) -> str:
        """The field that Enter edits in place."""
        return main_field(type(record))

    def digits_edit(self, record: Record) -> str:
        """The field that digits type into; empty when they do nothing."""
        return ""

    def refusal_of(self, record: Record, field: str, typed: str) -> str | None:
        """Why a field cannot hold what was typed: one sentence, or None."""
        try:
            fields.parse(type(record), field, typed, self.meeting, record)
        except UsageError as error:
            return error.message
        return None

    def do_edit(self) -> None:
        """Edit the selected row where it stands."""
        self.edit_field(self.enter_edits(self.need_selected()))

    def on_rows_activated(self, event: Rows.Activated) -> None:
        """Enter or a double click on a row."""
        event.stop()
        self.act("edit")

    def on_rows_edited(self, event: Rows.Edited) -> None:
        """A field was edited where it stands."""
        event.stop()
        self.run_safely(lambda: self.edited(event.key, event.column, event.text))

    def edited(self, uid: str, column: str, text: str) -> None:
        """Put what was typed into the record. The column's key is the field's name."""
        found = self.meeting.find(uid)
        if found is None:
            raise UsageError("That row is gone: someone else removed it.")
        record = found[1]
        value = fields.parse(type(record), column, text, self.meeting, record)
        self.desk.session.apply(
            fields.title(type(record), column, self.meeting).lower(),
            add=states.newcomers(record, {column: value}, self.meeting),
            change={uid: {column: value}},
        )

    def do_form(self) -> None:
        """Everything about the selected row."""
        self.open_form(self.need_selected())

    def open_form(self, record: Record) -> None:
        """A form for a record; one that is not in the meeting yet is added when the form is saved."""
        from tui.dialogs.form import Form

        self.app.push_screen(Form(record))

    def do_tick(self) -> None:
        """Done, present, agreed."""
        record = self.need_selected()
        changed = states.tick(record)
        if changed is None:
            raise UsageError(f"{record.noun.capitalize()} has nothing to tick.")
        self.desk.session.change(record.uid, f"tick “{_short(record)}”", **changed)
        self.ticked(record)

    def do_not_done(self) -> None:
        """Not done, and on to the next."""
        record = self.need_selected()
        changed = states.not_done(record)
        if changed is None:
            raise UsageError("Only action items can be not done.")
        self.desk.session.change(record.uid, f"“{_short(record)}” not done", **changed)
        self.ticked(record)

    def ticked(self, record: Record) -> None:
        """A promise was answered for: on to the next row."""
        rows = self.rows()
        if isinstance(record, ActionItem) and rows is not None and rows.cursor_key == record.uid:
            rows.move_to(min(rows.cursor_index + 1, rows.count - 1))

    def do_drop(self) -> None:
        """Drop the selected row, with a reason."""
        record = self.need_selected()
        if states.drop(record, "") is None:
            noun, there = record.noun.capitalize(), self._was_there_before(record)
            raise UsageError(
                f"{noun} from an earlier meeting cannot be dropped: close it instead ({self._key('tick')})."
                if there
                else f"{noun} cannot be dropped; {self._key('remove')} removes it."
            )
        from tui.dialogs.prompt import Prompt

        self.app.push_screen(
            Prompt("Why is this dropped?", detail=words(record), placeholder="reason", required=True),
            lambda reason: self.run_safely(lambda: self._drop(record, reason)) if reason else None,
        )

    def _drop(self, record: Record, reason: str) -> None:
        changed = states.drop(record, reason)
        assert changed is not None
        self.desk.session.change(record.uid, f"drop “{_short(record)}”", **changed)
        self.accord.say_undoable(f"Dropped “{_short(record)}”.")

    def do_remove(self) -> None:
        """Remove a row that was added in this meeting."""
        record = self.need_selected()
        if self._was_there_before(record):
            instead = (
                f"close it instead ({self._key('tick')})"
                if states.drop(record, "") is None
                else f"drop it with a reason instead ({self._key('drop')})"
            )
            raise UsageError(f"This row came from an earlier meeting: {instead}.")
        self.desk.session.remove(record.uid, f"remove “{_short(record)}”")
        self.accord.say_undoable(f"Removed “{_short(record)}”.")

    def _was_there_before(self, record: Record) -> bool:
        """Whether a record comes from an earlier meeting, so that it may not vanish without a word."""
        number = self.meeting.head.number
        return getattr(record, "raised_in", number) != number or bool(getattr(record, "carried", 0))

    def _key(self, action_id: str) -> str:
        return self.accord.key_of(action_id)

    def do_move_down(self) -> None:
        """Move the row down."""
        self._shift(1)

    def do_move_up(self) -> None:
        """Move the row up."""
        self._shift(-1)

    def _shift(self, by: int) -> None:
        """Move the selected row among those that its list shows."""
        record, rows = self.need_selected(), self.rows()
        assert rows is not None
        order = list(self.meeting.table(TABLE_OF[type(record)]))
        neighbour = rows.cursor_index + by
        other = rows.row_key(neighbour) if 0 <= neighbour < rows.count else ""
        if other not in order:  # a row of sums is none of the records
            raise UsageError(f"This is the {'last' if by > 0 else 'first'} row.")
        self.desk.session.shift(record.uid, order.index(other) - order.index(record.uid))

    def do_undo(self) -> None:
        """Undo one edit, and go to the row that it brings back, or else changes, if the list has it."""
        before = self.meeting
        super().do_undo()
        uids = [found[1].uid for found in self.meeting.content() if found != before.find(found[1].uid)]
        uids.sort(key=lambda uid: before.find(uid) is not None)
        self.call_after_refresh(self._go_to_first, uids)  # when the list shows it

    def _go_to_first(self, uids: Sequence[str]) -> None:
        """Put the cursor on the first of these that the list in use has."""
        rows = self.rows()
        if rows is not None and not rows.editing:
            next((uid for uid in uids if rows.move_to(uid)), None)

    def run_safely(self, work: Callable[[], object]) -> None:
        """Do something that may be refused; the refusal is said, nothing else happens."""
        try:
            work()
        except AccordError as error:
            self.accord.say_error(error)


def _short(record: Record, length: int = 40) -> str:
    text = words(record).replace("\n", " ")
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
