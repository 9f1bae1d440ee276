"""Writes the parts of the documentation that come from the code: `python -m tests.renew`. A test compares them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args, get_origin

import msgspec

from meetings.config import schema
from meetings.config.reader import settings
from meetings.config.values import allowed
from tests import house, pictures
from tests.real_lines import real_lines_page
from tests.tui import snapshots
from tui.keys import ACTIONS, ACTIONS_TABLE, GROUPS, LIST_KEYS

ROOT = Path(__file__).resolve().parents[1]

SHORT = (
    *("next_step", "previous_step", "add", "action_item", "problem", "decision", "win", "feedback"),
    *("edit", "form", "tick", "not_done", "respond", "drop", "undo", "redo", "note", "presenter"),
    *("minutes", "save_minutes", "all_actions", "history", "close", "help", "palette", "leave"),
)
"""The actions in the README's table."""


def _key(keys: tuple[str, ...]) -> str:
    return " ".join(f"`{key}`" for key in keys)


def readme_keys() -> str:
    """The README's table, two actions a row."""
    rows = ["| key | does | key | does |", "|---|---|---|---|"]
    half = (len(SHORT) + 1) // 2
    for left, right in zip(SHORT[:half], [*SHORT[half:], ""], strict=False):
        cells = [
            f"{_key(ACTIONS[name].keys)} | {ACTIONS[name].words}" if name else " | " for name in (left, right)
        ]
        rows.append(f"| {cells[0]} | {cells[1]} |")
    return "\n".join(rows)


def keys_page() -> str:
    """docs/keys.md."""
    lines = [
        "# Keys",
        "",
        "Every action has an id; `keys:` in config.yaml gives it other keys, such as `next_step: N F2`.",
        "Keys are written as here: `n`, `U`, `?`, `F2`, `Ctrl+N`, `Space`.",
        "",
    ]
    for group in GROUPS:
        lines += [f"## {group}", "", "| key | does | on | id |", "|---|---|---|---|"]
        for action in ACTIONS_TABLE:
            if action.group == group:
                where = ", ".join(action.where)
                lines.append(f"| {_key(action.keys)} | {action.words} | {where} | `{action.id}` |")
        lines.append("")
    lines += ["## In every list", "", "| key | does |", "|---|---|"]
    lines += [f"| {' '.join(f'`{key}`' for key in keys.split())} | {words} |" for keys, words in LIST_KEYS]
    return "\n".join(lines) + "\n"


def configuration_page() -> str:
    """docs/configuration.md."""
    lines = [
        "# Configuration",
        "",
        "All settings of config.yaml. What is left out has its default. Paths are relative to the file.",
        "Unknown and repeated settings are errors; `accord check` names each with its line.",
        "",
        "| setting | default | allowed | what it is for |",
        "|---|---|---|---|",
    ]
    lines += _rows(schema.Config, "")
    return "\n".join(lines) + "\n"


def _rows(kind: type[msgspec.Struct], prefix: str) -> list[str]:
    rows: list[str] = []
    declared = {field.name: field for field in msgspec.structs.fields(kind)}
    for name, hint in settings(kind).items():
        field = declared[name]
        key = f"{prefix}{name}"
        inner, many = _section_of(hint)
        help_text = _help_of(hint)
        if inner is not None:
            rows.append(f"| `{key}` | | {many or 'settings of its own'} | {help_text} |")
            rows += _rows(inner, f"{key}{'.…' if many else ''}.")
            continue
        default = "" if field.required else _shown(field)
        rows.append(f"| `{key}` | {default} | {_allowed(hint)} | {help_text} |")
    return rows


def _unwrap(hint: Any) -> tuple[Any, list[msgspec.Meta]]:
    metas: list[msgspec.Meta] = []
    while get_args(hint) and hasattr(hint, "__metadata__"):
        metas = [*[meta for meta in hint.__metadata__ if isinstance(meta, msgspec.Meta)], *metas]
        hint = get_args(hint)[0]
    return hint, metas


def _help_of(hint: Any) -> str:
    return next((meta.description for meta in reversed(_unwrap(hint)[1]) if meta.description), "")


def _section_of(hint: Any) -> tuple[type[msgspec.Struct] | None, str]:
    """The section behind a setting, and how many of it there may be in words (empty: one)."""
    plain, _ = _unwrap(hint)
    if isinstance(plain, type) and issubclass(plain, msgspec.Struct):
        return plain, ""
    for part in get_args(plain):
        inner, _ = _section_of(part)
        if inner is not None:
            return inner, "a list" if get_origin(plain) in (tuple, list) else "by name"
    return None, ""


def _allowed(hint: Any) -> str:
    plain, metas = _unwrap(hint)
    options = [part for part in get_args(plain) if part is not type(None)]
    if get_origin(plain) in (tuple, list):
        return f"a list: {_allowed(options[0])}"
    if get_origin(plain) is dict:
        return f"by name: {_allowed(options[-1])}"
    if type(None) in get_args(plain):
        return _allowed(options[0])
    return allowed(plain, metas)


def _shown(field: msgspec.structs.FieldInfo) -> str:
    value = field.default_factory() if field.default is msgspec.NODEFAULT else field.default
    if isinstance(value, tuple):
        value = ", ".join(str(part) for part in value)
    return f"`{value}`" if value not in (None, "", {}) else ""


def between(text: str, name: str, content: str) -> str:
    """The text with what stands between its markers replaced."""
    pattern = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    return pattern.sub(lambda found: f"{found[1]}{content}\n{found[2]}", text, count=1)


def readme() -> str:
    """README.md with its generated parts."""
    return between((ROOT / "README.md").read_text("utf-8"), "keys", readme_keys())


def architecture() -> str:
    """docs/architecture.md with its picture."""
    return between((ROOT / "docs/architecture.md").read_text("utf-8"), "picture", house.picture())


PAGES: dict[str, Callable[[], str]] = {
    "README.md": readme,
    "docs/architecture.md": architecture,
    "docs/keys.md": keys_page,
    "docs/configuration.md": configuration_page,
    "docs/real-lines.md": real_lines_page,
}
"""Every generated page and what it should hold."""


def main() -> None:
    """Write them all, the pictures and the snapshots of the screens too."""
    pictures.renew()
    snapshots.renew()
    for name, page in PAGES.items():
        path = ROOT / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(page(), "utf-8")
        print(f"wrote {name}")


if __name__ == "__main__":
    main()
