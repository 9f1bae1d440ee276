"""All rows, in the order of the budgets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.bench import exporting, filtering, importing, living, reading, remote, saving, screens
from tests.bench.budgets import Row, Sizes
from tests.bench.stores import last_of, running

GROUPS = (
    "launch",
    "keys",
    "edits",
    "search",
    "actions",
    "filter",
    "export",
    "import",
    "memory",
    "loop",
    "server",
)


def measure(folder: Path, sizes: Sizes, groups: tuple[str, ...] = GROUPS) -> Iterator[Row]:
    """Every row of these groups, as soon as it is measured. Stores are made below `folder`."""
    many = running(folder, sizes.many)
    few = last_of(many, sizes.few)
    years = running(folder, sizes.years) if {"search", "actions", "export", "server"} & {*groups} else few
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
            case "export":
                yield from exporting.minutes(folder, years, sizes)
            case "filter":
                yield from filtering.filtering(running(folder, sizes.promises), sizes)
            case "import":
                yield from importing.imports(folder, sizes)
            case "memory":
                yield from living.memory(folder, many, sizes)
            case "loop":
                yield from living.loop_held(few, sizes)
            case "server":
                yield from remote.remote(folder, years, sizes)
