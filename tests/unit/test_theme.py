from __future__ import annotations

import pytest
from rich._palettes import STANDARD_PALETTE
from rich.color import ColorSystem
from rich.terminal_theme import TerminalTheme
from textual.app import App
from textual.color import Color
from textual.theme import Theme

from meetings.kinds import Status, Team
from tui.theme import (
    BACKGROUNDS,
    NAMES,
    NAMES_16,
    NAMES_256,
    TEXTS,
    THEMES,
    filters_of,
    next_theme,
    status_style,
    status_symbol,
    team_style,
    use_themes,
)
from tui.widgets.columns import width_of

SYSTEMS = {
    **dict.fromkeys(NAMES.values(), ColorSystem.TRUECOLOR),
    **dict.fromkeys(NAMES_256.values(), ColorSystem.EIGHT_BIT),
    **dict.fromkeys(NAMES_16.values(), ColorSystem.STANDARD),
}
"""What the terminal can show under each theme."""
VGA = TerminalTheme((0, 0, 0), (255, 255, 255), [tuple(STANDARD_PALETTE[n]) for n in range(16)])  # type: ignore[misc]
"""The sixteen colours as most terminals have them, or further apart."""
AA, SIGN = 4.5, 3.0
"""What text, and what is no text, has to have (WCAG 2.2, 1.4.3 and 1.4.11)."""


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


def shown(theme: Theme, name: str) -> Color:
    """The colour as the terminal shows it: its own nearest one."""
    rich = Color.parse(theme.variables[name]).rich_color.downgrade(SYSTEMS[theme.name])
    return Color(*rich.get_truecolor(VGA))


def poor(theme: Theme, grounds: tuple[str, ...], least: float) -> dict[tuple[str, str], float]:
    """The pairs of text and background that read worse than `least`."""
    colours = {name: shown(theme, name) for name in (*TEXTS, *grounds)}
    pairs = {(text, on): contrast(colours[text], colours[on]) for text in TEXTS for on in grounds}
    return {pair: round(ratio, 2) for pair, ratio in pairs.items() if ratio < least}


of_all = pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)


@of_all
def test_every_text_reads_on_every_background(theme: Theme) -> None:
    found = poor(theme, BACKGROUNDS, AA)
    if theme.name == NAMES_16["dark"]:
        # Of the sixteen no red and blue are further apart; the sign (■) tells the same.
        assert found == {("off-track", "cursor"): 4.23, ("off-track", "field"): 4.23}
    else:
        assert found == {}


@of_all
def test_scrollbars_can_be_seen(theme: Theme) -> None:
    assert contrast(shown(theme, "bar"), shown(theme, "ground")) >= SIGN
    assert theme.variables["scrollbar"] == theme.variables["bar"]


def test_high_contrast_is_higher_than_required() -> None:
    for name in (NAMES["high-contrast"], NAMES_256["high-contrast"]):
        theme = next(theme for theme in THEMES if theme.name == name)
        assert poor(theme, ("ground", "field", "hover", "cursor-hint"), 7) == {}


@of_all
def test_the_cursor_stands_out_from_the_other_rows(theme: Theme) -> None:
    colours = {name: shown(theme, name) for name in (*BACKGROUNDS, "brand")}
    assert contrast(colours["cursor"], colours["ground"]) > contrast(
        colours["cursor-hint"], colours["ground"]
    )
    assert contrast(colours["brand"], colours["ground"]) >= AA


@of_all
def test_the_teams_differ(theme: Theme) -> None:
    one, other, both = (
        shown(theme, team_style(team).removeprefix("$")) for team in (Team.A, Team.B, Team.BOTH)
    )
    assert len({one.hex, other.hex, both.hex}) == 3


@pytest.mark.parametrize(
    ("term", "colorterm", "no_color", "choice", "name", "filters"),
    [
        ("xterm-256color", "truecolor", None, "light", NAMES["light"], []),
        ("xterm-256color", "", None, "dark", NAMES_256["dark"], []),
        ("xterm", "", None, "high-contrast", NAMES_16["high-contrast"], []),
        ("linux", "", None, "light", NAMES_16["light"], ["NoBold"]),
        ("dumb", "", None, "dark", NAMES["dark"], ["Plain"]),
        ("xterm-256color", "truecolor", "1", "dark", NAMES["dark"], ["Plain"]),
    ],
)
def test_the_look_is_made_for_the_terminal(
    monkeypatch: pytest.MonkeyPatch,
    term: str,
    colorterm: str,
    no_color: str | None,
    choice: str,
    name: str,
    filters: list[str],
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("COLORTERM", colorterm)
    if no_color:
        monkeypatch.setenv("NO_COLOR", no_color)
    app: App[None] = App()
    use_themes(app, choice)
    assert app.theme == name
    assert [type(each).__name__ for each in filters_of(app)] == filters


@pytest.mark.parametrize(
    ("term", "words"), [("xterm-256color", ["light", "high-contrast", "dark"]), ("xterm", ["light", "dark"])]
)
def test_the_looks_follow_each_other(monkeypatch: pytest.MonkeyPatch, term: str, words: list[str]) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("COLORTERM", "")
    app: App[None] = App()
    use_themes(app, "dark")
    assert [next_theme(app) for _ in words] == words


def test_each_status_has_a_sign_of_its_own_one_cell_wide() -> None:
    signs = [status_symbol(status) for status in Status]
    assert signs == ["●", "▲", "■", "✓", "?"]
    assert {width_of(sign) for sign in signs} == {1}


def test_styles_name_variables_that_every_theme_has() -> None:
    styles = {team_style(team) for team in Team} | {status_style(status) for status in Status}
    for theme in THEMES:
        assert {style.removeprefix("$") for style in styles} <= theme.variables.keys()
    assert {*NAMES.values(), *NAMES_256.values(), *NAMES_16.values()} == {theme.name for theme in THEMES}
