"""What an import changes in a meeting, and doing it: it replaces the numbers of its product, source and period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from meetings.exchange.crm.result import LeadImport
from meetings.meeting import Meeting
from meetings.model import LeadNumbers
from meetings.session import Session


@dataclass(frozen=True)
class Plan:
    """What an import would do to a meeting.

    `added`: rows that are new. `changed`: the fields that change, by the row's uid. `removed`: rows whose period
    overlaps one of the file's without being the same. `unchanged`: how many rows stay as they are.
    `lines`: the same in words, a sentence or a row each, the most important first. `doubts`: what is
    contradictory in the numbers as they would be then.
    """

    added: tuple[LeadNumbers, ...] = ()
    changed: Mapping[str, Mapping[str, Any]] = ...  # type: ignore[assignment]
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    lines: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing would change."""
        return not (self.added or self.changed or self.removed)


def plan(meeting: Meeting, imported: LeadImport) -> Plan:
    """What taking these numbers into the meeting would change. Pure."""
    raise NotImplementedError


def bring_in(session: Session, imported: LeadImport) -> Plan:
    """Take the numbers into the session's meeting as one edit that can be undone, planned on the meeting as it is now.

    Does nothing when nothing would change. Raises UsageError when the meeting may not be edited.
    """
    raise NotImplementedError
