"""What home says of the next meeting and of the last one."""

from __future__ import annotations

import datetime as dt

from textual.content import Content

from meetings.dates import MONTHS, WEEKDAYS, show_day, show_minutes
from meetings.figures import show_mean, show_rate
from meetings.flow.overview import Outlook, summary
from meetings.meeting import Meeting


def long_day(day: dt.date) -> str:
    """`Monday 23 November 2026`."""
    return f"{WEEKDAYS[day.weekday()].title()} {day.day} {MONTHS[day.month - 1].title()} {day.year}"


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


def waiting_lines(parts: list[tuple[int, str]], *, short: bool) -> Content:
    """Those numbers below each other, or, `short`, in a sentence."""
    if short:
        return Content(" · ").join(Content.assemble((str(n), "$ink bold"), f" {words}") for n, words in parts)
    width = max(len(str(n)) for n, _ in parts)
    return Content("\n").join(
        Content.assemble((f"{n:>{width}}", "$ink bold"), f"  {words}") for n, words in parts
    )


def result_lines(before: Meeting, goal: float, today: dt.date, *, short: bool) -> list[Content]:
    """What came of the last meeting. `goal` is the share of what was due that should be done."""
    found = summary(before)
    share = found.done.share
    below = share is not None and share < goal and not short
    rated = "n/a" if found.rating is None else f"{show_mean(found.rating)} of 10 by {found.raters}"
    if found.rating is None and found.raters:
        rated = f"n/a, {_many(found.raters, 'rating')}"
    lines = [
        Content.styled(show_day(found.date, today), "$ink bold"),
        _figure(
            "Done",
            Content.assemble(
                show_rate(found.done.done, found.done.all),
                (f" (goal {goal:.0%})".replace("%", " %") if below else "", "$at-risk"),
            ),
        ),
        _figure("Rated", rated),
        _figure("Time", f"{show_minutes(found.spent)} of {show_minutes(found.planned)}"),
    ]
    if short:
        made = f"{_many(found.decisions, 'decision')}, {_many(found.wins, 'win')}"
        lines.append(_figure("Made", made))
    else:
        lines.insert(1, Content(""))
        lines += [
            _figure("Decided", _many(found.decisions, "decision")),
            _figure("Agreed", _many(found.items, "new action item")),
            _figure("Wins", str(found.wins) if found.wins else "none"),
        ]
    return lines


def _figure(name: str, value: str | Content) -> Content:
    return Content.assemble((f"{name:<8} ", "$quiet"), value)


def _many(n: int, word: str) -> str:
    return f"{n} {word}{_s(n)}"


def _s(n: int) -> str:
    return "" if n == 1 else "s"
