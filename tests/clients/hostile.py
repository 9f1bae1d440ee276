"""Action items whose texts are out to break whatever reads them, and what of each a client has to show."""

from __future__ import annotations

import datetime as dt
import json
import random
import uuid
from pathlib import Path

from meetings.exchange.tasks import ListOptions, Task, tasks_of
from meetings.kinds import ItemKind, ItemState, Team
from meetings.meeting import Head
from meetings.model import ActionItem
from meetings.store.archive import Promise
from meetings.text import clean

NAUGHTY = Path(__file__).parent.parent / "data" / "naughty" / "blns.json"
TODAY = dt.date(2026, 11, 22)
CREATED = dt.datetime(2026, 11, 2, 9, 30, tzinfo=dt.UTC)
OPTIONS = ListOptions(TODAY)
HEAD = Head(
    uid="meeting-7",
    number=7,
    name="Weekly, [sales] & marketing: *alignment*; +1",
    date=dt.date(2026, 11, 16),
    team_names={"a": "Sales, East", "b": "R&D: Marketing"},
)
OWNERS = ("Sam", "", "Zoë O'Neill", "田中", "Ann: the 1st", "+plus", "=cmd", "Lee | Kim")

TITLES = (
    "Send the list",
    "",
    "x marks the spot",
    "(A) not a priority",
    "2026-01-01 not a date of its own",
    "2026-01-01 2026-02-02 nor two",
    "- a dash",
    "# a heading",
    "1. a number",
    "[x] done already?",
    "a | b | c",
    "[a](b) ![c](d) [[e]]",
    "commas, semicolons; colons: and \\ backslashes \\n \\, \\;",
    "quotes \"double\" 'single' `back`",
    "one line\nand another\r\nand a third",
    "=cmd()",
    "+SUM(1;2)",
    "-2+3",
    "@SUM(A1)",
    "due:2020-01-01 pri:A rec:1d t:2020-01-01 h:1 uid:1 id:2",
    "+project @context #tag %%comment%% ==mark== key:: value",
    "📅 2020-01-01 ✅ 2020-01-02 🆔 abc",
    "[due:: 2020-01-01] [completion:: 2020-01-02]",
    "👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301 émoji 🎉",
    "東京の会議で決めたことを来週までにまとめる",
    "اجتماع المبيعات والتسويق",
    "שלום עולם (English) 12",
    "https://example.com/a_b?c=d&e=%20#f, or mailto:a@b.example",
    "status:completed project:other wait:2030 depends:1 -- rc.confirmation=off",
    "&open; &close; &dquot; &amp; &lt; %20 %s {0} ${HOME} $(id) `id`",
    "BEGIN:VEVENT END:VCALENDAR DTSTART:20200101",
    "nul NaN None true 1e5 007 0x1F",
    "long " * 800,
    "w" * 4000,
    "会" * 1500,
)
"""What has broken exports before: of every format's own signs, some at the beginning of a title."""


def titles() -> list[str]:
    """All of them and the Big List of Naughty Strings, as Accord takes them in."""
    naughty = (clean(text, lines=True) for text in json.loads(NAUGHTY.read_text("utf-8")))
    return [*TITLES, *filter(None, naughty)]


def items(texts: list[str]) -> list[ActionItem]:
    """An item for each title: every state, with and without a due date, some at the turn of a year."""
    chance = random.Random(7)
    days = [
        None,
        dt.date(2026, 11, 27),
        dt.date(2026, 3, 9),
        dt.date(2026, 12, 31),
        dt.date(2027, 1, 1),
        TODAY,
    ]
    states = [ItemState.OPEN, ItemState.OPEN, ItemState.DONE, ItemState.DROPPED]
    found = []
    for place, title in enumerate(texts):
        state = states[place % 4]
        found.append(
            ActionItem(
                uid=str(uuid.UUID(int=chance.getrandbits(128), version=4)),
                created_at=CREATED + dt.timedelta(minutes=place),
                updated_at=CREATED + dt.timedelta(days=1, minutes=place),
                title=title,
                owner=OWNERS[place % len(OWNERS)],
                team=(Team.A, Team.B, Team.BOTH)[place % 3],
                due=days[place % len(days)],
                kind=list(ItemKind)[place % 5],
                state=state,
                reason=title[:300] if state is ItemState.DROPPED else "",
                note=f'{title[:300]}\nand more; "yes", - no' if place % 5 == 0 else "",
                done_on=dt.date(2026, 11, 20) if state is ItemState.DONE else None,
            )
        )
    return found


def tasks() -> list[Task]:
    """An item for each of the titles, as the formats are given them."""
    return _tasks(titles())


def few() -> list[Task]:
    """Fewer items with the same texts, for programs that take their time: several naughty strings in a title."""
    rest = titles()[len(TITLES) :]
    return _tasks([*TITLES, *(" ".join(rest[at : at + 8]) for at in range(0, len(rest), 8))])


def _tasks(texts: list[str]) -> list[Task]:
    promises = [Promise(item, HEAD) for item in items(texts)]
    return tasks_of(promises, [promise.item.uid for promise in promises])
