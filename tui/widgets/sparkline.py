"""A row of small bars: how a figure has gone, one cell a reading."""

from __future__ import annotations

from collections.abc import Sequence

BARS = "▁▂▃▄▅▆▇█"
LEFT, RIGHT = (0, 0x40, 0x44, 0x46, 0x47), (0, 0x80, 0xA0, 0xB0, 0xB8)
"""The dots of a bar in the left and the right half of a braille sign, by its height."""


def sparkline(values: Sequence[float]) -> str:
    """The values as bars between their least and greatest; all the same height where they do not differ."""
    if not values:
        return ""
    low, high = min(values), max(values)
    if high == low:
        return BARS[3] * len(values)
    step = (high - low) / (len(BARS) - 1)
    return "".join(BARS[round((value - low) / step) if step else 3] for value in values)


def dense_sparkline(values: Sequence[float]) -> str:
    """The same in half the cells: two readings a cell, in four heights; an odd one begins in the right half."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    step = (high - low) / 3
    heights = [1 + (round((value - low) / step) if step else 1) for value in values]
    pairs = zip(heights[-2::-2], heights[-1::-2], strict=False)
    cells = [chr(0x2800 | LEFT[left] | RIGHT[right]) for left, right in pairs]
    first = [chr(0x2800 | RIGHT[heights[0]])] if len(heights) % 2 else []
    return "".join([*first, *reversed(cells)])
