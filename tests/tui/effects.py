"""What an action can be seen to do: each effect asks the stage for its action and looks at what came of it.

An effect looks at the screen and at the file that the meeting is in, never at what the app believes.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from textual.widgets import TextArea

from meetings.flow import clock
from meetings.kinds import MeetingState, Status
from meetings.model import Record, main_field
from tests.tui.seeing import seen, told, type_in
from tests.tui.stage import Stage, store_of
from tui.dialogs.choice import Choice
from tui.dialogs.form import Form
from tui.dialogs.import_leads import ImportLeads
from tui.dialogs.lead_figures import LeadFigures
from tui.dialogs.note import NoteEditor
from tui.dialogs.prompt import Prompt
from tui.dialogs.quick_add import QuickAdd
from tui.dialogs.ratings import Ratings
from tui.screens.meeting import MeetingScreen
from tui.widgets.agenda_rail import AgendaLine, AgendaRail
from tui.widgets.cell_edit import CellEdit
from tui.widgets.context import ContextPane
from tui.widgets.key_bar import KeyBar

Effect = Callable[[Stage], Awaitable[None]]


def says(*words: str) -> Effect:
    """A sentence says why not; nothing is changed, nothing is opened."""

    async def effect(stage: Stage) -> None:
        screens = list(stage.app.screen_stack)
        await stage.do()
        await told(stage.pilot, *words)
        assert not stage.changed, "something was changed although it was refused"
        assert list(stage.app.screen_stack) == screens

    return effect


# Records


def changes(**fields: Any) -> Effect:
    """Fields of the selected record change, on disk."""

    async def effect(stage: Stage) -> None:
        for name, value in fields.items():
            assert getattr(stage.record, name) != value, f"{name} is {value} already"
        await stage.do()
        for name, value in fields.items():
            await stage.until(lambda name=name, value=value: getattr(stage.record, name) == value, name)

    return effect


def moves_on(inner: Effect) -> Effect:
    """The same, and the cursor goes on to the next row."""

    async def effect(stage: Stage) -> None:
        rows = stage.rows
        place = min(rows.cursor_index + 1, rows.count - 1)
        await inner(stage)
        await stage.until(lambda: rows.cursor_index == place, "the cursor on the next row")

    return effect


def drops(**fields: Any) -> Effect:
    """A reason is asked for; with one the record is dropped, and that can be undone."""

    async def effect(stage: Stage) -> None:
        await stage.do()
        await stage.until(lambda: isinstance(stage.app.screen, Prompt), "a question")
        await stage.press("enter")
        await seen(stage.pilot, "A few words are needed here.")
        await stage.type_over("no budget")
        await stage.press("enter")
        for name, value in fields.items():
            await stage.until(lambda name=name, value=value: getattr(stage.record, name) == value, name)
        await told(stage.pilot, "u brings it back")

    return effect


async def calls_the_roll(stage: Stage) -> None:
    """Everyone on the list is here, and one undo takes all of it back."""
    before = {person.uid: person.present for person in stage.stored.people.values()}
    assert not all(before.values())
    await stage.do()
    await stage.until(lambda: all(one.present for one in stage.stored.people.values()), "everyone")
    await stage.press("u")
    await stage.until(
        lambda: {one.uid: one.present for one in stage.stored.people.values()} == before, "as it was"
    )


async def removes(stage: Stage) -> None:
    """The record is gone from the file, and that can be undone."""
    await stage.do()
    await stage.until(lambda: stage.record is None, "the row gone")
    await told(stage.pilot, "Removed", "u brings it back")
    await stage.press("u")
    await stage.until(lambda: stage.record is not None, "the row back")


async def removes_rating(stage: Stage) -> None:
    """The figure that was typed is gone again."""
    await stage.press("7")
    await stage.until(lambda: isinstance(stage.app.screen.focused, CellEdit), "a field")
    await stage.press("enter")
    await stage.until(lambda: stage.stored.ratings, "a rating")
    stage.rows.move_to(stage.uid)
    await stage.do()
    await stage.until(lambda: not stage.stored.ratings, "no rating")


def moves(by: int) -> Effect:
    """The row itself goes up or down, on the screen and in the file."""

    async def effect(stage: Stage) -> None:
        rows = stage.rows
        rows.move_to(0 if by > 0 else 1)
        key, other = rows.cursor_key, rows.row_key(1 if by > 0 else 0)
        await stage.do()
        await stage.until(
            lambda: rows.cursor_key == key and rows.cursor_index == (1 if by > 0 else 0), "moved"
        )
        assert rows.row_key(0 if by > 0 else 1) == other
        order = [record.uid for _, record in stage.stored.content()]
        assert (order.index(key) - order.index(other)) * by > 0

    return effect


def edits(column: str, typed: str, **fields: Any) -> Effect:
    """A field lies over that cell of the row; what is typed is in the record after Enter."""

    async def effect(stage: Stage) -> None:
        await stage.do()
        await stage.until(lambda: isinstance(stage.app.screen.focused, CellEdit), "a field over a cell")
        field = stage.app.screen.focused
        assert isinstance(field, CellEdit)
        assert (field.key, field.edit.column) == (stage.uid, column)
        await stage.type_over(typed)
        await stage.press("enter")
        expected = fields or {column: typed}
        for name, value in expected.items():
            await stage.until(lambda name=name, value=value: getattr(stage.record, name) == value, name)

    return effect


async def reads(stage: Stage) -> None:
    """This week's reading, typed as people write it."""
    await stage.do()
    await stage.until(lambda: isinstance(stage.app.screen.focused, CellEdit), "a field")
    await type_in(stage.pilot, "27.5")
    await stage.press("enter")
    await stage.until(lambda: [r.value for r in stage.record.readings] == [27.5], "the reading")


async def types_reading(stage: Stage) -> None:
    """The sign begins a reading below zero."""
    await stage.do()
    await stage.until(lambda: isinstance(stage.app.screen.focused, CellEdit), "a field")
    await type_in(stage.pilot, "4")
    await stage.press("enter")
    await stage.until(lambda: stage.record.readings and stage.record.readings[-1].value == -4.0, "−4")


async def rates(stage: Stage) -> None:
    """A rating is typed over the name's value, in dots."""
    await stage.do()
    await stage.until(lambda: isinstance(stage.app.screen.focused, CellEdit), "a field")
    await type_in(stage.pilot, "8")
    await stage.press("enter")
    await stage.until(lambda: [r.value for r in stage.stored.ratings.values()] == [8], "a rating of 8")


async def forms(stage: Stage) -> None:
    """The form of the selected record; its words can be changed and are saved with Enter."""
    await stage.do()
    await stage.until(lambda: isinstance(stage.app.screen, Form), "a form")
    form = stage.app.screen
    assert isinstance(form, Form)
    assert form.record.uid == stage.uid
    main = main_field(form.kind)
    await stage.until(lambda: form.focused is not None, "a field")
    await stage.press("end", *"zz", "ctrl+s")
    await stage.until(lambda: str(getattr(stage.record, main)).endswith("zz"), "the words changed")


async def asks_for_a_word(stage: Stage) -> None:
    """A person's rating in a word."""
    await stage.press("9", "enter")
    await stage.until(lambda: stage.stored.ratings, "a rating")
    stage.rows.move_to(stage.uid)
    await stage.do()
    await stage.until(lambda: isinstance(stage.app.screen, Prompt), "a question")
    await stage.type_over("lively")
    await stage.press("enter")
    await stage.until(lambda: [r.word for r in stage.stored.ratings.values()] == ["lively"], "the word")


async def numbers_form(stage: Stage) -> None:
    """A form for a source's numbers, which are added when it is saved."""
    await stage.do()
    await stage.until(lambda: isinstance(stage.app.screen, Form), "a form")
    await stage.type_over("Referrals")
    await stage.press("ctrl+s")
    await stage.until(lambda: [r.source for r in stage.added()] == ["Referrals"], "the numbers")


async def looks_closer(stage: Stage) -> None:
    """All figures of the source, and Escape closes them; nothing is changed."""
    await stage.do()
    await stage.until(lambda: isinstance(stage.app.screen, LeadFigures), "the figures")
    await seen(stage.pilot, "─ Webinar ─", "From new lead to customer")
    await stage.press("escape")
    await stage.until(lambda: stage.place == "meeting", "closed")
    assert not stage.changed


async def chooses_a_file(stage: Stage) -> None:
    """A file is asked for; Escape leaves everything as it was. (Importing one has its own tests.)"""
    await stage.do()
    await stage.until(lambda: isinstance(stage.app.screen, ImportLeads), "a choice of files")
    await stage.until(lambda: stage.app.screen.focused is not None, "a field")
    await stage.press("escape")
    await stage.until(lambda: stage.place == "meeting", "closed")
    assert not stage.changed


async def parks_the_miss(stage: Stage) -> None:
    """What missed the agreement is in the line already; Enter makes a problem of it that comes from the row."""
    await stage.do()
    await stage.until(lambda: isinstance(stage.app.screen, QuickAdd), "the line that adds")
    await seen(stage.pilot, "Webinar: 15 of 20 accepted, 75 % (agreed 90 %)")
    await stage.press("enter")
    await stage.until(lambda: stage.added(), "a problem")
    (record,) = stage.added()
    assert record.title == "Webinar: 15 of 20 accepted, 75 % (agreed 90 %)"
    assert (record.origin, record.origin_text) == (stage.uid, "Webinar")
    await stage.press("escape")
    await stage.until(lambda: stage.place, "the line gone")


# Adding


def adds(kind: type[Record], *, from_row: bool = False, **fields: Any) -> Effect:
    """The line that adds: Enter adds a record, Escape ends. `from_row`: the selected row is its origin."""

    async def effect(stage: Stage) -> None:
        await stage.do()
        await stage.until(lambda: isinstance(stage.app.screen, QuickAdd), "the line that adds")
        line = stage.app.screen
        assert isinstance(line, QuickAdd)
        assert line.kind is kind
        await type_in(stage.pilot, "Zebra")
        await stage.press("enter")
        await stage.until(lambda: stage.added(), "a record")
        (record,) = stage.added()
        assert type(record) is kind
        assert getattr(record, main_field(kind)) == "Zebra"
        for name, value in fields.items():
            assert getattr(record, name) == value, name
        if "origin" in kind.__struct_fields__:
            origin = stage.meeting.find(stage.uid) if from_row else None
            assert record.origin == (stage.uid if from_row else "")
            assert record.origin_text == (getattr(origin[1], main_field(type(origin[1]))) if origin else "")
        await stage.press("escape")
        await stage.until(lambda: stage.place, "the line gone")

    return effect


async def rates_all(stage: Stage) -> None:
    """One hidden line for everyone who is here."""
    await stage.do()
    await stage.until(lambda: isinstance(stage.app.screen, Ratings), "the line of ratings")
    await type_in(stage.pilot, "8 6")
    await seen(stage.pilot, " • •", "2 of 2 typed")
    await stage.press("enter")
    await stage.until(lambda: sorted(r.value for r in stage.stored.ratings.values()) == [6, 8], "ratings")


async def reveals(stage: Stage) -> None:
    """Without ratings a sentence; with one it is shown, and hidden again."""
    await stage.do()
    await told(stage.pilot, "Nobody has rated yet")
    await stage.press("7", "enter")
    await stage.until(lambda: stage.stored.ratings, "a rating")
    await stage.do()
    await stage.until(lambda: stage.stored.head.revealed, "revealed")
    stage.app.clear_notifications()
    await seen(stage.pilot, "━━━━━━━···")
    await stage.do()
    await stage.until(lambda: not stage.stored.head.revealed, "hidden")


# Undo


async def undoes(stage: Stage) -> None:
    """The last edit is taken back and named."""
    stage.app.desk.session.write_note("checkin", "A note to undo")
    assert stage.changed
    await stage.do()
    await told(stage.pilot, "Undid: note")
    await stage.until(lambda: not stage.stored.notes, "the note gone")


async def redoes(stage: Stage) -> None:
    """What was undone is there again."""
    session = stage.app.desk.session
    session.write_note("checkin", "A note to redo")
    session.undo()
    await stage.do()
    await told(stage.pilot, "Did again: note")
    await stage.until(lambda: len(stage.stored.notes) == 1, "the note back")
    session.undo()


# The meeting


def steps_to(step: str) -> Effect:
    """That step is current, in front and ready for keys."""

    async def effect(stage: Stage) -> None:
        await stage.do()
        await stage.until(lambda: stage.stored.head.step == step, step)
        screen = stage.app.screen
        assert isinstance(screen, MeetingScreen)
        view = screen.step
        assert view is not None
        await stage.until(lambda: view.display and view.ready and screen.focused in view.lists(), "in front")

    return effect


async def pauses(stage: Stage) -> None:
    """The clock stands still; and runs again."""
    await stage.do()
    await told(stage.pilot, "The clock is paused.")
    assert stage.stored.head.paused
    await stage.do()
    await told(stage.pilot, "The clock runs.")
    assert not stage.stored.head.paused


async def corrects(stage: Stage) -> None:
    """Minutes are added to the clock of the step."""
    step = stage.meeting.head.step
    before = clock.spent(stage.meeting, step)
    await stage.do()
    await stage.until(lambda: isinstance(stage.app.screen, Prompt), "a question")
    await stage.type_over("5 min")
    await stage.press("enter")
    await stage.until(lambda: clock.spent(stage.stored, step) == before + 300, "five minutes more")


async def borrows(stage: Stage) -> None:
    """The first later step gives minutes to this one, and one undo gives them back."""

    def minutes() -> dict[str, int]:
        return {step.id: step.minutes for step in stage.stored.head.steps}

    before, here = minutes(), stage.meeting.head.step
    await stage.do()
    await seen(stage.pilot, "More time for", "min from")
    await stage.press("enter")
    await stage.until(lambda: minutes()[here] > before[here], "more time")
    assert sum(minutes().values()) == sum(before.values())
    await stage.press("u")
    await stage.until(lambda: minutes() == before, "the times as before")


async def presents(stage: Stage) -> None:
    """Agenda and keys are away; and there again."""
    screen = stage.app.screen
    around = [screen.query_one(KeyBar), *screen.query(AgendaRail), *screen.query(AgendaLine)]
    shown = [widget for widget in around if widget.display]
    step = screen.query_one("#stage")
    room = step.size
    assert len(shown) == 2
    await stage.do()
    await stage.until(lambda: not any(widget.display for widget in around), "only the step")
    await stage.do()
    await stage.until(
        lambda: all(widget.display for widget in shown) and step.size == room,
        "everything again, in its place",
    )


async def shows_details(stage: Stage) -> None:
    """The pane with the details takes the larger part of the screen; Escape makes it as it was."""
    screen = stage.app.screen
    pane, list_ = screen.query_one(ContextPane), screen.query_one("#stage")
    before = (pane.display, list_.size)
    await stage.do()
    await stage.until(lambda: pane.display and pane.outer_size.width > list_.outer_size.width, "the details")
    await stage.press("escape")
    await stage.until(lambda: (pane.display, list_.size) == before, "as it was")


async def overrules(stage: Stage) -> None:
    """A person says how a goal stands, and why; both are on disk."""
    await stage.do()
    await stage.until(lambda: isinstance(stage.app.screen, Choice), "the choice")
    await stage.press("f")
    await stage.until(lambda: isinstance(stage.app.screen, Prompt), "the question why")
    await type_in(stage.pilot, "the form is broken")
    await stage.press("enter")
    await stage.until(
        lambda: (stage.record.overruled, stage.record.note) == (Status.OFF_TRACK, "the form is broken"),
        "the status by hand",
    )
    await seen(stage.pilot, "■")


async def amends(stage: Stage) -> None:
    """A sentence is added to a closed meeting: it is in that meeting's file."""
    store = store_of(stage.app.desk.workspace)
    await stage.do()
    await stage.until(lambda: isinstance(stage.app.screen, Prompt), "a question")
    await stage.type_over("Jonas was there, too")
    await stage.press("enter")
    await stage.until(lambda: "Jonas was there, too" in str(store.read(1)), "the amendment")
    assert not stage.changed


async def asks_to_close(stage: Stage) -> None:
    """A question; Escape leaves the meeting running. (That Enter closes it has its own test.)"""
    await stage.do()
    await seen(stage.pilot, "Close this meeting?", "open action items carry over")
    await stage.press("escape")
    await stage.until(lambda: stage.place == "meeting", "the question gone")
    assert stage.stored.head.state is MeetingState.RUNNING


async def goes_on(stage: Stage) -> None:
    """Back into the running meeting."""
    await stage.do()
    await stage.until(lambda: stage.place == "meeting", "the meeting")


async def notes(stage: Stage) -> None:
    """The note of this step, in the file; and not in that of another step."""
    await stage.do()
    await stage.until(lambda: isinstance(stage.app.screen, NoteEditor), "the editor")
    await seen(stage.pilot, "it is part of the minutes")
    await type_in(stage.pilot, "More wine")
    await stage.press("escape")
    wanted = [(stage.meeting.head.step, "More wine")]
    await stage.until(lambda: [(n.step, n.text) for n in stage.stored.notes.values()] == wanted, "the note")


async def notes_privately(stage: Stage) -> None:
    """The facilitator's own note: it stays out of the meeting."""
    head = stage.meeting.head
    await stage.do()
    await stage.until(lambda: isinstance(stage.app.screen, NoteEditor), "the editor")
    await seen(stage.pilot, "Private: only this machine has it")
    area = stage.app.screen.query_one(TextArea)
    area.text = ""
    await type_in(stage.pilot, "Sam is tired")
    await stage.press("escape")
    private = stage.app.desk.private
    await stage.until(lambda: private.read(head.uid).get(head.step) == "Sam is tired", "the private note")
    assert not stage.changed
