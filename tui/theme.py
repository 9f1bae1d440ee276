"""The three looks of the screen, and what colours and signs mean.

Names are declared here once: style sheets and styled text say `$team-a`, `$on-track`, `$quiet`. Every text
colour reads at 4.5:1 or better (WCAG 2.2, 1.4.3) on every background it may stand on; a test computes it.
Colour never carries meaning alone: each status has its own sign.
"""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.theme import Theme

from meetings.kinds import STATUS_SIGNS, Status, Team

BACKGROUNDS = ("ground", "cursor", "cursor-hint", "hover", "field")
"""Variables that rows, headings and fields are painted with."""

TEXTS = (
    "ink",
    "quiet",
    "brand",
    "team-a",
    "team-b",
    "both-teams",
    "on-track",
    "at-risk",
    "off-track",
    "done",
)
"""Variables that text is written in, each on each of the backgrounds."""

_STATUS_STYLES = {
    Status.ON_TRACK: "$on-track",
    Status.AT_RISK: "$at-risk",
    Status.OFF_TRACK: "$off-track",
    Status.DONE: "$done",
    Status.UNKNOWN: "$quiet",
}
_TEAM_STYLES = {Team.A: "$team-a", Team.B: "$team-b", Team.BOTH: "$both-teams"}

DARK = {
    "ground": "#14171c",
    "field": "#1b2028",
    "hover": "#1a1f27",
    "cursor": "#28446b",
    "cursor-hint": "#1d232c",
    "line": "#333b47",
    "ink": "#e3e7ed",
    "quiet": "#aab4c2",
    "brand": "#82b8ff",
    "team-a": "#6fc3e8",
    "team-b": "#dda6ec",
    "both-teams": "#c3cbd6",
    "on-track": "#7fce9b",
    "at-risk": "#edc069",
    "off-track": "#ff9c92",
    "done": "#8fbfa3",
}
LIGHT = {
    "ground": "#fbfaf8",
    "field": "#f0eeea",
    "hover": "#f3f1ed",
    "cursor": "#d6e5f9",
    "cursor-hint": "#eceae5",
    "line": "#cdc9c1",
    "ink": "#1d2229",
    "quiet": "#565d68",
    "brand": "#0b57b0",
    "team-a": "#065f85",
    "team-b": "#83309b",
    "both-teams": "#474e59",
    "on-track": "#17653a",
    "at-risk": "#7f4f00",
    "off-track": "#b0251c",
    "done": "#3b6150",
}
CONTRAST = {
    "ground": "#000000",
    "field": "#1a1a1a",
    "hover": "#1f1f1f",
    "cursor": "#003f8a",
    "cursor-hint": "#262626",
    "line": "#9a9a9a",
    "ink": "#ffffff",
    "quiet": "#d6d6d6",
    "brand": "#8fc7ff",
    "team-a": "#66e0ff",
    "team-b": "#ffb3ff",
    "both-teams": "#ffffff",
    "on-track": "#6cff9c",
    "at-risk": "#ffe14d",
    "off-track": "#ffb8ae",
    "done": "#b9ffd0",
}


def _theme(name: str, colours: dict[str, str], *, dark: bool) -> Theme:
    """A Textual theme whose own variables follow ours, so that its widgets fit in."""
    return Theme(
        name=name,
        primary=colours["brand"],
        secondary=colours["both-teams"],
        accent=colours["brand"],
        warning=colours["at-risk"],
        error=colours["off-track"],
        success=colours["on-track"],
        foreground=colours["ink"],
        background=colours["ground"],
        surface=colours["ground"],
        panel=colours["field"],
        dark=dark,
        variables={
            **colours,
            "text": colours["ink"],
            "text-muted": colours["quiet"],
            "text-disabled": colours["quiet"],
            "foreground-muted": colours["quiet"],
            "border": colours["brand"],
            "border-blurred": colours["line"],
            "block-cursor-background": colours["cursor"],
            "block-cursor-foreground": colours["ink"],
            "block-cursor-blurred-background": colours["cursor-hint"],
            "block-cursor-blurred-foreground": colours["ink"],
            "block-hover-background": colours["hover"],
            "footer-background": colours["ground"],
            "footer-foreground": colours["quiet"],
            "footer-description-foreground": colours["quiet"],
            "footer-key-foreground": colours["brand"],
            "input-cursor-background": colours["ink"],
            "input-cursor-foreground": colours["ground"],
            "input-selection-background": colours["cursor"],
            "input-selection-foreground": colours["ink"],
            "scrollbar": colours["line"],
            "scrollbar-hover": colours["quiet"],
            "scrollbar-active": colours["brand"],
            "scrollbar-background": colours["ground"],
            "scrollbar-background-hover": colours["ground"],
            "scrollbar-background-active": colours["ground"],
            "scrollbar-corner-color": colours["ground"],
        },
    )


THEMES = (
    _theme("accord-dark", DARK, dark=True),
    _theme("accord-light", LIGHT, dark=False),
    _theme("accord-contrast", CONTRAST, dark=True),
)
NAMES = {"dark": "accord-dark", "light": "accord-light", "high-contrast": "accord-contrast"}
"""From the words of config.yaml to Textual's names."""

VARIABLE_DEFAULTS = DARK
"""What our variables are under a theme that does not know them: for `App.get_theme_variable_defaults`."""


APP_CSS = """
Screen { background: $ground; color: $ink; }
.dialog { background: $ground 65%; }
.dialog.low { background: $ground 30%; }
ToastRack { dock: bottom; align: left bottom; margin: 0; padding: 0; overflow: hidden; }
ToastHolder { width: 100%; }
Toast { background: $field; color: $ink; padding: 0 1; margin: 0; width: 100%; max-width: 100%; }
CommandPalette > Vertical { width: 84; max-width: 100%; margin-top: 2; }
CommandPalette #--input, CommandPalette #--input.--list-visible {
    border: round $brand; background: $ground; height: 3;
}
CommandPalette CommandInput { height: 1; border: none; padding: 0 1; margin: 0; }
CommandPalette SearchIcon { display: none; }
CommandPalette #--results CommandList { border: round $line; background: $ground; padding: 0; }
CommandPalette LoadingIndicator { display: none; }
"""
"""What holds on every screen, and is not beside the class that it is about: those rules give way to the library's.

A screen with rules of its own in `CSS` would have all others read again and applied to everything when it is shown
for the first time.
"""


def use_themes(app: App[Any], choice: str = "dark") -> None:
    """Register the themes with `app` and show the one that config.yaml calls `choice` (else the dark one)."""
    for theme in THEMES:
        app.register_theme(theme)
    app.theme = NAMES.get(choice, NAMES["dark"])


def team_style(team: Team) -> str:
    """The style of a team's name, the same wherever that team appears."""
    return _TEAM_STYLES[team]


def status_style(status: Status) -> str:
    """The style of a status's sign and word."""
    return _STATUS_STYLES[status]


def status_symbol(status: Status) -> str:
    """The sign of a status, one cell wide: it tells the status without colour."""
    return STATUS_SIGNS[status]
