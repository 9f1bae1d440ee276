"""What holds on every screen."""

from __future__ import annotations

APP_CSS = """
Screen { background: $ground; color: $ink; }
.dialog { background: $ground 65%; }
.dialog.low { background: $ground 30%; }
ToastRack { dock: bottom; align: left bottom; margin: 0 0 1 0; padding: 0; overflow: hidden; }
.dialog ToastRack, .presenter ToastRack { margin: 0; }
ToastHolder { width: 100%; align-horizontal: left; }
Toast { background: $field; color: $ink; padding: 0 1; margin: 0; width: auto; max-width: 100%; }
CommandPalette > Vertical { width: 84; max-width: 100%; margin-top: 2; }
CommandPalette #--input, CommandPalette #--input.--list-visible {
    border: round $brand; background: $ground; height: 3;
}
CommandPalette CommandInput { height: 1; border: none; padding: 0 1; margin: 0; }
CommandPalette SearchIcon { display: none; }
CommandPalette #--results CommandList { border: round $line; background: $ground; padding: 0; }
CommandPalette LoadingIndicator { display: none; }
"""
"""What holds on every screen, and is not beside the class that it is about: those rules give way to the library's.

A screen with rules of its own in `CSS` would have all others read again and applied to everything when it is shown
for the first time.
"""
