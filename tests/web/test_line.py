"""What becomes of an app when its page, the network or the server goes away: it is saved, and ends or goes on."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal import prepared
from tests.web.browser import Tab, chromium
from tests.web.relay import Relay
from tests.web.serving import PATIENCE, Connected, Served, connected, served

LOST, LEFT, OVER, GONE = 4010, 4000, 4001, 4002
"""Close codes: those of page.js and parting.py."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Served]:
    prepared.running(tmp_path)
    with served(tmp_path, "--config", str(prepared.config_file(tmp_path))) as server:
        yield server


@pytest.fixture
def cookie(server: Served) -> str:
    return server.come_in(server.links[-1]).partition(";")[0]


async def keys(app: Connected, text: str) -> None:
    await app.socket.send_json(["stdin", text])


async def win(app: Connected, title: str) -> None:
    """Add a win; the app says that it has it."""
    await keys(app, "w")
    await app.wait_for("Esc ends")
    await keys(app, f"{title}\r")
    await app.wait_for("Added:")


def alive(process: int) -> bool:
    """Whether that process runs; one that has ended and is nobody's any more may be listed still."""
    try:
        return "Z" not in (Path("/proc") / str(process) / "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


async def saved_and_ended(server: Served) -> None:
    """Wait until no app runs any more: before it ends, it writes what waits."""
    async with asyncio.timeout(PATIENCE):
        while server.apps():
            await asyncio.sleep(0.05)


def titles(home: Path) -> set[str]:
    return {row["title"] for row in prepared.rows(home, "wins")}


async def test_a_closed_page_ends_its_app_with_everything_saved(
    server: Served, cookie: str, tmp_path: Path
) -> None:
    async with connected(server, cookie) as app:
        assert len(server.apps()) == 1
        await win(app, "Acme signed")
    await saved_and_ended(server)
    assert titles(tmp_path) == {"Acme signed"}


async def test_after_the_network_was_away_the_page_has_its_app_again(
    server: Served, cookie: str, tmp_path: Path
) -> None:
    async with connected(server, cookie) as app:
        await keys(app, "w")
        await app.wait_for("Esc ends")
        await keys(app, "Half ty")
        await app.wait_for("Half ty")
        await app.socket.close(code=LOST)
    before = server.apps()
    async with connected(server, cookie, again=True) as app:
        await app.wait_for("Half ty")
        assert server.apps() == before
        async with connected(
            server, cookie, again=True
        ) as later:  # and once more, before the first line is known dead
            await app.closed()
            await keys(later, "ped\r")
            await later.wait_for("Added:")
    await saved_and_ended(server)
    assert titles(tmp_path) == {"Half typed"}


async def test_a_page_of_another_browser_does_not_get_that_app(server: Served, cookie: str) -> None:
    other = server.come_in(server.next_link()).partition(";")[0]
    async with connected(server, cookie), connected(server, other):
        assert len(server.apps()) == 2


async def test_a_page_whose_app_is_gone_is_told_to_load_anew(server: Served, cookie: str) -> None:
    with pytest.raises(AssertionError, match=str(GONE)):
        async with connected(server, cookie, again=True):
            pass


async def test_leaving_says_that_all_is_saved_and_a_fault_says_what_it_is(
    server: Served, cookie: str
) -> None:
    async with connected(server, cookie) as app:
        await keys(app, "q")
        await app.wait_for("Leave while the meeting runs?")
        await keys(app, "\r")
        assert await app.parted() == (LEFT, "You have left. Everything is saved.")
    async with connected(server, cookie) as app:
        os.kill(server.apps()[0], signal.SIGKILL)
        assert await app.parted() == (LEFT, "The app has ended by itself. What was saved is safe.")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
async def test_when_the_server_ends_the_apps_save_and_the_pages_say_so(
    server: Served, cookie: str, tmp_path: Path, how: signal.Signals
) -> None:
    async with connected(server, cookie) as app:
        await win(app, "Acme signed")
        apps = server.apps()
        server.process.send_signal(how)
        assert await app.parted() == (OVER, "Accord is no longer served here. Everything is saved.")
    await asyncio.to_thread(server.process.wait, PATIENCE)
    assert server.process.returncode == 0
    assert not any(alive(app_) for app_ in apps)
    assert titles(tmp_path) == {"Acme signed"}


async def test_what_could_not_be_saved_is_not_said_to_be(server: Served, cookie: str, tmp_path: Path) -> None:
    async with connected(server, cookie) as app:
        await keys(app, ".")
        await app.wait_for("paused")  # or its clock may be written while the store goes
        await app.wait_for(" Saved")
        store = prepared.store_of(tmp_path).folder
        store.rename(store.with_name("elsewhere"))
        store.write_text("no folder")
        await win(app, "Acme signed")
        await app.wait_for("Not saved")
        server.process.terminate()
        assert await app.parted() == (
            OVER,
            "Accord is no longer served here. The last edits could not be saved.",
        )


async def test_when_the_server_is_killed_the_apps_save_and_end(
    server: Served, cookie: str, tmp_path: Path
) -> None:
    async with connected(server, cookie) as app:
        await win(app, "Acme signed")
        apps = server.apps()
        server.process.kill()
        async with asyncio.timeout(PATIENCE):
            while any(alive(app_) for app_ in apps):
                await asyncio.sleep(0.05)
    assert titles(tmp_path) == {"Acme signed"}


def test_a_real_page_says_that_the_network_is_away_and_goes_on_where_it_was(tmp_path: Path) -> None:
    prepared.running(tmp_path)
    config = str(prepared.config_file(tmp_path))
    with Relay() as relay, served(tmp_path, "--config", config, public=relay.address) as server:
        relay.to(server.port)
        with chromium(tmp_path) as browser:
            tab = Tab(browser, relay.address).open(server.links[-1])
            tab.press("T").wait_for("Theme: light")
            edge = "getComputedStyle(document.querySelector('.xterm-viewport')).backgroundColor"
            tab.page.wait_for_function(
                f"{edge} === 'rgb(251, 250, 248)'"
            )  # no dark edge around a light screen
            tab.press("w").wait_for("Esc ends")
            tab.type("Half ty").wait_for("Half ty")
            relay.cut()
            tab.page.wait_for_selector("#away:visible")
            assert "What was entered is saved" in tab.page.inner_text("#away")
            tab.type("nothing that is typed now is taken")
            relay.mend()
            tab.page.wait_for_selector("#away", state="hidden")
            tab.type("ped").press("Enter")
            tab.wait_for("Added: “Half typed”")

            relay.cut()
            [app] = server.apps()
            os.kill(app, signal.SIGTERM)
            tab.page.wait_for_selector("#away:visible")
            while server.apps():  # it saves before it ends
                tab.page.wait_for_timeout(20)
            relay.mend()
            tab.page.wait_for_selector(
                "#away", state="hidden"
            )  # its app has ended meanwhile: the page loads anew
            tab.page.wait_for_selector("body.-first-byte")
            assert app not in server.apps()

            server.process.kill()
            tab.page.wait_for_selector("#away:visible")
            with served(tmp_path, "--config", config, public=relay.address) as another:
                relay.to(another.port)
                tab.page.wait_for_selector("#ended:visible")
            assert (
                tab.page.inner_text("#ended").strip() == "Accord has been started anew. Ask for a new link."
            )
    assert titles(tmp_path) == {"Half typed"}
