"""What actions can be seen to do that lead elsewhere: other screens, files, lists of everything, help, the end."""

from __future__ import annotations

from textual.command import CommandPalette
from textual.widgets import Input, Markdown

from meetings.config import minutes_folder
from meetings.kinds import Team
from meetings.model import main_field
from tests.tui.effects import Effect
from tests.tui.seeing import said, seen, text, told, type_in
from tests.tui.stage import PLACE, Stage
from tui.dialogs.confirm import Confirm
from tui.dialogs.export import Export
from tui.dialogs.help import Help
from tui.dialogs.prompt import Prompt
from tui.screens.meeting import MeetingScreen
from tui.screens.minutes import MinutesScreen


def goes(place: str) -> Effect:
    """Another screen, and back with Escape (home and the meeting are not left with it)."""

    async def effect(stage: Stage) -> None:
        before = stage.app.screen
        await stage.do()
        await stage.until(lambda: stage.app.screen is not before, "another screen")
        await stage.until(lambda: stage.place == PLACE[place], place)
        if place != "home":
            await stage.press("escape")
            await stage.until(lambda: stage.app.screen is before, "back")

    return effect


def shows_minutes(number: int) -> Effect:
    """The minutes of that meeting; Escape goes back."""

    async def effect(stage: Stage) -> None:
        before = stage.app.screen
        await stage.do()
        await stage.until(lambda: stage.place == "minutes", "the minutes")
        screen = stage.app.screen
        assert isinstance(screen, MinutesScreen)
        assert screen.number == number
        await stage.until(lambda: "Action items" in screen.query_one(Markdown).source, "the text")
        await seen(stage.pilot, f"Minutes of meeting {number}")
        await stage.press("escape")
        await stage.until(lambda: stage.app.screen is before, "back")

    return effect


def goes_back(place: str) -> Effect:
    """This screen is left for the one before."""

    async def effect(stage: Stage) -> None:
        await stage.do()
        await stage.until(lambda: stage.place == place, place)

    return effect


async def stays(stage: Stage) -> None:
    """There is nothing to go back to: everything stays, and above all the app."""
    screens = list(stage.app.screen_stack)
    await stage.do()
    await stage.do()
    assert list(stage.app.screen_stack) == screens
    assert not stage.app._exit
    assert not stage.changed


def saves(number: int) -> Effect:
    """The minutes of that meeting are a file, and the path is said."""

    async def effect(stage: Stage) -> None:
        folder = minutes_folder(stage.app.desk.config, stage.app.desk.workspace.paths)
        assert not list(folder.glob("*"))
        await stage.do()
        await told(stage.pilot, "Saved as")
        (path,) = folder.glob("*.md")
        assert any(str(path) in sentence for sentence in said(stage.app))
        written = path.read_text("utf-8")
        assert "Send the webinar list" in written
        assert ("Book the hall" in written) is (number == 2)

    return effect


def copies(number: int) -> Effect:
    """The minutes of that meeting go to the clipboard."""

    async def effect(stage: Stage) -> None:
        stage.app._clipboard = ""
        await stage.do()
        await told(stage.pilot, f"Sent the minutes of meeting {number}, ", "to the terminal's clipboard")
        assert stage.app.clipboard.startswith("# ")

    return effect


async def copies_a_path(stage: Stage) -> None:
    """Where the minutes were written goes to the clipboard."""
    stage.app.written = file = minutes_folder(stage.app.desk.config, stage.app.desk.workspace.paths) / "x.md"
    await stage.do()
    await told(stage.pilot, "Sent the path, ")
    assert stage.app.clipboard == str(file)


async def shows_a_folder(stage: Stage) -> None:
    """The folder of what was written is named where there is no desktop."""
    folder = minutes_folder(stage.app.desk.config, stage.app.desk.workspace.paths)
    stage.app.written = folder / "x.md"
    await stage.do()
    await told(stage.pilot, f"There is no desktop here to show it on; the folder is {folder}")


async def pictures(stage: Stage) -> None:
    """The screen is in a file."""
    folder = minutes_folder(stage.app.desk.config, stage.app.desk.workspace.paths)
    before = set(folder.glob("screen-*.svg"))
    await stage.do()
    await told(stage.pilot, f"A picture of the screen is in {folder}")
    (file,) = set(folder.glob("screen-*.svg")) - before
    assert file.read_text("utf-8").startswith("<svg")


def exports(number: int) -> Effect:
    """The minutes of that meeting can be looked at as they would be written; Enter writes them."""

    async def effect(stage: Stage) -> None:
        folder = minutes_folder(stage.app.desk.config, stage.app.desk.workspace.paths)
        await stage.do()
        await stage.until(lambda: isinstance(stage.app.screen, Export), "the export")
        await seen(stage.pilot, f"Meeting {number}", "1 meeting · Markdown")
        assert not list(folder.glob("*")), "nothing is written before Enter"
        await stage.press("enter")
        await seen(stage.pilot, "✓ Written: ")
        (path,) = folder.glob("*.md")
        assert ("Book the hall" in path.read_text("utf-8")) is (number == 2)
        await stage.press("escape")
        await stage.until(lambda: stage.place, "it closed")

    return effect


async def exports_items(stage: Stage) -> None:
    """The items that the list shows."""
    await stage.do()
    await stage.until(lambda: isinstance(stage.app.screen, Export), "the export")
    await seen(stage.pilot, "Those shown: 5", "5 action items · JSON", '"title": ')
    await stage.press("escape")
    await stage.until(lambda: stage.place, "it closed")


async def saves_a_copy(stage: Stage) -> None:
    """The whole meeting once more, in the folder that was named."""
    folder = stage.app.desk.workspace.paths.data / f"copies-{stage.where}-{len(stage.app.screen_stack)}"
    folder.mkdir(exist_ok=True)
    await stage.do()
    await stage.until(lambda: isinstance(stage.app.screen, Prompt), "a question")
    await stage.type_over(str(folder))
    await stage.press("enter")
    await seen(stage.pilot, "A copy is saved")
    assert any("Book the hall" in path.read_text("utf-8") for path in folder.rglob("*") if path.is_file())
    await stage.press("escape")
    await stage.until(lambda: stage.place, "it closed")


async def charters(stage: Stage) -> None:
    """Objectives, roles, definitions."""
    await stage.do()
    await seen(stage.pilot, "Charter", "Objectives")
    await stage.press("escape")
    await stage.until(lambda: stage.place, "it closed")


async def finds(stage: Stage) -> None:
    """A word leads to the row that has it; one that is nowhere is said."""
    screen = stage.app.screen
    assert isinstance(screen, MeetingScreen)
    assert screen.step is not None
    rows = screen.step.lists()[-1]
    target = rows.row_key(rows.count - 1)
    found = stage.meeting.find(target)
    assert found is not None
    await stage.do()
    await seen(stage.pilot, "Find in this step")
    await type_in(stage.pilot, str(getattr(found[1], main_field(type(found[1])))))
    await stage.press("enter")
    await stage.until(lambda: screen.focused is rows and rows.cursor_key == target, "the row found")
    await stage.do()
    await stage.type_over("xyzzy")
    await stage.press("enter")
    await told(stage.pilot, "“xyzzy” is nowhere in this step")


def filters(word: str, left: int) -> Effect:
    """The list is filtered while a word is typed; Escape clears the filter."""

    async def effect(stage: Stage) -> None:
        before = stage.rows.count
        await stage.do()
        await stage.until(lambda: isinstance(stage.app.screen.focused, Input), "the filter")
        await type_in(stage.pilot, word)
        await stage.until(lambda: stage.rows.count == left, f"{left} left of {before}")
        await stage.press("escape")
        await stage.until(lambda: stage.rows.count == before, "all again")

    return effect


async def marks(stage: Stage) -> None:
    """The row is marked and the cursor goes on; the key takes the mark away again."""
    await stage.do()
    await seen(stage.pilot, "1 marked", "◆")
    stage.rows.move_to(stage.uid)
    await stage.pilot.pause()
    await stage.do()
    await stage.until(lambda: "marked" not in text(stage.app), "no mark")
    assert not stage.changed


async def marks_all(stage: Stage) -> None:
    """All rows are marked; Escape takes the marks away and stays here."""
    await stage.do()
    await seen(stage.pilot, f"{stage.rows.count} marked")
    await stage.press("escape")
    await stage.until(lambda: "marked" not in text(stage.app), "no marks")
    assert stage.place == "actions"


async def hands_over(stage: Stage) -> None:
    """The item is somebody else's, and their team's."""
    await stage.do()
    await stage.until(lambda: isinstance(stage.app.screen, Prompt), "a question")
    await stage.type_over("Jon")
    await stage.press("enter")
    await stage.until(lambda: stage.record.owner == "Jonas", "another owner")
    assert stage.record.team is Team.B


def puts_in_order(*frames: str) -> Effect:
    """The list is in another order, which is said; after as many times it is as it was."""

    async def effect(stage: Stage) -> None:
        for words in frames:
            await stage.do()
            await seen(stage.pilot, words)
        assert stage.rows.cursor_key == stage.uid, "the cursor stays on its row"
        assert not stage.changed

    return effect


# Everywhere


async def helps(stage: Stage) -> None:
    """Help, which Escape closes."""
    await stage.do()
    await stage.until(lambda: isinstance(stage.app.screen, Help), "help")
    await seen(stage.pilot, "what the keys do here", "Here and now")
    await stage.press("escape")
    await stage.until(lambda: stage.place, "help closed")


async def opens_palette(stage: Stage) -> None:
    """The palette, which Escape closes."""
    await stage.do()
    await stage.until(lambda: isinstance(stage.app.screen, CommandPalette), "the palette")
    await stage.press("escape")
    await stage.until(lambda: stage.place, "the palette closed")


async def changes_theme(stage: Stage) -> None:
    """Another theme, in the colours that are on the screen."""
    before = stage.app.theme
    await stage.do()
    await told(stage.pilot, "Theme:")
    assert stage.app.theme != before
    stage.app.theme = before


async def asks_to_leave(stage: Stage) -> None:
    """A question while a meeting runs; Escape stays. (That Enter leaves has its own test.)"""
    await stage.do()
    await stage.until(lambda: isinstance(stage.app.screen, Confirm), "a question")
    await seen(stage.pilot, "Leave while the meeting runs?")
    await stage.press("escape")
    await stage.until(lambda: stage.place, "the question gone")
    assert not stage.app._exit
