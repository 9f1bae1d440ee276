"""The measured budgets as a table for people and as JSON for programs."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Sequence
from statistics import median
from typing import Any

from tests.bench.budgets import Row

HEADINGS = ("what", "ours", "baseline", "ratio", "best", "budget", "", "against")
_SIGNS = {True: "met", False: "NOT MET", None: ""}


def table(rows: Sequence[Row]) -> str:
    """A Markdown table, as wide as its words."""
    cells = [HEADINGS, *map(_cells, rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(HEADINGS))]
    lines = [_line(row, widths) for row in cells]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(word.ljust(width) for word, width in zip(row, widths, strict=True)) + " |"


def _cells(row: Row) -> tuple[str, ...]:
    budget = f"{row.budget:g}" if row.budget is not None else ""
    if row.ratio is None:
        return (row.what, "", "", "", "", budget, row.note, row.against)
    return (
        row.what,
        f"{median(row.ours):.1f} {row.unit}",
        f"{median(row.base):.1f} {row.unit}",
        f"{row.ratio:.2f}",
        f"{row.best:.2f}",
        budget,
        _SIGNS[row.met],
        row.against,
    )


def machine() -> dict[str, Any]:
    """What the figures were taken on, without a name or a path."""
    return {
        "cores": os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
    }


def as_json(rows: Sequence[Row]) -> str:
    """Every single measurement, the ratios and the machine."""
    found = [
        {
            "what": row.what,
            "against": row.against,
            "budget": row.budget,
            "ratio": row.ratio,
            "best": row.best,
            "met": row.met,
            "unit": row.unit,
            "ours": row.ours,
            "base": row.base,
            "note": row.note,
        }
        for row in rows
    ]
    return json.dumps({"machine": machine(), "rows": found}, ensure_ascii=False, indent=1)
