"""What a terminal sends when somebody pastes: one piece, and never a key."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual import events

from tui.machine import pasting
from tui.machine.pasting import END, START, WholePastes

PASTED = st.text(
    st.sampled_from(["\x1b", "[", "2", "0", "1", "~", "]", ";", "\x07", "\r", "q", "é", "\x9b", "\x00"])
).filter(lambda text: END not in text and not (text + END).startswith(END[1:]))


def read(*pieces: str) -> list[tuple[str, str]]:
    parser = WholePastes()
    found = []
    for piece in pieces:
        for event in [*parser.feed(piece), *parser.tick()]:
            assert isinstance(event, events.Key | events.Paste)
            found.append(("key", event.key) if isinstance(event, events.Key) else ("paste", event.text))
    return found


def cut(text: str, places: list[int]) -> list[str]:
    at = sorted({place % (len(text) + 1) for place in places} | {0, len(text)})
    return [text[a:b] for a, b in pairwise(at)]


@given(PASTED, st.lists(st.integers(0, 60), max_size=6))
@example("- one \x1b[31m\rq\x1b]0;x\x07", [1, 3])
@example("a\x1b[201", [8])
@example("", [2])
def test_a_paste_is_one_piece_wherever_it_is_cut(text: str, places: list[int]) -> None:
    if (text + END).index(END) != len(text):
        return
    sent = f"ab{START}{text}{END}\rc"
    assert read(*cut(sent, places)) == [
        *[("key", "a"), ("key", "b")],
        ("paste", text),
        *[("key", "enter"), ("key", "c")],
    ]


def test_two_pastes_and_keys_between_them() -> None:
    assert read(f"{START}a\x1b{END}\x1b[A{START}\nb{END}") == [
        ("paste", "a\x1b"),
        ("key", "up"),
        ("paste", "\nb"),
    ]


def test_a_paste_that_never_ends_leaves_the_keyboard_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = 100.0
    monkeypatch.setattr(pasting.time, "monotonic", lambda: moment)
    parser = WholePastes()
    assert list(parser.feed(f"{START}half")) == []
    moment += pasting.PATIENCE + 1
    assert [event.text for event in parser.tick() if isinstance(event, events.Paste)] == ["half"]
    assert [event.key for event in parser.feed("q") if isinstance(event, events.Key)] == ["q"]
