"""The screen of a meeting that somebody leads: it goes where they go, unless one looks around on one's own."""

from __future__ import annotations

from meetings.errors import UsageError
from meetings.meeting import AgendaStep
from meetings.model import Person
from tui.joined.own_way import OwnWay
from tui.screens.facilitator import FacilitatorScreen
from tui.widgets.agenda_rail import Agenda

LEADS = {
    "pause": "pause the clock",
    "correct_clock": "correct the clock",
    "borrow_time": "move minutes between the steps",
    "close": "close the meeting",
    "respond": "reveal the ratings",
}
"""What belongs to leading a meeting, by its action; responding only where it reveals the ratings."""


class FollowingScreen(FacilitatorScreen):
    """A meeting that several people are in. Who leads it, and whoever is alone, notices nothing of this."""

    _at = ""
    """The step that is shown, of a meeting that somebody else leads; else empty."""
    _own = False
    """Whether one looks around on one's own."""
    _led: bool | None = None
    """Whether one has led the meeting until now; None: that was not looked at yet."""
    _keys_then = 0
    """How many keys had been pressed a second ago."""

    @property
    def joined(self) -> bool:
        """Whether somebody else leads the meeting."""
        return not self.desk.session.leads

    def current_step(self) -> AgendaStep:
        """The step that is shown: the meeting's, or the one that one looks at on one's own."""
        return self.meeting.head.step_of(self._at) or super().current_step()

    def follow(self) -> None:
        """Go where the meeting is, unless one looks around or is typing: then when that is over."""
        head, led = self.meeting.head, self._led
        self._led = not self.joined
        if self._led:
            self._at, self._own = "", False
            return
        if led:
            self.accord.say(f"{self._leader} leads the meeting now; your screen follows.")
        if head.step_of(self._at) is None:
            self._at = head.step
        if self._at == head.step:
            self._own = False
        elif not self._own and not self._busy():
            self._at = head.step

    def _busy(self) -> bool:
        """Whether something is open, or was typed a moment ago: what is typed next may belong to it."""
        typing = any(rows.editing for rows in self.lists())  # also in a window that has not the focus now
        return typing or not self.is_active or self.accord.keys_so_far != self._keys_then

    def move_to(self, step_id: str) -> None:
        """Make a step the meeting's; who has joined only looks at it. Raises UsageError when there is none."""
        if not self.joined:
            self.desk.session.go_to(step_id)
            return
        if self.meeting.head.step_of(step_id) is None:
            raise UsageError(f"The agenda has no step “{step_id}”.")
        self._at = step_id
        self._own = step_id != self.meeting.head.step

    def look_around(self) -> None:
        """What a second brings: catch up with the meeting, say where one is, ask a newcomer's name."""
        if self.joined and not self._own and self._at != self.meeting.head.step and not self._busy():
            self.show()
        if self.app.app_focus and self.accord.together.to_be_asked and not self._busy():
            from tui.joined.naming import ask_who

            ask_who(self.accord)
        self._keys_then = self.accord.keys_so_far
        self.show_company()

    def show_company(self) -> None:
        """Who is here, beside the agenda; and a line when one is not where the meeting is, or nobody leads it."""
        together = self.accord.together
        for agenda in self.query(Agenda):
            agenda.show_company(
                together.names(), together.somebody_leads, self.current_step().id if self.joined else ""
            )
        for line in self.query(OwnWay):
            line.show(*self._own_way())

    def _own_way(self) -> tuple[str, ...]:
        """A sentence, a key and what it does; nothing when there is nothing to say."""
        together = self.accord.together
        if self.joined and self._own:
            there = super().current_step().title
            return (
                f"Looking at {self.current_step().title} on your own",
                self._key("back"),
                f"goes back to {there}",
            )
        if self.joined and together.left_alone:
            leader = together.leader
            who = f"{leader}, who leads the meeting, is not here" if leader else "Nobody leads now"
            return who, self._key("lead"), "leads it"
        return ()

    # Who leads

    @property
    def _leader(self) -> str:
        return self.accord.together.leader or "Somebody else"

    def why_not(self, action_id: str) -> str:
        """What belongs to leading is refused to those who follow."""
        refusal = super().why_not(action_id)
        wrapping_up = self.current_step().kind == "wrapup"
        if (
            refusal
            or not self.joined
            or action_id not in LEADS
            or (action_id == "respond" and not wrapping_up)
        ):
            return refusal
        key = self._key("lead")
        if self.accord.together.left_alone:
            return f"Nobody leads the meeting now: take the lead ({key}) to {LEADS[action_id]}."
        return f"{self._leader} leads the meeting: only they can {LEADS[action_id]}, unless you take the lead ({key})."

    def do_lead(self) -> None:
        """Lead the meeting: its clock and its steps are one's own from now on."""
        from tui.dialogs.confirm import Confirm
        from tui.joined.naming import IN_A_FOLDER

        session, head = self.desk.session, self.meeting.head
        if not self.desk.workspace.store.shared:
            raise UsageError(IN_A_FOLDER)
        if session.refusal:
            raise UsageError(session.refusal)
        if head.lead == session.seat:
            raise UsageError("You lead the meeting already.")
        if not self.joined or self.accord.together.left_alone:
            self._take_lead()
            return
        question = Confirm(
            "Lead the meeting?",
            f"{self._leader} leads it now. Clock and steps become yours, and their screen follows.",
            yes="Lead it",
            no="Not now",
        )
        self.app.push_screen(question, lambda yes: self.run_safely(self._take_lead) if yes else None)

    def _take_lead(self) -> None:
        self.desk.session.lead()
        self.accord.say("You lead the meeting: the others follow your steps.")
        self.show()

    def do_back(self) -> None:
        """Back to where the meeting is."""
        if not self._own:
            super().do_back()
            return
        self._own, self._at = False, self.meeting.head.step
        self.show()

    # Oneself

    @property
    def own_person(self) -> Person | None:
        """Who has joined, on the list of people; None for who leads, and for whoever is not on it."""
        return self.accord.together.person_in(self.meeting) if self.joined else None

    def myself(self) -> Person | None:
        """As `own_person`. Raises UsageError when whoever has joined is not on the list."""
        if self.joined and self.own_person is None:
            raise UsageError(
                "You are not on the list of people: add your name in the check-in."
                if self.accord.together.name
                else f"Say who you are first ({self._key('who')})."
            )
        return self.own_person
