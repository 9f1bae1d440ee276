"""Say what is wrong with the configuration and the store, and what to do about it. Nothing is written.

With --mend what is safe is done first, and said, one line each: temporary files of killed writes are removed, copies
that other programs left are merged into the meeting that accepts edits or set aside, and a closed meeting without a
successor gets one. What is replaced or put away is kept in the store's folder `set-aside`. What needs a choice is
left to you.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from meetings.cli.main import FINE, FOUND
from meetings.cli.setting import Setting
from meetings.errors import ConfigError, StoreError
from meetings.text import clean

if TYPE_CHECKING:
    from meetings.store.base import Mended


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
    parser.add_argument("--mend", action="store_true", help="do what is safe, and say what was done")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Mend if that is wanted, then print every finding that is left."""
    done: list[Mended] = []
    refused = _mend(setting, done) if args.mend else ""
    found = list(findings(setting))
    if args.json:
        from meetings.cli.table import json_text

        left = [asdict(finding) for finding in found]
        report = {"done": [asdict(one) for one in done], "refused": refused, "findings": left}
        print(json_text(report if args.mend else left))
    else:
        for one in done:
            print(clean(f"{_place(setting, one.where)}: {one.what}"))
        if refused:
            print(clean(f"{'Nothing more' if done else 'Nothing'} was mended. {refused}"))
        for finding in found:
            print(clean(str(finding)))
            if finding.remedy:
                print(f"  {clean(finding.remedy)}")
        if found or not refused:
            print(_verdict(found, setting))
    return FOUND if found or refused else FINE


def _mend(setting: Setting, done: list[Mended]) -> str:
    """Mend the store, adding to `done` what was done. Why it went no further, or nothing."""
    try:
        setting.config  # noqa: B018 - without it nobody knows which store is meant
    except ConfigError:
        return "The configuration cannot be used."
    try:
        done.extend(_heal(setting))
        for one in setting.store.mend():
            done.append(one)  # one by one: what was done before an error is said as well
        done.extend(_heal(setting))
    except StoreError as error:
        return error.message
    return ""


def _heal(setting: Setting) -> Iterator[Mended]:
    """Do what opening Accord does: plan the successor of a closed meeting, or bring it up to date."""
    from meetings.flow.copies import clash_words
    from meetings.store.base import Mended

    store = setting.store
    numbers = list(store.numbers())
    if not numbers:
        return
    before = {number: store.stamp(number) for number in numbers}
    try:
        session = setting.workspace.session()
    except (OverflowError, ValueError):
        raise StoreError(
            f"What {store.name(numbers[-1])} or the meeting before it holds cannot be carried on."
        ) from None
    if session.refusal:
        raise StoreError(session.refusal)
    for number in store.numbers():
        name = store.name(number)
        if number not in before:
            yield Mended(name, f"Planned: meeting {numbers[-1]} is closed and had no successor.")
        elif store.stamp(number) != before[number]:
            yield Mended(
                name, "Brought up to date with the meeting before it and the people in the configuration."
            )
            for clash in setting.workspace.clashes:
                yield Mended(name, clash_words(clash, session.meeting))


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
    yield from _not_used(setting)
    yield from _folders(setting)
    try:
        for trouble in setting.store.troubles():
            yield Finding(_place(setting, trouble.where), trouble.line, "", trouble.what, trouble.remedy)
        yield from _succession(setting)
    except StoreError as error:
        yield Finding("store", 0, "", error.message, error.hint)


def _not_used(setting: Setting) -> Iterator[Finding]:
    """A config.yaml in the current folder that is meant for Accord but not taken."""
    from meetings.config.places import FILE, is_shipped

    here = Path.cwd() / FILE
    used = setting.config.source
    if used is not None and here.exists() and used.exists() and here.samefile(used):
        return
    try:
        meant = any(line.startswith("accord:") for line in here.read_text("utf-8", "replace").splitlines())
    except OSError:
        return
    if meant and used is None and not is_shipped(here):
        yield Finding(
            str(here), 0, "", "is not used: its first key is not `accord: 1`", "Put that on its first line."
        )


def _folders(setting: Setting) -> Iterator[Finding]:
    """Folders that nothing can be written in, and a template that is not there.

    That the store is no folder, the store says itself.
    """
    from meetings.config import minutes_folder, store_location, template_files

    config = setting.config
    for key, folder in (
        ("store", store_location(config, setting.paths)),
        ("minutes", minutes_folder(config, setting.paths)),
    ):
        if isinstance(folder, str):
            continue  # a server says itself what is wrong with it
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
    for form, template in template_files(config).items():
        if not template.is_file():
            key = "template" if form == "markdown" else f"{form}_template"
            yield Finding(str(template), 0, key, "is not a file", "Put it there, or delete the setting.")


def _succession(setting: Setting) -> Iterator[Finding]:
    """A crash between the two writes of a close leaves no successor, or one that is out of date."""
    from meetings.flow.lifecycle import in_step
    from meetings.kinds import MeetingState

    store = setting.store
    numbers = list(store.numbers())
    remedy = "`accord check --mend` does that, and so does starting Accord."
    try:
        latest = store.read(numbers[-1]) if numbers else None
    except StoreError:
        return  # named already
    if latest is None:
        return
    number = latest.head.number
    if latest.head.state is MeetingState.CLOSED:
        place = _place(setting, store.name(number))
        yield Finding(place, 0, "", f"Meeting {number} is closed; the next one has to be planned.", remedy)
    elif number - 1 in numbers[-2:]:
        try:
            before = store.read(number - 1)
        except StoreError:
            return  # named already
        place = _place(setting, store.name(number))
        try:
            if not in_step(before, latest, setting.config):
                what = f"Meeting {number - 1} was closed once more; this one has to be brought up to date."
                yield Finding(place, 0, "", what, remedy)
        except (OverflowError, ValueError):
            what = f"Whether this goes on from meeting {number - 1} cannot be told."
            yield Finding(place, 0, "", what, "Look at the dates of both.")


def _place(setting: Setting, name: str) -> str:
    return setting.store.place(name)


def _verdict(found: list[Finding], setting: Setting) -> str:
    if found:
        return f"{len(found)} thing{'s' * (len(found) != 1)} to look at."
    count = len(setting.store.numbers())
    meetings = f"{count} meeting{'s' * (count != 1)}" if count else "no meetings yet"
    return f"Nothing is wrong: {setting.config.source or 'built-in configuration'}, {meetings}."
