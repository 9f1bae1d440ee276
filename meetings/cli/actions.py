"""List the action items of all meetings, each once, as it stands now.

--owner, --team and --kind can be given several times. A meeting that cannot be read is named and left out.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Any

from meetings.cli.output import deliver, warn
from meetings.cli.parser import did_you_mean, one_of, path, shown, text
from meetings.cli.setting import Setting
from meetings.cli.table import Column, json_text, table, terminal_room
from meetings.dates import show_day
from meetings.errors import StoreError, UsageError
from meetings.kinds import ItemKind, ItemState, Team

if TYPE_CHECKING:
    from meetings.store.archive import Promise

ALL = "all"
FORMATS = ("table", "json")
COLUMNS = (
    Column("Id"),
    Column("Action item", shrinks=True),
    Column("Owner", leaves=1),
    Column("Team", leaves=3),
    Column("Due", leaves=2),
    Column("Status"),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    add = parser.add_argument
    add(
        "--owner",
        metavar="NAME",
        type=text,
        action="append",
        help="items of this person; the beginning of the name is enough; '' for those without an owner",
    )
    add(
        "--team",
        metavar="TEAM",
        type=text,
        action="append",
        help="items of this team: its name, a, b, or both",
    )
    states = (*(state.value for state in ItemState), ALL)
    add(
        "--state",
        metavar="|".join(states),
        type=one_of(*states),
        default=ItemState.OPEN.value,
        help="default: open",
    )
    kinds = tuple(kind.value for kind in ItemKind)
    add("--kind", metavar="|".join(kinds), type=one_of(*kinds), action="append", help="items of this kind")
    add("--overdue", action="store_true", help="only open items whose due date has passed")
    add("--format", metavar="|".join(FORMATS), type=one_of(*FORMATS), default="table", help="default: table")
    add("--json", action="store_const", const="json", dest="format", help="the same as --format json")
    add("-o", "--output", metavar="FILE", type=path, help="write into this file instead of printing")


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Print the items that were asked for."""
    from meetings.ids import short_ids
    from meetings.store.archive import Archive

    archive = Archive(setting.store)
    promises = archive.promises()
    if archive.unread and not promises and len(archive.unread) == len(setting.store.numbers()):
        raise archive.unread[0]
    chosen = _chosen(promises, args, setting)
    if args.format == "json":
        words = json_text([fields(promise) for promise in chosen])
    else:
        ids = short_ids(promise.item.uid for promise in promises)
        words = _table(chosen, ids, setting.today, None if args.output else terminal_room())
    deliver(words, args.output)
    for error in archive.unread:
        _name(error)
    return 0


def fields(promise: Promise) -> dict[str, Any]:
    """What JSON says of an item: its fields as the store has them, and the number of the meeting it stands in."""
    import msgspec

    return {**msgspec.to_builtins(promise.item), "meeting": promise.head.number}


def _name(error: StoreError) -> None:
    warn(f"{error.message} Shown without it.")


def _chosen(promises: list[Promise], args: argparse.Namespace, setting: Setting) -> list[Promise]:
    """The items that pass every filter. Raises UsageError for a person or a team that there is not."""
    from meetings.measures.accountability import late_days

    owners = _owners(args.owner, promises, setting) if args.owner else None
    teams = {_team(word, setting) for word in args.team} if args.team else None
    kinds = {ItemKind(word) for word in args.kind} if args.kind else None

    def passes(promise: Promise) -> bool:
        item = promise.item
        return (
            (args.state == ALL or item.state == args.state)
            and (owners is None or item.owner in owners)
            and (teams is None or item.team in teams)
            and (kinds is None or item.kind in kinds)
            and (not args.overdue or late_days(item, setting.today) > 0)
        )

    return [promise for promise in promises if passes(promise)]


def _owners(words: list[str], promises: list[Promise], setting: Setting) -> set[str]:
    teams = setting.config.teams.values()
    names = {promise.item.owner for promise in promises} | {name for team in teams for name in team.people}
    found: set[str] = set()
    for word in words:
        key = word.casefold()
        exact = {name for name in names | {""} if name.casefold() == key}
        near = exact or {name for name in names if key and name.casefold().startswith(key)}
        if not near:
            raise UsageError(
                f"No action item has the owner “{shown(word)}”{did_you_mean(word, names - {''})}"
            )
        found |= near
    return found


def _team(word: str, setting: Setting) -> Team:
    names = {letter: team.name for letter, team in setting.config.teams.items()}
    by_word = {name.casefold(): Team(letter) for letter, name in names.items()}
    by_word = {team.value: team for team in Team} | by_word
    found = by_word.get(word.casefold().strip())
    if found is None:
        raise UsageError(
            f"There is no team “{shown(word)}”; the teams are {', '.join(names.values())} and both."
        )
    return found


def _table(promises: list[Promise], ids: dict[str, str], today: dt.date, room: int | None) -> str:
    if not promises:
        return "No action items.\n"
    rows = [
        (
            ids[promise.item.uid],
            promise.item.title,
            promise.item.owner or "no owner",
            promise.head.team_name(promise.item.team),
            show_day(promise.item.due, today) if promise.item.due else "",
            _status(promise, today),
        )
        for promise in promises
    ]
    return f"{table(COLUMNS, rows, room)}\n{_summary(promises, today)}\n"


def _status(promise: Promise, today: dt.date) -> str:
    """How the item stands, in a few words."""
    from meetings.measures.accountability import late_days

    item = promise.item
    if item.state is ItemState.DONE:
        return f"done {show_day(item.done_on, today)}" if item.done_on else "done"
    if item.state is ItemState.DROPPED:
        return "dropped"
    late = late_days(item, today)
    words = [f"{late} day{'s' * (late != 1)} late"] if late else ["open"]
    if item.carried:
        words.append(f"carried {item.carried}×")
    return ", ".join(words)


def _summary(promises: list[Promise], today: dt.date) -> str:
    from meetings.measures.accountability import late_days

    counts = Counter(promise.item.state.value for promise in promises)
    parts = [f"{counts[state.value]} {state.value}" for state in ItemState if counts[state.value]]
    overdue = sum(late_days(promise.item, today) > 0 for promise in promises)
    return " · ".join([*parts, f"{overdue} overdue"] if overdue else parts)
