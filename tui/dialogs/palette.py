"""What the command palette finds: every action of the screen, open action items, and earlier meetings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.command import CommandList, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from meetings.errors import AccordError
from meetings.kinds import ItemState
from meetings.model import ActionItem
from tui.keys import ACTIONS, ACTIONS_TABLE, ANYWHERE, remapped
from tui.widgets.columns import cut, plain

if TYPE_CHECKING:
    from tui.app import AccordApp
    from tui.screens.base import AccordScreen

LONGEST = 100
"""Cells of an action item's words that are searched and shown."""


KEYS = (
    ("any letters", "of a command's words, in their order; not all of them are needed"),
    ("↓ ↑", "choose"),
    ("Enter", "do it"),
    ("Esc", "close"),
)
FOUND = (
    ("commands", "everything that a key does here, with its key, or with why it cannot be done now"),
    ("action items", "the open ones of this meeting, to edit"),
    ("meetings", "the minutes of each, by its number"),
)


@dataclass(frozen=True)
class Command:
    """Something to find: its words, a quiet remark (its key, or why it cannot be done now), and what it does."""

    words: str
    remark: str
    run: Callable[[], None]
    remark_style: str = "$brand"


class Palette(CommandPalette):
    """The library's palette, in which Page Down does nothing, instead of failing, before its list is laid out."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f1", "help", show=False)]
    _dismissed = False

    def action_help(self) -> None:
        """What can be found, and how."""
        from tui.dialogs.help import Help

        self.app.push_screen(Help(self))

    def ready_to_leave(self) -> bool:
        """Close, so that the question whether to leave has the screen to itself."""
        self.dismiss()
        return True

    def help_groups(self) -> Iterator[tuple[str, Sequence[tuple[str, str]]]]:
        """The keys, and what is found."""
        yield "Finding a command", KEYS
        yield "What is found", FOUND

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Close once: of two quick Enters the second comes too late; so does one when a question is in front by now."""
        if self._dismissed or self.app.screen is not self:
            return AwaitComplete()
        self._dismissed = self.is_active
        return super().dismiss(result)

    def _action_command_list(self, action: str) -> None:
        if not action.startswith("page") or self.query_one(CommandList)._index_to_line:
            super()._action_command_list(action)


class ActionCommands(Provider):
    """Reads the table of actions, so that the palette knows exactly what the keys know."""

    @property
    def accord(self) -> AccordApp:
        """The app."""
        return cast("AccordApp", self.app)

    async def startup(self) -> None:
        """Look once at what there is to find."""
        self._found = [*self._actions(), *self._items(), *self._meetings()]

    async def discover(self) -> Hits:
        """Before anything is typed: the actions."""
        for command in self._actions():
            yield DiscoveryHit(_shown(Content(command.words), command), command.run, text=command.words)

    async def search(self, query: str) -> Hits:
        """What the typed letters are in."""
        matcher = self.matcher(query)
        for command in self._found:
            words = cut(plain(command.words), LONGEST)
            score, places = matcher.fuzzy_search.match(query, words)
            if score > 0:
                content = Content(words)  # the matcher's own highlighting reads what it is given as markup
                for at in places:
                    content = content.stylize("underline", at, at + 1)
                yield Hit(score, _shown(content, command), command.run, text=words)

    def _actions(self) -> Iterator[Command]:
        """Every action of the screen, what matters now first."""
        screen = cast("AccordScreen", self.screen)
        place = getattr(screen, "place", "")
        if not place:
            return
        keys = remapped(self.accord.desk.config.keys)
        here = [a.id for a in ACTIONS_TABLE if place in a.where or ANYWHERE in a.where]
        first = [name for name in (*screen.urgent(), *screen.hints()) if name in here]
        for name in dict.fromkeys([*first, *here]):
            if name in ("palette", "back"):
                continue
            why = screen.why_not(name)
            words = ACTIONS[name].words
            label = screen.label_of(name)
            if label.casefold() not in words.casefold():
                words = f"{label}: {words}"
            run = partial(screen.act, name)
            yield Command(words[:1].upper() + words[1:], why or " ".join(keys[name]), run, _style(why))

    def _items(self) -> Iterator[Command]:
        """Every open action item: its form."""
        if not getattr(self.screen, "place", ""):
            return
        for item in self.accord.desk.meeting.action_items.values():
            if item.state is ItemState.OPEN:
                yield Command(
                    f"Action item: {item.title}", item.owner, partial(self._open_item, item), "$quiet"
                )

    def _open_item(self, item: ActionItem) -> None:
        from tui.dialogs.form import Form

        found = self.accord.desk.meeting.find(item.uid)
        if found is None:
            self.accord.say("That action item is no longer in this meeting.")
        else:
            self.app.push_screen(Form(found[1]))

    def _meetings(self) -> Iterator[Command]:
        """Every meeting before the present one, the newest first: its minutes."""
        desk = self.accord.desk
        if not getattr(self.screen, "place", ""):
            return
        try:
            numbers = desk.workspace.store.numbers()
        except AccordError:
            return
        for number in reversed(numbers):
            if number != desk.meeting.head.number:
                yield Command(f"Minutes of meeting {number}", "", partial(self._open_meeting, number))

    def _open_meeting(self, number: int) -> None:
        try:
            self.accord.show_minutes(self.accord.desk.workspace.store.read(number))
        except AccordError as error:
            self.accord.say_error(error)


def _style(why_not: str) -> str:
    return "$quiet" if why_not else "$brand"


def _shown(words: Content, command: Command) -> Content:
    return Content.assemble(words, "  ", (plain(command.remark), command.remark_style))
