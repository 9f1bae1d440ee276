"""A chart as a drawing inside a page of HTML: nothing from elsewhere, and the page's own colours."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from meetings.dates import show_day
from meetings.measures.chart import Chart

WIDTH, HEIGHT = 320, 120
LEFT, RIGHT, TOP, BOTTOM = 58, 8, 10, 20
"""Room around the lines: for values on the left, for days below."""
APART = 11
"""Units between two values that can both be read."""


def draw(chart: Chart, title: str, show: Callable[[float], str]) -> str:
    """The chart as an `svg` element. `title` says in words what it shows; `show` writes a value.

    It is styled by the page's classes: `axis`, `target`, `expected`, `line`, `dot`, `break`.
    """
    parts = [
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" class="chart">',
        f"<title>{escape(title)}</title>",
        *_frame(chart, show),
        *_targets(chart),
        *_breaks(chart),
        *_lines(chart),
        "</svg>",
    ]
    return "".join(parts)


def _x(share: float) -> float:
    return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)


def _y(share: float) -> float:
    return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)


def _line(kind: str, one: tuple[float, float], other: tuple[float, float]) -> str:
    return f'<line class="{kind}" x1="{one[0]}" y1="{one[1]}" x2="{other[0]}" y2="{other[1]}"/>'


def _frame(chart: Chart, show: Callable[[float], str]) -> Iterator[str]:
    """The axes, with the least and the greatest value, the targets, and the first and last day."""
    yield _line("axis", (_x(0), _y(0)), (_x(1), _y(0)))
    taken: list[float] = []
    for value in dict.fromkeys((*chart.targets, chart.high, chart.low)):
        y = _y(chart.up(value))
        if all(abs(y - other) >= APART for other in taken):
            taken.append(y)
            yield f'<text x="{LEFT - 5}" y="{y + 3}" text-anchor="end">{escape(show(value))}</text>'
    for day, at, anchor in ((chart.first, 0, "start"), (chart.last, 1, "end")):
        words = escape(show_day(day, chart.last).partition(" ")[2])
        yield f'<text x="{_x(at)}" y="{HEIGHT - 6}" text-anchor="{anchor}">{words}</text>'


def _targets(chart: Chart) -> Iterator[str]:
    for value in chart.targets:
        y = _y(chart.up(value))
        yield _line("target", (_x(0), y), (_x(1), y))
    if chart.expected is not None:
        ends = [(_x(chart.across(end.date)), _y(chart.up(end.value))) for end in chart.expected]
        yield _line("expected", ends[0], ends[1])


def _breaks(chart: Chart) -> Iterator[str]:
    for change in chart.breaks:
        x = _x(chart.across(change.day))
        yield f"<g><title>{escape(change.term)} has another meaning from here on</title>"
        yield _line("break", (x, _y(0)), (x, _y(1))) + "</g>"


def _lines(chart: Chart) -> Iterator[str]:
    for piece in chart.readings:
        dots = [(_x(chart.across(one.date)), _y(chart.up(one.value))) for one in piece]
        if len(dots) > 1:
            yield f'<polyline class="line" points="{" ".join(f"{x},{y}" for x, y in dots)}"/>'
        else:
            yield f'<circle class="dot" cx="{dots[0][0]}" cy="{dots[0][1]}" r="2"/>'
    if chart.latest is not None:
        x, y = _x(chart.across(chart.latest.date)), _y(chart.up(chart.latest.value))
        yield f'<circle class="dot" cx="{x}" cy="{y}" r="3.5"/>'
