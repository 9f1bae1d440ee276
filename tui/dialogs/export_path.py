"""Where an export goes: a path that follows what is chosen, as far as nobody has typed another."""

from __future__ import annotations

import asyncio
import os

from textual import events
from textual.suggester import Suggester

from tui import files
from tui.dialogs.inputs import Line


class Folders(Suggester):
    """The first folder that begins as typed, in grey behind the cursor."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """What goes on from `value`."""
        _, typed = files.split(value)
        if not files.is_path(value):
            return None
        for entry in await asyncio.to_thread(files.beginning_so, value):
            name = entry.path.name
            if entry.is_folder and name.startswith(typed) and name != typed:
                return value + name[len(typed) :] + os.sep
        return None


class PathLine(Line):
    """The path: a file's, or that of a folder when there are several files. Tab takes what completes it."""

    def __init__(self, folder: str, *, id: str | None = None) -> None:
        super().__init__(placeholder="a folder, or a file in it", id=id)
        self.suggester = Folders()
        self._folder = folder
        self._proposed = ""
        """The text that was put there last."""
        self._name = self._own = self._extension = ""
        """The name that was offered, empty when only a folder was; one that was typed; how names end."""

    def propose(self, name: str, extension: str) -> None:
        """Offer that name in the folder, or only the folder when it is empty. What was typed stays."""
        if self.value and self.value != self._proposed:
            self._understand(self.value)
        if self._own.endswith(self._extension):
            self._own = self._own.removesuffix(self._extension) + extension if self._own else ""
        begin = self._folder.rstrip(os.sep) + os.sep if self._folder else ""
        self._name, self._extension = name, extension
        self._proposed = begin + ((self._own or name) if name else "")
        self.value = self._proposed
        self.cursor_position = len(self.value)

    def _understand(self, typed: str) -> None:
        """Keep what is someone's own in it."""
        if self._name:
            self._folder, name = files.split(typed)
            self._own = name if name != self._name else ""
        elif self._proposed:
            self._folder = typed

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "tab" and self.cursor_position == len(self.value) and self._suggestion:
            event.stop()
            event.prevent_default()
            self.action_cursor_right()
            return
        await super()._on_key(event)
