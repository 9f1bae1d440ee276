"""One typed line becomes a record: what is understood, and what stays text as it was typed."""

import datetime as dt
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.completion import complete
from meetings.kinds import FeedbackKind, Team, Verdict
from meetings.model import ActionItem, ComingUp, Decision, Feedback, Goal, Person, Problem, Win, main_field
from meetings.quickadd import GRAMMAR, LONG_FORMS, SIGNS, Context, describe, escape, parse
from meetings.text import clean

SATURDAY = dt.date(2026, 11, 21)
FRIDAY = dt.date(2026, 11, 27)
LEAD_QUALITY, FOLLOW_UP = FeedbackKind.LEAD_QUALITY, FeedbackKind.FOLLOW_UP
PEOPLE = (
    ("Sam", Team.A),
    ("Samantha", Team.B),
    ("Priya Rao", Team.B),
    ("Jo", Team.B),
    ("Zoë", Team.BOTH),
    ("Lee Ann", Team.A),
    ("Lee Anders", Team.A),
)
HERE = Context(PEOPLE, {"a": "Sales", "b": "Marketing"}, SATURDAY)
KINDS = tuple(GRAMMAR)


def fields(text, kind=ActionItem, context=HERE):
    return parse(text, kind, context).fields


def words(text, kind=ActionItem):
    return fields(text, kind)[main_field(kind)]


def test_a_whole_line():
    draft = parse("Send the list to the partner team @Pri ^fri", ActionItem, HERE)
    item = draft.kind(**draft.fields)
    assert (item.title, item.owner, item.due, item.team) == (
        "Send the list to the partner team",
        "Priya Rao",
        FRIDAY,
        Team.B,
    )
    assert describe(draft) == ["owner Priya Rao", "due Fri 27 Nov", "Marketing"]
    assert not draft.error


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("A student lead:Acme verdict:rej", ("Acme", Verdict.REJECTED, "")),
        ("A student lead:4711, reason:not_a_fit verdict:dis", ("4711", Verdict.DISQUALIFIED, "not a fit")),
        ("Asked for a demo lead:Hoshino_Transport fit:strong", ("Hoshino Transport", Verdict.STRONG_FIT, "")),
        ("Wants to sell fit:weak", ("", Verdict.WEAK_FIT, "")),
        ("Wants to sell Verdict:weak-fit", ("", Verdict.WEAK_FIT, "")),
    ],
)
def test_one_lead_and_what_is_said_of_it(typed, expected):
    record = Feedback(**fields(typed, Feedback))
    assert (record.lead, record.verdict, record.reason) == expected
    assert record.text in ("A student", "Asked for a demo", "Wants to sell")


@pytest.mark.parametrize("typed", ["lead: call back", "fit:rejected", "verdict:re", "reason: none", "fit:"])
def test_what_is_no_lead_and_no_verdict_stays_text(typed):
    assert fields(typed, Feedback) == {"text": typed}


def test_what_is_said_of_a_lead_stays_text_in_everything_else():
    assert fields("Send it lead:Acme fit:strong", ActionItem)["title"] == "Send it lead:Acme fit:strong"


@pytest.mark.parametrize(
    ("kind", "typed", "expected"),
    [
        (ActionItem, "Do it @Jo ^+7d #sales", {"owner": "Jo", "due": dt.date(2026, 11, 28), "team": Team.A}),
        (ActionItem, "Do it for:Jo due:fri team:both", {"owner": "Jo", "due": FRIDAY, "team": Team.BOTH}),
        (Decision, "Do it @Jo ^fri #marketing", {"owner": "Jo", "check_date": FRIDAY, "team": Team.B}),
        (Win, "Do it @Jo @Sam @jo ! #both", {"credits": ("Jo", "Sam"), "big": True, "team": Team.BOTH}),
        (Win, "Do it for:Jo big:", {"credits": ("Jo",), "big": True, "team": Team.B}),
        (Win, "Do it @Jo @Sam", {"credits": ("Jo", "Sam"), "team": Team.BOTH}),
        (Problem, "Do it @Jo #sales", {"raised_by": "Jo", "team": Team.A}),
        (Problem, "Do it @Jo", {"raised_by": "Jo"}),
        (Goal, "Do it @Jo ^eoq", {"owner": "Jo", "due": dt.date(2026, 12, 31), "team": Team.B}),
        (Feedback, "Do it *4 #sales", {"rating": 4, "from_team": Team.A, "kind": LEAD_QUALITY}),
        (Feedback, "Do it rate:2 team:Marketing", {"rating": 2, "from_team": Team.B, "kind": FOLLOW_UP}),
        (ComingUp, "Do it ^4_dec #marketing", {"date": dt.date(2026, 12, 4), "team": Team.B}),
        (Person, "Do it #sales guest:", {"team": Team.A, "guest": True}),
    ],
)  # fmt: skip
def test_each_kind_of_record_has_its_tokens(kind, typed, expected):
    draft = parse(typed, kind, HERE)
    assert draft.fields == {main_field(kind): "Do it", **expected}
    record = kind(**draft.fields)
    assert all(getattr(record, name) == value for name, value in draft.fields.items())


@pytest.mark.parametrize(
    ("kind", "word"),
    [
        *((ActionItem, word) for word in ("!", "big:", "*4", "rate:4", "guest:")),
        *((Decision, word) for word in ("!", "*4", "guest:")),
        *((Win, word) for word in ("^fri", "due:fri", "*4")),
        *((Problem, word) for word in ("^fri", "!", "*4")),
        *((Goal, word) for word in ("!", "*4")),
        *((Feedback, word) for word in ("@Jo", "for:Jo", "for:Newcomer", "^fri", "!", "#both")),
        *((ComingUp, word) for word in ("@Jo", "for:Newcomer", "!", "*4")),
        *((Person, word) for word in ("@Jo", "^fri", "!", "*4")),
    ],
)
def test_a_token_that_is_not_meant_for_that_kind_stays_text(kind, word):
    draft = parse(f"Do {word} it", kind, HERE)
    assert draft.fields == {main_field(kind): f"Do {word} it"}
    assert draft.understood == ()
    assert draft.new_people == ()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "typed",
    [
        "mail sam@example.com",
        "@sam@example.social",
        "worth $30,000",
        "learn C#",
        "be #1",
        "call @3pm",
        "do *4 reps* a day",
        "do *4 long reps*, then rest",
        "!important",
        "now!",
        "so !!",
        "^ alone",
        "x ^2",
        "^4/12",
        "^nonsense",
        "#nosuchteam",
        "# alone",
        "@ alone",
        "* alone",
        "*0 and *6 and *44 and *4.5",
        "https://example.com/#sales",
        "https://example.com/@Jo",
        "@Nobody",
        "@Lee",
        "@Jo's",
        "@Jo!",
        "(@Jo",
        "a#sales b@Jo c^fri",
        "for: due: team: rate:",
        "for:3 due:never team:none rate:six",
        "note: due:",
        "for:http://example.com",
        "[red]x[/red]",
        "\\",
        "\\n \\\\server\\share C:\\@x",
        "two  spaces   stay",
    ],
)
def test_these_stay_as_typed_in_every_kind(kind, typed):
    draft = parse(typed, kind, HERE)
    assert draft.fields == {main_field(kind): typed}
    assert draft.understood == ()


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("@Sam", "Sam"),
        ("@sam", "Sam"),
        ("@sama", "Samantha"),
        ("@p", "Priya Rao"),
        ("@PRIYA_RAO", "Priya Rao"),
        ("@priya_r", "Priya Rao"),
        ("@Lee_Ann", "Lee Ann"),
        ("@lee_and", "Lee Anders"),
        ("@" + unicodedata.normalize("NFD", "zoë"), "Zoë"),
        ("for:sama", "Samantha"),
        ("FOR:Jo", "Jo"),
    ],
)
def test_a_person_is_known_by_the_unique_beginning_of_the_name(word, name):
    assert fields(f"Do it {word}")["owner"] == name


def test_the_beginning_of_several_names_names_nobody():
    assert fields("Do it @Lee_An") == {"title": "Do it @Lee_An"}
    assert fields("Do it for:Lee_An") == {"title": "Do it for:Lee_An"}


def test_an_unknown_name_in_the_long_form_makes_the_person():
    draft = parse("Do it for:Kim_Lee #sales", ActionItem, HERE)
    assert draft.fields["owner"] == "Kim Lee"
    assert draft.new_people == (("Kim Lee", Team.A),)
    assert describe(draft) == ["owner Kim Lee (new)", "Sales"]


def test_a_new_person_without_a_team_belongs_to_both():
    draft = parse("Do it for:Kim", ActionItem, HERE)
    assert draft.new_people == (("Kim", Team.BOTH),)
    assert "team" not in draft.fields


def test_only_those_who_are_named_in_the_end_become_people():
    draft = parse("Do it for:Kim for:Lou @Jo", ActionItem, HERE)
    assert draft.fields == {"title": "Do it", "owner": "Jo", "team": Team.B}
    assert draft.new_people == ()


def test_one_new_person_spelt_twice_is_one_person():
    draft = parse("Do it for:Kim for:kim", Win, HERE)
    assert draft.fields["credits"] == ("Kim",)
    assert draft.new_people == (("Kim", Team.BOTH),)


def test_the_last_one_wins():
    assert fields("Do it @Sam @Jo ^mon ^fri #sales #both") == {
        "title": "Do it",
        "owner": "Jo",
        "due": FRIDAY,
        "team": Team.BOTH,
    }
    assert describe(parse("Do it @Sam @Jo", ActionItem, HERE)) == ["owner Jo", "Marketing"]


def test_the_owners_team_is_the_team_unless_the_line_names_one():
    assert fields("Do it @Jo")["team"] is Team.B
    assert fields("Do it @Jo #sales")["team"] is Team.A
    assert "team" not in fields("Do it ^fri")


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("@Jo: send it", "send it"),
        ("Send it @Jo.", "Send it"),
        ("Send it @Jo, then  rest", "Send it, then  rest"),
        ("Send it, @Jo, then rest", "Send it, then rest"),
        ("Send it (with @Jo)", "Send it (with)"),
        ("Send it (with @Jo), soon", "Send it (with), soon"),
        ("Send it @Jo); ^fri", "Send it"),
        ("  @Jo  two  spaces  ^fri  stay  ", "two  spaces  stay"),
        ("a @Jo ^fri #sales b", "a b"),
        ("a @Jo   b", "a b"),
        ("a   @Jo b", "a   b"),
        ("a\t@Jo\nb", "a b"),
    ],
)
def test_a_token_leaves_without_a_trace_and_its_punctuation_joins_the_word_before(typed, left):
    assert words(typed) == left
    assert fields(typed)["owner"] == "Jo"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\\@Jo", "@Jo"),
        ("\\^fri", "^fri"),
        ("\\#sales", "#sales"),
        ("\\*4", "*4"),
        ("\\!", "!"),
        ("\\for:Jo", "for:Jo"),
        ("\\Due:fri", "Due:fri"),
        ("\\@unknown", "@unknown"),
        ("\\\\@Jo", "\\@Jo"),
        ("mail\\@Jo", "mail\\@Jo"),
    ],
)
def test_a_backslash_keeps_a_word_as_text_and_goes(typed, kept):
    for kind in KINDS:
        assert fields(f"a {typed} b", kind) == {main_field(kind): f"a {kept} b"}


@pytest.mark.parametrize("typed", ["", "   ", "@Jo", "@Jo ^fri, #sales", "\x1b[31m"])
def test_a_line_without_words_of_its_own_cannot_be_added_yet(typed):
    draft = parse(typed, ActionItem, HERE)
    assert draft.missing
    assert draft.error == "This line has no words of its own yet."


def test_what_was_understood_is_where_it_was_typed():
    typed = "  Send it @Pri, for:Kim ^fri"
    draft = parse(typed, ActionItem, HERE)
    assert [(typed[piece.start : piece.end], piece.field, piece.shown) for piece in draft.understood] == [
        ("@Pri", "owner", ""),
        ("for:Kim", "owner", "owner Kim (new)"),
        ("^fri", "due", "due Fri 27 Nov"),
    ]


def test_descriptions_come_in_one_order_however_the_line_was_typed():
    assert describe(parse("! #sales @Sam Won", Win, HERE)) == ["credit to Sam", "Sales", "big"]
    assert describe(parse("*4 #sales Bad", Feedback, HERE)) == ["from Sales", "rating 4"]
    assert describe(parse("^fri Launch", ComingUp, HERE)) == ["on Fri 27 Nov"]
    assert describe(parse("^4_jan @Jo Stop", Decision, HERE)) == [
        "owner Jo",
        "check on Mon 4 Jan 2027",
        "Marketing",
    ]


def test_a_team_name_of_two_words_takes_an_underscore():
    here = Context(PEOPLE, {"a": "New Business", "b": "Growth"}, SATURDAY)
    assert fields("Do it #new_business", context=here)["team"] is Team.A
    assert fields("Do it #sales", context=here) == {"title": "Do it #sales"}
    assert fields("Do it #new", context=here) == {"title": "Do it #new"}


def test_nameless_people_and_teams_are_never_meant():
    here = Context((("", Team.A),), {"a": "", "b": ""}, SATURDAY)
    assert fields("Do @ for: # team: it", context=here) == {"title": "Do @ for: # team: it"}


@pytest.mark.parametrize(
    ("kind", "typed", "doubts"),
    [
        (ActionItem, "Call @Xaver", ["nobody is called Xaver; for:Xaver makes a new person"]),
        (Win, "Call @Xaver_Y.", ["nobody is called Xaver Y; for:Xaver_Y makes a new person"]),
        (Goal, "Call @Jo!", ["nobody is called Jo!"]),
        (ActionItem, "Call @lee_an, soon", ["“@lee_an” could be Lee Ann or Lee Anders"]),
        (ActionItem, "Launch ^32.13.", ["“^32.13.” is not a day; ^fri or ^31dec is one"]),
        (ComingUp, "Launch ^2026-13-45, then", ["“^2026-13-45” is not a day; ^fri or ^31dec is one"]),
        (ComingUp, "Launch due:31 calls", ["“due:31” is not a day; due:fri or due:31dec is one"]),
        (
            Decision,
            "Launch due:xyz ^tomorow",
            [
                f"“{lead}{word}” is not a day; {lead}fri or {lead}31dec is one"
                for lead, word in (("due:", "xyz"), ("^", "tomorow"))
            ],
        ),
        (Problem, "Launch ^fri", []),
        (Person, "Sam #nix", ["“#nix” is no team"]),
        (ActionItem, "Fix team:none #nix #nix", ["“team:none” is no team", "“#nix” is no team"]),
        (Feedback, "Bad *9 #both", ["a rating is 1 to 5", "feedback comes from one team"]),
        (Feedback, "Bad rate:six", ["a rating is 1 to 5"]),
        (Win, "Won *9 reps", []),
        (Feedback, "Ask @Nobody", []),
    ],
)
def test_a_word_that_only_looks_like_a_token_stays_and_is_named(kind, typed, doubts):
    draft = parse(typed, kind, HERE)
    assert draft.doubts == tuple(doubts)
    assert words(typed, kind) == typed
    assert parse(escape(typed), kind, HERE).doubts == ()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "typed",
    [
        *("call @3pm", "be #1", "learn C#", "^ alone", "# and @ and *", "do *4 reps* a day", "**bold**"),
        *("mail sam@example.com", "@sam@example.social", "note: due:", "rate: the rate", "so ^_^ !!"),
        *("https://example.com/@Ann#top", "for:http://example.com", "\\@Xaver \\^xyz", "for:3", "-10 % *"),
    ],
)
def test_text_like_any_other_is_not_doubted(kind, typed):
    assert parse(typed, kind, HERE).doubts == ()


LINES = st.lists(
    st.one_of(
        st.text(max_size=6),
        st.sampled_from(
            [*SIGNS, *(f"{name}:" for name in LONG_FORMS), "\\", " ", "  ", "\t", "\n", ",", ")", "(", "."]
        ),
        st.sampled_from(
            ["Sam", "jo", "fri", "+7d", "sales", "both", "4", "Kim", "\x1b[m", "\x00", "\u202e", "\u00a0"]
        ),
    )
).map("".join)


@settings(deadline=None, max_examples=300)
@given(LINES, st.sampled_from(KINDS))
def test_any_line_makes_a_record(text, kind):
    draft = parse(text, kind, HERE)
    record = kind(**draft.fields)
    assert draft.missing == (getattr(record, main_field(kind)) == "")
    assert bool(draft.error) == draft.missing
    assert clean(words(text, kind)) == words(text, kind)
    assert all(0 <= piece.start <= piece.end <= len(text) for piece in draft.understood)
    assert len(describe(draft)) <= len(draft.understood)


@settings(deadline=None, max_examples=300)
@given(LINES, st.sampled_from(KINDS))
def test_escaped_text_stays_text(text, kind):
    draft = parse(escape(text), kind, HERE)
    assert draft.fields == {main_field(kind): clean(text)}
    assert draft.understood == ()


@settings(deadline=None, max_examples=300)
@given(LINES, st.integers(-2, 60), st.sampled_from(KINDS))
def test_every_completion_of_a_known_name_is_understood(text, cursor, kind):
    for offer in complete(text, cursor, kind, HERE):
        assert 0 <= offer.start <= offer.end <= len(text)
        assert parse(f"x {offer.insert}", kind, HERE).understood


def offered(text, kind=ActionItem, cursor=None):
    return [
        (offer.insert, offer.label)
        for offer in complete(text, len(text) if cursor is None else cursor, kind, HERE)
    ]


def test_people_are_offered_by_any_part_of_their_name():
    assert offered("Do it @sam") == [("@Sam", "Sam"), ("@Samantha", "Samantha")]
    assert offered("Do it for:lee") == [("for:Lee_Ann", "Lee Ann"), ("for:Lee_Anders", "Lee Anders")]
    assert offered("Do it @rao")[0] == ("@Priya_Rao", "Priya Rao")
    assert len(offered("@")) == len(PEOPLE)


def test_an_unknown_name_is_offered_as_a_new_person():
    (offer,) = complete("Do it @Kim_Lee", 14, ActionItem, HERE)
    assert (offer.insert, offer.label, offer.new_person) == ("for:Kim_Lee", "new person Kim Lee", True)
    assert parse(f"Do it {offer.insert}", ActionItem, HERE).new_people == (("Kim Lee", Team.BOTH),)
    assert offered("call @3pm") == []


def test_dates_are_offered_with_the_day_they_mean():
    assert offered("Do it ^fr") == [("^friday", "Fri 27 Nov")]
    assert offered("Do it due:+7") == [("due:+7d", "Sat 28 Nov")]
    assert offered("Do it ^4_dec") == [("^4_dec", "Fri 4 Dec")]
    assert ("^tomorrow", "Sun 22 Nov") in offered("Do it ^")
    assert offered("Do it ^nonsense") == []


def test_teams_are_offered():
    assert offered("Do it #") == [("#sales", "Sales"), ("#marketing", "Marketing"), ("#both", "Both")]
    assert offered("Do it team:m") == [("team:marketing", "Marketing")]
    assert offered("Bad #", Feedback) == [("#sales", "Sales"), ("#marketing", "Marketing")]


def test_only_what_the_kind_understands_is_offered():
    assert offered("Bad @", Feedback) == []
    assert offered("Won ^", Win) == []
    assert offered("Do it \\@sam") == []
    assert offered("Do it sam") == []


def test_a_completion_replaces_the_word_around_the_cursor():
    typed = "Ask @prxx, then call"
    (offer,) = complete(typed, 7, ActionItem, HERE)
    assert typed[: offer.start] + offer.insert + typed[offer.end :] == "Ask @Priya_Rao, then call"


@pytest.mark.parametrize(
    ("typed", "title", "due"),
    [
        ("Call ^31 dec", "Call", dt.date(2026, 12, 31)),
        ("Call due:31 Dec, then write", "Call, then write", dt.date(2026, 12, 31)),
        ("Call ^dec  4 them", "Call them", dt.date(2026, 12, 4)),
        ("Call ^31st dec, 2027 @Jo", "Call", dt.date(2027, 12, 31)),
        ("Call ^next week", "Call", dt.date(2026, 11, 28)),
        ("Call ^+2 weeks, then", "Call, then", dt.date(2026, 12, 5)),
        ("Order ^31 dec 2000 leaflets", "Order 2000 leaflets", dt.date(2026, 12, 31)),
        ("Order ^fri 4 decorations", "Order 4 decorations", FRIDAY),
        ("Call ^31dec 2 people", "Call 2 people", dt.date(2026, 12, 31)),
        ("Call ^31 people", "Call ^31 people", None),
        ("Call \\^31 dec", "Call ^31 dec", None),
        ("Call ^ 31 dec", "Call ^ 31 dec", None),
    ],
)
def test_a_day_may_be_written_in_several_words(typed, title, due):
    draft = parse(typed, ActionItem, HERE)
    assert (draft.fields["title"], draft.fields.get("due")) == (title, due)
    shown = [typed[piece.start : piece.end] for piece in draft.understood if piece.field == "due"]
    assert len(shown) == (due is not None)


def test_a_day_in_several_words_stays_text_where_no_day_is_meant():
    assert fields("Won ^31 dec", Win) == {"title": "Won ^31 dec"}
