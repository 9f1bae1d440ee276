"""The running meeting: agenda, the current step, context, clock and keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.widget import Widget

from meetings.errors import AccordError
from meetings.kinds import MeetingState
from meetings.meeting import Meeting
from meetings.session import Event
from tui.bindings import bindings_for
from tui.joined.own_way import OwnWay
from tui.keys import ACTIONS, MEETING, remapped
from tui.screens.stage import Beside, Stage
from tui.screens.step_keys import StepKeysScreen
from tui.steps.base import StepView
from tui.widgets.agenda_rail import AgendaLine, AgendaRail, StepChosen
from tui.widgets.cell_edit import Edit
from tui.widgets.context import ContextPane
from tui.widgets.key_bar import KeyBar
from tui.widgets.rows import Rows
from tui.widgets.step_line import StepLine
from tui.widgets.top_bar import TopBar, clock_text
from tui.words.clock_words import step_time

A_MOMENT = 0.05
"""Seconds after which a step that has come is on the terminal, and the one after it can be made."""
SECOND = 1.0
"""How often the clock on the screen goes on."""
RAIL_FROM, CONTEXT_FROM, BROAD_FROM = 96, 116, 160
"""Columns from which the rail and the context pane have room beside the step, and from which the pane has more."""


class MeetingScreen(StepKeysScreen):
    """Walks the meeting through its agenda."""

    place = MEETING
    BINDINGS = bindings_for(MEETING)
    DEFAULT_CSS: ClassVar[str] = """
    MeetingScreen #middle { height: 1fr; }
    MeetingScreen.narrow #stage { margin: 0; }
    MeetingScreen.narrow AgendaRail { display: none; }
    MeetingScreen.narrow AgendaLine { display: block; }
    MeetingScreen ContextPane { display: none; }
    MeetingScreen.wide ContextPane { display: block; }
    MeetingScreen.broad ContextPane { width: 48; }
    MeetingScreen.asked AgendaRail { display: none; }
    MeetingScreen.asked ContextPane { display: block; width: 60%; }
    MeetingScreen.asked.tiny #middle { layout: vertical; }
    MeetingScreen.asked.tiny #stage { height: 5; }
    MeetingScreen.asked.tiny ContextPane { width: 1fr; }
    MeetingScreen.presenter AgendaRail, MeetingScreen.presenter AgendaLine,
    MeetingScreen.presenter KeyBar, MeetingScreen.presenter ContextPane { display: none; }
    MeetingScreen.presenter.asked ContextPane { display: block; }
    MeetingScreen.tiny TopBar, MeetingScreen.tiny AgendaLine { display: none; }
    MeetingScreen.tiny StepLine { display: block; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._stage = Stage(self.current_step())
        self._shown: Meeting | None = None
        """The meeting as it is on the screen."""
        self._details_wanted = False
        self._around: Widget | None = None
        """What had the focus when keys and details were shown last."""
        self._entered = ""
        """The step whose lists have had the focus last."""

    def compose(self) -> ComposeResult:
        """Clock on top, agenda, step and context side by side, keys at the bottom."""
        self._use_room(self.app.size)
        yield TopBar()
        yield StepLine()
        yield AgendaLine()
        yield OwnWay()
        with Beside(id="middle"):
            yield AgendaRail()
            yield self._stage
            yield ContextPane()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show the current step and let the clock run on the screen."""
        self.set_interval(SECOND, self._tick)

    # The current step

    @property
    def step(self) -> StepView | None:
        """The view of the current step, once it is there: keys may come before that."""
        view = self._stage.view(self.current_step().id)
        return view if view is not None and view.is_attached else None

    def lists(self) -> Sequence[Rows]:
        """Those of the current step."""
        return self.step.lists() if self.step else ()

    def show(self) -> None:
        """Bring everything up to date; another step comes in when the meeting has gone on."""
        head = self.meeting.head
        if head.state is not MeetingState.RUNNING:
            if self._shown is not None and self._shown.head.uid == head.uid:
                self._shown = None
                if head.state is MeetingState.PLANNED:  # another window has put it back
                    self.call_later(self.accord.go_home_alone)
            return
        self._shown = self.meeting
        self._stage.celebrate(self.meeting)
        self.follow()
        self._stage.turn_to(self.current_step())
        view = self.step
        if view is not None and view.ready:
            view.show()
            if self._entered != view.step.id:
                self._enter(view)
        self._show_clock()
        self._show_around()

    def entered(self, view: StepView) -> None:
        """A step has filled its lists: one of them gets the focus."""
        if view is self.step and view.ready:
            self._enter(view)
            self._show_around()

    def _enter(self, view: StepView) -> None:
        """A step is current now, or again."""
        self._entered = view.step.id
        lists = view.lists()
        if lists and (self.focused is None or self.focused not in lists):
            first = next((rows for rows in lists if rows.count), lists[0])
            self.set_focus(first)
        self.set_timer(A_MOMENT, self._look_ahead)

    def _look_ahead(self) -> None:
        """The step after this one is made ready, so that it is there at once."""
        steps = self.meeting.head.steps
        at = steps.index(self.current_step()) + 1
        if at < len(steps) and self._stage.view(steps[at].id) is None:
            self.run_worker(self._stage.make_ready(steps[at]), group="ahead", exclusive=True)

    def on_rows_left(self, event: Rows.Left) -> None:
        """Past the end of one list the cursor goes on in the next."""
        event.stop()
        lists = self.lists()
        if event.rows in lists:
            at = lists.index(event.rows) + event.direction
            while 0 <= at < len(lists) and not lists[at].count:
                at += event.direction
            if 0 <= at < len(lists):
                self.set_focus(lists[at])
                lists[at].move_to(0 if event.direction > 0 else -1)

    def on_rows_highlighted(self, event: Rows.Highlighted) -> None:
        """Another row: its details and its keys."""
        event.stop()
        self._show_around()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Another list: other keys, unless they are there already."""
        if self.focused is not self._around:
            self._show_around()

    # What is around the step

    def heard(self, event: Event) -> None:
        """Time alone changes the clock; everything else changes what is shown."""
        if event.kind in ("edit", "others") and self.meeting is not self._shown:
            self.show()
        else:
            self._show_clock()

    def _tick(self) -> None:
        if self.is_current and not self.meeting.head.paused:
            self._show_clock()
            self.nudge()
        self.look_around()

    def _show_clock(self) -> None:
        meeting, session = self.meeting, self.desk.session
        now = self.desk.now()
        if self.has_class("tiny"):
            self.query_one(StepLine).show_step(meeting, now, session.live, session.state)
        else:
            time = clock_text(meeting, now, session.live)
            here = ("", "") if self.presenting else step_time(meeting, now, session.live)
            self.query_one(TopBar).show(meeting, self.desk.today(), time, session.state, here)
        self.show_large()
        agenda = self.query_one(AgendaLine if self.has_class("narrow") else AgendaRail)
        agenda.show(meeting, now, session.live)

    def _show_around(self) -> None:
        view = self.step
        if view is None or not view.ready or not self.is_current:
            return
        self._around = self.focused
        keys = remapped(self.desk.config.keys)
        names = [name for name in (*view.hints(), "help") if not self.why_not(name)]
        hints = [(name, keys[name][0], self.label_of(name)) for name in names]
        self.query_one(KeyBar).show(hints)
        self.show_large()
        if not self.stack_updates:
            self._show_details()  # the first frame has everything
        elif not self._details_wanted:
            self._details_wanted = True
            self.call_after_refresh(self._show_details)  # not before the frame that a key has asked for

    def _show_details(self) -> None:
        self._details_wanted = False
        view = self.step
        if view is not None and view.ready and self.is_current:
            self.query_one(ContextPane).show(self.selected(), view.last_time(), self.desk, view.about())

    def hints(self) -> tuple[str, ...]:
        """Those of the step."""
        return self.step.hints() if self.step else ()

    def label_of(self, action_id: str) -> str:
        """The step's word for it, or the usual one."""
        return (self.step.label_of(action_id) if self.step else "") or ACTIONS[action_id].label

    def on_key_bar_chosen(self, event: KeyBar.Chosen) -> None:
        """A click on a key."""
        self.act(event.action_id)

    def on_resize(self, event: events.Resize) -> None:
        """More or less room than before."""
        self._use_room(event.size)
        if self._shown is not None:
            self._show_clock()
        self.call_after_refresh(self._show_around)

    def _use_room(self, size: Size) -> None:
        """Rail and context have their place where there is room; known from the start, the first frame is the last."""
        self.set_class(size.width < RAIL_FROM, "narrow")
        self.set_class(size.width >= CONTEXT_FROM, "wide")
        self.set_class(size.width >= BROAD_FROM, "broad")
        self.set_class(size.width < 60 or size.height < 20, "tiny")

    # Actions

    def opener(self, uid: str, character: str) -> Edit | None:
        """Nothing for an Enter that ends the moment for a big win."""
        return None if not character and self._stage.celebrating else super().opener(uid, character)

    def on_rows_activated(self, event: Rows.Activated) -> None:
        """Enter ends the moment for a big win before it does anything else."""
        if self._stage.go_on():
            event.stop()
            event.prevent_default()

    async def do_next_step(self) -> None:
        """On to the next step; after the last one the meeting can be closed."""
        await self._go_by(1)

    async def do_previous_step(self) -> None:
        """Back to the step before."""
        await self._go_by(-1)

    async def _go_by(self, by: int) -> None:
        ids = [step.id for step in self.meeting.head.steps]
        to = ids.index(self.current_step().id) + by
        if 0 <= to < len(ids):
            await self.go_to(ids[to])
        elif by > 0:
            await self.action_act("close")
        else:
            self.accord.say("This is the first step.")

    async def go_to(self, step_id: str) -> None:
        """Make a step the current one. Keys that come meanwhile find it in place."""
        with self.app.batch_update():  # nothing is drawn in between
            self.move_to(step_id)
            if coming := self._stage.turn_to(self.current_step()):
                await coming
            self.show()

    async def on_step_chosen(self, event: StepChosen) -> None:
        """A step of the agenda was clicked."""
        try:
            await self.go_to(event.step_id)
        except AccordError as error:
            self.accord.say_error(error)

    def do_back(self) -> None:
        """Out of the moment for a big win, of the large details, or of the presenter's view."""
        if self._stage.go_on():
            return
        if self.has_class("asked"):
            self.remove_class("asked")
            self._show_around()
        elif self.presenting:
            self.do_presenter()
        else:
            super().do_back()

    def do_details(self) -> None:
        """The details of the selected row on the larger part of the screen; then their next page; then as before."""
        if self.has_class("asked") and self.query_one(ContextPane).next_page():
            return
        self.toggle_class("asked")
        self._show_around()
