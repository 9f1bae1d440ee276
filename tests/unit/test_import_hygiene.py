"""Importing is cheap: no screen in meetings/, and nothing that a command has no use for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCREEN = {"textual", "rich", "tui"}
SLOW = {"tinydb", "jinja2", "portalocker", "yaml", "argparse"}


def loaded(code: str, tmp_path: Path) -> set[str]:
    """The top-level packages that a fresh interpreter has loaded after that code."""
    script = f"{code}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "ACCORD_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    names = json.loads(done.stderr.splitlines()[-1])
    return {name.partition(".")[0] for name in names} | {
        name for name in names if name.startswith("meetings.")
    }


def run(*arguments: str) -> str:
    return f"from tui.__main__ import main\nassert main({list(arguments)!r}) in (0, 2)"


def test_the_meetings_wing_loads_no_screen(tmp_path: Path) -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for path in sorted((ROOT / "meetings").rglob("*.py"))
    ]
    assert "meetings.session" in modules
    got = loaded(
        "from importlib import import_module\n"
        + "\n".join(f"import_module({module!r})" for module in modules),
        tmp_path,
    )
    assert got.isdisjoint(SCREEN)


def test_importing_meetings_and_the_command_line_loads_nothing_slow(tmp_path: Path) -> None:
    got = loaded("import meetings, meetings.cli, meetings.cli.main", tmp_path)
    assert got.isdisjoint(SCREEN | SLOW | {"msgspec"})


def test_the_entry_point_loads_neither_argparse_nor_the_app(tmp_path: Path) -> None:
    got = loaded("import tui.__main__", tmp_path)
    assert got.isdisjoint({"textual", "rich"} | SLOW)


@pytest.mark.parametrize(
    ("command", "unneeded"),
    [
        (("where",), {"tinydb", "jinja2", "portalocker"}),
        (("actions",), {"jinja2", "portalocker"}),
        (("goals",), {"jinja2", "portalocker"}),
        (("history",), {"jinja2", "portalocker"}),
        (("search", "x"), {"jinja2", "portalocker"}),
        (("report",), {"portalocker"}),
        (("check",), {"jinja2", "portalocker"}),
        (("minutes",), {"jinja2", "portalocker"}),
        (("--help",), {"tinydb", "jinja2", "portalocker", "yaml", "msgspec"}),
    ],
)
def test_a_command_loads_no_screen_and_nothing_it_has_no_use_for(
    command: tuple[str, ...], unneeded: set[str], tmp_path: Path
) -> None:
    got = loaded(run(*command), tmp_path)
    assert got.isdisjoint({"textual", "rich"} | unneeded)


def test_a_command_loads_only_its_own_file(tmp_path: Path) -> None:
    got = loaded(run("where"), tmp_path)
    assert "meetings.cli.where" in got
    assert got.isdisjoint({f"meetings.cli.{name}" for name in ("actions", "add", "check", "demo", "minutes")})
