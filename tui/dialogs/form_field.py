"""One field of a form, made from the declaration of the record's field."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from meetings import fields
from meetings.model import Record, info
from tui.dialogs.help_words import DAYS
from tui.dialogs.inputs import Area, Line
from tui.dialogs.picker import Picker
from tui.widgets.columns import plain

if TYPE_CHECKING:
    from tui.dialogs.form import Form


class FormField(Vertical):
    """One field: its title, where it is typed or picked, and below it what is wrong with it."""

    def __init__(self, form: Form, name: str) -> None:
        super().__init__(classes="field")
        self.form, self.field_name = form, name
        kind, meeting = form.kind, form.desk.meeting
        about = info(kind, name)
        self.more = bool(about["more"])
        options = fields.choices(kind, name, meeting, form.record)
        self.initial: Any
        self.control: Picker | Area | Line
        if options is not None:
            self.initial = getattr(form.record, name)
            self.control = Picker(options, self.initial)
        elif about.get("long"):
            self.initial = fields.show(form.record, name, meeting)
            self.control = Area(self.initial)
        else:
            self.initial = fields.show(form.record, name, meeting)
            offered = partial(fields.offers, kind, name, meeting=meeting, config=form.desk.config)
            whole = form.new or not isinstance(getattr(form.record, name), str)
            self.control = Line(self.initial, offers=offered if about.get("offer") else None, whole=whole)
        self.title = fields.title(kind, name, meeting)
        self.about = fields.help_of(kind, name, meeting) or (DAYS if fields.is_day(kind, name) else "")
        """What it is for, in a few words; empty when its title says it all."""
        self._wrong = Static(classes="wrong")
        self._wrong.display = False

    def compose(self) -> ComposeResult:
        """Title and control side by side."""
        with Horizontal(classes="pair"):
            yield Static(Content(plain(self.title)), classes="title")
            yield self.control
        yield self._wrong

    def on_click(self) -> None:
        """A click on the title goes to the field."""
        if self.screen.focused is not self.control:
            self.control.focus()

    @property
    def typed(self) -> Any:
        """What the control holds: a text, or the value that is picked."""
        match self.control:
            case Picker():
                return self.control.value
            case TextArea():
                return self.control.text
            case _:
                return self.control.value

    @property
    def changed(self) -> bool:
        """Whether the control holds something else than at first."""
        return bool(self.typed != self.initial)

    def value(self, record: Record) -> Any:
        """What was typed as a value; `record` is the record with the fields before this one. Raises UsageError."""
        if isinstance(self.control, Picker):
            return self.control.value
        return fields.parse(self.form.kind, self.field_name, self.typed, self.form.desk.meeting, record)

    def follow(self, record: Record) -> None:
        """Offer, or show, what fits the record as it is now: a goal's figures are shown in its unit."""
        meeting = self.form.desk.meeting
        if isinstance(self.control, Picker):
            options = fields.choices(self.form.kind, self.field_name, meeting, record)
            self.control.offer(options or ())
        elif isinstance(self.control, Line) and not self.changed:
            shown = fields.show(record, self.field_name, meeting)
            if shown != self.initial:
                self.initial = shown
                self.control.value = shown

    def say_wrong(self, text: str) -> None:
        """Say what is wrong, or nothing."""
        self._wrong.update(Content(plain(text)))
        self._wrong.display = bool(text)
        self.set_class(bool(text), "bad")
