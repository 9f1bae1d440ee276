"""Doing the same with several action items: they are marked, then ticked, dropped or handed over as one edit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from meetings.errors import UsageError
from meetings.flow import states
from meetings.kinds import ItemState, Team
from meetings.model import ActionItem
from tui.screens.records import RecordScreen


class BulkScreen(RecordScreen):
    """A screen with a list of action items that can be marked. Only those of the present meeting can be changed."""

    def __init__(self) -> None:
        super().__init__()
        self._marked: frozenset[str] = frozenset()

    # What a screen says of its list

    def show_marks(self) -> None:
        """Others are marked now."""

    def under_cursor(self) -> Sequence[str]:
        """The uids of the items on the row under the cursor: one, or those of a group."""
        return ()

    def all_shown(self) -> Sequence[str]:
        """The uids of all items that the list shows."""
        return ()

    def why_closed(self, uid: str) -> str:
        """Why that item cannot be changed, in a sentence."""
        return "That item is in a closed meeting; it does not change."

    # Marking

    def _can_change(self, uids: Iterable[str]) -> list[str]:
        return [uid for uid in uids if uid in self.meeting.action_items]

    def keep_marks(self) -> None:
        """Marks of what is no longer in the meeting are forgotten."""
        self._marked &= self.meeting.action_items.keys()

    def clear_marks(self) -> None:
        """No item is marked any more."""
        if self._marked:
            self._marked = frozenset()
            self.show_marks()

    def do_mark(self) -> None:
        """Mark the selected item, or take its mark away, and go on to the next; on a heading all of its group."""
        rows, uids = self.rows(), self.under_cursor()
        if rows is None or not uids:
            raise UsageError("Select a row first.")
        can = self._can_change(uids)
        if not can:
            raise UsageError(self.why_closed(uids[0]))
        self._toggle(can)
        rows.move_to(min(rows.cursor_index + 1, rows.count - 1))

    def do_mark_all(self) -> None:
        """Mark all that is shown, or take all marks away."""
        can = self._can_change(self.all_shown())
        if not can:
            raise UsageError("Nothing that is shown here can be changed: it is in closed meetings.")
        self._toggle(can)

    def _toggle(self, uids: Sequence[str]) -> None:
        chosen = frozenset(uids)
        self._marked = self._marked - chosen if chosen <= self._marked else self._marked | chosen
        self.show_marks()

    def _chosen(self) -> list[ActionItem]:
        """The marked items; without any, the selected one, or those of the selected group."""
        uids = self._marked or frozenset(self._can_change(self.under_cursor()))
        return [item for uid, item in self.meeting.action_items.items() if uid in uids]

    @property
    def _in_bulk(self) -> bool:
        """Whether it is not the selected row that is acted on, but what is marked, or the group under its heading."""
        return bool(self._marked) or (self.selected() is None and bool(self._chosen()))

    def out_of_sight(self) -> int:
        """How many of the marked items the list does not show: marks stay while one filters for the next."""
        return len(self._marked - {*self.all_shown()}) if self._marked else 0

    # Doing

    def _asked(self, items: Sequence[ActionItem]) -> str:
        """`3 action items (2 not shown)`: nobody is to act unawares on what they do not see."""
        hidden = len({item.uid for item in items} & self._marked - {*self.all_shown()})
        return f"{_many(items)} ({hidden:,} not shown)" if hidden else _many(items)

    def do_tick(self) -> None:
        """Done; of several, those that are open, or when none is, open again."""
        if not self._in_bulk:
            super().do_tick()
            return
        items = self._chosen()
        waiting = [item for item in items if item.state is not ItemState.DONE]
        done, those = ("done", waiting) if waiting else ("open again", items)
        change = {item.uid: states.tick(item) or {} for item in those}
        self._ask(f"{self._asked(those)} {done}?", "Yes", f"{_many(those)} {done}", change)

    def do_drop(self) -> None:
        """Drop, with one reason for all."""
        if not self._in_bulk:
            super().do_drop()
            return
        from tui.dialogs.prompt import Prompt

        items = self._chosen()

        def given(reason: str | None) -> None:
            if reason:
                change = {item.uid: states.drop(item, reason) or {} for item in items}
                self._apply(f"drop {_many(items)}", f"Dropped {_many(items)}.", change)

        title = f"Why {'is this' if len(items) == 1 else 'are these'} {self._asked(items)} dropped?"
        self.app.push_screen(Prompt(title, placeholder="reason", required=True), given)

    def do_hand_over(self) -> None:
        """Give the marked items, or the selected one, to somebody else. Their teams follow the person's."""
        items = self._chosen()
        if not items:
            self.need_selected()
            raise UsageError("Only action items can be handed over.")
        from tui.dialogs.prompt import Prompt

        names = self.desk.context().names()
        about = f"“{_short(items[0].title)}”" if len(items) == 1 else _many(items)
        prompt = Prompt(
            f"Hand over {about if len(items) == 1 else self._asked(items)}",
            ", ".join(names),
            placeholder="to whom",
            required=True,
            refuse=self._unclear,
            offers=lambda typed: [name for name in names if name.casefold().startswith(typed.casefold())],
        )

        def named(typed: str | None) -> None:
            if typed:
                self._hand_over(items, self._person(typed), about)

        self.app.push_screen(prompt, named)

    def _unclear(self, typed: str) -> str:
        found = self.desk.context().find_people(typed)
        return f"That could be {' or '.join(found[:3])}." if len(found) > 1 else ""

    def _person(self, typed: str) -> str:
        """Who is meant: someone on the list by the beginning of the name, or somebody new."""
        return next(iter(self.desk.context().find_people(typed)), typed)

    def _hand_over(self, items: Sequence[ActionItem], owner: str, about: str) -> None:
        teams = {item.team for item in items}
        team = teams.pop() if len(teams) == 1 else Team.BOTH
        new = states.newcomers(items[0], {"owner": owner, "team": team}, self.meeting)
        change = {item.uid: {"owner": owner} for item in items}
        self._apply(
            f"hand over {about} to {owner}",
            f"{about} is {owner}’s now." if len(items) == 1 else f"{about} are {owner}’s now.",
            change,
            new,
        )

    def _ask(self, question: str, yes: str, label: str, change: Mapping[str, Mapping[str, Any]]) -> None:
        from tui.dialogs.confirm import Confirm

        dialog = Confirm(question[:1].upper() + question[1:], yes=yes, no="No")
        said = label[:1].upper() + label[1:]
        self.app.push_screen(dialog, lambda sure: self._apply(label, f"{said}.", change) if sure else None)

    def _apply(
        self,
        label: str,
        said: str,
        change: Mapping[str, Mapping[str, Any]],
        add: Sequence[Any] = (),
    ) -> None:
        """One edit for all; afterwards none is marked. What another window removed meanwhile is left out."""
        still = {uid: fields for uid, fields in change.items() if uid in self.meeting.action_items}

        def work() -> None:
            self.desk.session.apply(label, add=add, change=still)
            self.clear_marks()
            self.accord.say_undoable(said)

        self.run_safely(work)


def _many(items: Sequence[ActionItem]) -> str:
    return f"{len(items):,} action item{'s' * (len(items) != 1)}"


def _short(text: str, length: int = 40) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
