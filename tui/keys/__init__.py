"""The one table of actions: what each is called, which keys it has, and where it is at home.

Bindings, the line of keys at the bottom, the palette, help, remapping in config.yaml and the documentation all
read it. Plain data: no screen is needed to check a configuration against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

ANYWHERE = "anywhere"
HOME, MEETING, ITEMS, HISTORY, MINUTES = "home", "meeting", "actions", "history", "minutes"
TRENDS = "trends"
WORKING = (HOME, MEETING, ITEMS)
"""Screens on which records can be added and changed."""
EVERYWHERE = (*WORKING, HISTORY, MINUTES, TRENDS)
"""Every screen but set-up, where there is no meeting yet."""


@dataclass(frozen=True)
class Action:
    """Something a key does. `words` say it in help and the palette, `label` in the line of keys.

    `where` names the screens that have it. Keys are written as people write them: `n`, `U`, `Ctrl+P`, `?`.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    words: str
    group: str
    where: tuple[str, ...]


def _action(id: str, keys: str, label: str, words: str, group: str, *where: str) -> Action:
    return Action(id, tuple(keys.split()), label, words, group, where)


ACTIONS_TABLE: tuple[Action, ...] = (
    _action("next_step", "n", "Next step", "go to the next step", "The meeting", MEETING),
    _action("previous_step", "b", "Back", "go back to the step before", "The meeting", MEETING),
    _action("pause", ".", "Pause", "pause the clock, or let it run", "The meeting", MEETING),
    _action("correct_clock", ">", "Correct clock", "correct this step's clock", "The meeting", MEETING),
    _action("borrow_time", "<", "Borrow time", "take minutes from a later step", "The meeting", MEETING),
    _action(
        "presenter",
        "z",
        "Presenter",
        "show only the step, large, for a shared screen",
        "The meeting",
        MEETING,
    ),
    _action("everyone", "V", "Everyone", "everyone on the list is here", "The meeting", MEETING),
    _action("details", "Z", "Details", "show the selected row's details, larger", "The meeting", MEETING),
    _action("close", "C", "Close", "close the meeting", "The meeting", MEETING),
    _action("lead", "F", "Lead", "lead the meeting: its clock and its steps", "The meeting", MEETING),
    _action(
        "who", "@", "Who you are", "say who you are to those who have joined", "The meeting", HOME, MEETING
    ),
    _action("start", "S", "Start", "start the meeting, or go on with it", "The meeting", HOME),
    _action(
        "give_time", "+", "Give time", "give a step the minutes that it usually takes", "The meeting", HOME
    ),
    _action("reschedule", "D", "Move", "move the planned meeting to another day", "The meeting", HOME),
    _action("skip", "N", "Skip", "no meeting this week: plan it for the next date", "The meeting", HOME),
    _action("reopen", "R", "Reopen", "reopen the meeting that was closed last", "The meeting", HOME, HISTORY),
    _action(
        "amend",
        "A",
        "Amend",
        "add an amendment to a closed meeting",
        "The meeting",
        HISTORY,
        MINUTES,
    ),
    _action("add", "a", "Add", "add to this step or list", "Add", *WORKING),
    _action("action_item", "t", "Action item", "new action item, from the selected row", "Add", *WORKING),
    _action("problem", "p", "Problem", "park a problem", "Add", *WORKING),
    _action("decision", "d", "Decision", "record a decision", "Add", *WORKING),
    _action("win", "w", "Win", "a win", "Add", *WORKING),
    _action("feedback", "f", "Feedback", "feedback", "Add", *WORKING),
    _action("import_leads", "l", "Import", "import lead numbers from a CRM's file", "Add", MEETING),
    _action("lead_numbers", "L", "Type in", "type in lead numbers of a source", "Add", MEETING),
    _action(
        "edit",
        "Enter",
        "Edit",
        "edit the selected row in place, or open it",
        "The selected row",
        *WORKING,
        HISTORY,
    ),
    _action("form", "e", "Form", "edit everything about the selected row", "The selected row", *WORKING),
    _action("tick", "Space", "Done", "done, present, agreed: tick or untick", "The selected row", *WORKING),
    _action(
        "not_done",
        "-",
        "Not done",
        "not done, reversed, or no rating; on to the next",
        "The selected row",
        *WORKING,
    ),
    _action(
        "respond",
        "r",
        "Respond",
        "respond to feedback; show or hide the ratings; set a goal's status",
        "The selected row",
        MEETING,
    ),
    _action("drop", "x", "Drop", "drop the selected row, with a reason", "The selected row", *WORKING),
    _action(
        "remove",
        "Delete",
        "Remove",
        "remove a row that was added in this meeting",
        "The selected row",
        *WORKING,
    ),
    _action(
        "hand_over",
        "H",
        "Hand over",
        "give the item, or those marked, to somebody else",
        "The selected row",
        ITEMS,
    ),
    _action("mark", "v", "Mark", "mark the item, to act on several at once", "The selected row", ITEMS),
    _action("mark_all", "V", "Mark all", "mark all items that are shown, or none", "The selected row", ITEMS),
    _action("sort", ",", "Sort", "sort by due date, owner, team, age or times carried", "This list", ITEMS),
    _action("group", ";", "Group", "put together by owner, team or meeting", "This list", ITEMS),
    _action("move_down", "J", "Move down", "move the selected row down", "The selected row", MEETING),
    _action("move_up", "K", "Move up", "move the selected row up", "The selected row", MEETING),
    _action("undo", "u", "Undo", "undo your last edit", "Anywhere", *WORKING, HISTORY, MINUTES),
    _action("redo", "U", "Redo", "redo what was undone", "Anywhere", *WORKING, HISTORY, MINUTES),
    _action("note", "o", "Note", "note of this step, for everyone", "The meeting", MEETING),
    _action(
        "private_note",
        "O",
        "Private note",
        "private note of this step, for you alone",
        "The meeting",
        MEETING,
    ),
    _action("search", "/", "Search", "search or filter", "Anywhere", MEETING, ITEMS, HISTORY),
    _action(
        "all_actions",
        "i",
        "Action items",
        "all action items",
        "Go to",
        HOME,
        MEETING,
        HISTORY,
        MINUTES,
        TRENDS,
    ),
    _action(
        "history", "y", "History", "every meeting so far", "Go to", HOME, MEETING, ITEMS, MINUTES, TRENDS
    ),
    _action(
        "trends", "Y", "Trends", "how the figures have gone", "Go to", HOME, MEETING, ITEMS, HISTORY, TRENDS
    ),
    _action("minutes", "m", "Minutes", "preview the minutes", "Go to", HOME, MEETING, ITEMS, HISTORY),
    _action(
        "save_minutes",
        "s",
        "Save minutes",
        "save the minutes as Markdown",
        "Go to",
        HOME,
        MEETING,
        HISTORY,
        MINUTES,
    ),
    _action(
        "export",
        "X",
        "Export",
        "export minutes or action items",
        "Go to",
        HOME,
        MEETING,
        ITEMS,
        HISTORY,
        MINUTES,
    ),
    _action(
        "copy_minutes",
        "M",
        "Copy",
        "copy the minutes to the clipboard",
        "Go to",
        HOME,
        MEETING,
        HISTORY,
        MINUTES,
    ),
    _action("copy_path", "Ctrl+Y", "Path", "copy the path of what was written last", "Go to", *EVERYWHERE),
    _action(
        "open_folder",
        "Ctrl+O",
        "Folder",
        "show the folder of what was written last",
        "Go to",
        *EVERYWHERE,
    ),
    _action("picture", "P", "Picture", "save a picture of the screen", "Go to", *EVERYWHERE),
    _action("charter", "c", "Charter", "objectives, roles, definitions", "Go to", *WORKING),
    _action("home", "h", "Home", "go home", "Go to", MEETING, ITEMS, HISTORY, MINUTES, TRENDS),
    _action("help", "? F1", "Help", "what the keys do here", "Anywhere", ANYWHERE),
    _action("palette", ": Ctrl+P", "Commands", "find a command by its name", "Anywhere", ANYWHERE),
    _action("save_copy", "W", "Save a copy", "save a copy of the meeting elsewhere", "Anywhere", *EVERYWHERE),
    _action("clashes", "E", "Edited twice", "what was edited in two places", "Anywhere", *EVERYWHERE),
    _action("guide", "F2", "Guide", "hide or show the guide through the example", "Anywhere", *EVERYWHERE),
    _action("theme", "T", "Theme", "dark, light or high contrast", "Anywhere", ANYWHERE),
    _action("back", "Esc", "Back", "back out of what is open", "Anywhere", ANYWHERE),
    _action("stop", "Ctrl+Z", "Stop", "stop for a while, for the shell's fg to go on", "Anywhere", ANYWHERE),
    _action("leave", "q Ctrl+Q", "Leave", "leave; everything is saved", "Anywhere", ANYWHERE),
)

ACTIONS: dict[str, Action] = {action.id: action for action in ACTIONS_TABLE}
"""Every action by its id."""

GROUPS = tuple(dict.fromkeys(action.group for action in ACTIONS_TABLE))
"""The groups in which help lists them."""

LIST_KEYS: tuple[tuple[str, str], ...] = (
    ("↑ ↓ j k", "move in a list"),
    ("g G Home End", "to the first or last row"),
    ("Tab Shift+Tab", "to the next or previous list"),
    ("0-9", "type into the row: a reading, a vote, a rating"),
)
"""Keys of every list, which are not actions of a screen."""


def remapped(keys: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The keys of every action, with those that config.yaml gives in place of the usual ones."""
    return {
        action.id: tuple(keys[action.id].split()) if action.id in keys else action.keys
        for action in ACTIONS_TABLE
    }
