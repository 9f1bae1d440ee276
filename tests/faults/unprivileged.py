"""What somebody sees whose folder of meetings may not be written to: `python -m tests.faults.unprivileged FOLDER`.

Permissions do not bind root: then the process becomes nobody. All modules are loaded before, since nobody may not be
able to read them.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import portalocker  # noqa: F401 - loaded late by the store

from meetings.config import default_config
from meetings.errors import StoreError, UsageError
from meetings.kinds import MeetingState
from meetings.model import Win
from meetings.paths import Paths
from meetings.store.files import FileStore
from meetings.store.saver import Progress
from meetings.workspace import Workspace, local_today, utc_now
from tests.faults.stream import Shown

NOBODY = 65534


def main(folder: Path) -> None:
    """Edit, lose the permission, go on, get it back."""
    config = default_config()
    if os.geteuid() == 0:
        os.chown(folder, NOBODY, NOBODY)
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    paths = Paths(folder, folder / "data", folder / "state", folder)
    workspace = Workspace(config, paths, FileStore(folder / "store"), "s", utc_now, local_today)
    session = workspace.start(workspace.session())
    shown = Shown(session)
    session.add(Win(title="before"))
    shown.saved()
    store = FileStore(folder / "store")
    raw = store.path(1).read_bytes()
    for lock in ("kept", "gone"):
        if lock == "gone":
            (store.folder / ".lock").unlink()
        store.folder.chmod(0o500)
        session.add(Win(title=f"lock {lock}"))
        shown.failed()
        assert session.state.why.endswith("permission is denied."), session.state.why
        assert store.path(1).read_bytes() == raw
        assert list(session.meeting.wins.values())[-1].title == f"lock {lock}"
        _opened_anew(workspace, raw)
        store.folder.chmod(0o700)
        assert session.saver.flush(60)
        assert session.state.progress is Progress.SAVED
        raw = store.path(1).read_bytes()
    assert [win.title for win in store.read(1).wins.values()] == ["before", "lock kept", "lock gone"]
    store.path(1).chmod(0)
    assert [trouble.what for trouble in store.troubles()] == [
        "0001.json cannot be read: permission is denied."
    ]
    store.path(1).chmod(0o600)
    session.saver.close()
    print("fine")


def _opened_anew(workspace: Workspace, raw: bytes) -> None:
    """A launch shows the meeting, refuses edits with a reason, and changes nothing."""
    workspace = Workspace(
        workspace.config,
        workspace.paths,
        FileStore(Path(workspace.store.location)),
        "t",
        utc_now,
        local_today,
    )
    session = workspace.session()
    assert session.meeting.head.state is MeetingState.RUNNING
    for refused in (
        lambda: session.add(Win(title="no")),
        lambda: workspace.close(session),
        lambda: session.undo(),
    ):
        said = ""
        try:
            refused()
        except (UsageError, StoreError) as error:
            said = error.message
        assert "can be read but not changed" in said, said
    assert FileStore(Path(workspace.store.location)).path(1).read_bytes() == raw


if __name__ == "__main__":
    main(Path(sys.argv[1]))
