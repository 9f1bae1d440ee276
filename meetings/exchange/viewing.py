"""Puts a meeting into the words of its minutes (see meetings.exchange.view). Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from itertools import chain

from meetings.dates import show_minutes
from meetings.exchange.again import show_day, show_rate, show_value
from meetings.exchange.goal_view import goal_view
from meetings.exchange.item_words import in_words, item_view, listed, times
from meetings.exchange.lead_table import lead_table
from meetings.exchange.view import (
    AmendmentView,
    ComingUpView,
    DecisionView,
    DirectionView,
    FeedbackView,
    GoalView,
    ItemsView,
    ItemView,
    MinutesView,
    ProblemsView,
    ProblemView,
    RatingsView,
    StepView,
    TeamView,
    WinView,
)
from meetings.figures import NOT_KNOWN, show_mean
from meetings.flow import clock
from meetings.ids import short_ids
from meetings.kinds import (
    DecisionState,
    ItemState,
    MeetingState,
    ProblemState,
    Team,
    Unit,
)
from meetings.measures import accountability, pace
from meetings.meeting import CONTENT, Meeting
from meetings.model import ActionItem, Decision, Feedback, Goal, Problem, Win

DRAFTS = {
    MeetingState.PLANNED: "Draft: this meeting has not started.",
    MeetingState.RUNNING: "Draft: this meeting is running.",
    MeetingState.CLOSED: "",
}


def view(meeting: Meeting, margin: float = pace.RISK_MARGIN) -> MinutesView:
    """The meeting as its minutes tell it. `margin` is the goals' risk margin until the meeting is closed."""
    return _Viewing(meeting, margin).all()


class _Viewing:
    """One meeting being put into words."""

    def __init__(self, meeting: Meeting, margin: float) -> None:
        self.meeting = meeting
        self.head = meeting.head
        self.margin = margin
        self.ids = short_ids(chain.from_iterable(meeting.table(name) for name in CONTENT))
        self.teams = {team: meeting.head.team_name(team) for team in Team} | {Team.BOTH: "both teams"}

    def all(self) -> MinutesView:
        head = self.head
        people = list(self.meeting.people.values())
        there = any(person.present for person in people)
        spent = clock.spent_each(self.meeting)
        steps = tuple(self.time(step.title, step.minutes * 60, spent[step.id]) for step in head.steps)
        return MinutesView(
            title=head.name or "Meeting",
            number=head.number,
            date=head.date,
            day=_with_year(head.date),
            state=head.state,
            draft=DRAFTS[head.state],
            present=self.present(),
            guests=tuple(person.name for person in people if person.guest and person.present),
            absent=tuple(p.name for p in people if there and not p.present and not p.guest),
            steps=steps,
            total=self.time("Total", clock.planned(self.meeting), sum(spent.values())),
            goals=tuple(self.goal(goal) for goal in self.meeting.goals.values()),
            leads=lead_table(self.meeting.lead_numbers.values(), head.date, head.currency),
            feedback=self.feedback(),
            wins=tuple(self.win(win) for win in self.meeting.wins.values()),
            coming_up=self.coming_up(),
            decisions=tuple(self.decision(decision) for decision in self.meeting.decisions.values()),
            items=self.items(),
            problems=self.problems(),
            notes=self.notes(),
            amendments=tuple(
                AmendmentView(row.text, _with_year(row.on) if row.on else "", row.on)
                for row in self.meeting.amendments.values()
            ),
            ratings=self.ratings(),
            next_day=_with_year(head.next_date) if head.next_date else "",
            next_date=head.next_date,
        )

    def team(self, team: Team) -> str:
        return self.teams[team]

    def day(self, day: dt.date | None) -> str:
        return show_day(day, self.head.date) if day is not None else ""

    def present(self) -> tuple[TeamView, ...]:
        by_team = {
            team: tuple(
                person.name
                for person in self.meeting.people.values()
                if person.team is team and person.present and not person.guest
            )
            for team in Team
        }
        return tuple(TeamView(_capital(self.team(team)), names) for team, names in by_team.items() if names)

    def time(self, title: str, planned: int, spent: int) -> StepView:
        started = self.head.state is not MeetingState.PLANNED
        return StepView(
            title, show_minutes(planned), show_minutes(spent) if started else NOT_KNOWN, planned, spent
        )

    def goal(self, goal: Goal) -> GoalView:
        return goal_view(goal, self.head, _capital(self.team(goal.team)), self.margin)

    def feedback(self) -> tuple[DirectionView, ...]:
        directions = []
        for giver, receiver in ((Team.A, Team.B), (Team.B, Team.A)):
            entries = tuple(
                self.feedback_entry(row) for row in self.meeting.feedback.values() if row.from_team is giver
            )
            if entries:
                directions.append(DirectionView(self.team(giver), self.team(receiver), entries))
        return tuple(directions)

    def feedback_entry(self, row: Feedback) -> FeedbackView:
        rating = f"{row.rating} of 5" if row.rating else ""
        verdict = ": ".join(
            text for text in (in_words(row.verdict) if row.verdict else "", row.reason) if text
        )
        about = (
            in_words(row.kind),
            row.source,
            row.audience,
            rating,
            f"lead {row.lead}" if row.lead else "",
            verdict,
            f"raised by {row.raised_by}" if row.raised_by else "",
            in_words(row.state),
        )
        return FeedbackView(
            text=row.text,
            about=_capital(listed(about)),
            response=row.response,
            kind=in_words(row.kind),
            source=row.source,
            rating=rating,
            state=in_words(row.state),
            record=row,
        )

    def win(self, win: Win) -> WinView:
        teams = {person.name: person.team for person in self.meeting.people.values()}
        credits = listed(
            f"{name} ({self.team(teams[name])})" if name in teams else name for name in win.credits
        )
        amount = show_value(win.amount, Unit.CURRENCY, self.head.currency) if win.amount is not None else ""
        about = listed(("big" if win.big else "", self.team(win.team), win.source, win.audience, amount))
        return WinView(win.title, self.team(win.team), credits, win.what_worked, about, win)

    def coming_up(self) -> tuple[ComingUpView, ...]:
        rows = sorted(self.meeting.coming_up.values(), key=lambda row: row.date or dt.date.max)
        return tuple(
            ComingUpView(row.text, self.team(row.team), self.day(row.date), row.date) for row in rows
        )

    def decision(self, decision: Decision) -> DecisionView:
        return DecisionView(
            text=decision.text,
            owner=decision.owner or "no owner",
            team=self.team(decision.team),
            success=decision.success,
            check=self.day(decision.check_date) if decision.state is DecisionState.STANDING else "",
            state=in_words(decision.state),
            since=f"meeting {decision.raised_in}" if 0 < decision.raised_in < self.head.number else "",
            note=decision.note,
            record=decision,
        )

    def items(self) -> ItemsView:
        rate = accountability.done_rate(self.meeting)
        items = list(self.meeting.action_items.values())
        return ItemsView(
            new=self.each(i for i in accountability.new_items(self.meeting) if i.state is ItemState.OPEN),
            carried=self.each(accountability.carried_items(self.meeting)),
            done=self.each(accountability.done_items(self.meeting)),
            dropped=self.each(item for item in items if item.state is ItemState.DROPPED),
            rate=show_rate(rate.done, rate.all) if rate.all else "",
        )

    def each(self, items: Iterable[ActionItem]) -> tuple[ItemView, ...]:
        return tuple(self.item(item) for item in items)

    def item(self, item: ActionItem) -> ItemView:
        return item_view(item, self.ids[item.uid], self.team(item.team), self.head.date)

    def problems(self) -> ProblemsView:
        by_state = {
            state: tuple(self.problem(p) for p in self.meeting.problems.values() if p.state is state)
            for state in ProblemState
        }
        return ProblemsView(
            by_state[ProblemState.PARKED], by_state[ProblemState.SOLVED], by_state[ProblemState.DROPPED]
        )

    def problem(self, problem: Problem) -> ProblemView:
        raised_by = f"raised by {problem.raised_by}" if problem.raised_by else ""
        votes = times(problem.votes, "vote") if problem.votes else ""
        says = ((Team.A, problem.says_a), (Team.B, problem.says_b))
        outcome = (
            *(("Decision", row.text) for row in self.meeting.decisions.values() if row.origin == problem.uid),
            *(
                ("Action item", row.title)
                for row in self.meeting.action_items.values()
                if row.origin == problem.uid
            ),
        )
        return ProblemView(
            title=problem.title,
            about=listed((self.team(problem.team), raised_by, votes)),
            says=tuple((self.team(team), text) for team, text in says if text),
            came_of=tuple(
                ("Solved by" if problem.state is ProblemState.SOLVED else name, text)
                for name, text in outcome
            ),
            reason=problem.reason,
            record=problem,
        )

    def notes(self) -> tuple[tuple[str, str], ...]:
        titles = {step.id: step.title for step in self.head.steps}
        order = list(titles)
        rows = [row for row in self.meeting.notes.values() if row.text.strip()]
        rows.sort(key=lambda row: order.index(row.step) if row.step in titles else len(order))
        return tuple((titles.get(row.step, row.step or "Note"), row.text) for row in rows)

    def ratings(self) -> RatingsView | None:
        """None until the room has seen them."""
        found = accountability.told(self.meeting)
        if not found.count or not accountability.shown_to_the_room(self.meeting):
            return None
        return RatingsView(
            found.count,
            "" if found.overall is None else show_mean(found.overall),
            tuple(
                (self.team(team), show_mean(mean)) for team, mean in found.mean.items() if mean is not None
            ),
            "" if found.gap is None else show_mean(found.gap),
        )


def _with_year(day: dt.date) -> str:
    return show_day(day, dt.date.min)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
