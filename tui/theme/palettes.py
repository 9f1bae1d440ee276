"""The colours of the looks: three, which vary a little where a terminal has 256 colours, and two for sixteen.

Every text colour reads at 4.5:1 or better (WCAG 2.2, 1.4.3) on every background it may stand on, and what is no text at
3:1 (1.4.11); a test computes both.
"""

from __future__ import annotations

from textual.theme import Theme

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

DARK = {
    "ground": "#14171c",
    "field": "#1b2028",
    "hover": "#1a1f27",
    "cursor": "#28446b",
    "cursor-hint": "#1d232c",
    "line": "#333b47",
    "bar": "#667180",
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
    "bar": "#8a857b",
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
    "bar": "#9a9a9a",
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

# Where the terminal shows 256 colours, those that its nearest ones would spoil are chosen among them.
DARK_256 = DARK | {
    "ground": "#121212",
    "field": "#262626",
    "hover": "#1c1c1c",
    "cursor": "#0000af",
    "cursor-hint": "#262626",
}
LIGHT_256 = LIGHT | {
    "ground": "#ffffff",
    "field": "#eeeeee",
    "hover": "#eeeeee",
    "cursor": "#d7d7ff",
    "cursor-hint": "#eeeeee",
    "team-b": "#870087",
    "at-risk": "#5f5f00",
}
CONTRAST_256 = CONTRAST | {"cursor": "#0000af"}

# A terminal's own sixteen colours, as the VGA has them: each stands for itself when the library looks for the nearest.
BLACK, GREY, DARK_GREY, WHITE = "#000000", "#aaaaaa", "#555555", "#ffffff"
BLUE, RED, PURPLE = "#0000aa", "#aa0000", "#aa00aa"
BRIGHT_RED, BRIGHT_GREEN, BRIGHT_YELLOW = "#ff5555", "#55ff55", "#ffff55"
BRIGHT_PURPLE, BRIGHT_CYAN = "#ff55ff", "#55ffff"

DARK_16 = {
    "ground": BLACK,
    "field": BLUE,
    "hover": BLACK,
    "cursor": BLUE,
    "cursor-hint": BLACK,
    "line": GREY,
    "bar": GREY,
    "ink": WHITE,
    "quiet": GREY,
    "brand": BRIGHT_CYAN,
    "team-a": BRIGHT_CYAN,
    "team-b": BRIGHT_PURPLE,
    "both-teams": WHITE,
    "on-track": BRIGHT_GREEN,
    "at-risk": BRIGHT_YELLOW,
    "off-track": BRIGHT_RED,
    "done": BRIGHT_GREEN,
}
LIGHT_16 = {
    "ground": WHITE,
    "field": BRIGHT_CYAN,
    "hover": WHITE,
    "cursor": BRIGHT_CYAN,
    "cursor-hint": WHITE,
    "line": DARK_GREY,
    "bar": DARK_GREY,
    "ink": BLACK,
    "quiet": DARK_GREY,
    "brand": BLUE,
    "team-a": BLUE,
    "team-b": PURPLE,
    "both-teams": BLACK,
    "on-track": BLACK,
    "at-risk": RED,
    "off-track": RED,
    "done": DARK_GREY,
}


def theme(name: str, colours: dict[str, str], *, dark: bool) -> Theme:
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
            "scrollbar": colours["bar"],
            "scrollbar-hover": colours["quiet"],
            "scrollbar-active": colours["brand"],
            "scrollbar-background": colours["ground"],
            "scrollbar-background-hover": colours["ground"],
            "scrollbar-background-active": colours["ground"],
            "scrollbar-corner-color": colours["ground"],
        },
    )
