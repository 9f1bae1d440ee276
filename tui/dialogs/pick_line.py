"""The line in which a path is typed while files are listed under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from tui.dialogs.inputs import Line

if TYPE_CHECKING:
    from tui.dialogs.file_picker import FilePicker


class PickLine(Line):
    """The path; the arrows up and down go through the list under it, Tab takes what is chosen there."""

    def __init__(self, picker: FilePicker, placeholder: str) -> None:
        super().__init__("", placeholder)
        self._picker = picker

    async def _on_key(self, event: events.Key) -> None:
        if self._picker.take_key(event.key):
            event.stop()
            event.prevent_default()
