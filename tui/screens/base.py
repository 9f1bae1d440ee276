"""What all screens have in common: the desk, the dispatch of actions, and the refresh when the meeting changes."""

from __future__ import annotations

from collections.abc import Callable
from inspect import isawaitable
from typing import TYPE_CHECKING, ClassVar, cast

from textual.screen import Screen

from meetings.errors import AccordError, UsageError
from meetings.meeting import Meeting
from meetings.model import Record
from meetings.session import Event
from meetings.store.saver import Progress
from tui.keys import ACTIONS, remapped
from tui.served import REFUSALS
from tui.signals import stop_for_a_while
from tui.widgets.calm import CalmScreen
from tui.widgets.key_bar import KeyBar
from tui.widgets.rows import Rows
from tui.widgets.top_bar import TopBar

if TYPE_CHECKING:
    from tui.app import AccordApp
    from tui.desk import Desk


class AccordScreen(CalmScreen, Screen[None]):
    """A full screen. Each action of the table that is at home here has a method `do_<id>`."""

    place: ClassVar[str] = ""
    """Where this is, in the words of the table of actions."""
    _urgent_shown: tuple[tuple[str, ...], int] = ((), 0)

    @property
    def accord(self) -> AccordApp:
        """The app."""
        return cast("AccordApp", self.app)

    @property
    def desk(self) -> Desk:
        """The workspace and the meeting that accepts edits."""
        return self.accord.desk

    @property
    def meeting(self) -> Meeting:
        """The meeting that accepts edits, as it is now."""
        return self.desk.meeting

    def on_mount(self) -> None:
        """Follow the meeting from now on."""
        self.accord.changed.subscribe(self, self._heard, immediate=True)
        self.show()
        self.show_urgent()

    def _heard(self, event: Event) -> None:
        if event.kind == "saving":
            self._show_saving()
            self.show_urgent()
        elif self.is_current or event.kind in ("edit", "others"):
            self.heard(event)

    def _show_saving(self) -> None:
        for top in self.children:
            if isinstance(top, TopBar):
                top.show_saving(self.desk.session.state)
                if self.app.screen is not self:
                    self.app.screen.refresh(top.region)  # behind a dialog it would be drawn some frames later

    def on_screen_resume(self) -> None:
        """What has become urgent elsewhere is so here, too."""
        self.show_urgent()

    def heard(self, event: Event) -> None:
        """React to what happened to the meeting, beside saving; without more, show everything again."""
        if event.kind in ("edit", "others"):
            self.show()

    def show(self) -> None:
        """Bring what is on the screen up to date with the meeting."""

    def hints(self) -> tuple[str, ...]:
        """Ids of the actions that matter now, the most important first: the line of keys shows them."""
        return ()

    def urgent(self) -> tuple[str, ...]:
        """Ids of the actions that come before all others now: edits are not on disk, or have two versions."""
        failed = self.desk.session.state.progress is Progress.FAILED and not self.desk.served
        return (*(("save_copy",) if failed else ()), *(("clashes",) if self.accord.clashing.unseen else ()))

    def show_urgent(self) -> None:
        """Put what is urgent into the line of keys and the one on top."""
        if not self.place:
            return
        urgent, count = self.urgent(), self.accord.clashing.unseen
        if (urgent, count) == self._urgent_shown:
            return
        self._urgent_shown = (urgent, count)
        keys = remapped(self.desk.config.keys)
        notice = f"{keys['clashes'][0]}: {count} edited twice" if "clashes" in urgent else ""
        for bar in self.query(KeyBar):
            bar.show_urgent([(name, keys[name][0], ACTIONS[name].label) for name in urgent])
        for top in self.query(TopBar):
            top.show_notice(notice)

    def show_company(self) -> None:
        """Somebody has come, or gone."""

    def label_of(self, action_id: str) -> str:
        """What the line of keys calls an action here and now."""
        return ACTIONS[action_id].label

    def rows(self) -> Rows | None:
        """The list that has the focus, also while one of its cells is edited."""
        around = self.focused.ancestors_with_self if self.focused is not None else ()
        return next((rows for rows in around if isinstance(rows, Rows)), None)

    def selected(self) -> Record | None:
        """The record under the cursor, or None."""
        rows = self.rows()
        found = self.meeting.find(rows.cursor_key) if rows is not None and rows.cursor_key else None
        return found[1] if found else None

    def why_not(self, action_id: str) -> str:
        """Why an action does nothing here and now: one sentence; empty when it can be done."""
        if self.desk.served and action_id in REFUSALS:
            return REFUSALS[action_id]
        if action_id in ("copy_path", "open_folder") and self.accord.written is None:
            return f"Nothing has been written yet: {self.accord.key_of('save_minutes')} saves the minutes."
        return ""

    def act(self, action_id: str) -> None:
        """Do an action as soon as what is being handled is over."""
        self.call_later(self.action_act, action_id)

    async def action_act(self, action_id: str) -> None:
        """Do an action of the table, or say why not."""
        refusal = self.why_not(action_id)
        if refusal:
            self.accord.say(refusal)
            return
        handler = self.handler_of(action_id)
        if handler is None:
            self.accord.say(f"“{ACTIONS[action_id].label}” does nothing here.")
            return
        try:
            result = handler()
            if isawaitable(result):
                await result
        except AccordError as error:
            self.accord.say_error(error)

    def handler_of(self, action_id: str) -> Callable[[], object] | None:
        """What does an action here; None when nothing does."""
        handler: Callable[[], object] | None = getattr(self, f"do_{action_id}", None)
        return handler

    # What is the same everywhere

    def do_help(self) -> None:
        """Help for what is in front of the person."""
        from tui.dialogs.help import Help

        self.app.push_screen(Help(self))

    def do_palette(self) -> None:
        """Every command by its name."""
        self.app.action_command_palette()

    def do_guide(self) -> None:
        """Hide the guide through the example, or show it."""
        if self.accord.guide is None:
            raise UsageError("The guide goes with the example: accord demo.")
        self.accord.guide.toggle()

    def do_theme(self) -> None:
        """The next theme."""
        self.accord.next_theme()

    def do_back(self) -> None:
        """Back to the screen before; on the first one there is nothing to go back to."""
        self.accord.go_back()

    def do_stop(self) -> None:
        """Give the terminal back to the shell for a while."""
        stop_for_a_while(self.accord)

    def do_leave(self) -> None:
        """Leave Accord."""
        self.accord.leave()

    def do_home(self) -> None:
        """Go home."""
        self.accord.go("home")

    def do_history(self) -> None:
        """Every meeting so far."""
        self.accord.go("history")

    def do_trends(self) -> None:
        """How the figures have gone."""
        self.accord.go("trends")

    def do_all_actions(self) -> None:
        """All action items."""
        self.accord.go("actions")

    def do_minutes(self) -> None:
        """Preview the minutes of the present meeting."""
        self.accord.show_minutes(self.meeting)

    def in_minutes(self) -> Meeting:
        """The meeting whose minutes are saved and copied here. Raises StoreError."""
        return self.meeting

    def do_save_minutes(self) -> None:
        """Save the minutes."""
        self.accord.save_minutes(self.in_minutes())

    def do_copy_minutes(self) -> None:
        """Copy the minutes."""
        from tui.saving import copy_minutes

        copy_minutes(self.accord, self.in_minutes())

    def do_copy_path(self) -> None:
        """Copy the path of what was written last."""
        from tui.machine.clipboard import copy

        if (written := self.accord.written) is not None:
            copy(self.accord, str(written), "the path", f"it is {written}")

    def do_open_folder(self) -> None:
        """Show the folder of what was written last."""
        from tui.machine.desktop import show_folder

        if self.accord.written is not None:
            show_folder(self.accord, self.accord.written)

    def do_picture(self) -> None:
        """Save a picture of the screen; nothing private is on a screen, only in its own dialog."""
        from tui.machine.picture import save_picture

        self.accord.say_written("A picture of the screen is in", save_picture(self.accord))

    def do_export(self) -> None:
        """Export minutes or action items, beginning with the present meeting's."""
        self.accord.export(self.meeting.head.number)

    def do_charter(self) -> None:
        """Objectives, roles, definitions."""
        from tui.dialogs.charter import Charter

        self.app.push_screen(Charter(self.desk.config))

    def do_save_copy(self) -> None:
        """Save a copy of the meeting in a folder that the person names."""
        from tui.elsewhere import ask_for_copy

        ask_for_copy(self.accord)

    def do_who(self) -> None:
        """Say who one is."""
        from tui.joined.naming import ask_who

        ask_who(self.accord)

    def do_clashes(self) -> None:
        """What was edited in two places, with both versions."""
        self.accord.clashing.show()

    def do_undo(self) -> None:
        """Undo one edit."""
        self.accord.say(f"Undid: {self.desk.session.undo()}")

    def do_redo(self) -> None:
        """Redo one edit."""
        self.accord.say(f"Did again: {self.desk.session.redo()}")
