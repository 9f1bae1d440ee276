"""While the meeting cannot be saved: it is said, the edit stays, a copy can be saved elsewhere, and leaving asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace as changed
from pathlib import Path
from threading import Event

import pytest

from meetings.meeting import Meeting
from meetings.model import ActionItem
from meetings.store.base import NotSaved, Saved
from meetings.store.codec import decode
from meetings.store.files import FileStore
from meetings.store.saver import Progress
from meetings.workspace import Workspace
from tests.tui.seeing import line_with, lines, seen, text, type_in, until
from tests.tui.step_app import at_step, dialog, on_disk
from tui.app import AccordApp
from tui.dialogs.choice import Choice

SIZES = ((120, 36), (80, 24), (40, 15))
COPY = "0001 (copy "


class FullDisk(FileStore):
    """A store on a disk that is full until there is room again."""

    room = True

    def save(self, meeting: Meeting, base: Meeting) -> Saved:
        if not self.room:
            raise NotSaved(f"Meeting {meeting.head.number} could not be saved: the disk is full.")
        return super().save(meeting, base)


@pytest.fixture
def full(workspace: Workspace) -> Iterator[tuple[Workspace, FullDisk]]:
    """A running meeting that is saved in the background, on a disk that can be filled."""
    workspace.start(workspace.session()).add(ActionItem(title="Send the list", owner="Sam"))
    store = FullDisk(Path(workspace.store.location))
    yield changed(workspace, store=store, background=True), store
    store.room = True


def fails(app: AccordApp) -> bool:
    return app.desk.session.state.progress is Progress.FAILED


def edit(app: AccordApp) -> None:
    app.desk.session.add(ActionItem(title="Rewrite the pricing page", owner="Lena"))


@pytest.mark.parametrize("size", SIZES)
async def test_it_is_true_while_it_lasts(full: tuple[Workspace, FullDisk], size: tuple[int, int]) -> None:
    workspace, store = full
    async with at_step(workspace, "actions", size) as (app, pilot):
        await seen(pilot, "Saved")
        store.room = False
        edit(app)
        await until(pilot, lambda: fails(app), "a failed write")
        await seen(pilot, "W Save a copy")
        if size[0] > 40:
            await seen(pilot, "Not saved: the disk is full, retrying")
        assert "Rewrite the" in text(app)
        assert len(on_disk(workspace).action_items) == 1
        store.room = True
        await until(pilot, lambda: len(on_disk(workspace).action_items) == 2, "it on disk")
        await until(pilot, lambda: "Save a copy" not in text(app), "the key gone")
        assert "Not saved" not in text(app)


async def test_an_edit_is_never_beside_saved_before_it_is(full: tuple[Workspace, FullDisk]) -> None:
    """Also not in a frame that is drawn in the very turn in which it was made."""
    workspace, _ = full
    async with at_step(workspace, "actions", (80, 24)) as (app, pilot):
        await seen(pilot, "Saved")
        edit(app)
        assert lines(app)[0].endswith("Saving")
        await seen(pilot, "Saved", "Rewrite the")
        assert len(on_disk(workspace).action_items) == 2


async def test_the_palette_has_it_first(full: tuple[Workspace, FullDisk]) -> None:
    workspace, store = full
    async with at_step(workspace, "actions", (80, 24)) as (app, pilot):
        store.room = False
        edit(app)
        await until(pilot, lambda: fails(app), "a failed write")
        await pilot.press("colon")
        await seen(pilot, "Save a copy of the meeting elsewhere  W")


async def test_a_copy_is_saved_in_the_folder_that_is_typed(
    full: tuple[Workspace, FullDisk], tmp_path: Path
) -> None:
    workspace, store = full
    async with at_step(workspace, "actions", (120, 36)) as (app, pilot):
        store.room = False
        edit(app)
        await until(pilot, lambda: fails(app), "a failed write")
        await pilot.press("W")
        await seen(pilot, "Save a copy of meeting 1 in which folder?", str(Path.home())[:40])
        await dialog(pilot)
        await pilot.press("ctrl+u")
        await type_in(pilot, str(tmp_path / "typo"))
        await pilot.press("enter")
        await seen(pilot, "There is no folder", "Name one that is there.")
        await pilot.press(*["backspace"] * len("/typo"), "enter")
        await seen(pilot, "A copy is saved", "Accord goes on")
        (path,) = tmp_path.glob(f"{COPY}*.json")
        shown = re.sub(r"[\s│]", "", "".join(line for line in lines(app)))
        assert path.name.replace(" ", "") in shown
        assert decode(path.read_bytes(), path.name).action_items == app.desk.meeting.action_items
        assert not (tmp_path / "typo").exists()
        await pilot.press("enter")
        await seen(pilot, "Not saved")


async def test_leaving_asks_and_trying_again_leaves_once_there_is_room(
    full: tuple[Workspace, FullDisk],
) -> None:
    workspace, store = full
    async with at_step(workspace, "actions", (80, 24)) as (app, pilot):
        store.room = False
        edit(app)
        await until(pilot, lambda: fails(app), "a failed write")
        await pilot.press("q")
        await seen(
            pilot, "The last edits are not saved yet.", "the disk is full", "Leave without saving", "Stay"
        )
        await pilot.press("t")
        await until(pilot, lambda: not isinstance(app.screen, Choice), "trying")
        await seen(pilot, "The last edits are not saved yet.")
        await pilot.press("s")
        await until(pilot, lambda: getattr(app.screen, "place", "") == "meeting", "the meeting")
        await pilot.press("q")
        await seen(pilot, "The last edits are not saved yet.")
        store.room = True
        await pilot.press("t")
        await seen(pilot, "Leave while the meeting runs?")
        await pilot.press("enter")
        await until(pilot, lambda: app._exit, "the end")
    assert app.return_value == 0
    assert len(on_disk(workspace).action_items) == 2


async def test_while_it_is_being_left_it_says_so_and_no_key_goes_to_the_meeting(
    full: tuple[Workspace, FullDisk], monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace, store = full
    answers = Event()
    async with at_step(workspace, "actions", (80, 24)) as (app, pilot):
        store.room = False
        edit(app)
        await until(pilot, lambda: fails(app), "a failed write")
        before = app.desk.meeting.action_items
        monkeypatch.setattr(app.desk.session.saver, "flush", lambda timeout: answers.wait(9) and False)
        await pilot.press("q", "space")
        await seen(pilot, "The last edits are being saved")
        await pilot.press("d", "f1")
        answers.set()
        await seen(pilot, "The last edits are not saved yet.")
        assert "being saved" not in text(app)
        assert app.desk.meeting.action_items == before


async def test_leaving_with_a_copy(full: tuple[Workspace, FullDisk], tmp_path: Path) -> None:
    workspace, store = full
    async with at_step(workspace, "actions", (80, 24)) as (app, pilot):
        store.room = False
        edit(app)
        await until(pilot, lambda: fails(app), "a failed write")
        await pilot.press("q")
        await seen(pilot, "The last edits are not saved yet.")
        await pilot.press("w")
        await dialog(pilot)
        await pilot.press("escape")
        await seen(pilot, "The last edits are not saved yet.")
        await pilot.press("w")
        await dialog(pilot)
        await pilot.press("ctrl+u")
        await type_in(pilot, str(tmp_path))
        await pilot.press("enter")
        await seen(pilot, "A copy is saved")
        await pilot.press("enter")
        await seen(pilot, "Leave now?")
        await pilot.press("enter")
        await until(pilot, lambda: app._exit, "the end")
    (path,) = tmp_path.glob(f"{COPY}*.json")
    assert len(decode(path.read_bytes(), path.name).action_items) == 2


async def test_leaving_without_saving_asks_twice(full: tuple[Workspace, FullDisk]) -> None:
    workspace, store = full
    async with at_step(workspace, "actions", (80, 24)) as (app, pilot):
        store.room = False
        edit(app)
        await until(pilot, lambda: fails(app), "a failed write")
        await pilot.press("q")
        await seen(pilot, "The last edits are not saved yet.")
        await pilot.press("l")
        await seen(pilot, "Leave without saving?")
        await pilot.press("escape")
        await seen(pilot, "The last edits are not saved yet.")
        assert not app._exit
        await pilot.press("l")
        await seen(pilot, "Leave without saving?")
        await pilot.press("enter")
        await until(pilot, lambda: app._exit, "the end")
    assert app.return_value == 3


async def test_a_copy_can_be_saved_when_all_is_well_too(workspace: Workspace, tmp_path: Path) -> None:
    async with AccordApp(workspace).run_test(size=(80, 24), notifications=True) as pilot:
        await seen(pilot, "Next meeting")
        assert "Save a copy" not in line_with(pilot.app, "? Help")
        await pilot.press("W")
        await dialog(pilot)
        await pilot.press("ctrl+u")
        await type_in(pilot, str(tmp_path))
        await pilot.press("enter")
        await seen(pilot, "A copy is saved")
        assert "goes on trying" not in text(pilot.app)
    assert len(list(tmp_path.glob(f"{COPY}*.json"))) == 1
