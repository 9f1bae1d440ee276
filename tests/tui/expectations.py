"""What each action is expected to do: by the list that has the focus (`checkin.people`), by the kind of the
selected row, by the place, or anywhere.
"""

from __future__ import annotations

from itertools import pairwise

from meetings.kinds import DecisionState, FeedbackState, GoalState, ItemState, ProblemState, Team
from meetings.model import (
    ActionItem,
    ComingUp,
    Decision,
    Feedback,
    Goal,
    LeadNumbers,
    Person,
    Problem,
    Record,
    Win,
)
from tests.tui import effects as does
from tests.tui import effects_elsewhere as elsewhere
from tests.tui.effects import Effect, adds, changes, drops, edits, moves_on, says
from tests.tui.stage import STEPS
from tui.steps.outcomes import LINE

EARLIER = "came from an earlier meeting"
NEXT = dict(pairwise(STEPS))
BEFORE = {later: earlier for earlier, later in NEXT.items()}

EXPECTED: dict[str, dict[str | type[Record], Effect]] = {
    # The meeting
    "next_step": {
        **{step: does.steps_to(later) for step, later in NEXT.items()},
        "wrapup": does.asks_to_close,
    },
    "previous_step": {
        **{step: does.steps_to(earlier) for step, earlier in BEFORE.items()},
        "checkin": says("This is the first step."),
    },
    "pause": {"*": does.pauses},
    "correct_clock": {"*": does.corrects},
    "borrow_time": {"wrapup": says("No later step has time to give."), "*": does.borrows},
    "presenter": {"*": does.presents},
    "everyone": {"checkin": does.calls_the_roll, "*": says("Who is here is ticked in the check-in.")},
    "details": {"*": does.shows_details},
    "lead": {"*": says("Nobody can join a meeting that is kept in a folder")},
    "who": {"*": says("Nobody can join a meeting that is kept in a folder")},
    "close": {"*": does.asks_to_close},
    "start": {"home": does.goes_on},
    "give_time": {"*": says("No other time is proposed for any step.")},
    "reschedule": {"*": says("Meeting 2 has started")},
    "skip": {"*": says("Meeting 2 has started")},
    "amend": {"history": does.amends, "minutes": says("Meeting 2")},
    "reopen": {"*": says("Meeting 1 can no longer be reopened: meeting 2 has started.")},
    "note": {"*": does.notes},
    "private_note": {"*": does.notes_privately},
    # Add
    "add": {
        "checkin.people": adds(Person, present=True),
        "checkin.decisions": adds(Person, present=True),
        "checkin.answered": adds(Person, present=True),
        "checkin.coming": adds(ComingUp),
        "goals": adds(Goal),
        "leads.numbers": does.numbers_form,
        "leads.from-a": adds(Feedback, from_team=Team.A),
        "leads.from-b": adds(Feedback, from_team=Team.B),
        "wins": adds(Win),
        "actions.promised": adds(ActionItem),
        "actions.problems": adds(Problem),
        "actions.new": adds(ActionItem),
        "actions.decided": adds(Decision),
        "wrapup": does.rates_all,
        "home.items": adds(ActionItem),
        "home.goals": adds(ActionItem, from_row=True),
        "everything": adds(ActionItem),
    },
    "action_item": {
        Person: adds(ActionItem),
        ActionItem: adds(ActionItem),
        "*": adds(ActionItem, from_row=True, state=ItemState.OPEN),
    },
    "problem": {
        Person: adds(Problem),
        Problem: adds(Problem),
        LeadNumbers: does.parks_the_miss,
        "*": adds(Problem, from_row=True, state=ProblemState.PARKED),
    },
    "decision": {
        Person: adds(Decision),
        Decision: adds(Decision),
        "*": adds(Decision, from_row=True, state=DecisionState.STANDING),
    },
    "win": {"*": adds(Win)},
    "feedback": {"leads.from-b": adds(Feedback, from_team=Team.B), "*": adds(Feedback, from_team=Team.A)},
    "import_leads": {"*": does.chooses_a_file},
    "lead_numbers": {"*": does.numbers_form},
    # The selected row
    "edit": {
        "wrapup.ratings": does.rates,
        "history": elsewhere.shows_minutes(1),
        "home.goals": does.forms,
        Person: edits("name", "Samantha"),
        Decision: edits("text", "As before"),
        Feedback: edits("text", "All is well"),
        ComingUp: edits("text", "Winter launch"),
        Goal: does.reads,
        LeadNumbers: does.looks_closer,
        Win: edits("title", "Second joint webinar"),
        Problem: edits("title", "Who pays"),
        "everything": edits("title", "Book two halls"),
        "home.items": edits("title", "Book two halls"),
        ActionItem: edits(LINE, "Book it @Lena #both", title="Book it", owner="Lena", team=Team.BOTH),
    },
    "form": {"wrapup.ratings": does.asks_for_a_word, "*": does.forms},
    "tick": {
        "wrapup.ratings": says("Type a figure from 1 to 10"),
        "checkin.people": moves_on(changes(present=True)),
        "checkin.decisions": moves_on(changes(state=DecisionState.CONFIRMED)),
        Decision: changes(state=DecisionState.CONFIRMED),
        Feedback: changes(state=FeedbackState.CLOSED),
        ComingUp: says("has nothing to tick"),
        Goal: changes(agreed=True),
        LeadNumbers: says("nothing to tick"),
        Win: changes(big=True),
        Problem: changes(state=ProblemState.SOLVED),
        "wrapup.owed": changes(state=ItemState.DONE),
        "everything": changes(state=ItemState.DONE),
        ActionItem: moves_on(changes(state=ItemState.DONE, reviewed=True)),
    },
    "not_done": {
        "goals": does.types_reading,
        "checkin.decisions": moves_on(changes(state=DecisionState.REVERSED)),
        "wrapup.ratings": moves_on(changes(abstains=True)),
        ActionItem: moves_on(changes(reviewed=True)),
        "*": says("Only action items can be not done."),
    },
    "respond": {
        "wrapup.ratings": does.reveals,
        "wrapup": says("Nobody has rated yet"),
        "goals": does.overrules,
        "leads.numbers": says("Select feedback to respond to it."),
        Feedback: edits("response", "We call them", response="We call them"),
        "*": says("Select feedback to respond to it."),
    },
    "drop": {
        "wrapup.ratings": says("Delete takes a rating away."),
        Person: says("cannot be dropped", "Delete removes it"),
        Decision: drops(state=DecisionState.REVERSED, note="no budget"),
        "checkin.answered": says("earlier meeting", "close it"),
        Feedback: says("cannot be dropped", "Delete removes it"),
        ComingUp: says("cannot be dropped", "Delete removes it"),
        Goal: drops(state=GoalState.DROPPED, reason="no budget"),
        LeadNumbers: says("cannot be dropped", "Delete removes"),
        Win: says("cannot be dropped", "Delete removes it"),
        Problem: drops(state=ProblemState.DROPPED, reason="no budget"),
        ActionItem: drops(state=ItemState.DROPPED, reason="no budget"),
    },
    "remove": {
        "wrapup.ratings": does.removes_rating,
        "checkin.decisions": says(EARLIER, "drop it"),
        "checkin.answered": says(EARLIER, "close it"),
        "actions.promised": says(EARLIER, "drop it"),
        Goal: says(EARLIER, "drop it"),
        "*": does.removes,
    },
    "hand_over": {"*": elsewhere.hands_over},
    "mark": {"*": elsewhere.marks},
    "mark_all": {"*": elsewhere.marks_all},
    "sort": {
        "*": elsewhere.puts_in_order(
            "Open, by owner", "Open, by team", "Open, oldest first", "Open, most carried first", "Open ─"
        )
    },
    "group": {"*": elsewhere.puts_in_order("Ana  1", "Marketing  ", "Raised in meeting 2  ", "Due↓")},
    "move_down": {
        "checkin.coming": says("in the order of its dates"),
        "wrapup.owed": says("in the order of their owners"),
        "*": does.moves(1),
    },
    "move_up": {
        "checkin.coming": says("in the order of its dates"),
        "wrapup.owed": says("in the order of their owners"),
        "*": does.moves(-1),
    },
    # Anywhere
    "undo": {"*": does.undoes},
    "redo": {"*": does.redoes},
    "search": {
        "everything": elsewhere.filters("printer", 1),
        "history": elsewhere.filters("#1", 1),
        "*": elsewhere.finds,
    },
    "help": {"*": elsewhere.helps},
    "palette": {"*": elsewhere.opens_palette},
    "save_copy": {"*": elsewhere.saves_a_copy},
    "clashes": {"*": says("Nothing has been edited in two places.")},
    "guide": {"*": says("The guide goes with the example: accord demo.")},
    "theme": {"*": elsewhere.changes_theme},
    "back": {
        "everything": elsewhere.goes_back("meeting"),
        "history": elsewhere.goes_back("meeting"),
        "trends": elsewhere.goes_back("meeting"),
        "minutes": elsewhere.goes_back("meeting"),
        "*": elsewhere.stays,
    },
    "stop": {"*": says("There is no shell here")},
    "leave": {"*": elsewhere.asks_to_leave},
    # Go to
    "all_actions": {"*": elsewhere.goes("everything")},
    "history": {"*": elsewhere.goes("history")},
    "trends": {"trends": elsewhere.goes_back("meeting"), "*": elsewhere.goes("trends")},
    "minutes": {
        "history": elsewhere.shows_minutes(1),
        "minutes": elsewhere.goes_back("meeting"),
        "*": elsewhere.shows_minutes(2),
    },
    "save_minutes": {"history": elsewhere.saves(1), "*": elsewhere.saves(2)},
    "copy_minutes": {"history": elsewhere.copies(1), "*": elsewhere.copies(2)},
    "copy_path": {"*": elsewhere.copies_a_path},
    "open_folder": {"*": elsewhere.shows_a_folder},
    "picture": {"*": elsewhere.pictures},
    "export": {
        "history": elsewhere.exports(1),
        "everything": elsewhere.exports_items,
        "*": elsewhere.exports(2),
    },
    "charter": {"*": elsewhere.charters},
    "home": {"*": elsewhere.goes("home")},
}
