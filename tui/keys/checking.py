"""Whether keys that config.yaml gives to actions will do. Loaded only where there are some."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches

from tui.keys import ACTIONS, ACTIONS_TABLE, ANYWHERE, Action, remapped
from tui.keys.names import key_name

_RESERVED = {"j", "k", "g", "G", "up", "down", "left", "right", "tab", "shift+tab", *"0123456789"}
"""Keys of every list, which cannot be given to an action."""


def check_keys(keys: Mapping[str, str]) -> list[tuple[str, str]]:
    """What is wrong with a remapping: pairs of an action's id and a sentence. Empty when nothing is."""
    found: list[tuple[str, str]] = []
    for action_id, written in keys.items():
        if action_id not in ACTIONS:
            near = get_close_matches(action_id, ACTIONS, 1)
            hint = f"; did you mean “{near[0]}”?" if near else ""
            found.append((action_id, f"there is no action “{action_id}”{hint}"))
            continue
        if not written.split():
            found.append((action_id, "give it at least one key"))
        for key in written.split():
            name = key_name(key)
            if name is None:
                found.append((action_id, f"“{key}” is not a key; write it like n, U, F2 or Ctrl+N"))
            elif name in _RESERVED:
                found.append(
                    (action_id, f"“{key}” moves or types in lists and cannot be given to something else")
                )
    return found or _clashes(keys)


def _clashes(keys: Mapping[str, str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    mapping = remapped(keys)
    holders: dict[str, list[Action]] = {}
    for action in ACTIONS_TABLE:
        for key in mapping[action.id]:
            name = key_name(key) or key
            for other in holders.setdefault(name, []):
                together = ANYWHERE in (*action.where, *other.where) or set(action.where) & set(other.where)
                if together and other.id != action.id and {action.id, other.id} & keys.keys():
                    blamed, rival = (action, other) if action.id in keys else (other, action)
                    found.append((blamed.id, f"“{key}” is the key of “{rival.words}” already"))
            holders[name].append(action)
    return found
