"""Numbers as people type them, and as they are shown."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.counts import parse_counts, show_counts
from meetings.errors import UsageError
from meetings.figures import (
    LARGEST,
    parse_count,
    parse_value,
    show_mean,
    show_rate,
    show_value,
)
from meetings.kinds import Unit

N, P, C, Y, D = Unit.NUMBER, Unit.PERCENT, Unit.CURRENCY, Unit.YES_NO, Unit.DURATION


@pytest.mark.parametrize(
    ("typed", "unit", "value"),
    [
        ("84", N, 84),
        (" 84 ", N, 84),
        ("30k", N, 30_000),
        ("30 K", N, 30_000),
        ("1,2 Mio", N, 1_200_000),
        ("2bn", N, 2_000_000_000),
        ("1,5", N, 1.5),
        ("1,054", N, 1054),
        ("12,054,000", N, 12_054_000),
        ("1,054.5", N, 1054.5),
        ("1.054", N, 1.054),
        ("1.054,00", N, 1054),
        ("1.054.000", N, 1_054_000),
        ("1 054,5", N, 1054.5),
        ("1\u00a0054", N, 1054),
        ("1\u202f054", N, 1054),
        ("1'054.20", N, 1054.2),
        ("0,125", N, 0.125),
        ("0.125", N, 0.125),
        (".5", N, 0.5),
        ("-3", N, -3),
        ("−3", N, -3),
        ("- 3", N, -3),
        ("+3", N, 3),
        ("-0", N, 0),
        ("$30", N, 30),
        ("$30,000", C, 30_000),
        ("€1.2m", C, 1_200_000),
        ("€1.054", C, 1054),
        ("€0.125", C, 0.125),
        ("€1.054m", C, 1_054_000),
        ("€1,054m", C, 1_054_000_000),
        ("1.054,50 €", C, 1054.5),
        ("−€5", C, -5),
        ("€-5", C, -5),
        ("CHF 412'000", C, 412_000),
        ("412 000 kr", C, 412_000),
        ("30k EUR", C, 30_000),
        ("US$ 30", C, None),
        ("12 %", P, 12),
        ("12%", P, 12),
        ("12,5", P, 12.5),
        ("-5 %", P, -5),
        ("yes", Y, 1),
        ("Y", Y, 1),
        ("done", Y, 1),
        ("true", Y, 1),
        ("✓", Y, 1),
        ("1", Y, 1),
        ("no", Y, 0),
        ("n", Y, 0),
        ("False", Y, 0),
        ("2h 30m", D, 150),
        ("2 h 30 min", D, 150),
        ("2h30", D, 150),
        ("2 hours 5", D, 125),
        ("45 min", D, 45),
        ("1:30", D, 90),
        ("0:45", D, 45),
        ("1:30:30", D, 90.5),
        ("90", D, 90),
        ("2 d", D, 2880),
        ("1 week", D, 10_080),
        ("1.5 h", D, 90),
        ("1,5h", D, 90),
        ("30 s", D, 0.5),
        ("-45 min", D, -45),
    ],
)
def test_a_value_is_read_as_people_write_it(typed, unit, value):
    if value is None:
        with pytest.raises(UsageError):
            parse_value(typed, unit)
    else:
        assert parse_value(typed, unit) == value


@pytest.mark.parametrize(
    ("typed", "unit", "start", "value"),
    [
        ("+10 %", N, 200, 220),
        ("-10%", C, 30_000, 27_000),
        ("+10 %", P, 20, 22),
        ("-5 %", P, 20, 19),
        ("+10 %", N, -100, -90),
        ("+50 %", D, 60, 90),
        ("+10 %", N, 0, 0),
        ("+2,5 %", N, 200, 205),
        ("+10 %", N, 0.1, 0.11),
        ("12 %", P, 20, 12),
        ("+10", N, 200, 10),
    ],
)
def test_a_signed_percentage_is_counted_from_the_start(typed, unit, start, value):
    assert parse_value(typed, unit, start=start) == value


def test_a_signed_percentage_without_a_start_says_what_is_missing():
    with pytest.raises(UsageError, match="“\\+10 %” counts from the start value, which is not set"):
        parse_value("+10 %", N)


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            "   ",
            "nan",
            "inf",
            "-inf",
            "1e5",
            "infinity",
            "abc",
            "--3",
            "1-2",
            "%",
            "€",
            "-",
            "+",
            ".",
            ",",
        ),
        *(
            "12 apples and pears",
            "1,05,4",
            "1.05.4",
            "1,0544,000",
            "0x10",
            "½",
            "= 3",
            "1 2",
            "3h 2h",
            "1:75",
        ),
    ],
)
def test_what_is_no_value_is_refused_in_one_sentence_with_an_example(typed, unit):
    with pytest.raises(UsageError) as refusal:
        parse_value(typed, unit)
    said = str(refusal.value)
    assert "type for example" in said
    assert said.endswith(".")
    assert "\n" not in said
    assert typed.strip() in said


def test_a_percentage_is_no_price():
    with pytest.raises(UsageError, match="“12 %” is not understood here; type for example 412,000"):
        parse_value("12 %", C)


@pytest.mark.parametrize("typed", ["9" * 400, "1" + "0" * 15, "999999999bn", "-" + "9" * 20])
def test_a_value_beyond_all_use_is_refused(typed):
    with pytest.raises(UsageError, match="too large") as refusal:
        parse_value(typed, N)
    assert len(str(refusal.value)) < 100


def test_what_was_typed_is_quoted_without_terminal_codes():
    with pytest.raises(UsageError) as refusal:
        parse_value("\x1b[31mred\x07", N)
    assert "“red”" in str(refusal.value)


@settings(deadline=None)
@given(
    st.text() | st.text("0123456789.,-+ %€$kmh:'"), st.sampled_from(Unit), st.none() | st.floats(-1e9, 1e9)
)
def test_any_text_is_a_finite_value_or_a_usage_error(text, unit, start):
    try:
        value = parse_value(text, unit, start=start)
    except UsageError:
        return
    assert math.isfinite(value)
    assert abs(value) < LARGEST


@pytest.mark.parametrize(
    ("value", "unit", "full", "compact"),
    [
        (27, P, "27 %", "27 %"),
        (27.34, P, "27.34 %", "27.3 %"),
        (412_000, C, "€412,000", "€412 k"),
        (412_345.5, C, "€412,345.50", "€412 k"),
        (8_000, C, "€8,000", "€8 k"),
        (-8_000, C, "−€8,000", "−€8 k"),
        (1_234_567, C, "€1,234,567", "€1.23 m"),
        (999_999, C, "€999,999", "€1 m"),
        (999.9, C, "€999.90", "€1 k"),
        (2e9, C, "€2,000,000,000", "€2 bn"),
        (84, N, "84", "84"),
        (1_054, N, "1,054", "1,054"),
        (12_054, N, "12,054", "12.1 k"),
        (-61, N, "−61", "−61"),
        (0.045, N, "0.045", "0.045"),
        (1 / 3, N, "0.33", "0.333"),
        (94 / 3, N, "31.33", "31.3"),
        (1e-9, N, "0.000000001", "0.000000001"),
        (1, Y, "yes", "yes"),
        (0, Y, "no", "no"),
        (150, D, "2 h 30 min", "2.5 h"),
        (0, D, "0 min", "0 min"),
        (0.75, D, "0.75 min", "0.8 min"),
        (60, D, "1 h", "60 min"),
        (3_075, D, "2 d 3 h 15 min", "2.1 d"),
        (-45, D, "−45 min", "−45 min"),
        (None, N, "–", "–"),
        (math.nan, N, "–", "–"),
        (math.inf, C, "–", "–"),
        (-0.0, N, "0", "0"),
    ],
)
def test_a_value_is_shown_with_its_unit(value, unit, full, compact):
    assert show_value(value, unit) == full
    assert show_value(value, unit, compact=True) == compact


def test_a_currency_in_letters_stands_apart():
    assert show_value(412_000, C, "CHF") == "CHF 412,000"
    assert show_value(-5, C, "$") == "−$5"


def test_a_difference_shows_its_sign():
    assert show_value(1.2, N, signed=True) == "+1.2"
    assert show_value(-61, N, signed=True) == "−61"
    assert show_value(0, P, signed=True) == "+0 %"
    assert show_value(-0.04, P, compact=True, signed=True) == "+0 %"


TYPED = st.decimals(-999_999_999, 999_999_999, places=6, allow_nan=False, allow_infinity=False).map(float)


@settings(deadline=None)
@given(TYPED | st.integers(-(10**12), 10**12).map(float), st.sampled_from([N, P, C]), st.sampled_from("€$£"))
def test_what_is_shown_in_full_is_read_back_as_the_same_value(value, unit, currency):
    assert parse_value(show_value(value, unit, currency), unit) == value


@settings(deadline=None)
@given(st.integers(-(10**9), 10**9).map(lambda quarter: quarter / 4))
def test_a_duration_shown_in_full_is_read_back(value):
    assert parse_value(show_value(value, D), D) == value


@given(st.sampled_from([0.0, 1.0]))
def test_yes_and_no_are_read_back(value):
    assert parse_value(show_value(value, Y), Y) == value


@settings(deadline=None)
@given(st.floats(-1e15, 1e15, exclude_min=True, exclude_max=True), st.sampled_from([N, P, C, D]))
def test_any_value_is_shown_close_to_what_it_is(value, unit):
    shown = show_value(value, unit)
    assert parse_value(shown, unit) == pytest.approx(value, rel=0.05, abs=1e-10)
    assert len(show_value(value, unit, compact=True)) <= 24


def test_a_rate_shows_both_its_numbers():
    assert show_rate(43, 61) == "43 of 61, 70 %"
    assert show_rate(0, 61) == "0 of 61, 0 %"
    assert show_rate(1_054, 2_000) == "1,054 of 2,000, 53 %"


@pytest.mark.parametrize(
    ("mean", "shown"), [(8.25, "8.3"), (8.75, "8.8"), (8.24, "8.2"), (10, "10.0"), (0, "0.0"), (None, "n/a")]
)
def test_a_mean_has_one_decimal_and_halves_go_up(mean, shown):
    assert show_mean(mean) == shown


@pytest.mark.parametrize(("part", "whole"), [(0, 0), (3, 0), (None, 61), (3, None), (None, None)])
def test_a_rate_of_nothing_is_not_a_rate(part, whole):
    assert show_rate(part, whole) == "n/a"


@pytest.mark.parametrize(
    ("typed", "count"), [("41", 41), ("0", 0), ("1,054", 1054), ("1.054", 1054), ("2k", 2000), ("1.5k", 1500)]
)
def test_a_count_is_a_whole_number(typed, count):
    assert parse_count(typed) == count


@pytest.mark.parametrize("typed", ["", "-1", "1.5", "many", "nan", "9" * 40, "3 %"])
def test_what_is_no_count_is_refused(typed):
    with pytest.raises(UsageError, match=r"41 or 1,054\.$"):
        parse_count(typed)


@pytest.mark.parametrize(
    ("typed", "counts"),
    [
        ("no budget 4, other 2", {"no budget": 4, "other": 2}),
        ("no budget: 4; other = 2", {"no budget": 4, "other": 2}),
        ("no budget (4)\nother ×2", {"no budget": 4, "other": 2}),
        ("not a fit, at all 3", {"not a fit, at all": 3}),
        ("other 2, Other 3", {"other": 5}),
        ("0-5 12, 5-15 3", {"0-5": 12, "5-15": 3}),
        ("", {}),
        (" , ", {}),
    ],
)
def test_numbers_by_reason(typed, counts):
    assert parse_counts(typed) == counts


@pytest.mark.parametrize("typed", ["other", "4", "no budget 4, other", "other -", "other " + "9" * 30])
def test_a_reason_without_a_number_is_refused(typed):
    with pytest.raises(UsageError, match=r"no budget 4, other 2\.$"):
        parse_counts(typed)


REASONS = st.from_regex(r"[a-z]{1,9}( [a-z]{1,9}){0,2}", fullmatch=True)


@given(st.dictionaries(REASONS, st.integers(0, 10**6)))
def test_numbers_by_reason_are_read_back(counts):
    assert parse_counts(show_counts(counts)) == counts


@settings(deadline=None)
@given(st.text())
def test_any_text_is_counts_or_a_usage_error(text):
    try:
        counts = parse_counts(text)
    except UsageError:
        return
    assert all(reason and count >= 0 for reason, count in counts.items())
