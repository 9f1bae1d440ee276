"""Rows that have no order of their own stay where J and K have put them: in the file and after a restart."""

from __future__ import annotations

import pytest

from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.tui.seeing import told, until
from tests.tui.stage import LISTS, STEPS, rich_meeting
from tests.tui.step_app import at_step, on_disk, to_list
from tui.steps.lead_table import TOTAL
from tui.widgets.rows import Rows

ORDERED = {"checkin.coming", "wrapup.owed", "wrapup.decided", "wrapup.ratings"}
"""Lists in an order of their own, and those of the wrap-up, which show what other lists have."""
FREE = [(step, name) for step in STEPS for name in LISTS[step] if f"{step}.{name}" not in ORDERED]


def keys(rows: Rows) -> list[str]:
    """The rows that are records; the one that adds them up stays below them."""
    return [key for at in range(rows.count) if (key := rows.row_key(at)) != TOTAL]


@pytest.mark.parametrize(("step", "name"), FREE)
async def test_a_row_stays_where_it_was_moved(
    workspace: Workspace, clock: Clock, step: str, name: str
) -> None:
    rich_meeting(workspace, clock)
    async with at_step(workspace, step) as (app, pilot):
        rows = await to_list(pilot, name)
        await pilot.press("g")
        before = keys(rows)
        assert len(before) >= 2
        wanted = [*before[1:], before[0]]
        await pilot.press(*["J"] * (len(before) + 1))  # the last one goes nowhere: it is at the end
        await until(pilot, lambda: keys(rows) == wanted, "the first row last")
        assert rows.cursor_key == before[0]
        await pilot.press("K")
        wanted[-2:] = reversed(wanted[-2:])
        await until(pilot, lambda: keys(rows) == wanted, "one up again")
        await pilot.press("u")
        await told(pilot, "Undid: move")
        wanted[-2:] = reversed(wanted[-2:])
        await until(pilot, lambda: keys(rows) == wanted, "it undone")
        app.desk.session.saver.close()
    stored = [record.uid for _, record in on_disk(workspace).content() if record.uid in wanted]
    assert stored == wanted
    async with at_step(workspace, step) as (_, pilot):
        rows = await to_list(pilot, name)
        assert keys(rows) == wanted
