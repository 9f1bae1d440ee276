"""A disk that is full, broken or read-only: nothing is lost, what is said is true, and all is written afterwards."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from tinydb import TinyDB

from meetings.config import Config
from meetings.errors import AccordError
from meetings.kinds import MeetingState
from meetings.meeting import Meeting
from meetings.model import ActionItem, Win
from meetings.paths import Paths
from meetings.session import Session
from meetings.store.files import FileStore
from meetings.store.saver import Progress
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.faults import kill
from tests.faults.breaking import REASONS, STEPS, Fault
from tests.faults.stream import Shown, fresh

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    """A store with a running meeting."""
    store = FileStore(tmp_path / "store")
    store.create(fresh(1))
    return store


@pytest.fixture
def session(store: FileStore, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """A session as the app has it, with two wins that are saved. What fails is only tried again when that is said."""
    monkeypatch.setattr("meetings.store.saver.RETRY_SECONDS", (3600.0,))
    session = Session(store, store.read(1), seat="s", now=clock.now, today=clock.today)
    session.add(Win(uid="first", title="first"))
    session.add(Win(uid="second", title="second"))
    assert session.saver.flush(60)
    yield session
    assert session.saver.close(60)


def titles(meeting: Meeting) -> dict[str, str]:
    return {uid: win.title for uid, win in meeting.wins.items()}


def on_disk(store: FileStore) -> Meeting:
    return FileStore(store.folder).read(1)


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".json" and path.name != ".lock")


@pytest.mark.parametrize("code", REASONS)
@pytest.mark.parametrize("step", STEPS)
def test_each_step_of_a_write_may_fail_and_nothing_is_lost(
    store: FileStore, session: Session, clock: Clock, monkeypatch: pytest.MonkeyPatch, step: str, code: int
) -> None:
    raw = store.path(1).read_bytes()
    with monkeypatch.context() as patch:
        fault = Fault(patch, store.folder, step, code)
        for edit in (
            lambda: session.add(Win(uid="kept", title="kept")),
            lambda: session.change("first", title="changed"),
            lambda: session.write_note("goals", "long " * 3000),
            lambda: session.change("first", title="first"),
            lambda: session.add(Win(uid="mistake", title="mistake")),
            lambda: session.undo(),
            lambda: session.remove("second"),
        ):
            clock.advance(1)
            fault.wait(lambda edit=edit: (edit(), session.saver.flush(0)))  # type: ignore[misc]
        fault.wait(lambda: session.saver.flush(0))
        assert session.state.progress is Progress.FAILED
        assert REASONS[code] in session.state.why
        assert titles(session.meeting) == {"first": "first", "kept": "kept"}
        with fault.off():
            if step == "fsync of the folder":
                on_disk(store)  # whole, old or new
            else:
                assert store.path(1).read_bytes() == raw
        fault.wait(lambda: session.saver.flush(0))
    assert session.saver.flush(60)
    assert session.state.progress is Progress.SAVED
    assert titles(on_disk(store)) == {"first": "first", "kept": "kept"}
    assert [note.text for note in on_disk(store).notes.values()] == [("long " * 3000).strip()]
    assert on_disk(store) == session.meeting
    assert leftovers(store.folder) == []
    session.undo()
    assert session.saver.flush(60)
    assert titles(on_disk(store)) == {"first": "first", "kept": "kept", "second": "second"}


@pytest.mark.parametrize("step", STEPS)
def test_while_one_window_cannot_write_the_edits_of_another_are_kept(
    store: FileStore, session: Session, clock: Clock, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    other = Session(
        FileStore(store.folder), on_disk(store), seat="o", now=clock.now, today=clock.today, background=False
    )
    with monkeypatch.context() as patch:
        fault = Fault(patch, store.folder, step, errno.EIO)
        fault.wait(lambda: session.add(Win(uid="mine", title="mine")))
        with fault.off():
            other.add(Win(uid="theirs", title="theirs"))
            other.remove("first")
        fault.wait(lambda: session.saver.flush(0))
    assert session.saver.flush(60)
    assert titles(on_disk(store)) == {"second": "second", "mine": "mine", "theirs": "theirs"}


def test_an_editor_that_saves_at_the_same_moment_loses_nothing(
    store: FileStore, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, texts = os.fsync, ["by hand", "at first"]

    def meanwhile(descriptor: int) -> None:
        real(descriptor)
        if texts and not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            title = texts.pop()
            with monkeypatch.context() as patch, TinyDB(store.path(1)) as db:
                patch.setattr(os, "fsync", real)
                db.table("wins").update({"title": title}, doc_ids=[1])

    monkeypatch.setattr(os, "fsync", meanwhile)
    session.add(Win(uid="third", title="third"))
    assert session.saver.flush(60)
    assert not texts
    assert titles(on_disk(store)) == {"first": "by hand", "second": "second", "third": "third"}
    assert titles(session.meeting) == titles(on_disk(store))
    assert leftovers(store.folder) == []


# The writes of a meeting's life


def opened(config: Config, paths: Paths, clock: Clock) -> Workspace:
    return Workspace.open(config, paths, background=False, now=clock.now, today=clock.today)


def _first(workspace: Workspace) -> None:
    workspace.session()


def _start(workspace: Workspace) -> None:
    session = workspace.session()
    if session.meeting.head.state is MeetingState.PLANNED:
        workspace.start(session)


def _close(workspace: Workspace) -> None:
    session = workspace.session()
    if session.meeting.head.state is MeetingState.RUNNING:
        workspace.close(session)


def _reopen(workspace: Workspace) -> None:
    if workspace.store.read(1).head.state is MeetingState.CLOSED:
        workspace.reopen(1)


LIFE: dict[str, Callable[[Workspace], None]] = {
    "first launch": _first,
    "start": _start,
    "close": _close,
    "reopen": _reopen,
    "close again": _close,
}


def live(workspace: Workspace, clock: Clock, until: str) -> None:
    """Take the first meeting through its life until just before that, with an item more each time."""
    for name, step in LIFE.items():
        if name == until:
            return
        clock.advance(60)
        step(workspace)
        session = workspace.session()
        session.add(ActionItem(uid=f"item after {name}", title=f"item after {name}", owner="Sam"))


def _expected(config: Config, tmp_path: Path, moment: str) -> tuple[list[int], dict[int, set[str]], str]:
    clock, home = Clock(), tmp_path / "expected"
    workspace = opened(config, Paths(home, home / "data", home / "state", home), clock)
    live(workspace, clock, moment)
    clock.advance(60)
    LIFE[moment](workspace)
    return outcome(workspace)


def outcome(workspace: Workspace) -> tuple[list[int], dict[int, set[str]], str]:
    """The meetings there are, their items, and the state of the one that accepts edits."""
    numbers = list(workspace.store.numbers())
    items = {number: set(workspace.store.read(number).action_items) for number in numbers}
    return numbers, items, workspace.session().meeting.head.state.value


@pytest.mark.parametrize("moment", LIFE)
@pytest.mark.parametrize("step", STEPS)
def test_a_write_of_a_meetings_life_fails_and_the_next_launch_goes_on(
    config: Config,
    paths: Paths,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    moment: str,
    step: str,
) -> None:
    expected = _expected(config, tmp_path, moment)
    for after in range(30):
        clock, home = Clock(), tmp_path / f"home {after}"
        mine = Paths(home, home / "data", home / "state", home)
        workspace = opened(config, mine, clock)
        live(workspace, clock, moment)
        clock.advance(60)
        assert isinstance(workspace.store, FileStore)
        with monkeypatch.context() as patch:
            fault = Fault(patch, workspace.store.folder, step, errno.ENOSPC, after)
            with suppress(AccordError):
                LIFE[moment](workspace)
        if not fault.hits:
            assert outcome(workspace) == expected
            break
        again = opened(config, mine, clock)
        LIFE[moment](again)
        assert outcome(again) == expected, f"{step} refused the {after + 1}. time"
        assert leftovers(workspace.store.folder) == []
    else:
        pytest.fail(f"{step} is taken without end")


# Real disks


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 KB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(folder)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("mounting a small disk is not permitted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_said_and_all_is_written_once_there_is_room(small_disk: Path, clock: Clock) -> None:
    store = FileStore(small_disk / "store")
    store.create(fresh(1))
    session = Session(store, store.read(1), seat="s", now=clock.now, today=clock.today)
    shown = Shown(session)
    session.add(Win(title="before"))
    shown.saved()
    raw = store.path(1).read_bytes()
    kill.fill(small_disk)
    session.add(Win(title="meanwhile"))
    shown.failed()
    session.write_note("goals", "and this")
    assert session.state.why == "Meeting 1 could not be saved: the disk is full."
    assert store.path(1).read_bytes() == raw
    assert leftovers(store.folder) == []
    kill.empty(small_disk)
    shown.saved()
    assert [win.title for win in on_disk(store).wins.values()] == ["before", "meanwhile"]
    assert [note.text for note in on_disk(store).notes.values()] == ["and this"]
    assert session.saver.close(60)


def test_kills_on_a_disk_that_is_full_now_and_then(small_disk: Path) -> None:
    tally = kill.run(small_disk / "store", runs=20, seed="small disk", disk=small_disk)
    assert tally.acknowledged > 0
    assert tally.refused > 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")
def test_a_folder_that_may_not_be_written_to() -> None:
    with tempfile.TemporaryDirectory() as folder:  # where somebody without rights gets to
        done = subprocess.run(
            [sys.executable, "-m", "tests.faults.unprivileged", folder],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert (done.returncode, done.stdout) == (0, "fine\n"), done.stderr


LOCKED_ON_A_FULL_DISK = """
import resource, sys
from pathlib import Path
from meetings.store.locking import FolderLock

resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
with FolderLock(Path(sys.argv[1])).held():
    print("held")
"""


def test_the_lock_needs_no_room(tmp_path: Path) -> None:
    """The disk may be full from the first save on, with no place for temporary files anywhere."""
    pytest.importorskip("resource")
    command = [sys.executable, "-B", "-c", LOCKED_ON_A_FULL_DISK, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.stdout, done.stderr) == ("held\n", "")
