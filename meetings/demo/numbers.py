"""The figures of the sample history: leads, ratings and time spent. They agree with each other."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections import Counter
from collections.abc import Iterator

from meetings.demo.aims import AIMS, CHANNELS, WEAK_ACCEPTANCE
from meetings.kinds import Team
from meetings.meeting import AgendaStep
from meetings.model import LeadNumbers

WEEKS = 13
"""Weeks in a quarter."""

BANDS = (("0-5", 5), ("5-15", 15), ("15-60", 60), ("60+", math.inf))
"""Bands of response times and their upper ends in minutes."""

FIT = ("below the threshold", "wrong data", "incomplete")
USUAL = ("incomplete", "duplicate", "misrouted", "below the threshold", "other")
LOST = ("no need", "unreachable", "timing", "no budget", "not a fit", "competitor")

OVERRUN = {"checkin": -30, "goals": -20, "leads": 360, "wins": -40, "actions": -75, "wrapup": -25}
"""Seconds by which each kind of step usually runs over its timebox."""

BREAK = dt.timedelta(seconds=95)
"""How long the clock is paused when it is."""


def progress(week: int) -> float:
    """How far the teams have come, from 0 to 1: the last two weeks of a quarter are the low point, week 10 the best."""
    return ((week + 2) % WEEKS) / (WEEKS - 1)


def lead_rows(
    chance: random.Random, week: int, weak: str, period: tuple[dt.date, dt.date], hours: float
) -> Iterator[LeadNumbers]:
    """A week's leads by source.

    `weak`: the source whose leads sales complains about. `hours`: within which a lead is to be touched first.
    """
    usual = next(aim for aim in AIMS if aim.key == "response")
    _, _, start, target, _ = usual.variants[0]
    median = start + (target - start) * usual.way[week]
    late = 0.28 - 0.22 * usual.way[week]
    for channel in CHANNELS:
        is_weak = channel.source == weak
        new = max(
            3, round((channel.weeks[week] if channel.weeks else channel.new) * chance.uniform(0.9, 1.1))
        )
        handed = min(new, round(new * channel.handed * chance.uniform(0.95, 1.05)))
        reviewed = max(0, handed - chance.choice((0, 0, 1, 2)))
        share = WEAK_ACCEPTANCE[week] if is_weak else channel.accepted * chance.uniform(0.96, 1.04)
        accepted = min(reviewed, round(handed * share))
        qualified = round(accepted * channel.qualified * chance.uniform(0.9, 1.1))
        opportunities = round(qualified * chance.uniform(0.4, 0.6))
        won = round(opportunities * chance.uniform(0.1, 0.35))
        lost = min(opportunities - won, round(opportunities * chance.uniform(0.1, 0.3)))
        open_ = accepted - qualified
        times = sorted(_response(chance, median * channel.slow, late * channel.slow) for _ in range(accepted))
        yield LeadNumbers(
            source=channel.source,
            period_start=period[0],
            period_end=period[1],
            product="HubSpot",
            new=new,
            handed_over=handed,
            reviewed=reviewed,
            accepted=accepted,
            rejected=_reasons(
                chance, reviewed - accepted, FIT if is_weak else USUAL, 0.7 if is_weak else 0.35
            ),
            disqualified=_reasons(chance, round(open_ * 0.35), LOST, 0.3),
            recycled=round(open_ * 0.3),
            qualified=qualified,
            opportunities=opportunities,
            won=won,
            lost=lost,
            spend=None if channel.spend is None else round(channel.spend * chance.uniform(0.95, 1.05), -1),
            touches_due=accepted,
            touches_in_time=sum(minutes <= hours * 60 for minutes in times),
            bands=_bands(times),
            p50=_percentile(times, 0.5),
            p95=_percentile(times, 0.95),
        )


def _response(chance: random.Random, median: float, late: float) -> float:
    """Minutes until the first touch; the share `late` waits for days."""
    if chance.random() < late:
        return chance.uniform(25, 90) * 60
    return chance.lognormvariate(math.log(median), 1.1)


def _reasons(chance: random.Random, count: int, reasons: tuple[str, ...], first: float) -> dict[str, int]:
    """So many leads by reason; `first` is the share of the first one."""
    others = reasons[1:]
    drawn = [reasons[0] if chance.random() < first else chance.choice(others) for _ in range(count)]
    return dict(Counter(drawn).most_common())


def _bands(times: list[float]) -> dict[str, int]:
    counts, low = {}, 0.0
    for name, high in BANDS:
        counts[name] = sum(low <= minutes < high for minutes in times)
        low = high
    return counts


def _percentile(times: list[float], share: float) -> float | None:
    return float(round(times[math.ceil(share * len(times)) - 1])) if times else None


def ratings(chance: random.Random, week: int, team: Team, count: int) -> list[int]:
    """Ratings of so many people of a team. They rise, and sales' rise more, so that the gap closes."""
    low, high = (6.0, 8.6) if team is Team.A else (7.6, 8.9)
    total = round((low + (high - low) * progress(week)) * count)
    values = [total // count + (place < total % count) for place in range(count)]
    if count > 2:
        values[0] += 1
        values[-1] -= 1
    chance.shuffle(values)
    return [min(10, max(1, value)) for value in values]


def intervals(
    chance: random.Random, steps: tuple[AgendaStep, ...], start: dt.datetime
) -> Iterator[tuple[str, dt.datetime, dt.datetime]]:
    """Time spent: step, from, to. Lead feedback sometimes has a break in it."""
    for step in steps:
        usual = OVERRUN.get(step.kind, 0)
        seconds = max(60, round(step.minutes * 60 + usual + chance.uniform(-1, 1) * step.minutes * 6))
        if step.kind == "leads" and chance.random() < 0.25:
            half = start + dt.timedelta(seconds=chance.randint(seconds // 3, seconds // 2))
            yield step.id, start, half
            seconds -= int((half - start).total_seconds())
            start = half + BREAK
        end = start + dt.timedelta(seconds=seconds)
        yield step.id, start, end
        start = end
