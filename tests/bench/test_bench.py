"""The harness measures every row. How much it measures is nobody's business here: no figure is judged."""

from __future__ import annotations

import json
from pathlib import Path

from tests.bench.budgets import Row, Sizes, failed, in_turns
from tests.bench.harness import measure
from tests.bench.report import as_json, table
from tests.postgres_server import programs

TINY = Sizes(many=3, few=1, years=2, promises=4, rows=70, runs=1)


def test_every_row_is_measured_and_shown(tmp_path: Path) -> None:
    rows = list(measure(tmp_path, TINY))
    assert len(rows) == 25 + (6 if programs() else 1)
    assert [row.what for row in rows if row.ratio is None and not row.note] == []
    assert all(value > 0 for row in rows for value in (*row.ours, *row.base))
    shown = table(rows).splitlines()
    assert len(shown) == len(rows) + 2
    assert all(row.what in line for row, line in zip(rows, shown[2:], strict=True))
    assert [row["what"] for row in json.loads(as_json(rows))["rows"]] == [row.what for row in rows]


def test_a_ratio_is_median_to_median_and_what_is_over_its_budget_is_named() -> None:
    row = Row("a", "b", 1.5, ours=[1, 2, 90], base=[1, 1, 1])
    assert row.ratio == 2
    assert failed([row, Row("c", "d", 3, ours=[1], base=[1]), Row("e", "f", 1)]) == [row]


def test_measurements_are_taken_in_turns() -> None:
    order: list[str] = []

    def one(name: str) -> float:
        order.append(name)
        return 1.0

    row = in_turns(Row("a", "b", 1), lambda: one("ours"), lambda: one("base"), 2)
    assert len(row.ours) == len(row.base) == 2
    assert order == ["base", "ours", "ours", "base", "base", "ours"]
