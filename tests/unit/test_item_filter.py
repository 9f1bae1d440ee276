"""Choosing action items with words, putting them in order and into groups."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.flow.filter_words import completions, read_filter
from meetings.flow.item_filter import FACETS, ItemFilter, Names, make_filter, text_of
from meetings.flow.item_order import Group, Sort, grouped, ordered
from meetings.kinds import ItemKind, ItemState, Team
from meetings.meeting import Head
from meetings.model import ActionItem

TODAY = dt.date(2026, 11, 21)
NAMES = Names(("Sam", "Samira", "Ana Maria", ""), {"a": "Sales", "b": "Marketing: EU"})
ITEMS = {
    "late": ActionItem(
        uid="abcdef01", title="Send the list", owner="Sam", team=Team.A, due=dt.date(2026, 11, 1), raised_in=3
    ),
    "ride": ActionItem(
        title="Join a call", owner="Samira", team=Team.B, kind=ItemKind.RIDE_ALONG, raised_in=12
    ),
    "done": ActionItem(
        title="PRICING page", owner="Ana Maria", team=Team.BOTH, state=ItemState.DONE, raised_in=13
    ),
    "gone": ActionItem(
        title="Fair stand @3pm", state=ItemState.DROPPED, reason="no budget", note="see pricing"
    ),
}


@dataclass(frozen=True)
class Known:
    """An item, ready to be searched."""

    item: ActionItem
    text: str


def names_of(chosen: ItemFilter) -> list[str]:
    """Which of ITEMS are wanted."""
    wanted = chosen.choose([Known(item, text_of(item)) for item in ITEMS.values()], TODAY)
    return [name for name, item in ITEMS.items() if item in [each.item for each in wanted]]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("", "late ride"),
        ("   ", "late ride"),
        ("state:", "late ride"),
        ("is:", "late ride"),
        ("@", "late ride"),
        ("#", "late ride"),
        ("is:all", "late ride done gone"),
        ("state:all", "late ride done gone"),
        ("is:d", "done gone"),
        ("is:done", "done"),
        ("is:o", "late ride"),
        ("is:ov", "late"),
        ("is:overdue", "late"),
        ("overdue", "late"),
        ("is:all overdue", "late"),
        ("@sam", "late"),
        ("@sam,", "late"),
        ("@sam @samira", "late ride"),
        ("owner:sami", "ride"),
        ("for:s", "late ride"),
        ("@ana_maria is:all", "done"),
        ("@nobody is:all", "gone"),
        ("@3pm is:all", "gone"),
        (r"\@3pm is:all", "gone"),
        ("#sales", "late"),
        ("#a", "late"),
        ("team:marketing:_eu", "ride"),
        ("#both is:all", "done gone"),
        ("#sales #marketing", "late ride"),
        ("kind:ride-along", "ride"),
        ("kind:ride", "ride"),
        ("#12", "ride"),
        ("meeting:3 is:all", "late"),
        ("meeting:3-12", "late ride"),
        ("meeting:#13-#12 is:all", "ride done"),
        ("pricing is:all", "done gone"),
        ("the LIST", "late"),
        ("budget fair is:all", "gone"),
        ("@sam #sales is:open kind:task overdue meeting:3 list", "late"),
        ("@sam #marketing", ""),
        ("abcde", "late"),
        ("abc", ""),
        ("http://x", ""),
    ],
)
def test_words_choose_items(typed: str, names: str) -> None:
    chosen = read_filter(typed, NAMES)
    assert not chosen.wrong
    assert " ".join(names_of(chosen)) == names


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("kind:nap", "No kind begins with “nap”."),
        ("@xaver", "No owner begins with “xaver”."),
        ("team:west", "No team begins with “west”."),
        ("is:late", "No state begins with “late”."),
        ("meeting:last", "“last” is not the number of a meeting."),
    ],
)
def test_what_means_nothing_is_named_in_a_sentence_and_lets_nothing_pass(typed: str, sentence: str) -> None:
    chosen = read_filter(typed, NAMES)
    assert chosen.wrong == sentence
    assert names_of(chosen) == []


def test_what_was_understood_is_said_in_words() -> None:
    chosen = read_filter("@s #both is:done kind:ride overdue #12 meeting:2-4 Pricing page", NAMES)
    assert chosen.describe(NAMES) == [
        "done",
        "owner Sam or Samira",
        "team Both",
        "ride-along",
        "overdue",
        "raised in meeting 12 or 2 to 4",
        "“pricing”",
        "“page”",
    ]
    assert read_filter("is:all", NAMES).describe(NAMES) == []


def test_options_and_words_are_the_same_facets() -> None:
    said = {"owner": ["sam"], "team": ["a"], "state": ["all"], "kind": ["task"], "meeting": ["3"]}
    assert make_filter(said, NAMES) == read_filter("@sam #a is:all kind:task #3", NAMES)
    assert set(said) | {"overdue", "text"} == set(FACETS)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("pricing st", ["pricing state:"]),
        ("i", ["is:"]),
        ("@an", ["@Ana_Maria"]),
        ("owner:an", ["owner:Ana_Maria"]),
        ("#m", ["#marketing:_eu"]),
        ("is:d", ["is:done", "is:dropped"]),
        ("kind:s", ["kind:swap"]),
        ("ov", ["overdue"]),
        ("", []),
        ("pricing ", []),
        ("pricing", []),
    ],
)
def test_half_a_word_is_completed(typed: str, offered: list[str]) -> None:
    assert completions(typed, NAMES) == offered


@given(st.text(alphabet=st.sampled_from("ownerstakid:@#\\ _-[/]SamÄ漢\x1b"), max_size=40))
def test_no_text_breaks_it(typed: str) -> None:
    chosen = read_filter(typed, NAMES)
    names_of(chosen)
    chosen.describe(NAMES)
    completions(typed, NAMES)


# Order and groups


@dataclass(frozen=True)
class Stands:
    item: ActionItem
    head: Head = Head(number=14, date=TODAY, team_names={"a": "Sales", "b": "Marketing"})  # noqa: RUF009 — frozen


def day(number: int) -> dt.date:
    return dt.date(2026, 11, number)


def made(name: str, number: int, **more: object) -> Stands:
    created = dt.datetime(2026, 11, number, tzinfo=dt.UTC)
    return Stands(ActionItem(uid=name, title=name, created_at=created, **more))  # type: ignore[arg-type]


LISTED = [
    made("one", 5, owner="Zoë", team=Team.B, due=day(20), carried=1, raised_in=2),
    made("two", 4, owner="ana", team=Team.A, due=day(18), carried=3, raised_in=1),
    made("three", 3, team=Team.BOTH, carried=3, raised_in=2),
    made("four", 2, owner="Ana", team=Team.A, state=ItemState.DONE, done_on=day(9), raised_in=1),
    made("five", 1, owner="Zoë", team=Team.B, state=ItemState.DONE, done_on=day(10), raised_in=1),
]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        (Sort.DUE, "two one three five four"),
        (Sort.OWNER, "four two one five three"),
        (Sort.TEAM, "two four one five three"),
        (Sort.AGE, "five four three two one"),
        (Sort.CARRIED, "two three one five four"),
    ],
)
def test_items_are_put_in_order(sort: Sort, names: str) -> None:
    assert " ".join(each.item.title for each in ordered(LISTED, sort, Group.NONE)) == names


def test_what_was_just_done_stays_where_it_was() -> None:
    found = ordered(LISTED, Sort.DUE, Group.NONE, frozenset({"five"}))
    assert [each.item.title for each in found] == ["two", "one", "five", "three", "four"]


@pytest.mark.parametrize(
    ("group", "parts"),
    [
        (Group.NONE, {"": "two one three five four"}),
        (Group.OWNER, {"Ana": "four", "ana": "two", "Zoë": "one five", "No owner": "three"}),
        (Group.TEAM, {"Sales": "two four", "Marketing": "one five", "Both": "three"}),
        (Group.MEETING, {"Raised in meeting 2": "one three", "Raised in meeting 1": "two five four"}),
    ],
)
def test_items_are_put_into_groups(group: Group, parts: dict[str, str]) -> None:
    found = grouped(ordered(LISTED, Sort.DUE, group))
    assert {title: " ".join(each.item.title for each in part) for title, part in found} == parts


@given(st.permutations(LISTED), st.sampled_from(Sort), st.sampled_from(Group))
def test_the_order_does_not_depend_on_where_items_were(
    listed: list[Stands], sort: Sort, group: Group
) -> None:
    assert ordered(listed, sort, group) == ordered(LISTED, sort, group)
    assert sum(len(part) for _, part in grouped(ordered(listed, sort, group))) == len(LISTED)
