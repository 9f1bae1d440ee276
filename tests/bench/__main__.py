"""`python -m tests.bench`: measure the budgets and print the table."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.bench.budgets import Sizes, failed
from tests.bench.harness import GROUPS, measure
from tests.bench.report import as_json, machine, table


def main() -> int:
    """Measure. The exit status is 0 whatever the figures are, unless --strict is given."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    usual = Sizes()
    parser.add_argument("groups", nargs="*", choices=[*GROUPS, []], help="only these (default: all)")
    parser.add_argument(
        "--runs", type=int, default=usual.runs, help="measurements of what is slow (default: %(default)s)"
    )
    parser.add_argument(
        "--meetings", type=int, default=usual.many, help="in the large store (default: %(default)s)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every measurement into this file")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when a budget is not met")
    options = parser.parse_args()
    sizes = Sizes(many=options.meetings, runs=options.runs)
    rows = []
    with tempfile.TemporaryDirectory(prefix="accord-bench-") as folder:
        for row in measure(Path(folder), sizes, tuple(options.groups) or GROUPS):
            rows.append(row)
            print(f"measured: {row.what}", file=sys.stderr)
    print(table(rows))
    found = machine()
    print(f"\n{found['cores']} cores, {found['system']}, Python {found['python']}, load {found['load']}")
    if options.json:
        options.json.write_text(as_json(rows) + "\n", encoding="utf-8")
    return 1 if options.strict and failed(rows) else 0


if __name__ == "__main__":
    sys.exit(main())
