"""Read a file into the meeting that accepts edits:

  accord import leads export.csv --dry-run

`accord import KIND --help` says what is read from such a file. With --dry-run only what would change is shown.
What was imported can be undone in the app, in one step.
"""

from __future__ import annotations

import argparse
from importlib import import_module
from types import ModuleType

from meetings.cli.parser import Parser, one_of, path
from meetings.cli.setting import Setting

KINDS = {
    "leads": "lead numbers from a CRM's export",
    "actions": "boxes ticked and dates changed in minutes",
    "goals": "readings of goals from a table",
}
"""What can be imported, in the order in which help lists it.

Each is a module `import_<kind>` here, with a docstring for its help, `arguments(parser)` for options of its own, and
`run(args, setting) -> int`, which finds the file in `args.file` and whether nothing may be changed in `args.dry_run`.
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """What is imported, and everything that comes after it."""
    width = max(map(len, KINDS)) + 2
    table = "\n".join(f"  {name:<{width}}{words}" for name, words in KINDS.items())
    parser.epilog = f"kinds:\n{table}"
    parser.usage = "accord import KIND FILE [--dry-run] ..."
    parser.add_argument("kind", metavar="KIND", type=one_of(*KINDS), help="what the file holds")
    rest = parser.add_argument("rest", metavar="FILE", nargs=argparse.REMAINDER, help=argparse.SUPPRESS)
    rest.required = False


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Import that kind. Raises UsageError when the arguments do not fit."""
    try:
        wanted = kind_parser(args.kind).understand(args.rest)
    except SystemExit:  # after --help
        return 0
    setting.explicit = wanted.config or setting.explicit
    return int(module_of(args.kind).run(wanted, setting))


def module_of(kind: str) -> ModuleType:
    """The module that reads files of this kind."""
    return import_module(f"meetings.cli.import_{kind}")


def kind_parser(kind: str) -> Parser:
    """The parser of what comes after the kind."""
    module = module_of(kind)
    parser = Parser(
        prog=f"accord import {kind}",
        description=(module.__doc__ or "").strip(),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", metavar="FILE", type=path, help="the file to read; it is not changed")
    parser.add_argument("--dry-run", action="store_true", help="show what would change, and change nothing")
    module.arguments(parser)
    return parser
