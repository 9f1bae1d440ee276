"""What an import changes in a meeting, and doing it: it replaces the numbers of its product, source and period."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from msgspec.structs import replace

from meetings.exchange.crm.names import OTHERS, source_key
from meetings.exchange.crm.result import LeadImport
from meetings.flow.lifecycle import derived_uid
from meetings.measures import funnel
from meetings.meeting import Meeting
from meetings.model import LeadNumbers
from meetings.session import Session

TOGETHER = {"bands": ("bands", "p50", "p95")}
"""Fields that a file tells or does not tell together."""


@dataclass(frozen=True)
class Plan:
    """What an import would do to a meeting.

    `added`: rows that are new. `changed`: the fields that change, by the row's uid. `removed`: rows whose days the file
    has in other periods, or under other sources. `unchanged`: how many rows stay as they are. `stay`: sources that an
    earlier import of the same product brought and this file does not have; their numbers are left alone. `doubts`: a
    sentence for each contradiction in the numbers as they would be then.
    """

    added: tuple[LeadNumbers, ...] = ()
    changed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    stay: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.added or self.changed or self.removed)

    @property
    def label(self) -> str:
        """How many rows would be added, changed and removed, and how many stay, in one sentence."""
        counts = (
            (len(self.added), "new"),
            (len(self.changed), "changed"),
            (len(self.removed), "replaced by others"),
            (self.unchanged, "as they were"),
        )
        return ", ".join(f"{count:,} {word}" for count, word in counts if count) or "nothing"


def plan(meeting: Meeting, imported: LeadImport) -> Plan:
    """What taking these numbers into the meeting would change. Pure."""
    there = [row for row in meeting.lead_numbers.values() if _same(row.product, imported.product)]
    told = [name for each in imported.known for name in TOGETHER.get(each, (each,))]
    added: list[LeadNumbers] = []
    changed: dict[str, dict[str, Any]] = {}
    matched: set[str] = set()
    for new in imported.numbers:
        old = _match(new, there)
        if old is None:
            added.append(_named(new, meeting))
            continue
        matched.add(old.uid)
        fields = {name: getattr(new, name) for name in ("period_end", *told)}
        fields = {name: value for name, value in fields.items() if value != getattr(old, name)}
        if fields:
            changed[old.uid] = fields
    replaced = [row for row in there if row.uid not in matched and _is_replaced(row, imported)]
    gone = {row.uid for row in replaced}
    mine = {source_key(row.source) for row in imported.numbers}
    after = [row for uid, row in meeting.lead_numbers.items() if uid not in gone and uid not in changed]
    after += [*added, *(replace(meeting.lead_numbers[uid], **fields) for uid, fields in changed.items())]
    return Plan(
        added=tuple(added),
        changed=changed,
        removed=tuple(gone),
        unchanged=len(matched) - len(changed),
        stay=tuple(
            dict.fromkeys(
                row.source for row in there if row.uid not in gone and source_key(row.source) not in mine
            )
        ),
        doubts=tuple(_doubts(after, imported)),
    )


def bring_in(session: Session, imported: LeadImport) -> Plan:
    """Take the numbers into the session's meeting as one edit that can be undone, planned on the meeting as it is now.

    Does nothing when nothing would change. Raises UsageError when the meeting may not be edited.
    """
    wanted = plan(session.meeting, imported)
    if not wanted.empty:
        session.apply(
            f"import of {imported.product} {imported.kind}",
            add=wanted.added,
            change=wanted.changed,
            remove=wanted.removed,
        )
    return wanted


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def _match(new: LeadNumbers, there: list[LeadNumbers]) -> LeadNumbers | None:
    """The row of the same source that begins on the same day: its end may have been that of an earlier file."""
    source = source_key(new.source)
    found = [
        row for row in there if row.period_start == new.period_start and source_key(row.source) == source
    ]
    return next((row for row in found if row.period_end == new.period_end), found[0] if found else None)


def _is_replaced(row: LeadNumbers, imported: LeadImport) -> bool:
    """Whether the file has the leads of this row elsewhere: in other periods, or put together with other sources."""
    overlapping = [new for new in imported.numbers if _overlap(row, new)]
    if not overlapping:
        return False
    sources = {source_key(new.source) for new in overlapping}
    others = source_key(OTHERS)
    return source_key(row.source) in sources or source_key(row.source) == others or others in sources


def _overlap(one: LeadNumbers, other: LeadNumbers) -> bool:
    """Whether the two have days in common; rows without dates have only each other."""
    if one.period_start is None or other.period_start is None:
        return one.period_start == other.period_start
    return one.period_start <= _end(other) and other.period_start <= _end(one)


def _end(row: LeadNumbers) -> dt.date:
    return row.period_end or dt.date.max


def _named(new: LeadNumbers, meeting: Meeting) -> LeadNumbers:
    """The row with an identifier that follows from what it is: two windows that import one file add the same rows."""
    parts = (new.product, source_key(new.source), str(new.period_start))
    uid = derived_uid(meeting.head.uid, "lead numbers", *parts)
    return new if meeting.find(uid) else replace(new, uid=uid)


def _doubts(after: list[LeadNumbers], imported: LeadImport) -> Iterator[str]:
    """Contradictions in the rows that are touched, as they would be."""
    starts = {new.period_start for new in imported.numbers}
    rows = [row for row in after if row.period_start in starts]
    for row in rows:
        if _same(row.product, imported.product):
            yield from (f"{row.source}: {found}" for found in funnel.checks(row))
    yield from funnel.repeats(rows)
