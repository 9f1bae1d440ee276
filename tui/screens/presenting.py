"""What is shown to a room over a shared screen: the step, its clock and its figure, large; nothing private."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual import events
from textual.content import Content

from meetings.dates import show_minutes
from meetings.flow import clock
from tui.joined.following import FollowingScreen
from tui.widgets.rows import Rows

if TYPE_CHECKING:
    from tui.widgets.large import Figure, LargeHead

ROOMY_HEIGHT, ROOMY_WIDTH = 30, 100
"""Lines and columns from which there is space around the large figures."""
FIGURE_FROM = 76
"""Columns from which there is room for the step's figure beside its name and its clock."""
WIDEST = 150
"""Columns that a row is wide at most before a room, so that the eye finds its end."""


class PresentingScreen(FollowingScreen):
    """A meeting that can be presented. The keys stay what they are."""

    DEFAULT_CSS: ClassVar[str] = """
    PresentingScreen LargeHead { display: none; }
    PresentingScreen.presenter {
        LargeHead { display: block; }
        &.tiny LargeHead { display: none; }
    }
    """

    _spread = False
    """Whether the rows have been given air."""

    @property
    def presenting(self) -> bool:
        """Whether a room looks on."""
        return self.has_class("presenter")

    def do_presenter(self) -> None:
        """Only the step, its clock and its figure; or everything again."""
        self.toggle_class("presenter")
        if self.presenting:
            keys = f"{self.accord.key_of('presenter')} or {self.accord.key_of('back')}"
            self.accord.say(f"Presenting: private notes stay hidden. {keys} shows everything again.")
            if self._head() is None:
                from tui.widgets.large import LargeHead

                self.mount(LargeHead(), before="#middle")
        self.call_after_refresh(self.show)

    def _head(self) -> LargeHead | None:
        """What is only made when somebody presents."""
        return cast("LargeHead | None", next(iter(self.query("LargeHead")), None))

    def show_large(self) -> None:
        """Bring the large figures up to date, and the air between the rows. Costs nothing unless somebody presents."""
        if not self.presenting and not self._spread:
            return
        self._spread = self.presenting
        for rows in self.lists() if self.presenting else self.query(Rows):  # steps that were left, too
            rows.let_air_in(self.presenting)
        head = self._head()
        side = max(0, (self.size.width - WIDEST) // 2) if self.presenting else 0
        for part in (head, self.query_one("#middle")):
            if part is not None and part.styles.margin.left != side:
                part.styles.margin = (0, side)
        if not self.presenting or head is None or not head.is_mounted:
            return
        from tui.words.step_figures import figure_of

        step, steps = self.current_step(), self.meeting.head.steps
        at = steps.index(step) + 1
        then = f"then {steps[at].title}" if at < len(steps) else "the last step"
        head.set_class(self.size.height >= ROOMY_HEIGHT and self.size.width >= ROOMY_WIDTH, "roomy")
        head.show(
            (step.title, f"{at} of {len(steps)}", then),
            figure_of(step.kind, self.meeting, self.desk.config, self.selected())
            if self.size.width >= FIGURE_FROM
            else None,
            self._left(),
        )

    def _left(self) -> Figure:
        """The time that is left of the step."""
        from tui.widgets.large import Figure
        from tui.words.clock_words import step_time

        meeting, now, live = self.meeting, self.desk.now(), self.desk.session.live
        step, paused = self.current_step(), "paused" if self.meeting.head.paused else ""
        words, style = step_time(meeting, now, live)
        if not words:
            return Figure(show_minutes(clock.spent(meeting, step.id, now, live)), (paused, "spent"))
        *sign, time, word = words.split()
        of = f"of {show_minutes(step.minutes * 60)}"
        how = Content.assemble((" ".join(sign), style), " " if sign else "", word)
        return Figure(f"{'+' if word == 'over' else ''}{time}", (paused, how, of), style if sign else "")

    def on_resize(self, event: events.Resize) -> None:
        """More or less room for the figures."""
        self.call_after_refresh(self.show_large)

    def why_not(self, action_id: str) -> str:
        """A private note is not opened before a room."""
        if action_id == "private_note" and self.presenting:
            key = self.accord.key_of("presenter")
            return f"Private notes stay hidden while you present: {key} ends that."
        return super().why_not(action_id)
