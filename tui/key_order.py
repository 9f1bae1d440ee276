"""Keys one after the other, also when they come at once over a slow line.

The library hands a key to the focused widget and only later, when it has bubbled up, to the binding that it has: of a
burst such as `tSend the list` the letters after `t` would still go to the list, as commands. Here a key waits until
the one before it has done what it does.
"""

from __future__ import annotations

import asyncio
from collections import deque

from textual import events
from textual.app import App, ReturnType
from textual.driver import Driver
from textual.message import Message

from tui.machine.pasting import in_one_piece

PATIENCE = 0.3
"""Seconds after which a key counts as done although its widget, which may be gone, has not said so."""


class KeyDone(Message):
    """Bubbles up behind a key: when it arrives, so has the key."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


class KeysInOrder(App[ReturnType]):
    """An app that takes in one key at a time."""

    _waiting_keys: deque[events.Key]
    _key_number = 0
    _key_under_way = False

    def get_driver_class(self) -> type[Driver]:
        """The library's, but what is pasted is never taken for keys."""
        return in_one_piece(super().get_driver_class())

    @property
    def keys_so_far(self) -> int:
        """How many keys have been pressed."""
        return self._key_number

    async def on_event(self, event: events.Event) -> None:
        """Hold a key back while another is under way."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        if not hasattr(self, "_waiting_keys"):
            self._waiting_keys = deque()
        if self._key_under_way:
            self._waiting_keys.append(event)
        else:
            await self._take_key(event)

    def again(self, event: events.Key) -> None:
        """Press a key once more before those that wait, for a widget that is done and leaves it to the next."""
        key = events.Key(event.key, event.character)
        if self._key_under_way:
            self._waiting_keys.appendleft(key)
        else:
            self.post_message(key)

    async def _take_key(self, event: events.Key) -> None:
        if self._exit:
            return  # the app is being left: there is no screen any more for what was typed after that
        self._key_under_way = True
        self._key_number += 1
        done = KeyDone(self._key_number)
        target = self.focused or self.screen
        await super().on_event(event)
        asyncio.get_running_loop().call_later(PATIENCE, self.post_message, done)
        if not target.post_message(KeyDone(done.number)):
            self.post_message(KeyDone(done.number))

    async def on_key_done(self, message: KeyDone) -> None:
        """The key is done: the next one's turn."""
        if message.number != self._key_number or not self._key_under_way:
            return
        self._key_under_way = False
        if self._waiting_keys:
            await self._take_key(self._waiting_keys.popleft())
