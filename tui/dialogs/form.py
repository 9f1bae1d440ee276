"""The form: every field of one record, made from the declarations of its kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from msgspec.structs import replace
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Button, Input, Static

from meetings import fields
from meetings.errors import AccordError, UsageError
from meetings.flow.states import newcomers
from meetings.model import Record, main_field
from tui.dialogs.base import Box, Dialog, HelpGroup, Keys
from tui.dialogs.choice import Choice
from tui.dialogs.form_field import FormField
from tui.dialogs.help_words import DAYS, keys_of
from tui.dialogs.inputs import Area, Line
from tui.dialogs.picker import Picker
from tui.widgets.columns import plain

HINTED = 5
"""Completions named in the line of hints."""
IN_A_FORM = (
    ("↓ ↑ Tab", "to the next field, to the one before"),
    ("pasting", "several lines become one, apart from long texts"),
    ("Enter Ctrl+S", "save everything as one edit"),
    ("Esc", "leave; asks when something was changed"),
)
OUTSIDE = "Ctrl+G opens it in your editor"
MORE = "More, if you know it"
"""Over the fields that few people fill in."""


class Form(Dialog[Record | None]):
    """Edits every field of a record; saving is one edit, of the changed fields alone.

    A record that is not in the meeting is added. Answers the saved record, or None.
    """

    around = 5
    DEFAULT_CSS = """
    Form Box { width: 92; }
    Form .field { height: auto; }
    Form .pair { height: auto; }
    Form .title { width: 22; height: auto; padding: 0 1 0 0; color: $quiet; }
    Form .here .title { color: $brand; text-style: bold; }
    Form .field .wrong { padding: 0 0 0 22; }
    Form Line { width: 1fr; }
    Form Area { width: 1fr; height: auto; min-height: 1; max-height: 6; }
    Form Area:focus { min-height: 3; }
    Form .more { color: $quiet; margin-top: 1; }
    Form #hint { height: 1; color: $quiet; }
    Form.narrow #hint { height: 2; }
    Form #feet { height: auto; margin-top: 1; }
    Form #foot { height: 1; }
    Form #foot Keys { dock: none; margin: 0; width: 1fr; }
    Form #save { background: $cursor; color: $ink; margin: 0 2 0 0; min-width: 8; border: none; height: 1; }
    Form #save:focus { background: $brand; color: $ground; text-style: bold; }
    Form.narrow .title { width: 1fr; }
    Form.narrow .pair { layout: vertical; }
    Form.narrow .field .wrong { padding: 0; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", show=False, priority=True),
        Binding("escape", "leave", show=False),
        Binding("down", "go(1)", show=False),
        Binding("up", "go(-1)", show=False),
        Binding("enter", "save", show=False),
    ]

    def __init__(self, record: Record) -> None:
        super().__init__()
        self.record = record
        self.kind = type(record)
        self._fields: list[FormField] = []
        self.new = False
        """Whether the record is added by saving; then what a field begins with is typed over."""

    def compose(self) -> ComposeResult:
        """The fields in the order of their declaration, then the way out."""
        self.new = self.desk.meeting.find(self.record.uid) is None
        self._fields = [FormField(self, name) for name in fields.form_fields(self.kind)]
        with Box(title=f"New {self.kind.noun}" if self.new else self.kind.noun.capitalize()):
            with Vertical(classes="scrolled"):
                yield from (one for one in self._fields if not one.more)
                if any(one.more for one in self._fields):
                    yield Static(Content(MORE), classes="more")
                yield from (one for one in self._fields if one.more)
            with Vertical(id="feet"):
                yield Static(id="hint")
                with Horizontal(id="foot"):
                    yield Button(Content("Save"), id="save", compact=True)
                    yield Keys(
                        ("save", "Enter", "saves"), ("leave", "Esc", "leaves"), ("save", "Ctrl+S", "also")
                    )

    def on_mount(self) -> None:
        """Begin with the record's words."""
        main = main_field(self.kind)
        first = next((one for one in self._fields if one.field_name == main), self._fields[0])
        first.control.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Titles stand above their fields where there is little room."""
        narrow = event.size.width < 60
        self.set_class(narrow, "narrow")
        self.around = Form.around + narrow

    # While typing

    def _field_of(self, widget: Widget | None) -> FormField | None:
        return next((one for one in self._fields if one.control is widget), None)

    def so_far(self) -> Record:
        """The record with everything that can be read so far."""
        record = self.record
        for one in self._fields:
            if one.changed:
                try:
                    record = replace(record, **{one.field_name: one.value(record)})
                except UsageError:
                    continue
        return record

    @on(Picker.Changed)
    def _picked(self, event: Picker.Changed) -> None:
        event.stop()
        record = self.so_far()
        for one in self._fields:
            one.follow(record)

    def on_input_changed(self, event: Input.Changed) -> None:
        """A mistake that is mended is no longer named."""
        event.stop()
        one = self._field_of(event.input)
        if one is not None:
            if one.has_class("bad"):
                self._check(one)
            if one.changed and isinstance(getattr(self.record, one.field_name), str):
                event.input.select_on_focus = False  # coming back goes on, it does not begin again
            self._hint(one)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say what the field is for and what could be meant."""
        here = self._field_of(event.widget)
        for one in self._fields:
            one.set_class(one is here, "here")
        self._hint(here)

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """A field that is left is checked."""
        one = self._field_of(event.widget)
        if one is not None:
            self._check(one)

    def _check(self, one: FormField) -> bool:
        """Whether the field can be read; if not, it says why."""
        try:
            if one.changed:
                one.value(self.so_far())
        except UsageError as error:
            one.say_wrong(error.message)
            return False
        one.say_wrong("")
        return True

    def _hint(self, one: FormField | None) -> None:
        if one is None:
            self._say("")
            return
        offered: list[str] = []
        if isinstance(one.control, Line):
            typed = one.control.value if one.changed or not self.new else ""  # it is typed over: offer all
            offered = fields.offers(self.kind, one.field_name, typed, self.desk.meeting, self.desk.config)
        elif isinstance(one.control, Area) and not self.desk.served:
            self._say(OUTSIDE)
            return
        others = [text for text in offered if text != one.typed]
        more = [f"{len(others) - HINTED} more"] if len(others) > HINTED else []
        shown = " · ".join([*others[:HINTED], *more])
        self._say(shown or one.about)

    def _say(self, text: str, style: str = "$quiet") -> None:
        self.query_one("#hint", Static).update(Content.styled(plain(text), style))

    def help_groups(self) -> Iterator[HelpGroup]:
        """The field in use, the keys, and what every field is for."""
        here = self._field_of(self.focused)
        if here is not None:
            day = fields.is_day(self.kind, here.field_name) and here.about != DAYS
            said_of_it = [here.about, DAYS if day else ""]
            yield "This field", [(here.title, words) for words in said_of_it if words]
        yield "In a form", IN_A_FORM
        yield from keys_of(self.focused)
        yield (
            "Other fields",
            [(one.title, one.about) for one in self._fields if one.about and one is not here],
        )

    # Moving, saving, leaving

    def action_go(self, by: int) -> None:
        """To the next or previous field."""
        if by > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in a field of one line."""
        event.stop()
        self.action_save()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """The button."""
        event.stop()
        self.action_save()

    def action_save(self) -> None:
        """Save as one edit, or show what is wrong."""
        record, changes, wrong = self.record, dict[str, Any](), list[FormField]()
        for one in self._fields:
            if not one.changed:
                one.say_wrong("")
                continue
            try:
                value = one.value(record)
            except UsageError as error:
                one.say_wrong(error.message)
                wrong.append(one)
                continue
            one.say_wrong("")
            if value != getattr(self.record, one.field_name):
                changes[one.field_name] = value
                record = replace(record, **{one.field_name: value})
        if wrong:
            wrong[0].control.focus()
            return
        try:
            saved = self._save(record, changes)
        except AccordError as error:
            named = getattr(error, "field", "")
            at = next((one for one in self._fields if one.field_name == named), None)
            if at is not None:
                at.say_wrong(error.message)
                at.control.focus()
                return
            self._say(error.message, "$off-track")
            return
        self.dismiss(saved)

    def _save(self, record: Record, changes: dict[str, Any]) -> Record:
        session = self.desk.session
        people = newcomers(record, changes, session.meeting)
        if session.meeting.find(self.record.uid) is None:
            return session.apply(f"new {record.noun}", add=[*people, record])[-1]
        if not changes:
            return self.record
        label = f"change of {self.kind.noun}"
        return session.apply(label, add=people, change={self.record.uid: changes})[0]

    def ready_to_leave(self) -> bool:
        """Ask what becomes of what was changed."""
        if any(one.changed for one in self._fields):
            self.action_leave()
            return False
        return True

    def action_leave(self) -> None:
        """Leave; asks when something was changed."""
        if not any(one.changed for one in self._fields):
            self.dismiss(None)
            return
        options = (("keep", "", "Keep editing"), ("save", "", "Save"), ("discard", "", "Discard"))
        detail = "What was typed here is not saved yet."
        self.app.push_screen(Choice("Save the changes?", detail, options, "Keep editing"), self._left)

    def _left(self, answer: str | None) -> None:
        if answer == "save":
            self.action_save()
        elif answer == "discard":
            self.dismiss(None)
