"""Home: the next meeting and what is on it, the last one, goals at a glance, and what is due. Safe for the room."""

from __future__ import annotations

import datetime as dt

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from meetings.dates import MONTHS, WEEKDAYS, parse_day, show_day, show_minutes
from meetings.errors import UsageError
from meetings.figures import show_rate, show_value
from meetings.flow import lifecycle
from meetings.flow.overview import Outlook, outlook, summary
from meetings.kinds import Direction, GoalState, ItemState, MeetingState
from meetings.measures import pace
from meetings.measures.accountability import late_days, needs_choice
from meetings.meeting import Meeting
from meetings.model import ActionItem, Goal
from tui.bindings import bindings_for
from tui.goal_text import target_text
from tui.keys import HOME
from tui.screens.place import SHORT, TINY_HEIGHT, TINY_WIDTH, PlaceBar, PlaceScreen
from tui.screens.records import RecordScreen
from tui.theme import status_style, status_symbol, team_style
from tui.widgets.columns import Column, plain
from tui.widgets.key_bar import KeyBar
from tui.widgets.panel import Panel
from tui.widgets.row import Row
from tui.widgets.rows import Rows
from tui.widgets.start_line import StartLine

ITEM_COLUMNS = (
    Column("sign", width=1),
    Column("title", flex=1, min_width=16, wrap=True, max_lines=2),
    Column("owner", max_width=12, priority=1),
    Column("team", max_width=12, priority=3),
    Column("due", max_width=15, align="right"),
    Column("carried", max_width=4, align="right", priority=2),
)
GOAL_COLUMNS = (
    Column("status", width=1),
    Column("title", flex=1, min_width=14, wrap=True, max_lines=2),
    Column("team", max_width=12, priority=2),
    Column("reading", max_width=12, align="right"),
    Column("target", max_width=14, priority=1),
)
SIGNS = {ItemState.OPEN: "☐", ItemState.DONE: "✓", ItemState.DROPPED: "✗"}
"""How an action item stands, one cell wide."""


class HomeScreen(PlaceScreen, RecordScreen):
    """Where a launch ends when no meeting runs, and what `h` goes back to."""

    place = HOME
    BINDINGS = bindings_for(HOME)
    DEFAULT_CSS = """
    HomeScreen #home { layout: grid; grid-size: 2; grid-columns: 3fr 2fr; grid-rows: 11 1fr; height: 1fr; }
    HomeScreen #next, HomeScreen #last { padding: 0 1; }
    HomeScreen.short #home { grid-rows: 7 1fr; }
    HomeScreen Static { height: auto; }
    HomeScreen #about { margin-bottom: 1; }
    HomeScreen StartLine { margin-bottom: 1; }
    HomeScreen.short #about, HomeScreen.short StartLine { margin-bottom: 0; }
    HomeScreen.tiny #home { grid-size: 1; grid-rows: 6 1fr; }
    HomeScreen.tiny #last, HomeScreen.tiny #goals-panel { display: none; }
    """

    def compose(self) -> ComposeResult:
        """The meetings above, the lists below."""
        yield PlaceBar()
        with Container(id="home"):
            with Panel(id="next"):
                yield Static(id="about")
                yield StartLine()
                yield Static(id="waiting")
            with Panel(title="Last meeting", id="last"):
                yield Static(id="result")
            with Panel(title="Action items", id="due-panel"):
                yield Rows(typed="", id="items")
            with Panel(title="Goals", id="goals-panel"):
                yield Rows(typed="", id="goals")
        yield KeyBar()

    def on_mount(self) -> None:
        """The button has the focus."""
        self.query_one("#items", Rows).opener = self.opener
        self.set_focus(self.query_one(StartLine))

    def heading(self) -> str:
        """The meeting's name."""
        return self.meeting.head.name or "Accord"

    # Showing

    def show(self) -> None:
        """Everything anew."""
        self._show_next()
        self._show_last()
        self._show_items()
        self._show_goals()

    def on_resize(self, event: events.Resize) -> None:
        """Figures stand below each other where there is room, else in a sentence."""
        if self._shown_on is not None:
            self._show_next()
            self._show_last()

    @property
    def _cramped(self) -> bool:
        return self.app.size.height < SHORT

    @property
    def _tiny(self) -> bool:
        width, height = self.app.size
        return width < TINY_WIDTH or height < TINY_HEIGHT

    def _show_next(self) -> None:
        meeting, config, today = self.meeting, self.desk.config, self.desk.today()
        head = meeting.head
        running = head.state is MeetingState.RUNNING
        self.query_one("#next", Panel).show_title(
            "This meeting runs" if running else "Next meeting", f"#{head.number}"
        )
        day = show_day(head.date, today) if self._tiny else long_day(head.date)
        when = f"{day} · {how_far(head.date, today)}"
        self.query_one("#about", Static).update(Content.styled(when, "$ink bold"))
        start = self.query_one(StartLine)
        if running:
            start.show("Go on with the meeting")
        else:
            agendas = [(name, sum(s.minutes for s in steps)) for name, steps in config.agendas.items()]
            usual = head.agenda if head.agenda in config.agendas else config.agenda
            start.show("Start", agendas, usual)
        self.query_one("#waiting", Static).update(self._waiting(meeting, today))

    def _waiting(self, meeting: Meeting, today: dt.date) -> Content:
        """What is already on the meeting, or what to do when nothing is."""
        if self.desk.session.refusal:
            return Content.styled(plain(self.desk.session.refusal), "$off-track")
        parts = waiting_words(outlook(meeting, today))
        if not parts:
            first = meeting.head.number == 1
            return Content.styled(
                "The first meeting. Enter starts it; before that, t notes an action item and p a problem."
                if first
                else "Nothing waits for it yet: t notes an action item, p a problem.",
                "$quiet",
            )
        if self._tiny:
            parts = parts[:1]
        if self._cramped:
            return Content(" · ").join(Content.assemble((str(n), "$ink bold"), f" {w}") for n, w in parts)
        width = max(len(str(n)) for n, _ in parts)
        return Content("\n").join(
            Content.assemble((f"{n:>{width}}", "$ink bold"), f"  {w}") for n, w in parts
        )

    def _show_last(self) -> None:
        before = self.desk.previous
        panel, result = self.query_one("#last", Panel), self.query_one("#result", Static)
        if before is None:
            panel.show_title(figure="")
            result.update(
                Content.styled("There was none yet. What is said next time is remembered here.", "$quiet")
            )
            return
        found = summary(before)
        panel.show_title(figure=f"#{found.number}")
        goal = self.desk.config.items.done_rate
        share = found.done.share
        sign, style = (
            ("", "$ink") if share is None else ("● ", "$on-track") if share >= goal else ("▲ ", "$at-risk")
        )
        rated = "n/a" if found.rating is None else f"{found.rating:.1f} of 10 by {found.raters}"
        if found.rating is None and found.raters:
            rated = f"n/a, {_many(found.raters, 'rating')}"
        lines = [
            Content.styled(show_day(found.date, self.desk.today()), "$ink bold"),
            _figure("Done", Content.assemble((sign, style), show_rate(found.done.done, found.done.all))),
            _figure("Rated", rated),
            _figure("Time", f"{show_minutes(found.spent)} of {show_minutes(found.planned)}"),
        ]
        if self._cramped:
            made = f"{_many(found.decisions, 'decision')}, {_many(found.wins, 'win')}"
            lines.append(_figure("Made", made))
        else:
            lines.insert(1, Content(""))
            lines += [
                _figure("Decided", _many(found.decisions, "decision")),
                _figure("Agreed", _many(found.items, "new action item")),
                _figure("Wins", str(found.wins) if found.wins else "none"),
            ]
        result.update(Content("\n").join(lines))

    def _show_items(self) -> None:
        """What is open, the most urgent first, then what was done since the last meeting."""
        items = sorted(
            self.meeting.action_items.values(),
            key=lambda item: (item.state is not ItemState.OPEN, item.due or dt.date.max, item.position),
        )
        late = sum(late_days(item, self.desk.today()) > 0 for item in items)
        figure = f"{late} overdue" if late else ""
        self.query_one("#due-panel", Panel).show_title("Action items", figure)
        self.query_one("#items", Rows).show(
            ITEM_COLUMNS,
            [self._item_row(item) for item in items],
            "No action items yet: t adds the first one.",
        )

    def _item_row(self, item: ActionItem) -> Row:
        head, today = self.meeting.head, self.desk.today()
        asks = needs_choice(item, today, self.desk.config.items.carry_limit)
        return Row(
            item.uid,
            {
                "sign": Content.styled(
                    SIGNS[item.state], "$done" if item.state is ItemState.DONE else "$ink"
                ),
                "title": item.title,
                "owner": item.owner or Content.styled("no owner", "$at-risk"),
                "team": Content.styled(plain(head.team_name(item.team)), team_style(item.team)),
                "due": due_words(item, today),
                "carried": Content.styled(
                    f"↻ {item.carried}" if item.carried else "", "$at-risk" if asks else "$quiet"
                ),
            },
            dim=item.state is not ItemState.OPEN,
        )

    def _show_goals(self) -> None:
        goals = [goal for goal in self.meeting.goals.values() if goal.state is not GoalState.DROPPED]
        self.query_one("#goals", Rows).show(
            GOAL_COLUMNS,
            [self._goal_row(goal) for goal in goals],
            "No goals yet: they are set and read at the goal review.",
        )

    def _goal_row(self, goal: Goal) -> Row:
        head = self.meeting.head
        found = pace.measure(goal, self._judged_on(), self.desk.config.goals.risk_margin)
        reading = ""
        if found.reading is not None:
            reading = show_value(found.reading.value, goal.unit, head.currency, compact=True)
        return Row(
            goal.uid,
            {
                "status": Content.styled(status_symbol(found.status), status_style(found.status)),
                "title": goal.title,
                "team": Content.styled(plain(head.team_name(goal.team)), team_style(goal.team)),
                "reading": reading or Content.styled("—", "$quiet"),
                "target": Content.styled(_aim(goal, head.currency), "$quiet"),
            },
            dim=goal.state is GoalState.DONE,
        )

    def _judged_on(self) -> dt.date:
        """The day on which goals are judged: that of the running meeting, else today."""
        head = self.meeting.head
        return head.date if head.state is MeetingState.RUNNING else self.desk.today()

    # Keys

    def hints(self) -> tuple[str, ...]:
        """Starting first; on a row what can be done with it."""
        if isinstance(self.focused, StartLine):
            return (
                *("start", "action_item", "problem", "all_actions", "history", "minutes"),
                *(() if self.meeting.head.state is MeetingState.RUNNING else ("reschedule", "skip")),
            )
        if isinstance(self.selected(), ActionItem):
            return ("tick", "edit", "form", "drop", "action_item", "start")
        return ("start", "form", "action_item", "problem", "history")

    def label_of(self, action_id: str) -> str:
        """In the words of what they do here."""
        running = self.meeting.head.state is MeetingState.RUNNING
        return {
            "start": "Go on" if running else "Start",
            "add": "Action item",
            "form": "Everything",
        }.get(action_id, super().label_of(action_id))

    def on_start_line_pressed(self, event: StartLine.Pressed) -> None:
        """Start, or go on."""
        event.stop()
        self.run_safely(lambda: self._start(event.agenda))

    def do_start(self) -> None:
        """Start the meeting with the agenda that is chosen, or go on with it."""
        self._start(self.query_one(StartLine).agenda)

    def _start(self, agenda: str) -> None:
        if self.desk.session.refusal:
            raise UsageError(self.desk.session.refusal)
        head, today = self.meeting.head, self.desk.today()
        if head.state is not MeetingState.PLANNED or head.number == 1 or head.date == today:
            self.accord.start_meeting(agenda)
            return
        from tui.dialogs.confirm import Confirm

        question = Confirm(
            f"Start meeting {head.number} today?",
            f"It is planned for {show_day(head.date, today)}, {how_far(head.date, today)}.",
            yes="Start it",
            no="Not yet",
        )
        self.app.push_screen(
            question, lambda yes: self.run_safely(lambda: self.accord.start_meeting(agenda)) if yes else None
        )

    def do_reschedule(self) -> None:
        """Ask for the day to which the planned meeting is moved."""
        from tui.dialogs.prompt import Prompt

        head = self.meeting.head
        self._planned()
        self.app.push_screen(
            Prompt(
                f"Move meeting {head.number} to which day?",
                f"It is planned for {self._day(head.date)}. What is on it stays on it.",
                placeholder="fri, +7d, 4 dec",
                required=True,
                refuse=self._why_not_on,
            ),
            lambda typed: self.run_safely(lambda: self._reschedule(typed)) if typed else None,
        )

    def _why_not_on(self, typed: str) -> str:
        """Why the meeting cannot be moved to the day that was typed; empty when it can."""
        try:
            self.desk.workspace.check_move(self.meeting.head, self._typed_day(typed))
        except UsageError as error:
            return error.message
        return ""

    def _typed_day(self, typed: str) -> dt.date:
        day = parse_day(typed, self.desk.today())
        if day is None:
            raise UsageError(f"“{typed[:40]}” is not a day; type for example fri, +7d or 4 dec.")
        return day

    def _reschedule(self, typed: str) -> None:
        before = self.meeting.head
        self.desk.workspace.reschedule(self.desk.session, self._typed_day(typed))
        self._say_moved(f"Meeting {before.number} is moved from {self._day(before.date)} to {{}}.")

    def do_skip(self) -> None:
        """No meeting this week: the planned one moves to the next date of the cadence."""
        self._planned()
        before = self.meeting.head
        self.desk.workspace.skip(self.desk.session)
        self._say_moved(
            f"No meeting on {self._day(before.date)}: meeting {before.number} is on {{}}, with all that is on it."
        )

    def _planned(self) -> None:
        """Raise UsageError when the meeting cannot be moved to any day."""
        if self.desk.session.refusal:
            raise UsageError(self.desk.session.refusal)
        lifecycle.need_planned(self.meeting.head)

    def _say_moved(self, sentence: str) -> None:
        self.accord.say_undoable(sentence.format(self._day(self.meeting.head.date)))

    def _day(self, day: dt.date) -> str:
        return show_day(day, self.desk.today())

    def do_add(self) -> None:
        """Action items."""
        self.quick_add(ActionItem)

    def do_edit(self) -> None:
        """An action item where it stands; of a goal everything, since this is only a glance at it."""
        if isinstance(self.need_selected(), Goal):
            self.do_form()
        else:
            super().do_edit()

    def do_minutes(self) -> None:
        """Those of the running meeting; while it is only planned, those of the one before it."""
        self.accord.show_minutes(self._minuted())

    def do_save_minutes(self) -> None:
        """Save those that `m` shows."""
        self.accord.save_minutes(self._minuted())

    def _minuted(self) -> Meeting:
        if self.meeting.head.state is MeetingState.PLANNED and self.desk.previous is not None:
            return self.desk.previous
        return self.meeting

    def on_key(self, event: events.Key) -> None:
        """Down from the button goes into the lists."""
        if event.key in ("down", "j") and isinstance(self.focused, StartLine):
            event.stop()
            event.prevent_default()
            self._enter_list(0)

    def on_rows_left(self, event: Rows.Left) -> None:
        """Past the ends of the lists: the button above, the goals below."""
        event.stop()
        lists = self._lists()
        at = lists.index(event.rows) + event.direction if event.rows in lists else 0
        if at < 0:
            self.set_focus(self.query_one(StartLine))
        elif at < len(lists):
            self._enter_list(at, 0 if event.direction > 0 else -1)

    def _lists(self) -> list[Rows]:
        return [rows for rows in self.query(Rows) if rows.count and rows.region]

    def _enter_list(self, at: int, row: int | None = None) -> None:
        lists = self._lists()
        if at < len(lists):
            self.set_focus(lists[at])
            if row is not None:
                lists[at].move_to(row)


def long_day(day: dt.date) -> str:
    """`Monday 23 November 2026`."""
    return f"{WEEKDAYS[day.weekday()].title()} {day.day} {MONTHS[day.month - 1].title()} {day.year}"


def how_far(day: dt.date, today: dt.date) -> str:
    """`today`, `tomorrow`, `in 5 days`, `3 days ago`."""
    days = (day - today).days
    near = {0: "today", 1: "tomorrow", -1: "yesterday"}
    return near.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")


def due_words(item: ActionItem, today: dt.date) -> Content:
    """When an item is due, or how late it is, or what came of it."""
    if item.state is ItemState.DONE:
        return Content.styled(f"done {show_day(item.done_on, today)}" if item.done_on else "done", "$done")
    if item.state is ItemState.DROPPED:
        return Content.styled("dropped", "$quiet")
    late = late_days(item, today)
    if late:
        return Content.styled(f"{_many(late, 'day')} late", "$off-track")
    if item.due == today:
        return Content.styled("today", "$at-risk")
    return Content.styled(show_day(item.due, today) if item.due else "no date", "$quiet")


def waiting_words(found: Outlook) -> list[tuple[int, str]]:
    """What waits for a meeting: numbers and what they count; nothing that is nought."""
    among = [f"{n} {word}" for n, word in ((found.carried, "carried"), (found.overdue, "overdue")) if n]
    counted = f"open action item{_s(found.open)}" + (f", {' and '.join(among)}" if among else "")
    parts = [
        (found.open, counted),
        (found.parked, f"parked problem{_s(found.parked)}"),
        (found.unanswered, f"{'piece' if found.unanswered == 1 else 'pieces'} of feedback without an answer"),
        (found.to_check, f"decision{_s(found.to_check)} to check"),
    ]
    return [(n, words) for n, words in parts if n]


def _figure(name: str, value: str | Content) -> Content:
    return Content.assemble((f"{name:<8} ", "$quiet"), value)


def _many(n: int, word: str) -> str:
    return f"{n} {word}{_s(n)}"


def _s(n: int) -> str:
    return "" if n == 1 else "s"


def _aim(goal: Goal, currency: str) -> str:
    """What a reading is held against: `of 30 %`, `≤ 60 min`, `35 to 50`."""
    plain_aim = goal.target is not None and goal.direction is Direction.AT_LEAST
    return f"of {target_text(goal, currency)}" if plain_aim else target_text(goal, currency)
