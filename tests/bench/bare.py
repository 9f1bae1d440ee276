"""A bare Textual app with a header, a text and a footer: what everything on the screen is compared with."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, Static

SHOWN = "Hello, world"


class Bare(App[None]):
    """`b` changes the text, `q` leaves."""

    BINDINGS = [("q", "quit", "Quit"), ("b", "bump", "Bump")]
    bumped = 0

    def compose(self) -> ComposeResult:
        yield Header()
        yield Static(SHOWN, id="text")
        yield Footer()

    def action_bump(self) -> None:
        self.bumped += 1
        self.query_one("#text", Static).update(f"bumped {self.bumped}")


if __name__ == "__main__":
    Bare().run()
