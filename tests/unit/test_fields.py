"""Every field of every record as text, and back."""

from __future__ import annotations

import datetime as dt
import json
import types
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta
from msgspec.structs import fields as struct_fields
from msgspec.structs import replace

from meetings import fields
from meetings.config import default_config
from meetings.errors import UsageError
from meetings.kinds import (
    KINDS_FROM,
    Direction,
    FeedbackKind,
    GoalState,
    Horizon,
    ItemKind,
    Status,
    Team,
    Unit,
    Verdict,
)
from meetings.meeting import CONTENT, TABLES, Head, Meeting
from meetings.model import (
    ActionItem,
    Feedback,
    Goal,
    LeadNumbers,
    Person,
    Problem,
    Rating,
    Reading,
    Record,
    Win,
    info,
)
from meetings.text import clean

SATURDAY = dt.date(2026, 11, 21)
PEOPLE = [
    Person(name="Sam", team=Team.A),
    Person(name="Samantha", team=Team.A),
    Person(name="Priya", team=Team.A),
    Person(name="Jo", team=Team.B),
]
MEETING = Meeting(
    head=Head(date=SATURDAY, team_names={"a": "Sales", "b": "Marketing"}, currency="€"),
    people={person.uid: person for person in PEOPLE},
)
KINDS = [TABLES[name] for name in CONTENT]
DECLARED = [(kind, field.name) for kind in KINDS for field in struct_fields(kind)]
NAUGHTY = json.loads((Path(__file__).parents[1] / "data" / "naughty" / "blns.json").read_text("utf-8"))


# What is typed is what is shown

FIGURES = st.one_of(
    st.integers(-(10**9), 10**9).map(float),
    st.decimals(-(10**6), 10**6, places=3).map(float),
    st.floats(-1e14, 1e14, allow_nan=False).map(lambda value: value + 0.0),
    st.sampled_from([1 / 3, 1e-7, 1054.0, 1.054, 0.125, -5.0, 999999.995]),
)
TEXTS = st.text(max_size=40).map(clean).filter(bool)
NAMES = st.one_of(
    st.sampled_from(["Sam", "Samantha", "Ana Maria", "Smith, John", "D’Arcy"]),
    st.text(st.characters(categories=["L"]), min_size=1, max_size=8).filter(
        lambda name: not any(known.name.casefold().startswith(name.casefold()) for known in PEOPLE)
    ),
)
REASONS = st.sampled_from(["no budget", "other", "0-5", "top 10", "not a fit (yet"])
BY_TYPE: dict[Any, st.SearchStrategy[Any]] = {
    str: st.one_of(st.just(""), TEXTS),
    int: st.integers(0, 10**9),
    float: FIGURES,
    bool: st.booleans(),
    dt.date: st.dates(),
    dt.datetime: st.datetimes(timezones=st.just(dt.UTC)),
    dict: st.dictionaries(REASONS, st.integers(0, 10**6), max_size=4),
}


@cache
def values(kind: type[Record], field: str) -> st.SearchStrategy[Any]:
    """Every value that the field's declaration allows, as far as it can be typed at all."""
    hint = get_type_hints(kind, include_extras=True)[field]
    bounds, optional = [1, 5] if field == "rating" else [1, 10] if kind is Rating else [], False
    while get_origin(hint) in (Annotated, types.UnionType, Union):
        parts = get_args(hint)
        optional = optional or types.NoneType in parts
        hint = next(part for part in parts if part is not types.NoneType and not isinstance(part, Meta))
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        made: st.SearchStrategy[Any] = st.sampled_from(list(hint))
        if (kind, field) == (Feedback, "from_team"):
            made = st.sampled_from([Team.A, Team.B])
    elif field == "readings":
        days = st.lists(st.tuples(st.dates(), FIGURES), max_size=4, unique_by=lambda pair: pair[0])
        made = days.map(lambda pairs: tuple(Reading(*pair) for pair in sorted(pairs)))
    elif field == "credits":
        made = st.lists(NAMES, max_size=3, unique_by=str.casefold).map(tuple)
    elif hint is int and bounds:
        made = st.integers(*bounds)
    else:
        made = BY_TYPE[get_origin(hint) or hint]
    if info(kind, field).get("offer") == "people" and hint is str:
        made = NAMES
    return st.one_of(st.none(), made) if optional else made


@pytest.mark.parametrize(("kind", "field"), DECLARED, ids=lambda part: getattr(part, "__name__", part))
@given(data=st.data())
def test_what_is_shown_is_read_back(kind: type[Record], field: str, data: st.DataObject) -> None:
    record = kind()
    value = data.draw(values(kind, field))
    if kind is Goal:
        unit = data.draw(st.sampled_from(list(Unit)))
        start = data.draw(st.one_of(st.none(), FIGURES))
        if unit is Unit.YES_NO:  # of which there are but two
            start, value = start and float(start > 0), _yes_or_no(value)
        record = Goal(unit=unit, start=start)
    if isinstance(value, FeedbackKind):
        record = Feedback(from_team=Team.A if value in KINDS_FROM[Team.A] else Team.B)
    filled = replace(record, **{field: value})
    text = fields.show(filled, field, MEETING)
    assert fields.parse(kind, field, text, MEETING, filled) == value
    if value or value in (0, False):  # also where the text alone has to say it
        assert fields.parse(kind, field, text, MEETING, record) == value


@given(kind_and_field=st.sampled_from(DECLARED), text=st.one_of(st.text(), st.sampled_from(NAUGHTY)))
def test_no_text_breaks_anything(kind_and_field: tuple[type[Record], str], text: str) -> None:
    kind, field = kind_and_field
    fields.offers(kind, field, text, MEETING, default_config())
    value, refusal = read(kind, field, text)
    if refusal:
        assert refusal.endswith(".")
        assert "\n" not in refusal
        assert len(refusal) < 200
    else:
        fields.show(replace(kind(), **{field: value}), field, MEETING)


def _yes_or_no(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(replace(one, value=float(one.value > 0)) for one in value)
    return float(value > 0) if isinstance(value, float) else value


def read(kind: type[Record], field: str, text: str) -> tuple[Any, str]:
    try:
        return fields.parse(kind, field, text, MEETING), ""
    except UsageError as error:
        return None, error.message


# In words


def test_titles_have_the_teams_names() -> None:
    assert fields.title(Problem, "says_a", MEETING) == "What Sales says"
    assert fields.title(ActionItem, "owner", MEETING) == "Owner"


def test_a_team_with_signs_in_its_name_is_shown_as_it_is() -> None:
    head = replace(MEETING.head, team_names={"a": "{b} [/red]", "b": "M"})
    assert fields.title(Problem, "says_a", replace(MEETING, head=head)) in (
        "What {b} [/red] says",
        "What M [/red] says",
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (ItemKind.RIDE_ALONG, "ride-along"),
        (FeedbackKind.LEAD_QUALITY, "lead quality"),
        (FeedbackKind.FOLLOW_UP, "follow-up"),
        (Direction.AT_LEAST, "at least"),
        (Horizon.LONG_TERM, "long-term"),
        (Status.ON_TRACK, "on track"),
        (GoalState.OPEN, "open"),
        (Team.B, "Marketing"),
        (Team.BOTH, "Both"),
        (True, "yes"),
        (False, "no"),
        (None, ""),
    ],
)
def test_labels(value: object, words: str) -> None:
    assert fields.label(value, MEETING) == words


def test_choices_are_the_values_with_their_words() -> None:
    assert fields.choices(ActionItem, "kind", MEETING) == (
        (ItemKind.TASK, "task"),
        (ItemKind.RIDE_ALONG, "ride-along"),
        (ItemKind.TRAINING, "training"),
        (ItemKind.CONTENT, "content"),
        (ItemKind.SWAP, "swap"),
    )
    assert fields.choices(ActionItem, "title", MEETING) is None
    assert fields.choices(Person, "guest", MEETING) == ((True, "yes"), (False, "no"))


def test_a_value_that_may_be_missing_has_a_dash_among_its_choices() -> None:
    found = fields.choices(Feedback, "verdict", MEETING)
    assert found is not None
    assert found[0] == (None, "—")
    assert fields.parse(Feedback, "verdict", "—", MEETING) is None


def test_what_feedback_is_about_follows_from_who_gives_it() -> None:
    from_marketing = Feedback(from_team=Team.B)
    found = fields.choices(Feedback, "kind", MEETING, from_marketing)
    assert found is not None
    assert [words for _, words in found] == ["follow-up", "messaging", "content", "audience", "market"]
    assert fields.choices(Feedback, "from_team", MEETING) == ((Team.A, "Sales"), (Team.B, "Marketing"))
    with pytest.raises(
        UsageError, match="About is follow-up, messaging, content, audience or market, not “campaign”"
    ):
        fields.parse(Feedback, "kind", "campaign", MEETING, from_marketing)


def test_what_few_people_fill_in_comes_last_in_the_form() -> None:
    shown = fields.form_fields(LeadNumbers)
    known = (
        "source",
        "period_start",
        "period_end",
        "new",
        "handed_over",
        "accepted",
        "qualified",
        "won",
        "spend",
    )
    assert shown[:9] == [*known]
    assert {"reviewed", "bands", "p50", "p95"} <= {*shown[9:]}
    assert all(fields.help_of(LeadNumbers, name, MEETING) for name in shown[9:])


def test_help_names_the_teams() -> None:
    assert (
        fields.help_of(LeadNumbers, "recycled", MEETING) == "given back to Marketing, to be tried again later"
    )
    assert fields.help_of(ActionItem, "title", MEETING) == ""


def test_the_form_has_the_fields_in_their_order() -> None:
    assert fields.form_fields(ActionItem) == [
        *("title", "owner", "team", "due", "kind", "state", "reason", "note"),
    ]
    assert "readings" not in fields.form_fields(Goal)


# Reading what was typed


def parse(kind: type[Record], field: str, text: str, record: Record | None = None) -> Any:
    return fields.parse(kind, field, text, MEETING, record)


def test_owners_are_known_by_a_beginning_that_only_one_has() -> None:
    assert parse(ActionItem, "owner", "pri") == "Priya"
    assert parse(ActionItem, "owner", "sam") == "Sam"
    assert parse(ActionItem, "owner", "sama") == "Samantha"
    assert parse(ActionItem, "owner", " Ann Lee ") == "Ann Lee"
    assert parse(Win, "credits", "sam, pri, jo, Ann") == ("Sam", "Priya", "Jo", "Ann")
    assert parse(Win, "credits", "Smith, John; sam") == ("Smith, John", "Sam")


def test_an_owner_who_has_left_stays_when_nobody_touches_the_field() -> None:
    item = ActionItem(title="x", owner="Pri")
    assert parse(ActionItem, "owner", "Pri", item) == "Pri"
    assert parse(ActionItem, "owner", "Pri") == "Priya"


def test_targets_count_from_the_start() -> None:
    goal = Goal(unit=Unit.PERCENT, start=20.0)
    assert parse(Goal, "target", "+10 %", goal) == pytest.approx(22)
    assert parse(Goal, "target", "30 %", goal) == 30
    with pytest.raises(UsageError, match="start value"):
        parse(Goal, "target", "+10 %", Goal(unit=Unit.CURRENCY))


def test_a_negative_target_is_not_taken_for_a_change() -> None:
    goal = Goal(unit=Unit.PERCENT, start=20.0, target=-5.0)
    shown = fields.show(goal, "target", MEETING)
    assert parse(Goal, "target", shown, replace(goal, target=None)) == -5


def test_values_are_shown_in_their_unit() -> None:
    assert fields.show(Goal(unit=Unit.CURRENCY, target=412_000.0), "target", MEETING) == "€412,000"
    assert fields.show(Goal(unit=Unit.DURATION, target=150.0), "target", MEETING) == "2 h 30 min"
    assert fields.show(LeadNumbers(p50=45.0), "p50", MEETING) == "45 min"
    assert fields.show(LeadNumbers(new=1054), "new", MEETING) == "1,054"
    assert fields.show(LeadNumbers(rejected={"no budget": 4}), "rejected", MEETING) == "no budget 4"
    assert fields.show(ActionItem(due=dt.date(2026, 11, 27)), "due", MEETING) == "Fri 27 Nov"
    assert fields.show(ActionItem(due=dt.date(2027, 1, 8)), "due", MEETING) == "Fri 8 Jan 2027"
    assert fields.show(Feedback(verdict=Verdict.REJECTED), "verdict", MEETING) == "rejected"
    assert fields.show(Win(credits=("Sam", "Priya")), "credits", MEETING) == "Sam, Priya"


def test_days_are_counted_from_the_meeting() -> None:
    assert parse(ActionItem, "due", "fri") == dt.date(2026, 11, 27)
    assert parse(ActionItem, "due", "") is None
    with pytest.raises(UsageError, match="“soon” is not a day; type for example fri"):
        parse(ActionItem, "due", "soon")


def test_a_goal_began_in_the_past() -> None:
    assert parse(Goal, "start_date", "1 oct") == dt.date(2026, 10, 1)
    assert parse(Goal, "start_date", "4 dec") == dt.date(2025, 12, 4)
    assert parse(Goal, "start_date", "4 dec 2026") == dt.date(2026, 12, 4)
    assert parse(Goal, "start_date", "Fri 4 Dec") == dt.date(2026, 12, 4)
    assert parse(Goal, "start_date", "+7d") == dt.date(2026, 11, 28)
    assert parse(Goal, "due", "1 oct") == dt.date(2027, 10, 1)
    assert offers(Goal, "start_date", "1 oct") == ["Thu 1 Oct"]


@pytest.mark.parametrize(
    ("kind", "field", "text", "sentence"),
    [
        (Feedback, "rating", "6", "Rating is a whole number from 1 to 5."),
        (Feedback, "rating", "-1", "“-1” is not a whole number; type for example 41 or 1,054."),
        (Rating, "value", "11", "Rating is a whole number from 1 to 10."),
        (ActionItem, "title", "  ", "Action item may not be empty."),
        (Problem, "votes", "", "Votes needs a value."),
        (ActionItem, "team", "x", "Team is Sales, Marketing or Both, not “x”."),
    ],
)
def test_refusals_are_one_sentence(kind: type[Record], field: str, text: str, sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(kind, field, text)
    assert caught.value.message == sentence


def test_only_long_texts_keep_their_lines() -> None:
    assert parse(ActionItem, "note", "one\ntwo") == "one\ntwo"
    assert parse(ActionItem, "title", "one\ntwo \x1b[31mred") == "one two red"


# Completion


def offers(kind: type[Record], field: str, typed: str) -> list[str]:
    config = default_config()
    return fields.offers(kind, field, typed, MEETING, config)


def test_people_are_offered_by_any_word_of_their_name() -> None:
    assert offers(ActionItem, "owner", "sa") == ["Sam", "Samantha"]
    assert offers(Win, "credits", "Jo, pr") == ["Jo, Priya"]
    assert offers(ActionItem, "note", "sa") == []


def test_sources_are_those_of_the_configuration_and_those_in_use() -> None:
    used = LeadNumbers(source="Trade fair")
    meeting = replace(MEETING, lead_numbers={used.uid: used})
    found = fields.offers(Feedback, "source", "", meeting, default_config())
    assert {"Organic search", "Trade fair"} <= set(found)
    assert fields.offers(Feedback, "source", "tr", meeting, default_config()) == ["Trade fair"]


def test_reasons_and_objectives_come_from_the_configuration() -> None:
    assert offers(LeadNumbers, "rejected", "misrouted 4, dup") == ["misrouted 4, duplicate"]
    assert "no budget" not in offers(LeadNumbers, "rejected", "")
    assert "no budget" in offers(LeadNumbers, "disqualified", "")
    assert offers(Goal, "supports", "")[: len(default_config().charter.objectives)] == list(
        default_config().charter.objectives
    )


def test_a_day_is_spelt_out_and_choices_are_completed() -> None:
    assert offers(ActionItem, "due", "fri") == ["Fri 27 Nov"]
    assert offers(ActionItem, "due", "soon") == []
    assert offers(ActionItem, "kind", "ri") == ["ride-along"]
