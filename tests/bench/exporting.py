"""What leaves: the minutes of ten years, against reading the meetings that they are of."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from tests.bench.budgets import Row, Sizes, in_turns
from tests.bench.reading import SCRIPT
from tests.bench.stores import Place, bare_environment

FORMATS = ("markdown", "html")


def minutes(folder: Path, years: Place, sizes: Sizes) -> Iterator[Row]:
    """The command that writes a file for each meeting, and a bare script that reads them: imports and all."""
    script = [sys.executable, "-c", SCRIPT, str(years.store)]
    for name in FORMATS:
        row = Row(
            f"`accord minutes all` of {sizes.years:,} meetings in {name}, a file each",
            "a bare script that reads and decodes them",
            5,
        )
        to = folder / f"exported-{name}"
        command = years.command("minutes", "all", "--format", name, "-o", f"{to}/")

        def export(command: Sequence[str] = command, to: Path = to) -> float:
            taken = _clocked(command, years.environment)
            written = len(list(to.iterdir()))
            assert written == len(years.files), "every meeting has its file"
            shutil.rmtree(to)  # so that every file has to be written the next time
            return taken

        yield in_turns(row, export, lambda: _clocked(script, bare_environment(folder)), sizes.runs)


def _clocked(command: Sequence[str], environment: dict[str, str]) -> float:
    start = perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return (perf_counter() - start) * 1000
