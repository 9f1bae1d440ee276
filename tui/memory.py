"""What the screen remembers for itself from one launch to the next, in the user's state folder."""

from __future__ import annotations

import contextlib

import msgspec

from meetings.paths import Paths


def remember_theme(paths: Paths, choice: str) -> None:
    """Keep the theme that was picked on the fly; where it cannot be kept, it lasts until the end."""
    with contextlib.suppress(OSError):
        paths.state.mkdir(mode=0o700, parents=True, exist_ok=True)
        (paths.state / "screen.json").write_bytes(msgspec.json.encode({"theme": choice}))


def remembered_theme(paths: Paths) -> str:
    """The theme that was picked last, in the words of config.yaml; empty when none was."""
    try:
        return msgspec.json.decode((paths.state / "screen.json").read_bytes(), type=dict[str, str]).get(
            "theme", ""
        )
    except (OSError, msgspec.DecodeError):
        return ""
