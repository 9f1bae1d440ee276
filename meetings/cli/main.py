"""What `accord` does with its arguments, and how it says what went wrong.

Launching the app must not pay for the commands: nothing is imported here that `accord` alone does not need.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from meetings.errors import AccordError, ConfigError
from meetings.text import clean

if TYPE_CHECKING:
    from meetings.cli.setting import Screen, Setting

FINE = 0
FOUND = 1
"""`accord check` found something."""
CANNOT_READ_OR_WRITE = 3
FAULT = 70
"""Something that should not happen did; a crash report was written (EX_SOFTWARE of sysexits.h)."""
INTERRUPTED = 130
"""Ctrl+C (128 + SIGINT)."""


def main(arguments: Sequence[str], screen: Screen) -> int:
    """Do what the arguments say. The exit status: see docs/commands.md. Never raises, never prints a traceback."""
    from meetings.cli.setting import Setting

    _speak_utf8()
    setting = Setting(screen)
    try:
        status = _run(list(arguments), setting)
        flush()
    except BrokenPipeError:
        _drop_output()
        return FINE
    except KeyboardInterrupt:
        return INTERRUPTED
    except AccordError as error:
        return _tell(error)
    except OSError as error:
        status = _tell_system_error(error)
        _drop_output()
        return status
    except Exception as error:  # noqa: BLE001 - the one place where a fault becomes a sentence
        return _tell_fault(error, setting)
    return status


def _run(arguments: list[str], setting: Setting) -> int:
    if (alone := _app_alone(arguments)) is not None:
        setting.explicit = alone
    else:
        from meetings.cli import commands

        run = commands.understand(arguments, setting)
        if run is not None:
            return run()
    return setting.launch()


def _app_alone(arguments: list[str]) -> str | None:
    """The configuration file named (or "") when the arguments just start the app; None when they need a parser."""
    match arguments:
        case []:
            return ""
        case ["--config", path] if path and not path.startswith("-"):
            return path
    return None


def flush() -> None:
    """Hand over what was printed, so that an error shows now and not at exit. There may be no standard output."""
    if sys.stdout is not None:
        sys.stdout.flush()


def _speak_utf8() -> None:
    """Print UTF-8 whatever the locale says; what cannot be encoded becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _say(line: str) -> None:
    """One line on standard error, without anything that a terminal would take for a command."""
    if line and sys.stderr is not None:
        print(clean(line), file=sys.stderr)


def _tell(error: AccordError) -> int:
    """The sentence and the hint; of a configuration everything that is wrong with it."""
    try:
        if isinstance(error, ConfigError) and error.problems:
            for problem in error.problems:
                _say(str(problem))
        else:
            _say(error.message)
        _say(error.hint)
    except OSError:
        _drop_output()
    return error.exit_code


def _tell_system_error(error: OSError) -> int:
    from meetings.cli.output import reason

    with suppress(OSError):
        _say(reason(error))
    return CANNOT_READ_OR_WRITE


def _tell_fault(error: Exception, setting: Setting) -> int:
    from meetings.crash import write_report

    try:
        report = write_report(error, setting.paths.state)
        _say("Accord met a fault of its own and stopped; what was saved is safe.")
        _say(
            f"What went wrong is in {report}; it holds nobody's text."
            if report
            else "No report could be written."
        )
    except OSError:
        _drop_output()
    return FAULT


def _drop_output() -> None:
    """Let nobody try again, at exit, to write where nothing can be written."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in filter(None, (sys.stdout, sys.stderr)):
            try:
                stream.flush()
            except (OSError, ValueError):
                os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError):
        pass
