"""Quick add on the screen: one line over the keys that adds a record with each Enter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from meetings.completion import Completion, complete
from meetings.errors import AccordError
from meetings.meeting import TABLE_OF
from meetings.model import Feedback, Record, words
from meetings.quickadd import Draft, parse
from tui.dialogs.add_line import AddLine, Understood
from tui.dialogs.adding import (
    NO_WORDS,
    Adding,
    as_text,
    give_owner,
    give_response,
    hint_of,
    many,
    needs_owner,
    only_owner,
    response_in,
    short,
    title_of,
    understand,
)
from tui.dialogs.base import Box, Dialog, HelpGroup, Keys
from tui.dialogs.help_words import COMPLETING, SEVERAL, signs_of
from tui.dialogs.inputs import Line
from tui.dialogs.offers import Offers
from tui.theme import team_style
from tui.widgets.columns import plain


class QuickAdd(Dialog[list[str]]):
    """Adds records of one kind, line by line; closes with the uids of what was added.

    `origin` is the record that the first line comes from, and the lines of one paste; what follows comes from
    nothing by itself. Backspace in the empty line changes that. `defaults` fills fields that a line does not name.
    A half-typed line is kept in the app and offered again; one that begins with a `text` of its own is kept for the
    next time that it does.
    """

    DEFAULT_CSS = """
    QuickAdd { align: center bottom; }
    QuickAdd Box { width: 1fr; }
    QuickAdd #line.-textual-compact { background: $ground; padding: 0; }
    QuickAdd #under { height: auto; max-height: 3; }
    QuickAdd #understood { width: 1fr; height: auto; max-height: 3; color: $quiet; }
    QuickAdd Keys { dock: none; width: 23; margin: 0 0 0 2; }
    QuickAdd.narrow Keys { display: none; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "end", show=False)]

    def __init__(
        self,
        kind: type[Record],
        origin: Record | None = None,
        defaults: Mapping[str, Any] | None = None,
        text: str = "",
    ) -> None:
        super().__init__("low")
        self.adding = Adding(kind, origin, dict(defaults or {}))
        self._origin = origin if self.adding.source is not None else None
        self._text, self._kept_as = text, f"{TABLE_OF[kind]}\n{text}" if text else TABLE_OF[kind]
        self.added: list[str] = []
        self._line = AddLine(self, hint_of(kind), Understood(self))
        self._chosen: int | None = None
        self._chosen_for = ("", 0)
        self._ownerless = ""
        """The item that was added last, while it has no owner: a line with nothing but an owner gives it one."""
        self._unanswered = ""
        """The feedback that was added last, while it has no response: a line that begins with > is that."""
        self._said = Content("")
        self._said_for: str | None = None

    @property
    def kind(self) -> type[Record]:
        """What is added."""
        return self.adding.kind

    def compose(self) -> ComposeResult:
        """Completions, the line, and under it what is understood and the keys."""
        with Box(title=title_of(self.kind)):
            yield Offers()
            yield self._line
            with Horizontal(id="under"):
                yield Static(id="understood")
                yield Keys(("add", "Enter", "adds"), ("end", "Esc", "ends"))

    def on_mount(self) -> None:
        """Go on with what was half typed."""
        self._line.go_on_from(self.accord.half_typed.get(self._kept_as, "") or self._text)
        self._show()

    def on_resize(self, event: events.Resize) -> None:
        """The keys have their place where there is room."""
        self.set_class(event.size.width < 60, "narrow")

    def first_field(self) -> Line | None:
        """The line."""
        return self._line

    # While typing

    def stretches(self, text: str) -> list[tuple[int, int, str]]:
        """The stretches of the line that are understood, with the colour of each."""
        if self._response(text) is not None:
            return [(0, len(text) - len(text.lstrip(" >")), self.app.theme_variables.get("brand", ""))]
        draft = parse(text, self.kind, self.desk.context())
        colours = self.app.theme_variables
        found = []
        for piece in draft.understood:
            if piece.start < piece.end:
                team = draft.fields.get(piece.field) if piece.field in ("team", "from_team") else None
                name = team_style(team).removeprefix("$") if team else "brand"
                colour = colours.get(name if piece.shown else "quiet", "")
                found.append((piece.start, piece.end, f"{colour} bold" if piece.shown else colour))
        return found

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say what is understood; keep what is half typed."""
        event.stop()
        self.accord.half_typed[self._kept_as] = self._line.value
        self._show()

    def _show(self) -> None:
        self.query_one(Offers).show(self._offered(), self._choice())
        line = self.query_one("#understood", Static)
        text = self._line.value
        if self._said_for == text:
            parts = [self._said]
        elif self._response(text) is not None:
            parts = [Content.styled(plain(f"response to {self._named(self._unanswered)}"), "$ink")]
        else:
            context = self.desk.context()
            phrases = self.adding.describe(parse(text, self.kind, context), self.desk.meeting, context)
            parts = [Content.styled(plain(words), style) for words, style in phrases]
        if not text and self._origin is not None:
            other = (
                "nothing" if self.adding.source is not None else f"“{plain(short(words(self._origin), 24))}”"
            )
            parts.append(Content.styled(f"Backspace: from {other}", "$quiet"))
        line.update(Content.styled(" · ", "$quiet").join(parts))

    def _response(self, text: str) -> str | None:
        """The response to the feedback before, when the line is one."""
        return response_in(text) if self._unanswered else None

    def _named(self, uid: str) -> str:
        """A record of the meeting in a few of its words."""
        found = self.desk.meeting.find(uid)
        return f"“{short(words(found[1]), 60)}”" if found else "what is gone"

    def _say(self, text: str, style: str) -> None:
        """A sentence in place of what is understood, until the line changes."""
        self._said, self._said_for = Content.styled(plain(text), style), self._line.value
        self._show()

    # Completion

    def _offered(self) -> list[Completion]:
        return complete(self._line.value, self._line.cursor_position, self.kind, self.desk.context())

    def _choice(self) -> int | None:
        """The chosen completion, as long as the line is what it was chosen for."""
        here = (self._line.value, self._line.cursor_position)
        return self._chosen if self._chosen_for == here else None

    def take_key(self, key: str) -> bool:
        """Act on a key of the line; False when it is text or moves in the text."""
        offered, choice = self._offered(), self._choice()
        if key in ("up", "down"):
            if offered:
                step = 1 if key == "down" else -1
                start = -1 if step > 0 else 0
                self._choose((start if choice is None else choice) + step, len(offered))
        elif key in ("tab", "shift+tab"):
            if offered:
                self._insert(offered[choice or 0])
        elif key == "enter":
            if choice is not None:
                self._insert(offered[choice])
            else:
                self.action_add()
        elif key == "escape" and choice is not None:
            self._choose(None, 0)
        elif key == "backspace" and not self._line.value and self._origin is not None:
            origin = None if self.adding.source is not None else self._origin
            self.adding = replace(self.adding, origin=origin)
            self._said_for = None
            self._show()
        else:
            return False
        return True

    def _choose(self, index: int | None, count: int) -> None:
        self._chosen = None if index is None else index % count
        self._chosen_for = (self._line.value, self._line.cursor_position)
        self._show()

    def _insert(self, completion: Completion) -> None:
        line = self._line
        at_end = completion.end >= len(line.value)
        line.replace(completion.insert + " " * at_end, completion.start, completion.end)
        self._show()

    def on_offers_taken(self, event: Offers.Taken) -> None:
        """A click on a completion."""
        event.stop()
        offered = self._offered()
        if event.index < len(offered):
            self._insert(offered[event.index])
        self._line.focus()

    # Adding

    def action_add(self) -> None:
        """Add the line; it is empty then, for the next."""
        line = as_text(self._line.value) if self._unanswered else self._line.value
        draft = parse(line, self.kind, self.desk.context())
        try:
            if self._ownerless and only_owner(draft):
                self._give_owner(draft)
                return
            if (response := self._response(self._line.value)) is not None:
                self._give_response(response)
                return
            records = self.adding.add(self.desk.session, [draft])
        except AccordError as error:
            self._say(error.message, "$off-track")
            return
        self._added(records, doubts=draft.doubts)

    def _added(self, records: list[Record], left: str = "", doubts: Sequence[str] = ()) -> None:
        self.added += [record.uid for record in records]
        self.adding = replace(self.adding, origin=None)
        self._line.value = left
        self._line.cursor_position = len(left)
        what = f"“{short(words(records[0]), 60)}”" if len(records) == 1 else many(self.kind, len(records))
        last = records[-1]
        self._ownerless = last.uid if needs_owner(last) else ""
        asked = ["Who owns it? @who"] if self._ownerless and len(records) == 1 else []
        calm = []
        if isinstance(last, Feedback):
            self.adding = self.adding.from_team(last.from_team)
            self._unanswered = last.uid if len(records) == 1 else ""
            calm = ["Its response? > a few words"] if self._unanswered else []
        said = " · ".join([f"Added: {what}", *doubts, *asked, *calm])
        self._say(said, "$at-risk" if doubts or asked else "$on-track")

    def _give_owner(self, draft: Draft) -> None:
        """The line names the owner of the item before."""
        record = give_owner(self.desk.session, self._ownerless, draft)
        self._ownerless, self._line.value = "", ""
        self._say(f"{draft.fields['owner']} owns “{short(words(record), 60)}”", "$on-track")

    def _give_response(self, response: str) -> None:
        """The line is the response to the feedback before."""
        give_response(self.desk.session, self._unanswered, response)
        named = self._named(self._unanswered)
        self._unanswered, self._line.value = "", ""
        self._say(f"Response to {named}", "$on-track")

    def ask_about(self, lines: Sequence[str]) -> None:
        """Several lines were pasted: ask whether each is to become a record."""
        from tui.dialogs.paste import PastedLines

        self._line.value = lines[0]
        self._line.cursor_position = len(lines[0])
        drafts = understand(lines, self.kind, self.desk.context())
        self.app.push_screen(
            PastedLines(self.adding, lines, drafts), lambda yes: self._add_lines(lines) if yes else None
        )

    def _add_lines(self, lines: Sequence[str]) -> None:
        """Add what can be added, as one edit; what cannot stays in the field."""
        drafts = understand(lines, self.kind, self.desk.context())
        good = [draft for draft in drafts if not draft.error]
        try:
            records = self.adding.add(self.desk.session, good)
        except AccordError as error:
            self._say(f"Nothing was added: {error.message}", "$off-track")
            return
        bad = [line for line, draft in zip(lines, drafts, strict=True) if draft.error]
        self._added(records, "  ".join(bad))
        if bad:
            self._say(f"{many(self.kind, len(records))} added. What is left: {NO_WORDS}.", "$at-risk")

    # Ending

    def action_end(self) -> None:
        """Close; what is half typed is kept."""
        self.accord.half_typed[self._kept_as] = self._line.value
        self.dismiss(self.added)

    def help_groups(self) -> Iterator[HelpGroup]:
        """The keys, and the grammar of the line."""
        here, *line = super().help_groups()
        yield here
        yield "In the line that adds", [*signs_of(self.kind), COMPLETING, SEVERAL]
        yield from line
