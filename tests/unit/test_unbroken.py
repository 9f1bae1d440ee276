"""Text that is wrapped: a figure and its unit stay on one line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from textual.content import Content

from tui.widgets.unbroken import unbroken


def lines(text: str, width: int) -> list[str]:
    return [line.plain for line in unbroken(Content(text), width).wrap(width)]


def test_a_unit_goes_to_the_next_line_with_its_figure() -> None:
    assert lines("Rejected: 2 of 23 reviewed, 9 %", 30) == ["Rejected: 2 of 23 reviewed,", "9 %"]
    assert lines("half of them within 2 h 30 min", 23) == ["half of them within 2 h", "30 min"]
    assert lines("half of them within 2 h 30 min", 22) == ["half of them within", "2 h 30 min"]
    assert lines("against €412 k before", 12) == ["against", "€412 k", "before"]


def test_a_date_stays_on_one_line() -> None:
    assert lines("means that, since 1 Jan 2026", 24) == ["means that, since", "1 Jan 2026"]
    assert lines("means that, since\xa01 Jan 2026", 24) == ["means that,", "since 1 Jan 2026"]
    assert lines("since\xa01 Jan 2026", 24) == ["since 1 Jan 2026"]
    assert lines("check on Mon 30 Nov then", 16) == ["check on", "Mon 30 Nov then"]
    assert lines("Ask 5 Decision makers", 8) == ["Ask 5", "Decision", "makers"]


def test_what_is_too_wide_for_one_line_is_broken_at_its_blanks() -> None:
    assert lines("Thu 1 Jan 2026", 8) == ["Thu 1", "Jan 2026"]


def test_words_that_only_begin_like_a_unit_may_stand_alone() -> None:
    assert lines("we met 3 marketers", 8) == ["we met 3", "marketer", "s"]
    assert lines("until 20 months", 8) == ["until 20", "months"]


def test_styles_stay_where_they_were() -> None:
    text = Content.assemble(("so many: ", "bold"), ("29 %", "italic"))
    assert [(line.plain, [*line.spans]) for line in unbroken(text, 10).split()] == [
        ("so many:", [*Content.styled("so many:", "bold").spans]),
        ("29 %", [*Content.styled("29 %", "italic").spans]),
    ]


PHRASES = st.lists(st.sampled_from(["29 %", "75 min", "leads", "質の高い", "a", "\n"]), max_size=20)


@given(PHRASES, st.integers(7, 30))  # one for the blank that a line may begin with
def test_nothing_is_lost_and_no_line_is_too_long(phrases: list[str], width: int) -> None:
    text = " ".join(phrases)
    shown = lines(text, width)
    assert "".join(shown).replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert all(Content(line).cell_length <= width for line in shown)
    for figure in ("29 %", "75 min"):
        assert sum(line.count(figure) for line in shown) == phrases.count(figure)
