"""What a facilitator does in any step: closing, the notes, looking for a word."""

from __future__ import annotations

from collections.abc import Sequence

from meetings import fields
from meetings.errors import UsageError
from tui.screens.timekeeping import TimekeepingScreen
from tui.widgets.rows import Rows


class FacilitatorScreen(TimekeepingScreen):
    """A screen on which a meeting runs."""

    def lists(self) -> Sequence[Rows]:
        """The lists that are looked through, in their order."""
        return ()

    def do_everyone(self) -> None:
        """Presence belongs to the check-in."""
        raise UsageError("Who is here is ticked in the check-in.")

    # Closing

    def do_close(self) -> None:
        """Close the meeting, after asking."""
        from tui.dialogs.choice import Choice

        empty = self.desk.workspace.may_be_put_back(self.meeting)
        detail = "Nothing was put down in it." if empty else self._left_open()
        other = (
            ("back", "p", "It was not held: plan it again")
            if empty
            else ("save", "s", "Close it and save its minutes")
        )
        options = (("close", "c", "Close it"), other)
        self.app.push_screen(Choice("Close this meeting?", detail, options, "Not yet"), self._end)

    def _end(self, way: str | None) -> None:
        if way == "back":
            self.run_safely(self.accord.put_meeting_back)
        elif way is not None:
            self.run_safely(lambda: self.accord.close_meeting(save=way == "save"))

    def _left_open(self) -> str:
        """What closing would leave undone, in a sentence or two."""
        from meetings.kinds import ItemState

        meeting = self.meeting
        open_items = [item for item in meeting.action_items.values() if item.state is ItemState.OPEN]
        ownerless = sum(1 for item in open_items if not item.owner)
        several = len(open_items) != 1
        carry = f"{len(open_items)} open action item{'s carry' if several else ' carries'} over."
        parts = [carry] if open_items else []
        if ownerless:
            parts.append(
                f"{ownerless} of them have no owner yet."
                if ownerless > 1
                else f"{'One of them' if several else 'It'} has no owner yet."
            )
        if not meeting.ratings:
            parts.append("Nobody has rated the meeting.")
        return " ".join(parts) or "Everything is saved; it can be reopened until the next one starts."

    # Notes

    def do_note(self) -> None:
        """The note of this step."""
        from tui.dialogs.note import NoteEditor

        step = self.current_step()
        text = next((note.text for note in self.meeting.notes.values() if note.step == step.id), "")
        self.app.push_screen(
            NoteEditor(f"Note: {step.title}", text),
            lambda typed: self.run_safely(lambda: self._write_note(step.id, text, typed)),
        )

    def _write_note(self, step_id: str, before: str, typed: str | None) -> None:
        if typed is not None and typed != before:
            self.desk.session.write_note(step_id, typed)

    def do_private_note(self) -> None:
        """The facilitator's own note of this step: it stays on this machine."""
        from tui.dialogs.note import NoteEditor

        step = self.current_step()
        uid = self.meeting.head.uid
        text = self.desk.private.read(uid).get(step.id, "")
        self.app.push_screen(
            NoteEditor(f"Private note: {step.title}", text, private=True),
            lambda typed: self.run_safely(
                lambda: (
                    self.desk.private.write(uid, step.id, typed)
                    if typed is not None and typed != text
                    else None
                )
            ),
        )

    # Looking for a word

    def do_search(self) -> None:
        """Search in the step's lists."""
        from tui.dialogs.prompt import Prompt

        self.app.push_screen(
            Prompt("Find in this step", placeholder="a word"),
            lambda word: self._find(word) if word else None,
        )

    def _find(self, word: str) -> None:
        """Go to the next row that has the word in one of its texts."""
        lists = self.lists()
        here = self.rows()
        keys = [(rows, rows.row_key(at)) for rows in lists for at in range(rows.count)]
        start = next(
            (n + 1 for n, (rows, key) in enumerate(keys) if rows is here and key == rows.cursor_key), 0
        )
        for rows, key in [*keys[start:], *keys[:start]]:
            found = self.meeting.find(key)
            if found and any(
                word.casefold() in fields.show(found[1], name, self.meeting).casefold()
                for name in fields.form_fields(type(found[1]))
            ):
                self.set_focus(rows)
                rows.move_to(key)
                return
        self.accord.say(f"“{word}” is nowhere in this step.")
