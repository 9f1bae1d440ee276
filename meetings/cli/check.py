"""Say what is wrong with the configuration and the store, and what to do about it. Nothing is written."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from meetings.cli.main import FINE, FOUND
from meetings.cli.setting import Setting
from meetings.errors import ConfigError, StoreError
from meetings.text import clean


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: the file or setting, the line (0: all of it), what it is, and the remedy."""

    where: str
    line: int
    key: str
    what: str
    remedy: str

    def __str__(self) -> str:
        place = f"{self.where}:{self.line}" if self.line else self.where
        return ": ".join(part for part in (place, self.key, self.what) if part)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Print every finding."""
    found = list(findings(setting))
    if args.json:
        from meetings.cli.table import json_text

        print(json_text([asdict(finding) for finding in found]))
    else:
        for finding in found:
            print(clean(str(finding)))
            if finding.remedy:
                print(f"  {clean(finding.remedy)}")
        print(_verdict(found, setting))
    return FOUND if found else FINE


def findings(setting: Setting) -> Iterator[Finding]:
    """Everything that is wrong. A store is looked for only when the configuration can be read."""
    try:
        setting.config  # noqa: B018 - reading it is the check
    except ConfigError as error:
        for problem in error.problems:
            yield Finding(str(problem.file), problem.line, problem.key, problem.message, "")
        if not error.problems:
            yield Finding("configuration", 0, "", error.message, error.hint)
        return
    yield from _folders(setting)
    try:
        for trouble in setting.store.troubles():
            yield Finding(
                str(Path(setting.store.location) / trouble.where), 0, "", trouble.what, trouble.remedy
            )
    except StoreError as error:
        yield Finding("store", 0, "", error.message, error.hint)


def _folders(setting: Setting) -> Iterator[Finding]:
    """Folders that nothing can be written in, and a template that is not there.

    That the store is no folder, the store says itself.
    """
    from meetings.config import minutes_folder, store_folder, template_file

    config = setting.config
    for key, folder in (
        ("store", store_folder(config, setting.paths)),
        ("minutes", minutes_folder(config, setting.paths)),
    ):
        if folder.exists() and not folder.is_dir():
            if key != "store":
                yield Finding(str(folder), 0, key, "is not a folder", "Move it away, or name another folder.")
        elif folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
            yield Finding(
                str(folder),
                0,
                key,
                "cannot be written to",
                "Ask for permission to write, or name another folder.",
            )
    template = template_file(config)
    if template is not None and not template.is_file():
        yield Finding(str(template), 0, "template", "is not a file", "Put it there, or delete the setting.")


def _verdict(found: list[Finding], setting: Setting) -> str:
    if found:
        return f"{len(found)} thing{'s' * (len(found) != 1)} to look at."
    count = len(setting.store.numbers())
    meetings = f"{count} meeting{'s' * (count != 1)}" if count else "no meetings yet"
    return f"Nothing is wrong: {setting.config.source or 'built-in configuration'}, {meetings}."
