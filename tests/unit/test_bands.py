"""How panels share the room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.widgets.bands import FOLDED, IN_USE, LEAST, share

WANTED = st.lists(st.integers(LEAST, 40), min_size=1, max_size=5)


def test_what_is_left_over_goes_to_the_one_that_grows() -> None:
    assert share([5, 3, 4], 20, used=1) == [5, 3, 12]
    assert share([5, 3, 4], 20, used=1, grows=0) == [13, 3, 4]


def test_heights_do_not_depend_on_the_one_in_use_where_each_shows_a_few_lines() -> None:
    for used in range(4):
        assert share([30, 12, 12, 12], 34, used) == [9, 9, 8, 8]
        assert share([30, 12, 4, 12], 34, used) == [10, 10, 4, 10]


def test_the_one_in_use_takes_what_its_rows_need_from_the_highest() -> None:
    assert share([30, 12, 12, 12], 34, used=3, need=11) == [8, 8, 7, 11]
    assert share([12, 12, 12], 14, used=2, need=11) == [3, 3, 8]


def test_with_little_room_the_others_are_titles() -> None:
    assert share([20, 9, 9, 3], 12, used=1) == [FOLDED, 9, FOLDED, FOLDED]


@given(WANTED, st.integers(12, 60), st.data())
def test_the_room_is_used_up_and_nothing_is_lost(wanted: list[int], room: int, data: st.DataObject) -> None:
    used = data.draw(st.integers(0, len(wanted) - 1))
    heights = share(wanted, room, used)
    assert sum(heights) == room
    assert min(heights) >= FOLDED
    assert heights[used] >= min(wanted[used], LEAST)
    if sum(wanted) > room and min(heights) >= LEAST:
        assert heights[used] >= min(wanted[used], IN_USE, room - LEAST * (len(wanted) - 1))
        moved = [abs(one - other) for one, other in zip(heights, share(wanted, room, 0), strict=True)]
        assert max(moved) <= IN_USE - LEAST or min(share(wanted, room, 0)) == FOLDED
    if sum(wanted) <= room:
        assert all(height >= lines for height, lines in zip(heights, wanted, strict=True))
