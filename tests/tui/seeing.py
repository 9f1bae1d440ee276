"""What a person sees on the screen, and waiting until they do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

from textual.app import App
from textual.notifications import Notification, Notifications
from textual.pilot import Pilot

TURNS = 3000
"""How often a condition is looked at before it counts as not met."""


class Remembered(Notifications):
    """What an app has to say stands until something else is said, however long the machine takes meanwhile."""

    def __init__(self) -> None:
        super().__init__()
        self.sentences: list[str] = []

    def add(self, notification: Notification) -> Self:
        self.sentences.append(notification.message)
        return super().add(notification)

    def clear(self) -> Self:
        self.sentences.clear()
        return super().clear()


def lines(app: App[Any]) -> list[str]:
    """What the terminal shows, line by line, without the blanks at the end."""
    return [
        "".join(segment.text for segment in line).rstrip() for line in app.screen._compositor.render_strips()
    ]


def text(app: App[Any]) -> str:
    """All of it."""
    return "\n".join(lines(app))


def line_with(app: App[Any], words: str) -> str:
    """The first line that has these words; empty when none has."""
    return next((line for line in lines(app) if words in line), "")


async def until(pilot: Pilot[Any], condition: Callable[[], object], what: str = "") -> None:
    """Wait until the condition holds; fail with what is on the screen when it does not come true."""
    for _ in range(TURNS):
        await pilot.pause()
        if condition():
            return
        await pilot.pause(0.01)
    raise AssertionError(
        f"{what or 'the condition'} did not come true; said: {said(pilot.app)}; the screen shows:\n{text(pilot.app)}"
    )


async def seen(pilot: Pilot[Any], *words: str) -> None:
    """Wait until the screen shows these words."""
    for each in words:
        await until(pilot, lambda each=each: each in text(pilot.app), f"“{each}” on the screen")


def said(app: App[Any]) -> list[str]:
    """The sentences at the edge of the screen, the newest last; on the screen they are broken into lines."""
    return [notification.message for notification in app._notifications]


async def told(pilot: Pilot[Any], *words: str) -> None:
    """Wait until a sentence at the edge of the screen has these words."""
    heard = pilot.app._notifications
    sentences = heard.sentences if isinstance(heard, Remembered) else None

    def has(each: str) -> bool:
        return any(each in sentence for sentence in (said(pilot.app) if sentences is None else sentences))

    for each in words:
        await until(pilot, lambda each=each: has(each), f"“{each}” said")


async def type_in(pilot: Pilot[Any], typed: str) -> None:
    """Type a text, letter by letter."""
    names = {
        " ": "space",
        ",": "comma",
        ":": "colon",
        ";": "semicolon",
        "[": "left_square_bracket",
        "]": "right_square_bracket",
        "/": "slash",
        "@": "at",
        "-": "minus",
        ".": "full_stop",
        "_": "underscore",
        "#": "number_sign",
        "\\": "backslash",
    }
    await pilot.press(*(names.get(letter, letter) for letter in typed))
