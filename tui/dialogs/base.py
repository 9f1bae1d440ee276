"""What all dialogs have in common: a quiet box in front of the screen, and its line of keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.color import Color
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.geometry import Region
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from tui.dialogs.inputs import Field
from tui.widgets.calm import CalmScreen, Still
from tui.widgets.columns import cut, plain
from tui.widgets.key_bar import Hint, KeyBar
from tui.widgets.unbroken import Words

if TYPE_CHECKING:
    from tui.app import AccordApp
    from tui.desk import Desk

T = TypeVar("T")
HelpGroup = tuple[str, Sequence[tuple[str, str]]]
"""A heading of help, and keys with what each does."""


class Box(Still, Vertical):
    """The frame of a dialog, with its title on the upper edge. Text is plain, never markup."""

    def __init__(self, *children: Widget, title: str = "", id: str | None = None) -> None:
        super().__init__(*children, id=id, classes="box")
        self._title = plain(title)

    def show_title(self, title: str) -> None:
        """Change the title."""
        self._title = plain(title)
        self._draw_title()

    def watch_virtual_size(self) -> None:
        """Another size, which is told before the next frame is drawn; a Resize event comes after it."""
        self._draw_title()

    def _draw_title(self) -> None:
        self.border_title = Content.styled(cut(self._title, max(self.outer_size.width - 6, 1)), "$ink bold")


class Dialog(CalmScreen, ModalScreen[T], Generic[T]):
    """A dialog. Escape backs out; a click on a key of its last line does what the key does.

    A key that is typed before the first field is there is kept for it. F1 says what the keys do here.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("f1", "help", show=False)]

    around = 4
    """Lines of the box around what scrolls: two edges and the line of keys with its gap."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        Box {
            width: 72;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            border: round $brand;
            background: $ground;
            padding: 0 1;
        }
        Static { height: auto; width: 1fr; color: $ink; }
        .quiet { color: $quiet; }
        .asked { text-style: bold; }
        .wrong { color: $off-track; }
        .gap { margin-top: 1; }
        KeyBar { dock: none; margin-top: 1; padding: 0; }
        .scrolled { scrollbar-size: 0 1; scrollbar-gutter: stable; height: auto; overflow-y: auto; }
    }
    .dialog Input.-textual-compact, .dialog TextArea.-textual-compact {
        background: $field;
        color: $ink;
        background-tint: $ink 0%;
        padding: 0 1;
        &:focus { background: $field; background-tint: $ink 0%; }
        &>.input--placeholder, &>.input--suggestion { color: $quiet; }
    }
    .dialog TextArea { scrollbar-size-vertical: 1; }
    """

    def __init__(self, classes: str = "") -> None:
        super().__init__(classes=f"dialog {classes}")
        self._answered = False
        self._answer: tuple[T | None] | tuple[()] = ()
        """What it is to be closed with when it is on top again."""
        self._backdrop: list[Strip] = []

    @property
    def accord(self) -> AccordApp:
        """The app."""
        return cast("AccordApp", self.app)

    @property
    def desk(self) -> Desk:
        """The workspace and the meeting that accepts edits."""
        return self.accord.desk

    def on_resize(self, event: events.Resize) -> None:
        """What is long scrolls, so that the line of keys is always there."""
        for part in self.query(".scrolled"):
            part.styles.max_height = max(event.size.height - self.around, 1)

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Close with an answer, once: of two quick Enters the second comes too late.

        If something else has come on top meanwhile, it closes as soon as that is gone.
        """
        if self._answered:
            return AwaitComplete()
        if not self.is_active:  # the library would take the one on top away
            self._answer = (result,)
            return AwaitComplete()
        self._answered = True
        return super().dismiss(result)

    def _pop_result_callback(self) -> None:
        """Whoever waits for the answer learns that there is none when the dialog is taken away with what it is on."""
        waiting = self._result_callbacks[-1].future if self._result_callbacks else None
        super()._pop_result_callback()
        if waiting is not None and not waiting.done():
            waiting.set_result(None)

    def on_screen_resume(self) -> None:
        """What was on top is gone: close if that was wanted meanwhile."""
        if self._answer:
            self.dismiss(*self._answer)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The screen behind, dimmed. The library draws it as a text first, which takes twice as long."""
        if self._dirty_regions:
            self._dirty_regions.clear()
            stack = self.app.screen_stack
            lines = stack[stack.index(self) - 1]._compositor.render_strips()
            self._backdrop = [dimmed(line, self.styles.background) for line in lines]
        missing = [Strip.blank(crop.right)] * (crop.bottom - len(self._backdrop))  # while the terminal grows
        return [line.crop(crop.x, crop.right) for line in (*self._backdrop, *missing)[crop.y : crop.bottom]]

    def action_help(self) -> None:
        """Help for what is in front of the person."""
        from tui.dialogs.help import Help

        self.app.push_screen(Help(self))

    def help_groups(self) -> Iterator[HelpGroup]:
        """What help says here: the dialog's own keys, then those of the field that has the focus."""
        from tui.dialogs.help_words import keys_of

        shown = [(key, label) for bar in self.query(KeyBar) for _, key, label in bar.hints]
        yield "Here and now", shown
        yield from keys_of(self.focused)

    def ready_to_leave(self) -> bool:
        """Asked before Accord is left: whether nothing would be lost. A dialog of which something would sees to it."""
        return True

    def first_field(self) -> Widget | None:
        """The field that keys go to from the beginning."""
        return None

    def on_key(self, event: events.Key) -> None:
        """Hand on what was typed before the field had the focus."""
        field = self.first_field()
        if isinstance(field, Field) and self.focused in (None, field) and not field.has_seen(event):
            field.post_message(events.Key(event.key, event.character))
            event.stop()
            event.prevent_default()

    async def on_key_bar_chosen(self, event: KeyBar.Chosen) -> None:
        """A click on a key."""
        event.stop()
        await self.run_action(event.action_id)


def dimmed(line: Strip, tint: Color) -> Strip:
    """A line of the screen behind under a tint, without what the mouse would find in it."""
    return Strip(
        [Segment(segment.text, _dim(segment.style or Style.null(), tint)) for segment in line],
        line.cell_length,
    )


@lru_cache(1024)
def _dim(style: Style, tint: Color) -> Style:
    written, ground = (
        None if colour is None else (Color.from_rich_color(colour) + tint).rich_color
        for colour in (style.color, style.bgcolor)
    )
    without_colour = written is None and ground is None
    return style.clear_meta_and_links() + Style(color=written, bgcolor=ground, dim=without_colour or None)


class Keys(KeyBar):
    """The last line of a dialog: its keys. The first part of each hint is an action of the dialog."""

    def __init__(self, *hints: Hint) -> None:
        super().__init__()
        self._first = hints

    def on_mount(self) -> None:
        """Show them."""
        self.show(self._first)


class Asked(VerticalScroll, can_focus=False):
    """What is asked or said, and under it the detail; it scrolls where there is little room."""

    def __init__(self, question: str, detail: str = "", classes: str = "said") -> None:
        parts = [said(question, "asked")] + ([said(detail, classes)] if detail else [])
        super().__init__(*parts, classes="scrolled")


def said(text: str, classes: str = "said") -> Static:
    """A paragraph of plain text."""
    return Words(Content(text), classes=classes)
