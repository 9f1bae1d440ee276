"""The documentation says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import house, pictures
from tests.renew import PAGES, ROOT
from tui.keys import ACTIONS_TABLE

DOCS = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])


@pytest.mark.parametrize("name", PAGES)
def test_generated_pages_are_up_to_date(name: str) -> None:
    stored = (ROOT / name).read_text("utf-8")
    assert stored == PAGES[name](), f"{name} is out of date: python -m tests.renew writes it"


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}, which is not there"


def test_architecture_names_every_room() -> None:
    text = (ROOT / "docs/architecture.md").read_text("utf-8")
    missing = [name for name in house.folders() if f"`{name}`" not in text]
    assert not missing


def test_every_action_is_in_the_key_list() -> None:
    text = (ROOT / "docs/keys.md").read_text("utf-8")
    for action in ACTIONS_TABLE:
        assert f"`{action.id}`" in text


def test_the_readme_has_one_command_to_run_and_one_to_test() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    for name, end in (("run", ".venv/bin/accord"), ("test", "-m pytest -q -n auto --dist worksteal")):
        found = re.search(rf"<!-- {name} command -->\n```sh\n(.+)\n```\n<!-- end -->", text)
        assert found is not None
        assert found[1].endswith(end)
        assert "\n" not in found[1]


@pytest.mark.parametrize("name", pictures.PICTURES)
async def test_pictures_show_what_the_app_shows(name: str) -> None:
    stored = (pictures.FOLDER / f"{name}.svg").read_text("utf-8")
    with pictures.in_utc():
        drawn, _ = await pictures.draw(pictures.PICTURES[name])
    assert pictures.text_of(stored) == pictures.text_of(drawn), (
        "python -m tests.renew draws the pictures anew"
    )


def test_every_picture_is_shown_somewhere_and_needs_no_network() -> None:
    pages = "".join(page.read_text("utf-8") for page in DOCS)
    for path in pictures.FOLDER.glob("*.svg"):
        assert f"pictures/{path.name}" in pages
        assert not re.search(r"url\(", path.read_text("utf-8").replace("url(#", ""))
