"""What every test has: a home that is nobody's, a clock that stands still, a configuration and a workspace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from msgspec.structs import replace

from meetings.config import Config, TeamConfig, default_config
from meetings.paths import HOME, Paths, user_paths
from meetings.workspace import Workspace
from tests.places import Folder, Place, Series

# How long an example takes is no fault of it: the machine may have much else to do.
settings.register_profile(
    "accord", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("accord")

MONDAY = dt.datetime(2026, 11, 16, 9, 0, tzinfo=dt.UTC)
"""Where the frozen clock stands: the meeting's usual day."""


class Clock:
    """A clock that only moves when it is told to."""

    def __init__(self, moment: dt.datetime = MONDAY) -> None:
        self.moment = moment

    def now(self) -> dt.datetime:
        return self.moment

    def today(self) -> dt.date:
        return self.moment.date()

    def advance(self, seconds: float) -> dt.datetime:
        self.moment += dt.timedelta(seconds=seconds)
        return self.moment


@pytest.fixture(autouse=True)
def nobodys_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Accord's folders below a temporary one; a test that writes into the home itself fails."""
    home = tmp_path_factory.mktemp("home")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "ACCORD_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    accord = tmp_path_factory.mktemp("accord")
    monkeypatch.setenv(HOME, str(accord))
    yield accord
    left = sorted(str(path.relative_to(home)) for path in home.rglob("*"))
    assert not left, f"the test wrote into the user's home: {left}"


@pytest.fixture(autouse=True)
def nobodys_clipboard(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with neither a clipboard nor a desktop: the one at hand belongs to whoever runs the tests."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SSH_TTY", "/dev/null")


@pytest.fixture(autouse=True)
def any_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal that shows any colour, whatever this one can."""
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture
def clock() -> Clock:
    """Monday 16 November 2026, 9:00 UTC, until the test advances it."""
    return Clock()


@pytest.fixture
def config() -> Config:
    """The shipped configuration with two people in each team."""
    teams = {
        "a": TeamConfig(name="Sales", people=("Sam", "Ana")),
        "b": TeamConfig(name="Marketing", people=("Lena", "Jonas")),
    }
    return replace(default_config(), teams=teams)


@pytest.fixture(scope="session")
def database() -> Iterator[str]:
    """The address of a database with Accord's tables in it, on a PostgreSQL server of this run's own."""
    from meetings.store.postgres import PostgresStore
    from tests.postgres_server import Server, programs

    if programs() is None:
        pytest.skip("there is no PostgreSQL server on this machine")
    server = Server()
    try:
        PostgresStore(server.address(), "weekly").prepare()
        yield server.address()
    finally:
        server.remove()


@pytest.fixture
def kind_of_place() -> str:
    """Modules whose tests run on every kind of store override this with `tests.places.KINDS`."""
    return "folder"


@pytest.fixture
def place(kind_of_place: str, paths: Paths, request: pytest.FixtureRequest) -> Place:
    """Where the test's meetings are."""
    if kind_of_place == "folder":
        return Folder(paths.data / "store")
    return Series(request.getfixturevalue("database"))


@pytest.fixture
def paths() -> Paths:
    """The folders of this test's user."""
    return user_paths()


@pytest.fixture
def workspace(config: Config, paths: Paths, clock: Clock, place: Place) -> Workspace:
    """An empty workspace in which every edit is on disk when its method returns."""
    return Workspace.open(place.configured(config), paths, background=False, now=clock.now, today=clock.today)
