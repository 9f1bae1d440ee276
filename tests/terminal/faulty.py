"""Accord with a fault in it, at the place that the environment names: run as a module in place of `tui`."""

from __future__ import annotations

import os
import sys
import threading
from typing import Any, NoReturn

PLACE = "FAULT"
SECRET = "Sam said that it is too dear"


def fail(*_: Any, **__: Any) -> NoReturn:
    words = SECRET
    raise ValueError(f"cannot: {words}")


def break_it(where: str) -> None:
    """Have that place fail from now on."""
    if where == "dialog":
        from tui.dialogs.note import NoteEditor

        NoteEditor.action_keep = fail  # type: ignore[method-assign]
    elif where == "drawing":
        from tui.dialogs.help import Page

        Page.render = fail  # type: ignore[method-assign]
    elif where == "worker":
        import tui.leaving

        tui.leaving._all_saved = fail
    elif where == "reading":
        from meetings.exchange import minutes

        minutes.render = fail
    elif where == "thread":
        from tui.screens.base import AccordScreen

        AccordScreen.do_theme = lambda _: threading.Thread(target=fail).start()  # type: ignore[method-assign]


if __name__ == "__main__":
    from tui.__main__ import main

    break_it(os.environ[PLACE])
    sys.exit(main())
