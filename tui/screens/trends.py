"""How the figures have gone from meeting to meeting: the latest value of each, and a chart of the selected one."""

from __future__ import annotations

from collections.abc import Sequence

from textual import work
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from meetings.figures import show_mean, show_rate, show_value
from meetings.kinds import GoalState, Status, Team
from meetings.measures import pace
from meetings.measures.chart import chart
from meetings.measures.funnel import Rate
from meetings.measures.lead_review import kept
from meetings.measures.trends import TABLES, Measure, Series, series, trends
from meetings.store.watch import Cancelled
from tui.bindings import bindings_for
from tui.keys import TRENDS
from tui.screens.place import PlaceBar, PlaceScreen
from tui.theme import status_style, status_symbol, team_style
from tui.waiting import Waiting
from tui.widgets.chart import draw, legend
from tui.widgets.columns import Column, plain
from tui.widgets.goal_details import DAYS
from tui.widgets.key_bar import KeyBar
from tui.widgets.panel import Panel
from tui.widgets.row import Row
from tui.widgets.rows import Rows
from tui.widgets.sparkline import sparkline
from tui.widgets.unbroken import Words
from tui.words.goal_text import target_text

COLUMNS = (
    Column("status", width=1),
    Column("name", "Figure", flex=1, min_width=18, wrap=True, max_lines=2),
    Column("team", "Team", max_width=12, priority=2),
    Column("last", "Now", max_width=16, align="right"),
    Column("target", "Target", max_width=14, align="right", priority=1),
    Column("bars", "13 weeks", width=13, priority=3),
)
BARS = 13
BESIDE = 6
"""Lines of words beside the chart."""


class ChartText(Words):
    """A chart in lines of text, which says when it has other room: it is drawn for the room there is."""

    class Resized(Message):
        """It has."""

    def on_resize(self) -> None:
        """More or less room than before."""
        self.post_message(self.Resized())


class TrendsScreen(PlaceScreen):
    """Done rate, ratings, acceptance rate and every goal, over all meetings."""

    place = TRENDS
    BINDINGS = bindings_for(TRENDS)
    DEFAULT_CSS = """
    TrendsScreen #body { layout: horizontal; height: 1fr; }
    TrendsScreen #list { width: 2fr; }
    TrendsScreen #chart-panel { width: 1fr; padding: 0 1; }
    TrendsScreen #chart { height: 1fr; }
    TrendsScreen.narrow #body { layout: vertical; }
    TrendsScreen.narrow #list { width: 1fr; height: 1fr; }
    TrendsScreen.narrow #chart-panel { width: 1fr; height: 13; }
    TrendsScreen.tiny #chart-panel { display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._series: Sequence[Series] = ()
        self._unread = 0
        self._read_for: object = None
        self._progress = ""

    def compose(self) -> ComposeResult:
        """The figures, and the chart of one."""
        yield PlaceBar()
        with Container(id="body"):
            with Panel(title="Figures", id="list"):
                yield Rows(typed="", id="figures")
            with Panel(id="chart-panel"):
                yield ChartText(id="chart")
        yield KeyBar()

    def on_mount(self) -> None:
        """The list has the focus."""
        self.set_focus(self.query_one(Rows))

    def heading(self) -> str:
        """What this is."""
        return "Trends"

    # Reading

    def show(self) -> None:
        """What is known so far; read anew when another meeting accepts edits, or this one was edited."""
        if self._read_for is None or (self.is_current and self._read_for is not self.meeting):
            self._read_for, self._progress = self.meeting, "reading…"
            self._read()
        self._list()

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _read(self) -> None:
        """Read all meetings, off the screen's thread; leaving the screen ends it."""
        waiting, config, archive = Waiting(self.app, self._tell_progress), self.desk.config, self.desk.archive
        try:
            found = trends(archive.meetings(TABLES, waiting))
        except Cancelled:
            return
        rate, accepted = config.items.done_rate, config.leads.sla.acceptance_rate
        waiting.answer(self._take, series(found, rate, accepted), len(archive.unread))

    def _tell_progress(self, done: int, all: int) -> None:
        self._progress = f"{done:,} of {all:,} meetings read"
        self._show_title()

    def _take(self, found: Sequence[Series], unread: int) -> None:
        self._series, self._unread, self._progress = found, unread, ""
        self._list()

    # Showing

    def _list(self) -> None:
        self.query_one(Rows).show(
            COLUMNS,
            [self._row(each) for each in self._series],
            ""
            if self._progress
            else "Nothing to compare yet: the first figures come when a meeting is closed.",
            header=bool(self._series),
        )
        self._show_title()
        self._show_chart()
        self.show_around()

    def _show_title(self) -> None:
        unread = f"{self._unread} meeting{'s' * (self._unread != 1)} cannot be read" if self._unread else ""
        figure = " · ".join(filter(None, (self._progress, unread)))
        self.query_one("#list", Panel).show_title(figure=figure)

    def _row(self, each: Series) -> Row:
        goal, head = each.goal, self.meeting.head
        values = [reading.value for reading in goal.readings]
        status = Content("")
        if (found := self._status(each)) is not None:
            status = Content.styled(status_symbol(found), status_style(found))
        target = (
            target_text(goal, head.currency) if each.measure is Measure.GOAL else self._say(each, goal.target)
        )
        return Row(
            each.key,
            {
                "status": status,
                "name": goal.title
                if each.measure is not Measure.RATING or each.team is Team.BOTH
                else f"{goal.title}, {head.team_name(each.team)}",
                "team": Content.styled(plain(head.team_name(each.team)), team_style(each.team)),
                "last": show_rate(*each.last) if each.last else self._say(each, values[-1]),
                "target": Content.styled(target, "$quiet"),
                "bars": Content.styled(sparkline(values[-BARS:]), "$quiet"),
            },
            dim=goal.state is GoalState.DONE,
        )

    def _status(self, each: Series) -> Status | None:
        """How a goal stands; and the acceptance rate, against what the teams agreed on, as the leads step has it."""
        config = self.desk.config
        if each.measure is Measure.GOAL:
            return pace.measure(each.goal, self.desk.today(), config.goals.risk_margin).status
        if each.measure is Measure.ACCEPTANCE and each.last:
            return kept(Rate(*each.last), config.leads.sla.acceptance_rate, config.goals.risk_margin)
        return None

    def _say(self, each: Series, value: float | None) -> str:
        if value is None:
            return ""
        if each.measure in (Measure.RATING, Measure.GAP):
            return show_mean(value)
        return show_value(round(value, 1), each.goal.unit, self.meeting.head.currency, compact=True)

    def _show_chart(self) -> None:
        panel, static = self.query_one("#chart-panel", Panel), self.query_one("#chart", Static)
        each = next((one for one in self._series if one.key == self.query_one(Rows).cursor_key), None)
        if each is None:
            panel.show_title("", "")
            static.update("")
            return
        head, config, goal = self.meeting.head, self.desk.config, each.goal
        name = goal.title if each.team is Team.BOTH else f"{goal.title}, {head.team_name(each.team)}"
        count = len(goal.readings)
        panel.show_title(name, f"{count} reading{'s' * (count != 1)}")
        drawn = chart(goal, self.desk.today(), config.charter.definitions, DAYS[config.cadence.every])
        if drawn is None:
            static.update(Content.styled("A goal that is reached or not has no chart.", "$quiet"))
            return
        style = "$brand" if each.team is Team.BOTH else team_style(each.team)
        width, height = static.size
        lines = draw(drawn, width, min(height - 3, 20), lambda value: self._say(each, value), style)
        static.update(Content("\n").join([*lines, legend(drawn, style), *self._words(each)]))

    def _words(self, each: Series) -> list[Content]:
        """The way that it went, in figures."""
        values = [reading.value for reading in each.goal.readings]
        if len(values) < 2:
            return []
        first, last = self._say(each, values[0]), self._say(each, values[-1])
        least, most = self._say(each, min(values)), self._say(each, max(values))
        return [Content.styled(f"from {first} to {last}, between {least} and {most}", "$quiet")]

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """Another figure, another chart."""
        event.stop()
        self._show_chart()

    def on_chart_text_resized(self, event: ChartText.Resized) -> None:
        """The chart fits the room that there is."""
        event.stop()
        self._show_chart()

    # Keys

    def hints(self) -> tuple[str, ...]:
        """Where one can go from here."""
        return ("back", "history", "all_actions", "home")

    def do_trends(self) -> None:
        """These are they."""
        self.accord.go_back()
