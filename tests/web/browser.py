"""A real browser on `accord serve`: keys as a person presses them, and what the terminal in the page shows."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.web.shown import Shown

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, WebSocket

SIZE = {"width": 1280, "height": 800}
PATIENCE = 60.0
NAMES = {"Esc": "Escape", "Space": " ", "Down": "ArrowDown"}


@contextmanager
def chromium(home: Path) -> Iterator[Browser]:
    """A browser without a window, whose files are below `home`."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("there is no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=program, args=["--no-sandbox"], env={**os.environ, "HOME": str(home)}
        )
        yield browser
        browser.close()


class Tab:
    """One page, in a browser of its own as far as cookies go. What is wrong with it is collected for `is_calm`."""

    def __init__(self, browser: Browser, address: str, size: dict[str, int] | None = None) -> None:
        self.address = address
        self.asked: list[str] = []
        self.wrong: list[str] = []
        self._shown = Shown()
        context = browser.new_context(viewport=size or SIZE)  # type: ignore[arg-type]
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
        context.set_default_timeout(PATIENCE * 1000)
        self.page: Page = context.new_page()
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on(
            "dialog", lambda dialog: (self.wrong.append(f"dialog: {dialog.message}"), dialog.dismiss())
        )
        self.page.on("pageerror", lambda error: self.wrong.append(f"error: {error}"))
        self.page.on("popup", lambda popup: self.wrong.append(f"popup: {popup.url}"))
        self.page.on("console", self._hear)
        self.page.on("websocket", self._watch)

    def open(self, link: str) -> Tab:
        """Open a link and wait until the app takes keys."""
        self.page.goto(link)
        self.page.wait_for_selector("body.-first-byte", timeout=PATIENCE * 1000)
        self.page.wait_for_function("document.activeElement.className.includes('xterm-helper-textarea')")
        self.wait_for("Help")
        return self

    def _hear(self, message: object) -> None:
        if getattr(message, "type", "") in ("error", "warning") and "WebGL" not in getattr(
            message, "text", ""
        ):
            self.wrong.append(f"console: {getattr(message, 'text', '')}")

    def _watch(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda data: self._shown.draw(data) if isinstance(data, bytes) else None)
        socket.on("framesent", lambda data: self._shown.sent(str(data)))

    @property
    def text(self) -> str:
        """What the terminal in the page shows."""
        return self._shown.text

    def wait_for(self, wanted: str | Callable[[str], bool], *, gone: str = "") -> str:
        """Wait until the page shows `wanted`, and no longer `gone`. Fails with what it shows."""
        deadline = time.monotonic() + PATIENCE
        while True:
            text = self.text
            there = wanted(text) if callable(wanted) else wanted in text
            if there and not (gone and gone in text):
                return text
            if time.monotonic() > deadline:
                raise AssertionError(f"{wanted!r} did not appear (or {gone!r} stayed):\n{text}")
            self.page.wait_for_timeout(20)

    def press(self, *keys: str) -> Tab:
        """Press keys one after the other; a lone Escape is waited for, or the next key would be one with Alt."""
        for key in keys:
            self.page.keyboard.press(NAMES.get(key, key))
            if key == "Esc":
                self.page.wait_for_timeout(150)
        return self

    def click(self, text: str) -> Tab:
        """Click on the first place that shows this."""
        lines = self.wait_for(text).split("\n")
        row = next(number for number, line in enumerate(lines) if text in line)
        columns, rows = self._shown.size
        box = self.page.locator(".xterm-screen").bounding_box()
        assert box is not None
        x = box["x"] + (lines[row].index(text) + 0.5) * box["width"] / columns
        self.page.mouse.click(x, box["y"] + (row + 0.5) * box["height"] / rows)
        return self

    def type(self, text: str) -> Tab:
        """Type a text."""
        self.page.keyboard.type(text)
        return self

    def paste(self, text: str) -> Tab:
        """Put a text into the clipboard, and paste it with Ctrl+V."""
        self.page.evaluate("text => navigator.clipboard.writeText(text)", text)
        self.page.keyboard.press("Control+v")
        return self

    def add(self, key: str, *lines: str, paste: bool = False) -> Tab:
        """Quick add lines, and end that."""
        self.press(key)
        self.wait_for("Esc ends")
        for line in lines:
            (self.paste if paste else self.type)(line)
            self.press("Enter")
            self.wait_for("Added:")
        self.press("Esc")
        self.wait_for("Help", gone="Esc ends")
        return self

    def saved(self) -> Tab:
        """Wait until the last edit is on disk."""
        self.wait_for(lambda shown: " Saved" in shown.split("\n", 1)[0])
        return self

    def is_calm(self) -> None:
        """Nothing was asked of anyone else, nothing was executed, and the page consists of what it began with."""
        assert self.wrong == []
        mine = self.address.removeprefix("http://")
        assert {url.split("/")[2] for url in self.asked if not url.startswith("data:")} == {mine}
        found = self.page.evaluate(
            "[document.title, document.querySelectorAll('img, iframe, script:not([src]), object').length]"
        )
        assert found[1] == 0
        assert "broken" not in found[0]
