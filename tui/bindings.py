"""From the table of actions to what the screen library binds, shows and remaps."""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import Binding, BindingType

from tui.keys import ACTIONS_TABLE, ANYWHERE, remapped
from tui.keys.names import names_of


def bindings_for(place: str) -> list[BindingType]:
    """The bindings of a screen: every action that is at home there, each by its id so that it can be remapped."""
    return [
        Binding(names_of(action.keys), f"act('{action.id}')", action.words, show=False, id=action.id)
        for action in ACTIONS_TABLE
        if place in action.where or ANYWHERE in action.where
    ]


def keymap(keys: Mapping[str, str]) -> dict[str, str]:
    """The keymap for the actions that config.yaml gives other keys."""
    mapping = remapped(keys)
    return {action_id: names_of(mapping[action_id]) for action_id in keys}
