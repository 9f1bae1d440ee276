"""The house as the code builds it: which room imports which. Drawn into docs/architecture.md."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

GROUPS = {
    "words": ("kinds", "model", "meeting"),
    "lines": ("fields", "quickadd", "completion"),
    "reading": ("text", "dates", "figures", "counts", "ids"),
    "ground": ("errors", "paths"),
    "session": ("session", "workspace", "private"),
}
"""Single files of meetings/ that are drawn as one room."""

TUI_GROUPS = {
    "look": ("keys", "bindings", "theme", "memory", "key_order"),
    "app": ("app", "beginning", "desk", "saving", "leaving", "elsewhere", "clashing", "signals", "__main__"),
}
"""The same in tui/."""


def room_of(module: str) -> str:
    """The room that a module belongs to, or nothing for a module from elsewhere."""
    parts = module.split(".")
    if parts[0] == "tui":
        if len(parts) < 2:
            return ""
        return f"tui.{next((name for name, members in TUI_GROUPS.items() if parts[1] in members), parts[1])}"
    if parts[0] != "meetings" or len(parts) < 2:
        return ""
    found = next((name for name, members in GROUPS.items() if parts[1] in members), parts[1])
    return f"meetings.{found}"


def module_name(path: Path) -> str:
    """The dotted name of a file."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


class _Runtime(ast.NodeTransformer):
    """Leaves out what is imported for type checkers alone."""

    def visit_If(self, node: ast.If) -> ast.AST | None:
        if isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            return None
        return self.generic_visit(node)


def arrows() -> set[tuple[str, str]]:
    """Who imports whom, room by room."""
    found: set[tuple[str, str]] = set()
    for top in ("meetings", "tui"):
        for path in sorted((ROOT / top).rglob("*.py")):
            here = room_of(module_name(path))
            tree = _Runtime().visit(ast.parse(path.read_text("utf-8")))
            for node in ast.walk(tree):
                names: list[str] = []
                if isinstance(node, ast.Import):
                    names = [alias.name for alias in node.names]
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
                    names = [name for name in names if name.count(".") or name == node.module]
                for name in names:
                    there = room_of(name)
                    if here and there and here != there:
                        found.add((here, there))
    return found


def reduced(edges: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The arrows without those that a chain of others says already, so that the picture can be read."""
    following: dict[str, set[str]] = {}
    for start, end in edges:
        following.setdefault(start, set()).add(end)

    def reaches(start: str, end: str, without: tuple[str, str]) -> bool:
        seen, waiting = {start}, [start]
        while waiting:
            room = waiting.pop()
            for after in following.get(room, ()):
                if (room, after) == without or after in seen:
                    continue
                if after == end:
                    return True
                seen.add(after)
                waiting.append(after)
        return False

    return {edge for edge in edges if not reaches(edge[0], edge[1], edge)}


def picture() -> str:
    """A Mermaid drawing of the rooms of both wings."""
    edges = reduced(arrows())
    rooms = sorted({room for edge in edges for room in edge})
    lines = ["```mermaid", "flowchart TD"]
    for wing in ("tui", "meetings"):
        lines.append(f"  subgraph {wing}")
        for room in rooms:
            if room.startswith(f"{wing}."):
                short = room.split(".")[1]
                members = (GROUPS if wing == "meetings" else TUI_GROUPS).get(short, (short,))
                label = " · ".join(name.replace("__main__", "main") for name in members)
                lines.append(f"    {room.replace('.', '_')}[{label}]")
        lines.append("  end")
    lines += [f"  {a.replace('.', '_')} --> {b.replace('.', '_')}" for a, b in sorted(edges)]
    return "\n".join([*lines, "```"])


def folders() -> list[str]:
    """Every file and package that the page has to name."""
    return sorted(
        [p.name for p in (ROOT / "meetings").iterdir() if p.suffix == ".py" and p.name != "__init__.py"]
        + [
            f"{p.name}/"
            for top in ("meetings", "tui")
            for p in (ROOT / top).iterdir()
            if (p / "__init__.py").exists()
        ]
        + [p.name for p in (ROOT / "tui").iterdir() if p.suffix == ".py" and not p.name.startswith("__")]
    )
