"""Choosing action items with words."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.flow.item_filter import completions, read_filter
from meetings.kinds import ItemKind, ItemState, Team
from meetings.model import ActionItem

TODAY = dt.date(2026, 11, 21)
TEAMS = {"a": "Sales", "b": "Marketing: EU"}
OWNERS = ["Sam", "Samira", "Ana Maria", ""]
ITEMS = {
    "late": ActionItem(
        uid="abcdef01", title="Send the list", owner="Sam", team=Team.A, due=dt.date(2026, 11, 1)
    ),
    "ride": ActionItem(title="Join a call", owner="Samira", team=Team.B, kind=ItemKind.RIDE_ALONG),
    "done": ActionItem(title="PRICING page", owner="Ana Maria", team=Team.BOTH, state=ItemState.DONE),
    "gone": ActionItem(title="Fair stand", state=ItemState.DROPPED, reason="no budget", note="see pricing"),
}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", "late ride"),
        ("   ", "late ride"),
        ("state:", "late ride"),
        ("state:all", "late ride done gone"),
        ("state:d", "done gone"),
        ("state:done", "done"),
        ("owner:sam", "late"),
        ("owner:sami", "ride"),
        ("owner:s", "late ride"),
        ("owner:ana_maria state:all", "done"),
        ("owner:nobody state:all", "gone"),
        ("team:sales", "late"),
        ("team:a", "late"),
        ("team:marketing:_eu", "ride"),
        ("team:both state:all", "done gone"),
        ("kind:ride-along", "ride"),
        ("kind:ride", "ride"),
        ("overdue", "late"),
        ("pricing state:all", "done gone"),
        ("the LIST", "late"),
        ("budget fair state:all", "gone"),
        ("abcde", "late"),
        ("abc", ""),
        ("http://x", ""),
    ],
)
def test_words_choose_items(typed: str, names: str) -> None:
    chosen = read_filter(typed, TEAMS, OWNERS)
    assert " ".join(name for name, item in ITEMS.items() if chosen.passes(item, TODAY)) == names


def test_what_means_nothing_is_named_in_a_sentence() -> None:
    assert read_filter("kind:nap", TEAMS, OWNERS).wrong == "No kind begins with “nap”."
    assert read_filter("kind:swap", TEAMS, OWNERS).wrong == ""


def test_half_a_word_is_completed() -> None:
    assert completions("pricing st", TEAMS, OWNERS) == ["pricing state:"]
    assert completions("owner:an", TEAMS, ["Ana Maria"]) == ["owner:Ana_Maria"]
    assert completions("", TEAMS, OWNERS) == []


@given(st.text(alphabet=st.sampled_from("ownerstakid: _-[/]SamÄ漢\x1b"), max_size=40))
def test_no_text_breaks_it(typed: str) -> None:
    chosen = read_filter(typed, TEAMS, OWNERS)
    for item in ITEMS.values():
        chosen.passes(item, TODAY)
    completions(typed, TEAMS, OWNERS)
