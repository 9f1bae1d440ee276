"""The screen, on top of the meeting."""
