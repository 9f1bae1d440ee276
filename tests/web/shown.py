"""What a terminal in a browser shows, worked out from what the app sends it."""

from __future__ import annotations

import codecs
import re

import pyte

from tests.terminal.driver import _JOINED

_SIZE = re.compile(r'\["resize",\{"width":(\d+),"height":(\d+)\}\]')


class Shown:
    """A screen that is fed with what goes to and fro on a page's line."""

    def __init__(self, columns: int = 80, rows: int = 24) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.Stream(self._screen)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode

    def draw(self, data: bytes) -> None:
        """The app has drawn that."""
        self._stream.feed(_JOINED.sub("", self._decode(data)))

    def sent(self, message: str) -> None:
        """The page has sent that: it may be another size."""
        found = _SIZE.fullmatch(message)
        if found is not None:
            self._screen.resize(int(found.group(2)), int(found.group(1)))

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return self._screen.columns, self._screen.lines

    @property
    def text(self) -> str:
        """What is on the screen."""
        lines = (self._screen.buffer[row] for row in range(self._screen.lines))
        columns = range(self._screen.columns)
        return "\n".join("".join(line[column].data for column in columns).rstrip() for line in lines)
