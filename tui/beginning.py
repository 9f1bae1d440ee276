"""An app whose first frame comes soon: its first screen and its styles are there before there is an event loop."""

from __future__ import annotations

from collections.abc import Sequence

from textual.filter import LineFilter
from textual.screen import Screen

from tui.going import Going
from tui.theme import VARIABLE_DEFAULTS, filters_of


class Beginning(Going):
    """Shows a screen of Accord's from the first frame on, in Accord's own colours."""

    def __init__(self) -> None:
        super().__init__()
        self._first: Screen[None] | None = None
        self._read_with: dict[str, str] | None = None
        """The colours with which the styles were read before there was an event loop."""
        self._filtered_for, self._look_filters = "", list[LineFilter]()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Accord's own colour names under any theme."""
        return VARIABLE_DEFAULTS

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Those of the look: usually none. The library's own, which none needs, costs a tenth of every frame."""
        if self._filtered_for != self.theme:
            self._filtered_for, self._look_filters = self.theme, filters_of(self)
        return self._look_filters

    def make_ready(self) -> None:
        """Make the first screen and read its styles while there is no event loop yet that this would hold up."""
        with self._context():
            self._first = self.first_screen()
        self._read_with = self.get_css_variables()
        self.stylesheet.set_variables(self._read_with)
        for each in (self, *self._first.walk_children(with_self=True)):
            for place, rules, tie_breaker, scope in each._get_default_css():
                self.stylesheet.add_source(rules, place, True, tie_breaker, scope)
        self.stylesheet.parse()

    def refresh_css(self, animate: bool = True) -> None:
        """As in the library, but the colours with which the app begins are not read twice."""
        read_with, self._read_with = self._read_with, None
        if read_with is None or read_with != self.get_css_variables():
            super().refresh_css(animate)

    def get_default_screen(self) -> Screen[None]:
        """The library's blank screen is not needed: the first one is there from the start."""
        first = self._first or self.first_screen()
        self._first = None
        first._push_result_callback(first, None)  # as the library does for all others, or none is switched
        return first
