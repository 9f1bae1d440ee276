"""Wrap-up: everyone rates the meeting, hidden until revealed; what was decided; who owes what; what is missing."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.content import Content

from meetings.errors import UsageError
from meetings.figures import show_mean
from meetings.flow import ratings
from meetings.kinds import ItemState, Team
from meetings.measures import accountability
from meetings.meeting import Meeting
from meetings.model import ActionItem, Person, Rating, Record
from tui.steps.base import StepView
from tui.steps.before_closing import BeforeClosing
from tui.steps.outcomes import (
    LINE,
    Room,
    decision_columns,
    decision_row,
    item_columns,
    item_row,
    line_edit,
    room_in,
    take_line,
)
from tui.steps.rating_panel import RatingPanel
from tui.theme import team_style
from tui.widgets.bands import Bands
from tui.widgets.cell_edit import Edit
from tui.widgets.columns import Column, plain
from tui.widgets.panel import Panel
from tui.widgets.rows import Rows


class WrapupStep(StepView):
    """Ratings, decisions and open promises, and under them what is worth a look before the meeting is closed."""

    kind = "wrapup"
    _found_myself = False
    """Whether the cursor was put on the name of whoever has joined."""

    def compose(self) -> ComposeResult:
        """The lists, one above the other."""
        yield Bands(
            RatingPanel(),
            Panel(Rows(typed="", id="decided"), title="Decided today", id="decided-panel"),
            Panel(Rows(typed="", id="owed"), title="Who owes what", id="owed-panel"),
        )
        yield BeforeClosing()

    def on_resize(self, event: events.Resize) -> None:
        """Say more or less of each item."""
        if self.is_mounted:
            self.show()

    def show(self) -> None:
        """Fill the lists."""
        room = room_in(self.size.width - 2)
        self.query_one(RatingPanel).show(self.meeting, self.desk.previous, self.earlier)
        self._find_myself()
        self._show_decided(room)
        self._show_owed(room)
        self.query_one(BeforeClosing).show(self.meeting, self.desk, self.earlier, self.size.height)
        self.query_one(Bands).fit()

    def _find_myself(self) -> None:
        """Who has joined types the first figure for themselves."""
        me = self.meeting_screen.own_person
        if me is not None and not self._found_myself:
            self._found_myself = self.query_one(RatingPanel).go_to(me.uid)

    # Outcomes

    def _show_decided(self, room: Room) -> None:
        number = self.meeting.head.number
        decided = [d for d in self.meeting.decisions.values() if d.raised_in == number]
        self.query_one("#decided", Rows).show(
            decision_columns(room),
            [decision_row(decision, self.meeting, room) for decision in decided],
            f"Nothing was decided yet. Press {self.key_of('decision')} to record a decision.",
        )

    def _show_owed(self, room: Room) -> None:
        """Open items, those of one owner together; without an owner first."""
        meeting, limit = self.meeting, self.desk.config.items.carry_limit
        items = sorted(
            (item for item in meeting.action_items.values() if item.state is ItemState.OPEN),
            key=lambda item: (bool(item.owner), item.owner.casefold(), item.due or meeting.head.date),
        )
        self.query_one("#owed", Rows).show(
            _owner_first(item_columns(room)),
            [item_row(item, meeting, limit, room) for item in items],
            f"Nobody owes anything. Press {self.key_of('action_item')} to add an action item.",
        )
        self.query_one("#owed-panel", Panel).show_title(figure=_balance(meeting))

    # What keys do

    def _in_use(self) -> str:
        panel = self.query_one(Bands).used
        return (panel.id or "").removesuffix("-panel") if panel is not None else "ratings"

    def _person(self) -> Person | None:
        """The person under the cursor; None in the other lists."""
        record = self.meeting_screen.selected()
        return record if isinstance(record, Person) else None

    def do_add(self) -> None:
        """One hidden line for the ratings of the whole room; for that of one person at their own screen."""
        from tui.dialogs.ratings import Ratings

        people = ratings.raters(self.meeting)
        if self.desk.session.refusal:
            raise UsageError(self.desk.session.refusal)
        if (me := self.meeting_screen.myself()) is not None:
            people = [me]
        if not people:
            raise UsageError("Nobody is on the list yet: add people in the check-in.")
        self.app.push_screen(Ratings(people))

    def do_respond(self) -> None:
        """Show the ratings to the room, or hide them again."""
        if not self.meeting.ratings:
            raise UsageError("Nobody has rated yet: type a figure on a name.")
        self.desk.session.reveal(not self.meeting.head.revealed)

    def edits(self, record: Record) -> str:
        """A person's rating; the owner of an item that has none."""
        if isinstance(record, Person):
            return "value"
        if isinstance(record, ActionItem) and not record.owner:
            return "owner"
        return super().edits(record)

    def digit_field(self, record: Record) -> str:
        """Digits are a rating."""
        return "value" if isinstance(record, Person) else ""

    def edit_of(self, record: Record, field: str, initial: str | None) -> Edit | None:
        """A rating begins empty, so that none is ever shown; an item's title also takes who and when."""
        if isinstance(record, Person) and field == "value":
            return Edit("value", initial or "", validate=_refuse_rating, numeric=True, count=True)
        if isinstance(record, ActionItem) and field == "title":
            return line_edit(record, self.desk, initial)
        return None

    def edited(self, record: Record, column: str, text: str) -> bool:
        """A rating is put down, and on to the next person; nothing typed leaves it as it is."""
        if isinstance(record, ActionItem) and column == LINE:
            take_line(record, text, self.desk)
            return True
        if not isinstance(record, Person) or column != "value":
            return False
        if text.strip():
            session = self.desk.session
            value = ratings.read_one(text)
            session.apply(f"rating of {record.name}", **ratings.changes(session.meeting, {record.uid: value}))
        self.query_one(RatingPanel).go_on(record.uid)
        return True

    def do_form(self) -> None:
        """A person's rating in a word; everything about another row."""
        person = self._person()
        if person is None:
            self.meeting_screen.do_form()
            return
        from tui.dialogs.prompt import Prompt

        rating = self._rating(person)
        self.app.push_screen(
            Prompt(f"{person.name}: this meeting in a word", initial=rating.word, placeholder="lively"),
            lambda word: self._put_word(rating, word),
        )

    def _put_word(self, rating: Rating, word: str | None) -> None:
        if word is not None and word != rating.word:
            change = self.desk.session.change
            self.meeting_screen.run_safely(lambda: change(rating.uid, "rating in a word", word=word))

    def _rating(self, person: Person) -> Rating:
        rating = ratings.rating_of(self.meeting, person)
        if rating is None:
            raise UsageError(f"{person.name} has not rated yet: type a figure first.")
        return rating

    def do_remove(self) -> None:
        """Take a person's rating away; remove another row."""
        person = self._person()
        if person is None:
            self.meeting_screen.do_remove()
            return
        if person.abstains:
            self.desk.session.change(person.uid, f"rating of {person.name}", abstains=False)
            return
        self.desk.session.remove(self._rating(person).uid, f"remove the rating of {person.name}")
        self.meeting_screen.accord.say_undoable(f"Removed the rating of {person.name}.")

    def do_not_done(self) -> None:
        """Someone leaves the rating to the others, and on to the next person; other rows as everywhere."""
        person = self._person()
        if person is None:
            self.meeting_screen.do_not_done()
            return
        session = self.desk.session
        session.apply(f"{person.name} does not rate", **ratings.changes(session.meeting, {person.uid: None}))
        self.query_one(RatingPanel).go_on(person.uid)

    def do_tick(self) -> None:
        """Presence belongs to the check-in; other rows are ticked as everywhere."""
        if self._person() is not None:
            raise UsageError(
                "Type a figure from 1 to 10, or - for no rating. Who is present is ticked in the check-in."
            )
        self.meeting_screen.do_tick()

    def do_drop(self) -> None:
        """A rating is not dropped; other rows are dropped as everywhere."""
        if self._person() is not None:
            raise UsageError(f"{self.key_of('remove')} takes a rating away.")
        self.meeting_screen.do_drop()

    def do_move_down(self) -> None:
        """Rows move where the order is anyone's choice."""
        self._refuse_order()
        self.meeting_screen.do_move_down()

    def do_move_up(self) -> None:
        """Rows move where the order is anyone's choice."""
        self._refuse_order()
        self.meeting_screen.do_move_up()

    def _refuse_order(self) -> None:
        if self._in_use() == "owed":
            raise UsageError(
                "Items stand in the order of their owners here; they can be moved in the action items step."
            )

    # What is around

    def last_time(self) -> Sequence[tuple[str, str]]:
        """How the last meeting was rated, and its note."""
        before = self.desk.previous
        last = accountability.told(before) if before is not None else None
        if last is None or last.overall is None:
            return self.note_last_time()
        gap = f", gap {show_mean(last.gap)}" if last.gap is not None else ""
        return [("Rated", f"{show_mean(last.overall)}{gap}"), *self.note_last_time()]

    def hints(self) -> tuple[str, ...]:
        """Rating, revealing, minutes, closing; in the other lists what the row can do comes first."""
        used = self._in_use()
        if used == "ratings" or not self.query_one(f"#{used}", Rows).count:
            return ("add", "respond", "close", "save_minutes", "minutes", "export", "note")
        return ("edit", "form", "tick" if used == "owed" else "drop", "add", "respond", "minutes", "close")

    def label_of(self, action_id: str) -> str:
        """`a` and `r` are about ratings here."""
        selected = self.meeting_screen.selected()
        ownerless = isinstance(selected, ActionItem) and not selected.owner
        return {
            "add": "Ratings",
            "respond": "Hide" if self.meeting.head.revealed else "Reveal",
            "form": "" if self._person() is None else "In a word",
            "edit": "Owner" if ownerless else "",
        }.get(action_id, "")


def _refuse_rating(typed: str) -> str | None:
    try:
        if typed.strip():
            ratings.read_one(typed)
    except UsageError as error:
        return error.message
    return None


def _owner_first(columns: Sequence[Column]) -> list[Column]:
    """The columns of items, with the owner where a reader looks for it."""
    by_key = {column.key: column for column in columns}
    return [by_key[key] for key in ("owner", "title", "due", "carried")]


def _balance(meeting: Meeting) -> Content:
    """How many open items there are, and whose."""
    counts, head = accountability.balance(meeting), meeting.head
    parts = [
        Content.styled(f"{plain(head.team_name(team))} {counts[team]}", team_style(team))
        for team in Team
        if counts[team]
    ]
    return Content.styled(" · ", "$quiet").join(parts)
