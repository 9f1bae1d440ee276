"""Home: the next meeting and what is on it, the last one, goals at a glance, and what is due. Safe for the room."""

from __future__ import annotations

import datetime as dt

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from meetings.dates import show_day
from meetings.flow.overview import outlook
from meetings.flow.pacing import timed
from meetings.kinds import GoalState, MeetingState
from meetings.measures.accountability import late_days
from meetings.meeting import Meeting
from meetings.model import ActionItem, Goal
from tui.bindings import bindings_for
from tui.keys import HOME
from tui.screens.home_rows import GOAL_COLUMNS, ITEM_COLUMNS, goal_row, item_row
from tui.screens.home_words import long_day, result_lines, waiting_lines, waiting_words
from tui.screens.place import SHORT, TINY_HEIGHT, TINY_WIDTH, PlaceBar, PlaceScreen
from tui.screens.planning import PlanningScreen, how_far
from tui.screens.time_offer import OfferPanel
from tui.screens.unread_panel import UnreadPanel
from tui.widgets.columns import plain
from tui.widgets.key_bar import KeyBar
from tui.widgets.panel import Panel
from tui.widgets.rows import Rows
from tui.widgets.start_line import StartLine


class HomeScreen(PlaceScreen, PlanningScreen):
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
            with OfferPanel(id="next"):
                yield Static(id="about")
                yield StartLine()
                yield Static(id="waiting")
            with Panel(title="Last meeting", id="last"):
                yield Static(id="result")
            with UnreadPanel(title="Action items", id="due-panel"):
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
        self.query_one(OfferPanel).show()

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
            start.show("Go on with the meeting" if self.desk.session.leads else "Join the meeting")
        else:
            agendas = [
                (name, sum(step.minutes for step in timed(steps, head.minutes)))
                for name, steps in config.agendas.items()
            ]
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
            item, problem = self.accord.key_of("action_item"), self.accord.key_of("problem")
            return Content.styled(
                f"The first meeting. Enter starts it; before that, {item} notes an action item and {problem} a problem."
                if first
                else f"Nothing waits for it yet: {item} notes an action item, {problem} a problem.",
                "$quiet",
            )
        return waiting_lines(parts[:1] if self._tiny else parts, short=self._cramped)

    def _show_last(self) -> None:
        before = self.desk.previous
        panel, result = self.query_one("#last", Panel), self.query_one("#result", Static)
        if before is None:
            panel.show_title(figure="")
            result.update(
                Content.styled("There was none yet. What is said next time is remembered here.", "$quiet")
            )
            return
        panel.show_title(figure=f"#{before.head.number}")
        lines = result_lines(before, self.desk.config.items.done_rate, self.desk.today(), short=self._cramped)
        result.update(Content("\n").join(lines))

    def _show_items(self) -> None:
        """What is open and what was done since the last meeting, by its date: a ticked row stays where it is."""
        items = sorted(
            self.meeting.action_items.values(),
            key=lambda item: (item.due or dt.date.max, item.position),
        )
        limit = self.desk.config.items.carry_limit
        late = sum(late_days(item, self.desk.today()) > 0 for item in items)
        figure = f"{late} overdue" if late else ""
        self.query_one("#due-panel", Panel).show_title("Action items", figure)
        self.query_one("#items", Rows).show(
            ITEM_COLUMNS,
            [item_row(item, self.meeting.head, self.desk.today(), limit) for item in items],
            f"No action items yet: {self.accord.key_of('action_item')} adds the first one.",
        )

    def _show_goals(self) -> None:
        goals = [goal for goal in self.meeting.goals.values() if goal.state is not GoalState.DROPPED]
        margin = self.desk.config.goals.risk_margin
        self.query_one("#goals", Rows).show(
            GOAL_COLUMNS,
            [goal_row(goal, self.meeting.head, self._judged_on(), margin) for goal in goals],
            "No goals yet: they are set and read at the goal review.",
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
            "start": ("Go on" if self.desk.session.leads else "Join") if running else "Start",
            "add": "Action item",
            "form": "Everything",
        }.get(action_id, super().label_of(action_id))

    def on_start_line_pressed(self, event: StartLine.Pressed) -> None:
        """Start, or go on."""
        event.stop()
        self.run_safely(lambda: self._start(event.agenda))

    def do_add(self) -> None:
        """Action items."""
        self.quick_add(ActionItem)

    def do_edit(self) -> None:
        """An action item where it stands; of a goal everything, since this is only a glance at it."""
        if isinstance(self.need_selected(), Goal):
            self.do_form()
        else:
            super().do_edit()

    def do_give_time(self) -> None:
        """Give a step the minutes that are proposed for it."""
        self.accord.say_undoable(self.query_one(OfferPanel).accept())

    def do_back(self) -> None:
        """Leave the step as it is whose minutes are proposed; else as everywhere."""
        if not self.query_one(OfferPanel).dismiss():
            super().do_back()

    def do_minutes(self) -> None:
        """Those of the running meeting; while it is only planned, those of the one before it."""
        self.accord.show_minutes(self.in_minutes())

    def do_export(self) -> None:
        """Export, beginning with those that `m` shows."""
        self.accord.export(self.in_minutes().head.number)

    def in_minutes(self) -> Meeting:
        """The running meeting; while it is only planned, the one before it."""
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
