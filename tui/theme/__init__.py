"""The looks of the screen, and what colours and signs mean.

Names are declared here once: style sheets and styled text say `$team-a`, `$on-track`, `$quiet`. Colour never carries
meaning alone: each status has its own sign, and without any colour (see `plain`) nothing is lost.
"""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.filter import LineFilter
from textual.scrollbar import ScrollBar

from meetings.kinds import STATUS_SIGNS, Status, Team
from tui.theme.css import APP_CSS
from tui.theme.palettes import (
    BACKGROUNDS,
    CONTRAST,
    CONTRAST_256,
    DARK,
    DARK_16,
    DARK_256,
    LIGHT,
    LIGHT_16,
    LIGHT_256,
    TEXTS,
    theme,
)
from tui.theme.slim_bar import SlimBar

__all__ = [
    "APP_CSS",
    "BACKGROUNDS",
    "CONTRAST",
    "DARK",
    "LIGHT",
    "NAMES",
    "TEXTS",
    "THEMES",
    "VARIABLE_DEFAULTS",
]

_STATUS_STYLES = {
    Status.ON_TRACK: "$on-track",
    Status.AT_RISK: "$at-risk",
    Status.OFF_TRACK: "$off-track",
    Status.DONE: "$done",
    Status.UNKNOWN: "$quiet",
}
_TEAM_STYLES = {Team.A: "$team-a", Team.B: "$team-b", Team.BOTH: "$both-teams"}

NAMES = {"dark": "accord-dark", "light": "accord-light", "high-contrast": "accord-contrast"}
"""From the words of config.yaml to Textual's names."""
NAMES_256 = {word: f"{name}-256" for word, name in NAMES.items()}
"""The same where the terminal shows 256 colours."""
NAMES_16 = {"dark": "accord-16-dark", "light": "accord-16-light", "high-contrast": "accord-16-dark"}
"""The same where it has sixteen: the nearest of those to ours would be unreadable, or all one."""
THEMES = tuple(
    theme(name, colours, dark="light" not in name)
    for name, colours in (
        ("accord-dark", DARK),
        ("accord-light", LIGHT),
        ("accord-contrast", CONTRAST),
        ("accord-dark-256", DARK_256),
        ("accord-light-256", LIGHT_256),
        ("accord-contrast-256", CONTRAST_256),
        ("accord-16-dark", DARK_16),
        ("accord-16-light", LIGHT_16),
    )
)

VARIABLE_DEFAULTS = DARK
"""What our variables are under a theme that does not know them: for `App.get_theme_variable_defaults`."""


def names_for(app: App[Any]) -> dict[str, str]:
    """The themes for the terminal that `app` is in, by the words of config.yaml."""
    return {"standard": NAMES_16, "256": NAMES_256}.get(app.console.color_system or "", NAMES)


def has_no_colour(app: App[Any]) -> bool:
    """Whether none is wanted (https://no-color.org), or the terminal has none."""
    return app.no_color or app.console.color_system is None


def filters_of(app: App[Any]) -> list[LineFilter]:
    """What every line goes through before it is shown under the present theme; usually nothing."""
    if has_no_colour(app):
        from tui.theme.plain import Plain

        return [Plain(app.current_theme.variables)]
    if app.theme == NAMES_16["light"]:
        from tui.theme.plain import NoBold

        return [NoBold()]
    return []


def next_theme(app: App[Any]) -> str:
    """Show the next look; returns the word of config.yaml for it."""
    names = names_for(app)
    looks = list(dict.fromkeys(names.values()))
    app.theme = looks[(looks.index(app.theme) + 1) % len(looks)]
    return next(word for word, name in names.items() if name == app.theme)


def use_themes(app: App[Any], choice: str = "dark") -> None:
    """Register the themes with `app` and show the one that config.yaml calls `choice` (else the dark one)."""
    ScrollBar.renderer = SlimBar
    for each in THEMES:
        app.register_theme(each)
    names = names_for(app)
    app.theme = names.get(choice, names["dark"])


def team_style(team: Team) -> str:
    """The style of a team's name, the same wherever that team appears."""
    return _TEAM_STYLES[team]


def status_style(status: Status) -> str:
    """The style of a status's sign and word."""
    return _STATUS_STYLES[status]


def status_symbol(status: Status) -> str:
    """The sign of a status, one cell wide: it tells the status without colour."""
    return STATUS_SIGNS[status]
