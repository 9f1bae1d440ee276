"""All rows, in the order of the budgets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.bench import living, reading, saving, screens
from tests.bench.budgets import Row, Sizes, not_yet
from tests.bench.stores import last_of, running

GROUPS = ("launch", "keys", "edits", "search", "actions", "import", "memory", "loop")


def measure(folder: Path, sizes: Sizes, groups: tuple[str, ...] = GROUPS) -> Iterator[Row]:
    """Every row of these groups, as soon as it is measured. Stores are made below `folder`."""
    many = running(folder, sizes.many)
    few = last_of(many, sizes.few)
    years = running(folder, sizes.years) if {"search", "actions"} & {*groups} else few
    for group in groups:
        match group:
            case "launch":
                yield from screens.launches(folder, many, few, sizes)
            case "keys":
                yield from screens.keys(folder, few, sizes)
            case "edits":
                yield from saving.edits(many, few, sizes)
            case "search":
                yield from reading.searches(years, many, sizes)
            case "actions":
                yield from reading.actions(folder, years, sizes)
            case "import":
                yield not_yet(
                    "import of a 100,000-row CSV", "csv.reader over it", 3, "the import itself is to come"
                )
            case "memory":
                yield from living.memory(folder, many, sizes)
            case "loop":
                yield from living.loop_held(few, sizes)
