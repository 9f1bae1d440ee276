"""Read ticked boxes and changed due dates back from minutes in Markdown.

An item is known by the id at the end of its line. What the file says now is compared with what it said when it was
written; whatever was done in the app meanwhile stays. A line that cannot be taken is named, and the others are taken.
"""

from __future__ import annotations

import argparse
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from meetings.cli.output import warn
from meetings.cli.setting import Setting
from meetings.errors import StoreError, UsageError

if TYPE_CHECKING:
    from meetings.exchange.ticks import Outcome, Sheet
    from meetings.meeting import Meeting

LARGEST = 20_000_000
"""Bytes of a file that are read: minutes are far smaller."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """This kind has no options of its own."""


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Compare, show, and apply as one edit unless it is only tried."""
    from meetings.exchange.ticks import compare, read
    from meetings.ids import short_ids
    from meetings.store.archive import Archive

    path = Path(args.file)
    sheet = read(_text(path))
    if not sheet.tasks and not sheet.wrong:
        raise UsageError(
            f"There is no action item in {path}.",
            "Boxes are read from minutes in Markdown, by the id of each item.",
        )
    if not setting.store.numbers():
        raise UsageError("There are no meetings yet, so there is nothing to change.")
    session = setting.session()
    latest = {promise.item.uid: promise.item for promise in Archive(setting.store).promises()}
    found = compare(sheet, _written(sheet, session.meeting, setting), session.meeting, latest)
    if found.changes and not args.dry_run:
        change = {one.item.uid: one.fields for one in found.changes}
        session.apply(f"boxes of {path.name}", change=change)
    ids = short_ids(latest)
    for one in found.changes:
        print(f"{ids.get(one.item.uid, one.item.uid)}  {one.words}: {one.item.title}")
    for wrong in found.wrong:
        warn(f"{path}, line {wrong.line}: {wrong.why}")
    print(_summary(found, args.dry_run))
    return 0


def _text(path: Path) -> str:
    with path.open("rb") as file:
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise UsageError(f"{path} is too large for minutes.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8 text.") from None


def _written(sheet: Sheet, current: Meeting, setting: Setting) -> dict[int, Meeting]:
    """The meetings whose minutes the file holds, by number; without those that cannot be read."""
    found = {current.head.number: current}
    for number in {task.number for task in sheet.tasks if task.number is not None} - {*found}:
        with suppress(StoreError):
            found[number] = setting.store.read(number)
    return found


def _summary(found: Outcome, dry_run: bool) -> str:
    count = len(found.changes)
    changed = f"{count} action item{'s' * (count != 1)} {'would change' if dry_run else 'changed'}"
    parts = [changed if count else "Nothing changes", f"{found.same} as before"]
    if found.wrong:
        parts.append(f"{len(found.wrong)} line{'s' * (len(found.wrong) != 1)} not taken")
    return f"{', '.join(parts)}.{' Nothing was changed: this was a trial.' if dry_run and count else ''}"
