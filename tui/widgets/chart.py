"""Draws a goal's chart in lines of text: braille dots for its line, plain signs around it.

Pure: it knows text and numbers, no widgets. A braille sign is two dots wide and four high.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import pairwise

from textual.content import Content

from meetings.dates import MONTHS
from meetings.measures.chart import Chart
from tui.widgets.columns import cut, fit, width_of

BRAILLE = 0x2800
DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a braille sign, line by line from above."""
TARGET, BREAK, LATEST = "╌", "┊", "●"
QUIET = "$quiet"
DAYS_FOR_MONTHS, DAYS_FOR_YEARS = 62, 900
"""From so many days on the axis names months, and then years."""

Grid = list[list[tuple[str, str]]]
"""Signs with their styles, line by line."""


def draw(chart: Chart, width: int, height: int, show: Callable[[float], str], style: str) -> list[Content]:
    """The chart in `height` lines of `width` cells, both axes included, or none where there is no room for it.

    `show` writes a value, as short as it can; `style` is that of the line of readings.
    """
    labels = _value_labels(chart, height - 2, show, width // 3)
    beside = max(map(width_of, labels.values()), default=0) + 2
    wide, high = width - beside, height - 2
    if wide < 8 or high < 3:
        return []
    grid = _plot(chart, wide, high, style)
    lines = []
    for at, row in enumerate(grid):
        label = labels.get(at, "")
        edge = f"{fit(label, beside - 2, 'right')} {'┤' if label else '│'}"
        lines.append(Content.assemble((edge, QUIET), *_joined(row)))
    ticks = _day_labels(chart, wide)
    axis = "".join("┬" if at in ticks else "─" for at in range(wide))
    lines.append(Content.styled(f"{' ' * (beside - 1)}└{axis}", QUIET))
    lines.append(Content.styled(" " * beside + _under(ticks, wide), QUIET))
    return lines


def legend(chart: Chart, style: str) -> Content:
    """What the signs of the chart mean."""
    parts: list[str | tuple[str, str]] = [(LATEST, style), (" read", QUIET)] if chart.readings else []
    if chart.targets:
        parts.append((f"  {TARGET} {'range' if len(chart.targets) > 1 else 'target'}", QUIET))
    if chart.expected:
        parts.append(("  · expected", QUIET))
    return Content.assemble(*parts)


def _plot(chart: Chart, wide: int, high: int, style: str) -> Grid:
    """What stands between the axes."""
    grid: Grid = [[(" ", "")] * wide for _ in range(high)]

    def dot(day: dt.date, value: float) -> tuple[int, int]:
        return round(chart.across(day) * (wide * 2 - 1)), _level(chart, value, high)

    if chart.expected:
        (x, y), (to_x, to_y) = (dot(end.date, end.value) for end in chart.expected)
        for column in range(x // 2, to_x // 2 + 1):
            along = min(1.0, max(0.0, (column * 2 - x) / max(1, to_x - x)))
            level = round(y + (to_y - y) * along)
            grid[level // 4][column] = (chr(BRAILLE | DOTS[level % 4][0]), QUIET)
    latest = _latest_level(chart, high)
    for change in chart.breaks:
        column = dot(change.day, chart.low)[0] // 2
        for row in grid:
            row[column] = (BREAK, QUIET)
    for value in chart.targets:
        row = grid[dot(chart.first, value)[1] // 4]
        row[:] = [cell if cell[0] == BREAK else (TARGET, "$ink") for cell in row]
    end = dot(chart.latest.date, chart.latest.value)[0] // 2 if chart.latest else -1
    bits: dict[tuple[int, int], int] = {}
    for piece in chart.readings:
        dots = [dot(reading.date, reading.value) for reading in piece]
        if piece is chart.readings[-1]:
            dots[-1] = (dots[-1][0], latest)
        for x, y in _line(dots):
            thick = y - 1 if y and x // 2 != end else y  # two dots, to be seen from afar
            for level in (y, thick):
                place = (level // 4, x // 2)
                bits[place] = bits.get(place, 0) | DOTS[level % 4][x % 2]
    for (y, x), mask in bits.items():
        grid[y][x] = (chr(BRAILLE | mask), style)
    if chart.latest:
        grid[latest // 4][end] = (LATEST, f"{style} bold")
    return grid


def _level(chart: Chart, value: float, high: int) -> int:
    """The line of dots of a value, counted from above."""
    return round((1 - chart.up(value)) * (high * 4 - 1))


def _latest_level(chart: Chart, high: int) -> int:
    """The line of dots of the latest reading. Where it would hide a target that it has not hit, it is the nearest on
    its own side of it, for a sign is four dots high.
    """
    if chart.latest is None:
        return 0
    value = chart.latest.value
    level = _level(chart, value, high)
    lines = {_level(chart, target, high) // 4: target for target in chart.targets}
    target = lines.get(level // 4, value)
    if target == value:
        return level
    line = level // 4 + (1 if value < target else -1)
    if line in lines or not 0 <= line < high:
        return level
    return line * 4 + (0 if value < target else 3)


def _line(dots: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Every dot of the line through these; of a single one, that dot and its neighbour."""
    yield dots[0]
    if len(dots) == 1:
        x, y = dots[0]
        yield x ^ 1, y
    for (x, y), (to_x, to_y) in pairwise(dots):
        steps = max(abs(to_x - x), abs(to_y - y), 1)
        for step in range(1, steps + 1):
            yield x + round((to_x - x) * step / steps), y + round((to_y - y) * step / steps)


def _joined(row: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The cells of a line, neighbours of one style together."""
    text, style = "", ""
    for sign, look in row:
        if look != style and text:
            yield text, style
            text = ""
        text, style = text + sign, look
    yield text, style


def _value_labels(chart: Chart, high: int, show: Callable[[float], str], room: int) -> dict[int, str]:
    """By line: the values that matter, the target before the latest reading, that before the start, and the ends."""
    latest = [chart.latest.value] if chart.latest else []
    start = [chart.expected[0].value] if chart.expected else []
    labels: dict[int, str] = {}
    for value in (*chart.targets, *latest, *start, chart.low, chart.high):
        matters = value in chart.targets or value in latest
        line = (_latest_level(chart, high) if value in latest else _level(chart, value, high)) // 4
        near = {line} if matters else {line - 1, line, line + 1}
        if not near & labels.keys():
            labels[line] = cut(show(value), room)
    return labels


def _day_labels(chart: Chart, wide: int) -> dict[int, str]:
    """By column: the days, months or years that the axis names, as many as there is room for."""
    span = (chart.last - chart.first).days
    if span < DAYS_FOR_MONTHS:
        step = max(1, -(-span * 8 // wide))
        step = step if step < 7 else -(-step // 7) * 7
        days = [chart.first + dt.timedelta(days=day) for day in range(0, span + 1, step)]
        named = [(day, f"{day.day} {MONTHS[day.month - 1][:3].capitalize()}") for day in days]
    else:
        named = [(day, _month(day)) for day in _months(chart) if span < DAYS_FOR_YEARS or day.month == 1]
    labels: dict[int, str] = {}
    free = 0
    for day, name in named:
        column = round(chart.across(day) * (wide * 2 - 1)) // 2
        if column >= free and column + len(name) <= wide:
            labels[column] = name
            free = column + len(name) + 1
    return labels


def _month(day: dt.date) -> str:
    return str(day.year) if day.month == 1 else MONTHS[day.month - 1][:3].capitalize()


def _months(chart: Chart) -> Iterator[dt.date]:
    """The first days of the months between the ends of the axis."""
    for month in range(
        chart.first.year * 12 + chart.first.month - 1, chart.last.year * 12 + chart.last.month
    ):
        day = dt.date(month // 12, month % 12 + 1, 1)
        if chart.first <= day:
            yield day


def _under(labels: dict[int, str], wide: int) -> str:
    """The names under the axis."""
    line = ""
    for column, name in sorted(labels.items()):
        line = line.ljust(column) + name
    return line[:wide]
