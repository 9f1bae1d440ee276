"""The minutes of a meeting as they will read, before and after it is closed."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from typing import TYPE_CHECKING

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Markdown, Static
from textual.widgets.markdown import MarkdownBlock
from textual.worker import get_current_worker

from meetings.dates import show_day
from meetings.errors import AccordError
from meetings.kinds import MeetingState
from meetings.meeting import Meeting
from tui.bindings import bindings_for
from tui.keys import MINUTES
from tui.screens.place import PlaceBar, PlaceScreen
from tui.screens.preview import previewed
from tui.widgets.columns import plain
from tui.widgets.key_bar import KeyBar

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

NOT_READ = ("link", "image", "html_inline", "html_block", "reference")
"""Rules of Markdown that the preview does not follow: it shows what they are written with."""
ABOVE = 4
"""Lines that are shown above what was looked for."""
WIDEST = 100
"""Cells of the widest line: longer ones are hard to read."""


class MinutesScreen(PlaceScreen):
    """One meeting's minutes. Those of the meeting that accepts edits follow every edit."""

    place = MINUTES
    BINDINGS = [
        *bindings_for(MINUTES),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("pagedown,space", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("g,home", "edge(0)", show=False),
        Binding("G,end", "edge(1)", show=False),
    ]
    DEFAULT_CSS = """
    MinutesScreen VerticalScroll { height: 1fr; align-horizontal: center; scrollbar-size-vertical: 1; }
    MinutesScreen Markdown {
        width: 1fr; max-width: 100; height: auto; padding: 1 2; background: $ground; color: $ink;
    }
    MinutesScreen #cannot { width: 1fr; height: auto; padding: 1 2; color: $off-track; display: none; }
    MinutesScreen MarkdownBlock { color: $ink; }
    MinutesScreen Markdown MarkdownBlock {
        &:dark > .code_inline, &:light > .code_inline { color: $quiet; background: $ground; }
    }
    MinutesScreen MarkdownH1 {
        color: $brand; text-style: bold; content-align: left middle; margin: 0 0 1 0; padding: 0;
    }
    MinutesScreen MarkdownH2 { color: $brand; text-style: bold; margin: 1 0 1 0; padding: 0; }
    MinutesScreen MarkdownH3 { color: $ink; text-style: bold; margin: 1 0 0 0; padding: 0; }
    MinutesScreen MarkdownH2, MinutesScreen MarkdownH3 { background: $ground; }
    MinutesScreen MarkdownTH { color: $quiet; text-style: none; }
    MinutesScreen MarkdownBullet { color: $brand; &:light { color: $brand; } }
    MinutesScreen MarkdownBlockQuote {
        background: $ground; border-left: outer $line; &:light { border-left: outer $line; }
    }
    MinutesScreen MarkdownBlock.found { background: $cursor; }
    MinutesScreen.tiny Markdown { padding: 0 1; }
    """

    def __init__(self, number: int, find: Sequence[str] = ()) -> None:
        super().__init__()
        self.number = number
        self._find = find
        """Words to go to once the text is there: the first of these that it has."""
        self._meeting: Meeting | None = None
        self._text = self._shown = ""
        self._to_end = False

    def compose(self) -> ComposeResult:
        """The text, or why there is none."""
        yield PlaceBar()
        with VerticalScroll(can_focus=True):
            yield Static(id="cannot")
            yield Markdown(parser_factory=plain_parser, open_links=False)
        yield KeyBar()

    def heading(self) -> str:
        """Which meeting's minutes, and whether they can still change."""
        if self._meeting is None:
            return f"Minutes of meeting {self.number}"
        head = self._meeting.head
        state = {
            MeetingState.PLANNED: " · planned",
            MeetingState.RUNNING: " · so far",
            MeetingState.CLOSED: "",
        }[head.state]
        return f"Minutes of meeting {head.number} · {show_day(head.date, self.desk.today())}{state}"

    def show(self) -> None:
        """Write the minutes anew."""
        live = self.meeting if self.meeting.head.number == self.number else None
        if live is not None or self._meeting is None:
            self._write(live)

    @work(thread=True, exclusive=True, exit_on_error=False)
    def _write(self, live: Meeting | None) -> None:
        """Read the meeting and write its minutes, off the screen's thread: the template takes its time to load."""
        from meetings.config import template_file
        from meetings.exchange import minutes

        worker, config = get_current_worker(), self.desk.config
        try:
            meeting = live or self.desk.workspace.store.read(self.number)
            text = minutes.render(meeting, template=template_file(config), margin=config.goals.risk_margin)
        except AccordError as error:
            if not worker.is_cancelled:
                self.app.call_from_thread(self._cannot, error)
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self._take, meeting, text)

    def _take(self, meeting: Meeting, text: str) -> None:
        self._meeting = meeting
        self.query_one("#cannot").display = False
        self._text = text
        laid_out = self._lay_out()
        self.show_around()
        if self._to_end and laid_out is not None:
            self._to_end = False
            self.call_later(self._show_end, laid_out)
        elif self._find and laid_out is not None:
            find, self._find = self._find, ()
            self.call_later(self._show_found, laid_out, find)

    async def _show_found(self, laid_out: Awaitable[None], find: Sequence[str]) -> None:
        """Go to the first piece of the text that has these words, and mark it."""
        await laid_out
        texts = [(block, _folded(block._content.plain)) for block in self.query(MarkdownBlock)]
        for words in filter(None, map(_folded, find)):
            block = next((block for block, text in texts if words in text and not block.children), None)
            if block is not None:
                block.add_class("found")
                self.call_after_refresh(self._bring_up, block)
                return

    def _bring_up(self, block: MarkdownBlock) -> None:
        """With a few lines above it, so that its heading can be read."""
        scroll = self.query_one(VerticalScroll)
        y = block.virtual_region_with_margin.y
        for parent in block.ancestors:
            if parent is scroll:
                break
            if isinstance(parent, Widget):
                y += parent.virtual_region.y
        scroll.scroll_to(y=max(0, y - ABOVE), animate=False)

    async def _show_end(self, laid_out: Awaitable[None]) -> None:
        """Go to the end of the text once it is there."""
        await laid_out
        self.call_after_refresh(self.action_edge, 1)

    def _lay_out(self) -> Awaitable[None] | None:
        """Fit the text to the width that there is. What it waits for; None when nothing had to be done."""
        text = previewed(self._text, min(WIDEST, self.app.size.width) - 6)
        if text == self._shown:
            return None
        self._shown = text
        return self.query_one(Markdown).update(text)

    def on_resize(self, event: events.Resize) -> None:
        """Wide tables are tables only where there is room."""
        self._lay_out()

    def _cannot(self, error: AccordError) -> None:
        """There is nothing to preview; what was shown before stays."""
        cannot = self.query_one("#cannot", Static)
        cannot.update(Content(plain(f"{error.message} {error.hint}".strip())))
        cannot.display = True

    # Keys

    def hints(self) -> tuple[str, ...]:
        """Saving first."""
        closed = self._meeting is not None and self._meeting.head.state is MeetingState.CLOSED
        return (
            "save_minutes",
            "copy_minutes",
            "export",
            *(("amend",) if closed else ()),
            "back",
            "home",
            "history",
        )

    def in_minutes(self) -> Meeting:
        """The meeting that is shown."""
        live = self.meeting.head.number == self.number
        return self.meeting if live else self._meeting or self.desk.workspace.store.read(self.number)

    def do_export(self) -> None:
        """Export these minutes, in whatever format."""
        self.accord.export(self.number)

    def do_amend(self) -> None:
        """Add to this meeting, which is closed."""
        self.ask_amendment(self.number)

    def amended(self, number: int) -> None:
        """Show what was added, at the end of the minutes."""
        self._meeting, self._to_end = None, True
        self.show()

    def do_minutes(self) -> None:
        """These are they."""
        self.accord.go_back()

    def action_scroll(self, by: int) -> None:
        """A line up or down."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """A screen up or down."""
        scroll = self.query_one(VerticalScroll)
        scroll.scroll_relative(y=by * max(1, scroll.size.height - 2), animate=False)

    def action_edge(self, end: int) -> None:
        """To the beginning or the end."""
        scroll = self.query_one(VerticalScroll)
        if end:
            scroll.scroll_end(animate=False)
        else:
            scroll.scroll_home(animate=False)


def _folded(text: str) -> str:
    """The words without regard to case and to how they are broken into lines."""
    return " ".join(plain(text).split()).casefold()


def plain_parser() -> MarkdownIt:
    """Markdown in which nothing leads anywhere: no links, no images, no HTML."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("gfm-like", {"html": False, "linkify": False}).disable(list(NOT_READ))
    parser.core.ruler.push("no_links", _without_links)
    return parser


def _without_links(state: StateCore) -> None:
    """A bare address stays, as text."""
    for token in state.tokens:
        if token.children:
            token.children = [part for part in token.children if not part.type.startswith("link_")]
