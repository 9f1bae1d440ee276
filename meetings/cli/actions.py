"""List the action items of all meetings, each once, as it stands now.

Options that choose items can be given several times: any of the words will do; of different options all have to. A
meeting that cannot be read is named and left out.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from meetings.cli import exporting
from meetings.cli.naming import names_of, no_team
from meetings.cli.output import deliver, warn
from meetings.cli.parser import did_you_mean, one_of, shown, text
from meetings.cli.setting import Setting
from meetings.cli.table import Column, table, terminal_room
from meetings.dates import show_day
from meetings.errors import StoreError, UsageError
from meetings.exchange.formats import ITEMS
from meetings.flow.item_filter import FACETS, Facet, Names, make_filter, read_span
from meetings.flow.item_order import Group, Listed, Sort
from meetings.kinds import ItemState

if TYPE_CHECKING:
    from meetings.model import ActionItem
    from meetings.store.archive import Promise

TABLE = "table"
FORMATS = (TABLE, *ITEMS)
COLUMNS = (
    Column("Id"),
    Column("Action item", shrinks=True),
    Column("Owner", leaves=1),
    Column("Team", leaves=3),
    Column("Due", leaves=2),
    Column("Status"),
)


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command: one for each facet, then the order, then where it goes."""
    add = parser.add_argument
    for facet in FACETS.values():
        if not facet.metavar:
            add(f"--{facet.name}", action="store_const", const=[facet.name], help=facet.help)
        else:
            kind = one_of(*facet.words) if facet.words else text
            add(f"--{facet.name}", metavar=facet.metavar, type=kind, action="append", help=facet.help)
    for name, values, words in (
        ("sort", Sort, "what comes first; default: due"),
        ("group", Group, "what is put together; default: none"),
    ):
        options = [value.value for value in values]
        add(f"--{name}", metavar="|".join(options), type=one_of(*options), default=options[0], help=words)
    add(
        "--format",
        metavar="FORMAT",
        type=one_of(*FORMATS),
        default=TABLE,
        help=f"{', '.join(FORMATS)}; default: table",
    )
    add("--json", action="store_const", const="json", dest="format", help="the same as --format json")
    exporting.arguments(parser)


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Print the items that were asked for."""
    from meetings.ids import short_ids
    from meetings.store.archive import Archive

    archive = Archive(setting.store)
    promises = archive.promises()
    if archive.unread and not promises and len(archive.unread) == len(setting.store.numbers()):
        raise archive.unread[0]
    chosen = _chosen(promises, args, setting)
    uids = [promise.item.uid for promise in promises]
    if args.format != TABLE:
        promised = [each.promise for each in chosen]
        exporting.export(ITEMS[args.format], promised, uids, args, setting.today)
    else:
        exporting.refuse_splitting(args)
        room = None if args.output else terminal_room()
        deliver(_tables(chosen, short_ids(uids), setting.today, room), args.output)
    for error in archive.unread:
        _name(error)
    return 0


def _name(error: StoreError) -> None:
    warn(f"{error.message} Shown without it.")


def _chosen(promises: list[Promise], args: argparse.Namespace, setting: Setting) -> list[Listed[Promise]]:
    """The items that pass every filter, in order. Raises UsageError for a person, team or meeting that there is not."""
    from meetings.flow.item_order import ordered

    names = names_of(setting, (promise.item.owner for promise in promises))
    said = {name: words for name in FACETS if (words := getattr(args, name)) is not None}
    for name, words in said.items():
        for word in words:
            _refuse_unknown(FACETS[name], word, names)
    listed = ordered(promises, Sort(args.sort), Group(args.group))
    return make_filter(said, names).choose(listed, setting.today)


def _refuse_unknown(facet: Facet, word: str, names: Names) -> None:
    if facet.name == "owner" and not names.of_owner(word):
        near = did_you_mean(word, [name for name in names.owners if name])
        raise UsageError(f"No action item has the owner “{shown(word)}”{near}")
    if facet.name == "team" and not names.of_team(word):
        raise no_team(word, names)
    if facet.name == "meeting" and read_span(word) is None:
        raise UsageError(f"--meeting: “{shown(word)}” is not a number such as 12, or numbers such as 12-24.")


def _tables(listed: list[Listed[Promise]], ids: dict[str, str], today: dt.date, room: int | None) -> str:
    """The items, those of each group under its name; then how many there are."""
    from meetings.flow.item_order import grouped

    if not listed:
        return "No action items.\n"
    parts = []
    for title, part in grouped(listed):
        heading = f"{title} ({len(part)})\n" if title else ""
        parts.append(heading + table(COLUMNS, [_row(each.promise, ids, today) for each in part], room))
    return "\n".join([*parts, f"{_summary([each.item for each in listed], today)}\n"])


def _row(promise: Promise, ids: dict[str, str], today: dt.date) -> Sequence[str]:
    item = promise.item
    return (
        ids[item.uid],
        item.title,
        item.owner or "no owner",
        promise.head.team_name(item.team),
        show_day(item.due, today) if item.due else "",
        _status(promise, today),
    )


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


def _summary(items: list[ActionItem], today: dt.date) -> str:
    from meetings.measures.accountability import late_days

    counts = Counter(item.state.value for item in items)
    parts = [f"{counts[state.value]} {state.value}" for state in ItemState if counts[state.value]]
    overdue = sum(late_days(item, today) > 0 for item in items)
    return " · ".join([*parts, f"{overdue} overdue"] if overdue else parts)
