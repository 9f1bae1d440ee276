from __future__ import annotations

import pytest
from textual.color import Color
from textual.theme import Theme

from meetings.kinds import Status, Team
from tui.theme import BACKGROUNDS, NAMES, TEXTS, THEMES, status_style, status_symbol, team_style
from tui.widgets.columns import width_of


def luminance(colour: Color) -> float:
    """Relative luminance (WCAG 2.2)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """Contrast ratio (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_computed_as_the_standard_does() -> None:
    assert contrast(Color.parse("#ffffff"), Color.parse("#000000")) == pytest.approx(21)
    assert contrast(Color.parse("#777777"), Color.parse("#ffffff")) == pytest.approx(4.48, abs=0.01)


def poor(theme: Theme, grounds: tuple[str, ...], least: float) -> dict[tuple[str, str], float]:
    """The pairs of text and background that read worse than `least`."""
    colours = {name: Color.parse(theme.variables[name]) for name in (*TEXTS, *grounds)}
    pairs = {(text, on): contrast(colours[text], colours[on]) for text in TEXTS for on in grounds}
    return {pair: round(ratio, 2) for pair, ratio in pairs.items() if ratio < least}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_text_reads_on_every_background(theme: Theme) -> None:
    assert poor(theme, BACKGROUNDS, 4.5) == {}


def test_high_contrast_is_higher_than_required() -> None:
    theme = next(theme for theme in THEMES if theme.name == NAMES["high-contrast"])
    assert poor(theme, ("ground", "field", "hover", "cursor-hint"), 7) == {}


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_cursor_stands_out_from_the_other_rows(theme: Theme) -> None:
    colours = {name: Color.parse(theme.variables[name]) for name in BACKGROUNDS}
    assert contrast(colours["cursor"], colours["ground"]) > contrast(
        colours["cursor-hint"], colours["ground"]
    )
    assert contrast(Color.parse(theme.variables["brand"]), colours["ground"]) >= 4.5


def test_each_status_has_a_sign_of_its_own_one_cell_wide() -> None:
    signs = [status_symbol(status) for status in Status]
    assert signs == ["●", "▲", "■", "✓", "?"]
    assert {width_of(sign) for sign in signs} == {1}


def test_styles_name_variables_that_every_theme_has() -> None:
    styles = {team_style(team) for team in Team} | {status_style(status) for status in Status}
    for theme in THEMES:
        assert {style.removeprefix("$") for style in styles} <= theme.variables.keys()
    assert set(NAMES.values()) == {theme.name for theme in THEMES}
