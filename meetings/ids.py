"""Identifiers as people see and type them."""

from __future__ import annotations

from collections.abc import Iterable

SHORTEST = 5
"""Characters that a short identifier has at least."""


def short_ids(uids: Iterable[str]) -> dict[str, str]:
    """Each uid with the shortest beginning, of at least 5 characters, that none of the others shares."""
    ordered = sorted(set(uids))
    short: dict[str, str] = {}
    for place, uid in enumerate(ordered):
        neighbours = ordered[max(0, place - 1) : place] + ordered[place + 1 : place + 2]
        shared = max((_shared(uid, other) for other in neighbours), default=0)
        short[uid] = uid[: max(SHORTEST, shared + 1)]
    return short


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with together."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))
