"""Reports of faults: where in the program it was, and nothing that anybody wrote."""

from __future__ import annotations

import datetime as dt
import os
import platform
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

FOLDER = "crashes"


def write_report(error: BaseException, state_folder: Path) -> Path | None:
    """Write a report (0600) into the user's state folder; its path, or None when it cannot be written.

    It holds modules, lines and function names, the types of the exceptions, and versions: no values, no messages, no
    names of folders.
    """
    moment = dt.datetime.now(dt.UTC)
    file = state_folder / FOLDER / f"{moment:%Y%m%d-%H%M%S-%f}-{os.getpid()}.txt"
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write("\n".join(report(error, moment)) + "\n")
    except OSError:
        return None
    return file


def report(error: BaseException, moment: dt.datetime) -> Iterator[str]:
    """The lines of a report."""
    system = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    yield f"Accord met a fault at {moment:%Y-%m-%d %H:%M:%S} UTC; {system}."
    for cause in _chain(error):
        yield ""
        yield f"{type(cause).__module__}.{type(cause).__qualname__}"
        yield from _places(cause.__traceback__)


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error, then what it came from."""
    seen: set[int] = set()
    step: BaseException | None = error
    while step is not None and id(step) not in seen:
        seen.add(id(step))
        yield step
        step = step.__cause__ or (None if step.__suppress_context__ else step.__context__)


def _places(trail: TracebackType | None) -> Iterator[str]:
    for frame, line in traceback.walk_tb(trail):
        module = str(frame.f_globals.get("__name__"))
        if module.partition(".")[0] in sys.modules:
            yield f"  {module}, line {line}, in {frame.f_code.co_name}"
        else:  # a template, say: its names are somebody's words
            yield f"  (not a module), line {line}"
