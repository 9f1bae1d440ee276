from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.widgets.columns import Column, cut, fit, layout, plain, width_of, wrap

HOSTILE = st.text(
    st.one_of(
        st.characters(codec=None),
        st.sampled_from("日本語🎉👩‍👩‍👧️\u0301\u200d\ufe0f\u202e\u2066\x1b\n\t[]/ אב"),
    ),
    max_size=80,
)
NAME = Column("name", "Goal", flex=1, min_width=10)
TEAM = Column("team", "Team", width=6, priority=1)
READING = Column("reading", "Reading", width=8, align="right")
TREND = Column("trend", "13 w", width=6, priority=3)
ALL = (NAME, TEAM, READING, TREND)


def widths(columns: tuple[Column, ...], available: int, **content: int) -> dict[str, int]:
    return {column.key: width for column, width in layout(columns, available, content)}


def test_the_flexible_column_takes_what_the_others_leave() -> None:
    assert widths(ALL, 60) == {"name": 60 - 6 - 8 - 6 - 3, "team": 6, "reading": 8, "trend": 6}


def test_spare_cells_are_shared_by_weight() -> None:
    shared = widths((Column("a", flex=2, min_width=5), Column("b", flex=1, min_width=5)), 41)
    assert shared == {"a": 25, "b": 15}


def test_columns_leave_from_the_least_important_and_the_name_never_does() -> None:
    assert list(widths(ALL, 33)) == ["name", "team", "reading", "trend"]
    assert list(widths(ALL, 32)) == ["name", "team", "reading"]
    assert list(widths(ALL, 25)) == ["name", "reading"]
    assert widths(ALL, 11) == {"name": 5, "reading": 5}


def test_a_column_without_width_is_as_wide_as_its_content_but_not_wider_than_it_may_be() -> None:
    owner = Column("owner", "Owner", max_width=12)
    assert widths((owner,), 80, owner=3) == {"owner": 5}
    assert widths((owner,), 80, owner=9) == {"owner": 9}
    assert widths((owner,), 80, owner=4000) == {"owner": 12}


@given(
    st.lists(
        st.builds(
            Column,
            key=st.uuids().map(str),
            width=st.none() | st.integers(1, 30),
            flex=st.integers(0, 3),
            priority=st.integers(0, 3),
        ),
        max_size=8,
    ),
    st.integers(0, 200),
)
def test_a_layout_never_exceeds_the_room_there_is(columns: list[Column], available: int) -> None:
    shared = layout(columns, available, {})
    total = sum(width for _, width in shared) + max(0, len(shared) - 1)
    assert total <= max(available, 2 * sum(column.priority == 0 for column in columns))
    kept = {column.key for column, _ in shared}
    assert kept >= {column.key for column in columns if column.priority == 0}


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("Goal", 6, "Goal  "),
        ("Qualified pipeline", 10, "Qualified…"),
        ("日本語テキスト", 6, "日本… "),
        ("日本語", 6, "日本語"),
        ("e\u0301te\u0301", 3, "e\u0301te\u0301"),
        ("👩‍👩‍👧 team", 5, "👩\u200e👩\u200e…"),
        ("👩‍👩‍👧 team", 9, "👩\u200e👩\u200e👧 t…"),
        ("a\nb\tc", 5, "a b c"),
        ("x", 0, ""),
    ],
)
def test_text_is_cut_and_padded_by_the_cells_it_takes(text: str, width: int, shown: str) -> None:
    assert fit(text, width) == shown


def test_figures_stand_at_the_right() -> None:
    assert fit("27 %", 7, "right") == "   27 %"


@given(HOSTILE, st.integers(0, 40), st.sampled_from(["left", "right"]))
def test_whatever_the_text_a_cell_is_exactly_as_wide_as_its_column(text: str, width: int, align: str) -> None:
    shown = fit(text, width, align)  # type: ignore[arg-type]
    assert cell_len(shown) == width
    shown.encode()
    assert not any(ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 for sign in shown)


@given(HOSTILE, st.integers(1, 30), st.integers(1, 5))
def test_wrapped_lines_fit_and_lose_nothing_without_saying_so(text: str, width: int, most: int) -> None:
    lines = wrap(text, width, most)
    assert 1 <= len(lines) <= most
    # A sign of two cells cannot be broken: it may stand alone in a column of one.
    assert all(cell_len(line) <= max(2, width) for line in lines)
    if not lines[-1].endswith("…"):
        assert "".join("".join(lines).split()) == "".join(plain(" ".join(text.splitlines())).split())


def test_text_wraps_by_words_and_a_long_word_by_cells() -> None:
    assert wrap("Narrow the audience to job titles", 12, 3) == ["Narrow the", "audience to", "job titles"]
    assert wrap("Donaudampfschiff fährt", 8, 3) == ["Donaudam", "pfschiff", "fährt"]
    assert wrap("first\nsecond", 20, 3) == ["first", "second"]
    assert wrap("one two three", 5, 1) == ["one…"]


def test_a_figure_keeps_its_unit_and_a_date_is_whole() -> None:
    assert wrap("Rejected: 2 of 23, 9 %", 21, 3) == ["Rejected: 2 of 23,", "9 %"]
    assert wrap("Draft by Mon 30 Nov, then go on", 12, 4) == ["Draft by", "Mon 30 Nov,", "then go on"]
    assert wrap("Thu 1 Jan 2026", 8, 3) == ["Thu 1", "Jan 2026"]
    assert wrap("  9 % of\n9 %", 20, 3) == ["9 % of", "9 %"]


def test_a_very_long_text_is_measured_only_as_far_as_it_is_shown() -> None:
    assert cut("x" * 4_000_000, 4) == "xxx…"
    assert wrap("x " * 2_000_000, 4, 2) == ["x x", "x x…"]


def test_signs_that_turn_the_writing_direction_have_no_effect() -> None:
    assert "\u202e" not in plain("win \u202e50 %")
    assert width_of("win \u202e50 %") == len("win 50 %")


@pytest.mark.parametrize(
    ("text", "cells"),
    [("👩‍👩‍👧‍👦", 8), ("❤️ it", 4), ("👩🏽‍💻", 4), ("🇩🇪🇫🇷", 4), ("1️⃣", 1), ("e\u0301", 1), ("日本", 4)],
)
def test_emoji_are_as_wide_as_a_terminal_has_them_that_joins_none(text: str, cells: int) -> None:
    """So that they take as many cells in xterm, which goes by the width of each character, as in all others."""
    assert width_of(text) == cells
    assert len(plain(text)) == len(text)


def test_joiners_of_scripts_stay() -> None:
    for text in ("क्\u200dष", "می\u200cخواهم"):
        assert plain(text) == text
