"""Accord as it is on another day: `python -m tests.terminal.dated` with the moment in ACCORD_TEST_NOW. Time goes on."""

from __future__ import annotations

import datetime as dt
import os
import sys

import time_machine

from tui.__main__ import main

MOMENT = "ACCORD_TEST_NOW"
"""The environment's name for the moment, as `datetime.isoformat` writes it."""

if __name__ == "__main__":
    with time_machine.travel(dt.datetime.fromisoformat(os.environ[MOMENT]), tick=True):
        sys.exit(main())
