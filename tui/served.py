"""The app in a browser: it runs on a machine that is not the person's, whose files are not theirs to choose,
and in the account of whoever serves it."""

from __future__ import annotations

import os
import re
import uuid
from functools import cache
from pathlib import Path

SERVED = "ACCORD_SERVED"
"""Set in the surroundings of an app that runs in a browser: it does without what belongs to the server's machine."""

VISITOR = "ACCORD_VISITOR"
"""Set there, too: by which visitors are told from one another. It says nothing about who they are."""

REFUSALS = {
    "import_leads": "In a browser no file of the server can be read: `accord import leads` does it there.",
    "editor": "In a browser no editor can be opened: it would be one of the server's.",
    "open_folder": "In a browser no folder can be shown: it would be one of the server's.",
    "save_copy": "In a browser nothing is written to a path of one's own: that would be on the server.",
    "stop": "In a browser there is no shell to go back to.",
    "private_note": "In a browser no note is private: all who are in would share it. `o` is the one for everyone.",
}
"""Why an action does nothing there, by its id."""

ONLY_THERE = (
    "In a browser files go into the configured folder only: any other path would be one of the server's."
)
"""Why no path can be typed for an export."""


def is_served() -> bool:
    """Whether this app runs in a browser (see tui.web.server)."""
    return bool(os.environ.get(SERVED))


def own_folder(state: Path) -> Path:
    """Where what belongs to one person alone is kept: their name, private notes, the seat that their undo goes by.

    It is the user's state folder; in a browser one below it for each visitor, because they share that user.
    """
    return state / "visitors" / _visitor() if is_served() else state


@cache
def _visitor() -> str:
    """Whose browser this is. Where the server does not tell, each app is a visitor of its own."""
    told = os.environ.get(VISITOR, "")
    return told if re.fullmatch(r"[0-9a-f]{8,64}", told) else uuid.uuid4().hex
