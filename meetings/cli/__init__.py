"""The command line: one file per command. It knows no screen; `tui/__main__.py` hands in what starts the app."""
