"""The commands there are, and which of them the arguments name.

Each command is a module here with `arguments(parser)` and `run(args, setting) -> int`; only the one that is wanted is
imported.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from importlib import import_module
from types import ModuleType

from meetings.cli.parser import EXIT_STATUS, Parser, did_you_mean, shown
from meetings.cli.setting import Setting
from meetings.errors import UsageError

COMMANDS = {
    "init": "write a commented config.yaml and make an empty store",
    "minutes": "the minutes of meetings, in several formats",
    "actions": "list the action items of all meetings",
    "add": "add an action item to the meeting that accepts edits",
    "done": "mark an action item as done",
    "goals": "list the goals with their readings, pace and status",
    "history": "list every meeting with its figures",
    "search": "search everything that was said in all meetings",
    "report": "a quarter in one page, as Markdown or HTML",
    "import": "read lead numbers, goals or action items from a file",
    "check": "say what is wrong with the configuration and the store",
    "copy": "copy all meetings into another store, and compare them",
    "where": "show the paths in use",
    "serve": "run the app in a browser",
    "demo": "look around in the app on made-up meetings",
}
"""Every command and what it does, in the order in which help lists them."""


def understand(arguments: list[str], setting: Setting) -> Callable[[], int] | None:
    """What to run for these arguments; None for the app. Raises UsageError with one sentence.

    Ends with SystemExit only inside --help and --version, which have printed what was asked for.
    """
    try:
        first = top_parser().understand(arguments)
        setting.explicit = first.config or ""
        words = first.command[1:] if first.command[:1] == ["--"] else first.command
        if not words:
            return None
        name, *rest = words
        if name not in COMMANDS:
            raise UsageError(
                f"There is no command “{shown(name)}”{did_you_mean(name, COMMANDS)}",
                "`accord --help` lists them.",
            )
        args = command_parser(name).understand(rest)
    except SystemExit:  # after --help or --version
        return _nothing_more
    setting.explicit = args.config or setting.explicit
    module = module_of(name)
    return lambda: int(module.run(args, setting))


def _nothing_more() -> int:
    return 0


def module_of(name: str) -> ModuleType:
    """The module that a command lives in."""
    return import_module(f"meetings.cli.{name}")


def top_parser() -> Parser:
    """The parser of what comes before a command."""
    width = max(map(len, COMMANDS)) + 2
    table = "\n".join(f"  {name:<{width}}{words}" for name, words in COMMANDS.items())
    parser = Parser(
        prog="accord",
        usage="accord [--config FILE] [COMMAND ...]",
        description="Runs sales-and-marketing alignment meetings in the terminal.\nWithout a command: the app.",
        epilog=f"commands:\n{table}\n\n`accord COMMAND --help` says more.\n\n{EXIT_STATUS}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and stop")
    parser.add_argument("command", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    return parser


def command_parser(name: str) -> Parser:
    """The parser of one command."""
    module = module_of(name)
    parser = Parser(
        prog=f"accord {name}",
        description=(module.__doc__ or "").strip(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.arguments(parser)
    return parser


class _Version(argparse.Action):
    """Prints the version; asking the installed package for it takes time, so only now."""

    def __call__(self, parser: argparse.ArgumentParser, *ignored: object, **more: object) -> None:
        from importlib.metadata import PackageNotFoundError, version

        try:
            print(f"accord {version('accord-meetings')}")
        except PackageNotFoundError:
            print("accord (not installed)")
        parser.exit()
