"""What the pages consist of: our own files, and the terminal and its font, which come with textual-serve."""

from __future__ import annotations

from importlib import resources

FONT_SIZE = 16
"""In pixels, where there is room for 80 columns."""
FILES = {
    "/page.css": ("tui.web", "page.css", "text/css"),
    "/page.js": ("tui.web", "page.js", "text/javascript"),
    "/enter.js": ("tui.web", "enter.js", "text/javascript"),
    "/static/css/xterm.css": ("textual_serve", "static/css/xterm.css", "text/css"),
    "/static/js/textual.js": ("textual_serve", "static/js/textual.js", "text/javascript"),
    "/static/fonts/upright.ttf": (
        "textual_serve",
        "static/fonts/RobotoMono-VariableFont_wght.ttf",
        "font/ttf",
    ),
    "/static/fonts/italic.ttf": (
        "textual_serve",
        "static/fonts/RobotoMono-Italic-VariableFont_wght.ttf",
        "font/ttf",
    ),
}
"""Every file that can be asked for: where it is, and its type. There is no way to any other."""


def read(path: str) -> tuple[bytes, str]:
    """A file and its type. Raises KeyError for any but those above."""
    package, name, kind = FILES[path]
    return resources.files(package).joinpath(name).read_bytes(), kind


def page(title: str, websocket: str) -> str:
    """The page with the terminal in it."""
    return _filled("page.html", title=title, websocket=websocket, font_size=FONT_SIZE)


def entrance(title: str) -> str:
    """The page behind a link."""
    return _filled("enter.html", title=title)


def _filled(name: str, **values: object) -> str:
    from jinja2 import Environment

    text = resources.files("tui.web").joinpath(name).read_text("utf-8")
    return Environment(autoescape=True).from_string(text).render(**values)
