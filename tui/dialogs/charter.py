"""The charter: what the teams agreed on once, to be looked up at any time, and what came of their promises."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from meetings.config import Config, default_config
from meetings.config.schema import Definition
from meetings.dates import show_day
from meetings.errors import UsageError
from meetings.figures import show_rate
from meetings.kinds import GoalState, Team
from meetings.measures import lead_review, pace
from meetings.measures.lead_review import Promise
from meetings.model import Goal, LeadNumbers, Problem
from tui.dialogs.base import Box, Dialog, Keys, said
from tui.theme import status_style, status_symbol
from tui.widgets.columns import plain, together
from tui.widgets.unbroken import Words
from tui.words.lead_text import ALL, miss_text, missed, period_text, promise_sentence

OWN = "Goals without a shared objective"
"""Over those that support none: they are one team's own."""


class Charter(Dialog[None]):
    """Objectives with their goals, roles, definitions with their dates, and both sides of the agreement about leads."""

    DEFAULT_CSS = """
    Charter Box { width: 90; }
    Charter .term { height: auto; width: 1fr; }
    Charter .promise { height: auto; }
    Charter .promise .figure { width: auto; padding-left: 2; }
    Charter .under { height: auto; width: 1fr; padding-left: 2; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,c", "close", show=False),
        Binding("p", "problem", show=False),
        Binding("j", "scroll(1)", show=False),
        Binding("k", "scroll(-1)", show=False),
    ]

    def __init__(self, config: Config) -> None:
        super().__init__()
        self._config = config
        self._rows: tuple[LeadNumbers, ...] = ()
        self._promises: tuple[Promise, ...] = ()

    def compose(self) -> ComposeResult:
        """One part after the other; a part without content is left out."""
        self._rows = self._newest()
        sla, margin = self._config.leads.sla, self._config.goals.risk_margin
        self._promises = lead_review.promises(self._rows, sla, margin)
        with Box(title="Charter"):
            with VerticalScroll(classes="scrolled", can_focus=True):
                yield from self._parts()
            park = (("problem", "p", "Problem"),) if self._misses() else ()
            yield Keys(("close", "Esc", "Close"), *park)

    def _newest(self) -> tuple[LeadNumbers, ...]:
        """The newest lead numbers: this meeting's, else those of the meeting before."""
        before = self.desk.previous
        mine = lead_review.compare(self.desk.meeting.lead_numbers.values()).rows
        return mine or (lead_review.compare(before.lead_numbers.values()).rows if before is not None else ())

    def _parts(self) -> ComposeResult:
        charter = self._config.charter
        if charter == default_config().charter:
            yield said("This is an example. Yours goes into config.yaml, under charter.", "quiet")
        yield Heading("Objectives")
        yield from self._objectives(charter.objectives)
        if charter.roles:
            yield Heading("Who does what in the customer's journey", gap=True)
            for role in charter.roles:
                yield Term(role.who, role.does)
        if charter.definitions:
            yield Heading("Definitions", gap=True)
            yield from self._definitions(charter.definitions)
        yield Heading("What the teams promise each other about leads", gap=True)
        yield from self._agreement()

    # Objectives and the goals that support them

    def _objectives(self, objectives: Sequence[str]) -> Iterator[Static]:
        goals = [goal for goal in self.desk.meeting.goals.values() if goal.state is not GoalState.DROPPED]
        if not objectives:
            yield said("None yet; they are set in config.yaml under charter.", "quiet")
        for text in objectives:
            yield said(f"· {text}")
            yield from self._goals([goal for goal in goals if _same(goal.supports, text)])
        others = [goal for goal in goals if not any(_same(goal.supports, text) for text in objectives)]
        if objectives and others:
            yield Heading(OWN, gap=True)
            yield from self._goals(others, "term")

    def _goals(self, goals: Sequence[Goal], classes: str = "under") -> Iterator[Static]:
        meeting = self.desk.meeting
        for goal in goals:
            status = pace.measure(goal, meeting.head.date, self._config.goals.risk_margin).status
            sign = (f"{status_symbol(status)} ", status_style(status))
            yield Words(Content.assemble(sign, (plain(goal.title), "$quiet")), classes=classes)

    # Definitions

    def _definitions(self, definitions: Sequence[Definition]) -> Iterator[Static]:
        """Each word with what it means now, and under it what it meant before or will mean."""
        day = self.desk.meeting.head.date
        for term in dict.fromkeys(entry.term for entry in definitions):
            entries = sorted((e for e in definitions if e.term == term), key=lambda entry: entry.since)
            holding = [entry for entry in entries if entry.since <= day]
            now = holding[-1] if holding else entries[0]
            yield Term(term, now.meaning, together(f"{'since' if holding else 'from'} {_day(now.since)}"))
            for entry, following in zip(entries, [*entries[1:], None], strict=True):
                if entry is now:
                    continue
                yield Words(Content.styled(_when(entry, following, day), "$quiet"), classes="under")

    # The agreement

    def _agreement(self) -> Iterator[Widget]:
        meeting = self.desk.meeting
        for promise in self._promises:
            sign = (f"{status_symbol(promise.status)} ", status_style(promise.status))
            sentence = promise_sentence(promise, meeting, self._config)
            figure = show_rate(*promise.rate) if self._rows else ""
            yield Horizontal(
                Words(Content.assemble(sign, (sentence, "$ink"))),
                Static(Content.styled(figure, "$ink bold"), classes="figure"),
                classes="promise",
            )
        if self._config.leads.sla.handed_over is None:
            name = meeting.head.team_name(Team.B)
            yield said(
                f"  {name} has promised no number of leads (leads.sla.handed_over in config.yaml).", "quiet"
            )
        if self._rows:
            row = self._rows[0]
            days = period_text((row.period_start, row.period_end), meeting.head.date)
            yield said(f"All sources, {days}" if days else ALL, "quiet")
        else:
            yield said("There are no lead numbers yet.", "quiet")

    def _misses(self) -> list[Promise]:
        return [promise for promise in self._promises if missed(promise)]

    def action_problem(self) -> None:
        """Park what fell short; asks which when several did."""
        misses = self._misses()
        if self.desk.session.refusal:
            self.accord.say_error(UsageError(self.desk.session.refusal))
        elif not misses:
            self.accord.say("No promise about leads was missed.")
        elif len(misses) == 1:
            self._park(misses[0])
        else:
            from tui.dialogs.choice import Choice

            texts = [miss_text(ALL, promise, self._config) for promise in misses]
            options = [(str(at), "", text) for at, text in enumerate(texts)]
            question = Choice("Which one is the problem?", "", options, "Back")
            self.app.push_screen(question, lambda at: self._park(misses[int(at)]) if at else None)

    def _park(self, promise: Promise) -> None:
        from meetings.quickadd import escape
        from tui.dialogs.quick_add import QuickAdd

        text = escape(miss_text(ALL, promise, self._config))
        self.app.push_screen(QuickAdd(Problem, text=text))

    def action_scroll(self, by: int) -> None:
        """Go a line up or down."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def action_close(self) -> None:
        """Close it."""
        self.dismiss(None)


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def _when(entry: Definition, following: Definition | None, day: dt.date) -> str:
    """A meaning that does not hold now, with the days on which it held or will hold."""
    if entry.since > day or following is None:
        return f"from {_day(entry.since)}: {plain(entry.meaning)}"
    return f"until {_day(following.since - dt.timedelta(days=1))}: {plain(entry.meaning)}"


def _day(day: dt.date) -> str:
    """`1 Jan 2026`."""
    return show_day(day, dt.date.min).partition(" ")[2]


class Heading(Static):
    """The title of a part."""

    def __init__(self, text: str, *, gap: bool = False) -> None:
        super().__init__(Content.styled(text, "$brand bold"), classes="heading gap" if gap else "heading")


class Term(Words):
    """A word, what it means, and a quiet remark."""

    def __init__(self, term: str, meaning: str, remark: str = "") -> None:
        parts: list[tuple[str, str]] = [(f"{term}  ", "$ink bold"), (meaning, "$ink")]
        if remark:
            parts.append((f"  {remark}", "$quiet"))
        super().__init__(Content.assemble(*parts), classes="term")
