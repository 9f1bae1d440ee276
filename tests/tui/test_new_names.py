"""A name that is typed into a form or a row, and that nobody has yet, is on the list of people from then on."""

from __future__ import annotations

import pytest

from meetings.kinds import Team
from meetings.model import ActionItem
from meetings.session import Session
from meetings.workspace import Workspace
from tests.conftest import Clock
from tests.tui.seeing import seen, until
from tests.tui.step_app import at_step, on_disk, second_meeting, to_list
from tui.dialogs.form import Form
from tui.widgets.cell_edit import CellEdit


@pytest.fixture
def held(workspace: Workspace, clock: Clock) -> Workspace:
    """A meeting with a promise of Lena's and one of nobody's."""

    def second(session: Session) -> None:
        session.add(ActionItem(title="Send the list", owner="Lena"))
        session.add(ActionItem(title="Count the chairs", team=Team.A))

    second_meeting(workspace, clock, lambda session: None, second)
    return workspace


def people(workspace: Workspace) -> dict[str, Team]:
    return {person.name: person.team for person in on_disk(workspace).people.values()}


async def test_a_new_owner_in_a_form(held: Workspace) -> None:
    async with at_step(held, "actions") as (app, pilot):
        await to_list(pilot, "new")
        await pilot.press("e")
        await until(pilot, lambda: isinstance(app.screen, Form) and app.screen.focused, "a form")
        await pilot.press("down", *["backspace"] * 4, *"Nia", "enter")
        await seen(pilot, "Nia")
        assert [item.owner for item in on_disk(held).action_items.values()] == ["Nia", ""]
        assert people(held)["Nia"] is Team.B, "as the promise is"
        await pilot.press("u")
        await until(pilot, lambda: "Nia" not in people(held), "one edit")


async def test_a_new_owner_in_a_row(held: Workspace) -> None:
    async with at_step(held, "wrapup") as (app, pilot):
        await to_list(pilot, "owed")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen.focused, CellEdit), "a field")
        await pilot.press(*"Bo", "enter")
        await until(pilot, lambda: "Bo" in people(held), "a person")
    assert people(held)["Bo"] is Team.A
    assert sorted(item.owner for item in on_disk(held).action_items.values()) == ["Bo", "Lena"]
