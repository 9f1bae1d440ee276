"""Everything about the leads of one source, or of all, in sections of lines: stages, speed, reasons, cost, promises.

Lines are made for a width; bars take what the words leave.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from textual.content import Content

from meetings.config import Config
from meetings.figures import show_rate, show_value
from meetings.kinds import Unit
from meetings.measures import funnel, lead_review
from meetings.meeting import Meeting
from meetings.model import LeadNumbers
from tui.theme import status_style, status_symbol
from tui.widgets.columns import cut, fit, plain, width_of
from tui.words.lead_text import change, period_text, promise_text, rate_change

STAGE_WORDS = {
    "new": "New",
    "handed_over": "Handed over",
    "accepted": "Accepted",
    "qualified": "Qualified",
    "opportunities": "Opportunities",
    "won": "Won",
}
BAR = "━"
LABEL, COUNT, SHARE = 14, 7, 6
"""Cells for the words before a bar, for its count and for its share."""
NARROW = 34
"""Below this width there are no bars, and fewer rates."""
WORD = 22
"""The longest reason that is not cut."""

Rows = Sequence[LeadNumbers]

RATES: tuple[tuple[str, Callable[..., funnel.Rate]], ...] = (
    ("MQL to SQL", funnel.mql_to_sql),
    ("SQL to opportunity", funnel.sql_to_opportunity),
    ("Win rate", funnel.win_rate),
    ("Lead to customer", funnel.lead_to_customer),
)


@dataclass(frozen=True)
class Section:
    """A heading and its lines."""

    title: str
    lines: tuple[Content, ...]


@dataclass(frozen=True)
class Subject:
    """What is looked at: the rows of a source, or of all, those of the period before, and what a screen knows."""

    title: str
    rows: Rows
    before: Rows
    meeting: Meeting
    config: Config
    all_sources: bool = False

    @property
    def promises(self) -> tuple[lead_review.Promise, ...]:
        """What was promised, against these rows."""
        margin = self.config.goals.risk_margin
        return lead_review.promises(self.rows, self.config.leads.sla, margin, all_sources=self.all_sources)


def heading(subject: Subject) -> list[Content]:
    """The source, the period, and the one that it is compared with."""
    base = subject.meeting.head.date
    lines = [Content.styled(plain(subject.title), "$ink bold")]
    for word, rows in (("", subject.rows), ("against ", subject.before)):
        shown = period_text((rows[0].period_start, rows[0].period_end), base) if rows else ""
        if shown:
            lines.append(Content.styled(word + shown, "$quiet"))
    return lines


def sections(subject: Subject, width: int) -> list[Section]:
    """What is known, in the order in which it is talked about; a part of which nothing is known is left out."""
    made = (
        Section("From new lead to customer", (*_stages(subject, width), *_rates(subject, width))),
        Section("The agreement", tuple(_promises(subject, width))),
        Section("First touch", tuple(_speed(subject, width))),
        _reasons(subject, width, "Rejected", "rejected"),
        _reasons(subject, width, "Disqualified", "disqualified"),
        Section("Cost and growth", tuple(_money(subject, width))),
    )
    return [section for section in made if section.lines]


def text(subject: Subject, width: int) -> list[Content]:
    """All of it, one below the other."""
    lines = heading(subject)
    for section in sections(subject, width):
        lines += [Content(""), *section_lines(section)]
    return lines


def section_lines(section: Section) -> list[Content]:
    """A section with its heading."""
    return [Content.styled(section.title, "$brand bold"), *section.lines]


def _stages(subject: Subject, width: int) -> Iterator[Content]:
    found = lead_review.stages(subject.rows)
    most = max((stage.count for stage in found), default=0)
    before = {stage.field: stage.count for stage in lead_review.stages(subject.before)}
    for stage in found:
        share = lead_review.percent(stage.rate)
        arrow = change(stage.count, before.get(stage.field))
        yield _bar_line(STAGE_WORDS[stage.field], stage.count, most, share, width, arrow=arrow)


def _rates(subject: Subject, width: int) -> Iterator[Content]:
    narrow = width < NARROW
    for words, measure in RATES:
        if narrow and measure not in (funnel.mql_to_sql, funnel.win_rate):
            continue  # the stages say it, too, or it is far off
        now, before = measure(*subject.rows), measure(*subject.before)
        if now.share is not None:
            yield from _pair(words, f"{rate_change(now, before)} {show_rate(*now)}".strip(), width)


def _promises(subject: Subject, width: int) -> Iterator[Content]:
    for promise in subject.promises:
        sign = (f"{status_symbol(promise.status)} ", status_style(promise.status))
        words = promise_text(promise, subject.meeting, subject.config)
        first, *others = _pair(words, show_rate(*promise.rate), width - 2)
        yield Content.assemble(sign, first)
        yield from (Content.assemble("  ", line) for line in others)


def _speed(subject: Subject, width: int) -> Iterator[Content]:
    total, old = funnel.totals(subject.rows), funnel.totals(subject.before)
    for words, now, before in (
        ("Half within (P50)", total.p50, old.p50),
        ("95 % within (P95)", total.p95, old.p95),
    ):
        if now is not None:
            shown = show_value(now, Unit.DURATION, compact=True)
            yield from _pair(words, f"{change(now, before)} {shown}".strip(), width)
    bands = lead_review.response_bands(subject.rows)
    whole = sum(count for _, count in bands)
    for word, count in bands:
        share = lead_review.percent(funnel.Rate(count, whole))
        yield _bar_line(f"{word} min", count, max(count for _, count in bands), share, width)


def _reasons(subject: Subject, width: int, title: str, field: str) -> Section:
    """A Pareto chart: a bar for each reason, and how much it and those above it make of all."""
    slices = lead_review.pareto(subject.rows, "rejected" if field == "rejected" else "disqualified")
    total = sum(each.count for each in slices)
    most = max((each.count for each in slices), default=0)
    label = max((width_of(each.word) for each in slices), default=0)
    label = max(LABEL, min(label, WORD, width - COUNT - SHARE - 2))
    of = _of(subject.rows, field, total)
    return Section(
        f"{title}: {of}" if of else title,
        tuple(
            _bar_line(each.word, each.count, most, lead_review.percent(each.so_far), width, label)
            for each in slices
        ),
    )


def _of(rows: Rows, field: str, total: int) -> str:
    """`6 of 23 reviewed, 26 %`; a disqualified lead is one of no certain number."""
    reviewed = funnel.known_sum(row.reviewed for row in rows) if field == "rejected" else None
    if not reviewed or total > reviewed:
        return f"{total:,}"
    counts, _, share = show_rate(total, reviewed).rpartition(", ")
    return f"{counts} reviewed, {share}"


def _money(subject: Subject, width: int) -> Iterator[Content]:
    currency = subject.meeting.head.currency
    now, before = funnel.cost_per_lead(*subject.rows), funnel.cost_per_lead(*subject.before)
    if now.each is not None and now.spend is not None:
        each = show_value(round(now.each, 2), Unit.CURRENCY, currency)
        yield from _pair("Cost per lead", f"{change(now.each, before.each)} {each}".strip(), width)
        spend = show_value(now.spend, Unit.CURRENCY, currency)
        yield from _pair("", f"{spend} for {now.leads:,}", width)
    if subject.rows and subject.before:
        grown = funnel.velocity(funnel.totals(subject.rows), funnel.totals(subject.before))
        if grown.share is not None:
            shown = show_value(round(grown.share * 100), Unit.PERCENT, signed=grown.share > 0)
            yield from _pair("Lead velocity", f"{grown.now:,} after {grown.before:,}, {shown}", width)


def _pair(words: str, value: str, width: int) -> Iterator[Content]:
    """Words on the left and a value on the right; on two lines where they do not fit into one."""
    room = width - width_of(value)
    if width_of(words) < room:
        yield Content.assemble((fit(words, room), "$quiet"), value)
    else:
        yield Content.styled(cut(words, width), "$quiet")
        yield Content(fit(value, width, "right"))


def _bar_line(
    words: str,
    count: int,
    most: int,
    share: int | None,
    width: int,
    label: int = LABEL,
    *,
    arrow: str | None = None,
) -> Content:
    """Words, a count (after an arrow, where there may be one), a share and a bar."""
    cells = COUNT if arrow is not None else COUNT - 2
    if width < NARROW:
        cells = cells if arrow is not None else len(f"{most:,}") + 1
        label = width - cells - SHARE
    room = max(width - label - cells - SHARE - 1, 0)
    filled = round(count * room / most) if most else 0
    filled = max(filled, 1) if count and room else filled
    figure = "" if share is None else f"{share} %"
    return Content.assemble(
        (fit(words, label), "$quiet"),
        (f"{arrow or '':>{cells - len(f'{count:,}') - 1}} ", "$quiet"),
        f"{count:,}",
        (f"{figure:>{SHARE}} "[: width - label - cells], "$quiet"),
        (BAR * filled, "$quiet"),
    )
