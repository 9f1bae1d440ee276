"""The clock of a running meeting: pausing, correcting, taking minutes from a later step, and a quiet word in time."""

from __future__ import annotations

from meetings.errors import UsageError
from meetings.flow import pacing
from meetings.meeting import AgendaStep
from tui.screens.records import RecordScreen


class TimekeepingScreen(RecordScreen):
    """A screen with the clock of a meeting."""

    def __init__(self) -> None:
        super().__init__()
        self._nudges = pacing.Nudges()

    def current_step(self) -> AgendaStep:
        """The step of the agenda that the meeting is in."""
        step = self.meeting.head.step_of(self.meeting.head.step)
        assert step is not None
        return step

    def nudge(self) -> None:
        """Say, once for each, that the end of the step's time is near or has come."""
        from tui.words.clock_words import nudge_words

        session = self.desk.session
        stage = self._nudges.look(self.meeting, self.desk.now(), session.live)
        if stage is not None and session.leads:
            key = self.accord.key_of("borrow_time")
            self.accord.say(nudge_words(stage, self.meeting, self.desk.now(), session.live, key))

    def do_pause(self) -> None:
        """Stop the clock, or let it run."""
        session = self.desk.session
        if session.meeting.head.paused:
            session.resume()
            self.accord.say("The clock runs.")
        else:
            session.pause()
            self.accord.say("The clock is paused.")

    def do_correct_clock(self) -> None:
        """Correct the current step's clock by minutes."""
        from tui.dialogs.prompt import Prompt

        step = self.current_step()
        self.app.push_screen(
            Prompt(
                f"Correct the clock of “{step.title}”",
                detail="Minutes to add; −2 takes two away.",
                placeholder="+5",
                refuse=_refuse_minutes,
            ),
            lambda typed: self.run_safely(lambda: self._correct(step.id, typed)) if typed else None,
        )

    def _correct(self, step_id: str, typed: str) -> None:
        self.desk.session.correct(step_id, round(_minutes(typed) * 60))

    def do_borrow_time(self) -> None:
        """Take minutes for this step from a later one; the meeting stays as long as it is."""
        from tui.dialogs.choice import Choice

        step = self._timed_step()
        found = pacing.lenders(self.meeting, self.desk.now(), self.desk.session.live)
        if not found:
            raise UsageError("No later step has time to give.")
        options = [
            (
                lender.id,
                str(n) if n < 10 else "",
                f"{minutes} min from {lender.title}, which has {lender.minutes}",
            )
            for n, (lender, minutes) in enumerate(found, 1)
        ]
        given = {lender.id: (lender, minutes) for lender, minutes in found}
        self.app.push_screen(
            Choice(f"More time for “{step.title}”?", "The meeting ends when it would.", options),
            lambda answer: self.run_safely(lambda: self._borrow(*given[answer])) if answer else None,
        )

    def _timed_step(self) -> AgendaStep:
        """The step whose clock runs, whatever is looked at."""
        step = self.meeting.head.step_of(self.meeting.head.step)
        assert step is not None
        return step

    def _borrow(self, lender: AgendaStep, minutes: int) -> None:
        label = f"{minutes} min from {lender.title}"
        self.desk.session.retime(pacing.lend(self.meeting, lender, minutes), label)
        self.accord.say_undoable(f"“{self._timed_step().title}” has {label}.")


def _minutes(typed: str) -> float:
    """The minutes that were typed. Raises UsageError."""
    try:
        minutes = float(typed.replace("−", "-").replace(",", ".").removesuffix("min").strip())
    except ValueError:
        raise UsageError(f"“{typed}” is not a number of minutes, such as 5 or -2.") from None
    if not abs(minutes) <= 24 * 60:
        raise UsageError("A clock can be corrected by a day at most.")
    return minutes


def _refuse_minutes(typed: str) -> str:
    """Why a clock cannot be corrected by what was typed; empty when it can, or when nothing was typed."""
    try:
        if typed:
            _minutes(typed)
    except UsageError as error:
        return error.message
    return ""
