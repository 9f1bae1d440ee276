"""The app in a browser: it runs on a machine that is not the person's, whose files are not theirs to choose."""

from __future__ import annotations

import os

SERVED = "ACCORD_SERVED"
"""Set in the surroundings of an app that runs in a browser: it does without what belongs to the server's machine."""

REFUSALS = {
    "import_leads": "In a browser no file of the server can be read: `accord import leads` does it there.",
    "save_copy": "In a browser nothing is written to a path of one's own: that would be on the server.",
}
"""Why an action that takes a free path does nothing there, by its id."""

ONLY_THERE = (
    "In a browser files go into the configured folder only: any other path would be one of the server's."
)
"""Why no path can be typed for an export."""


def is_served() -> bool:
    """Whether this app runs in a browser (see tui.web.server)."""
    return bool(os.environ.get(SERVED))
