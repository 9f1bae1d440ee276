"""Identifiers as people see and type them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

SHORTEST = 5
"""Characters that a short identifier has at least."""


def short_ids(uids: Iterable[str]) -> dict[str, str]:
    """Each uid with the shortest beginning, of at least 5 characters, that none of the others shares."""
    ordered = sorted(set(uids))
    beginnings = [uid[:SHORTEST] for uid in ordered]
    if len(set(beginnings)) == len(ordered):  # nearly always
        return dict(zip(ordered, beginnings, strict=True))
    shared = [_shared(one, other) for one, other in pairwise(ordered)]
    return {
        uid: uid[: max(SHORTEST, before + 1, after + 1)]
        for uid, before, after in zip(ordered, [0, *shared], [*shared, 0], strict=False)
    }


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with together; what is below SHORTEST may as well be 0."""
    if one[:SHORTEST] != other[:SHORTEST]:
        return 0
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))
