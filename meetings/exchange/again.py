"""Days and values in words, kept: the minutes of many meetings say the same ones again and again."""

from __future__ import annotations

from functools import lru_cache

from meetings import dates, figures

REMEMBERED = 4096

show_day = lru_cache(REMEMBERED)(dates.show_day)
show_value = lru_cache(REMEMBERED)(figures.show_value)
show_rate = lru_cache(REMEMBERED)(figures.show_rate)
