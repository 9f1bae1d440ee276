"""Colours as they come to the terminal: everything that is drawn can be read, and without colour nothing is lost."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

import pytest
from rich.segment import Segment
from textual.color import Color
from textual.strip import Strip
from textual.widgets import Input

from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.tui.seeing import seen
from tests.tui.stage import Stage, rich_meeting, staged
from tests.unit.test_theme import AA, SIGN, contrast
from tui.theme import NAMES

FRAMES = range(0x2500, 0x2580)
"""Lines around things: what they hold stands apart without them."""
PICTURES = (*range(0x2580, 0x25A0), *range(0x2800, 0x2900))
"""Blocks and dots that charts and scrollbars are drawn with."""
VISITED = (
    ("goals", ()),
    ("leads", ()),
    ("actions", ("x",)),
    ("wrapup", ("7", "enter", "9", "enter", "r")),
    ("wins", ("w", "A", "space", "at", "S")),
    ("checkin", ("e",)),
    ("goals", ("r",)),
    ("goals", ("colon", "g")),
    ("goals", ("z",)),
    ("goals", ("O", "question_mark")),
)
"""Steps, and keys that are pressed there: lists, charts, dialogs, fields, sentences, the palette, large figures."""


@pytest.fixture
def meeting(workspace: Workspace, clock: Clock) -> Workspace:
    rich_meeting(workspace, clock)
    return workspace


def in_front(stage: Stage) -> Iterator[Strip]:
    """The lines of what is in front; the screen behind a dialog is dimmed on purpose."""
    screen = stage.app.screen
    strips = screen._compositor.render_strips()
    for each in screen.children if screen.is_modal else [screen]:
        region = each.region
        yield from (strips[y].crop(region.x, region.right) for y in region.line_range if y < len(strips))


def needed(character: str) -> float:
    """The contrast that a character has to have."""
    if character.isspace() or ord(character) in FRAMES:
        return 1.0
    if ord(character) in PICTURES or unicodedata.category(character) in ("So", "Sm", "Po", "Ps", "Pe"):
        return SIGN
    return AA


def unreadable(strips: Iterator[Strip]) -> set[tuple[str, str, str, float]]:
    """Texts with their colours and contrast that are too faint."""
    found: set[tuple[str, str, str, float]] = set()
    for segment in (segment for strip in strips for segment in strip if segment.text.strip()):
        style = segment.style
        assert style is not None
        assert style.color is not None
        assert style.bgcolor is not None
        one, other = Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor)
        ratio = contrast(one, other)
        if ratio < max(map(needed, segment.text)):
            found.add((segment.text.strip(), one.hex, other.hex, round(ratio, 2)))
    return found


async def test_everything_that_is_drawn_can_be_read(meeting: Workspace) -> None:
    looks = list(NAMES.values())
    for step, keys in VISITED:
        async with staged(meeting, step, (120, 36)) as stage:
            await stage.press(*keys)
            for name in looks:
                stage.app.theme = name
                await stage.pilot.pause()
                assert not unreadable(in_front(stage)), f"{name}: {step} {keys}"


def styles_of(stage: Stage, words: str) -> list[Segment]:
    """What the first line with these words is made of."""
    return next(list(strip) for strip in in_front(stage) if words in "".join(part.text for part in strip))


async def test_without_colour_the_selected_row_is_reversed_and_fields_are_underlined(
    meeting: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with staged(meeting, "goals", (120, 36)) as stage:
        row = next(part for part in styles_of(stage, "▌? MQL") if "MQL to SQL" in part.text)
        assert row.style is not None
        assert row.style.reverse
        other = next(part for part in styles_of(stage, "? Joint deals") if "Joint deals" in part.text)
        assert other.style is not None
        assert not other.style.reverse
        await stage.press("e")
        await seen(stage.pilot, "Realistic")
        field = next(part for part in styles_of(stage, "MQL to SQL rate") if "SQL rate" in part.text)
        assert field.style is not None
        assert field.style.underline
        for strip in stage.app.screen._compositor.render_strips():
            for part in strip:
                assert part.style is None or (part.style.color is None and part.style.bgcolor is None), part


async def test_a_field_shows_joined_emoji_each_for_itself_and_keeps_what_was_typed(
    meeting: Workspace,
) -> None:
    async with staged(meeting, "goals", (80, 24)) as stage:
        await stage.press("t")
        await stage.type_over("👩‍💻 at ❤️")
        await seen(stage.pilot, "👩\u200e💻 at ❤\u200e")
        field = stage.app.screen.focused
        assert isinstance(field, Input)
        assert field.value == "👩‍💻 at ❤️"
        assert (
            field.cursor_screen_offset.x - field.content_region.x == 10
        )  # 4 + 4 + 1 cells, and the one after them
