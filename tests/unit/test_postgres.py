"""A PostgreSQL server as the store: what goes wrong is one sentence, nothing leaks, nothing is injected."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import msgspec
import psycopg
import pytest

from meetings.errors import StoreError, UsageError
from meetings.model import Win
from meetings.session import Session
from meetings.store.base import NotSaved, ReadOnly
from meetings.store.codec import tables_of
from meetings.store.offline import PatientStore
from meetings.store.postgres import PostgresStore
from meetings.store.saver import Progress
from meetings.store.server.link import NoTables, Unreachable
from meetings.store.server.notices import CHANNEL
from meetings.store.server.tables import STEPS
from tests.conftest import Clock
from tests.places import Series
from tests.postgres_server import Server, programs
from tests.unit.command_line import CONFIG, CommandLine
from tests.unit.test_store_files import meeting_with, with_win


@pytest.fixture
def series(database: str) -> Series:
    return Series(database)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A server that a test may stop and whose connections it may cut."""
    if programs() is None:
        pytest.skip("there is no PostgreSQL server on this machine")
    server = Server(durable=True)
    try:
        yield server
    finally:
        server.remove()


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://sam:secret@localhost/accord",
        "postgresql://sam@localhost/accord?password=secret",
        "postgresql://:secret@localhost",
        "postgresql://sam:secret/2@localhost/accord",
        "postgresql://sam:secret#@localhost/accord",
        "postgresql://sam@localhost/accord?sslkey=x&sslpassword=secret",
    ],
)
def test_a_password_in_the_address_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(UsageError, match="has a password in it") as caught:
        PostgresStore(address, "weekly")
    assert "secret" not in f"{caught.value} {caught.value.hint}"
    assert "PGPASSWORD" in caught.value.hint


@pytest.mark.parametrize(
    "address", ["postgresql://localhost/a?nonsense=1", "postgresql://[::1", "postgresql://%zz/a"]
)
def test_an_address_that_is_none_is_one_sentence(address: str) -> None:
    with pytest.raises(UsageError, match="cannot be understood"):
        PostgresStore(address, "weekly")


def test_a_server_that_does_not_answer_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "secret")
    store = PostgresStore("postgresql://sam@127.0.0.1:1/accord", "weekly")
    with pytest.raises(Unreachable, match=r"^The server of the meetings cannot be reached: ") as caught:
        store.numbers()
    assert "\n" not in caught.value.message
    assert "secret" not in caught.value.message
    assert "secret" not in store.location
    assert store.stamp(1) is None
    assert "cannot be reached" in store.read_only()


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ho%0Ast%1b[31m.invalid/x",
        "postgresql://localhost:1/%27;%20DROP%20TABLE%20accord.meetings;%20--",
        "postgresql:///x?host=/nonexistent%0A",
        "postgresql:///x?service=there-is-none",
        "postgresql://sam%0A@127.0.0.1:1/x?options=-c%20search_path%3Dpg_temp",
        "postgresql://sam@127.0.0.1/x?port=%0A5",
        "postgresql://sam@127.0.0.1:1/x?passfile=/nonexistent",
    ],
)
def test_whatever_an_address_says_is_one_sentence_without_a_surprise(address: str) -> None:
    store = PostgresStore(address, "weekly")
    with pytest.raises(Unreachable) as caught:
        store.numbers()
    for text in (caught.value.message, store.location):
        assert text.isprintable()
        assert text == text.strip()


def test_a_server_without_tls_is_refused_where_tls_is_asked_for(server: Server) -> None:
    store = PostgresStore(f"{server.address()}?sslmode=require", "weekly")
    with pytest.raises(
        Unreachable, match=r"^The server of the meetings cannot be reached: .* SSL was required\.$"
    ):
        store.numbers()


def test_options_in_the_address_cannot_put_other_tables_in_the_way(series: Series) -> None:
    meeting = series.store().create(meeting_with("one"))
    options = "?options=-c%20search_path%3Dpg_temp&client_encoding=latin1"
    store = PostgresStore(f"{series.address}{options}", series.name)
    assert store.save(with_win(meeting, "Ünï “田中”"), meeting).meeting == series.store().read(42)


def test_a_row_that_somebody_holds_is_said_and_the_edit_is_not_lost(series: Series) -> None:
    base = series.store().create(meeting_with("one"))
    store = PostgresStore(f"{series.address}?options=-c%20lock_timeout%3D50", series.name)
    with psycopg.connect(series.address) as holder:
        holder.execute("SELECT 1 FROM accord.meetings WHERE series = %s FOR UPDATE", (series.name,))
        with pytest.raises(NotSaved, match=r"^The server refused: .*lock timeout\.$"):
            store.save(with_win(base, "two"), base)
    assert len(store.save(with_win(base, "two"), base).meeting.wins) == 2


def test_a_long_question_holds_up_no_save_and_may_be_left(series: Series) -> None:
    store = series.store()
    for number in range(1, 9):
        store.create(meeting_with("one", number=number))
    asked = store.read_many(range(8, 0, -1))
    assert next(asked)[0] == 8
    base = store.read(3)
    assert len(store.save(with_win(base, "two"), base).meeting.wins) == 2
    assert [number for number, _ in asked] == [7, 6, 5, 4, 3, 2, 1]
    left = store.texts(range(1, 9))
    assert next(left)[0] == 1
    del left
    assert list(store.numbers()) == [*range(1, 9)]


@pytest.mark.parametrize(
    "name",
    [
        "'; DROP TABLE accord.meetings; --",
        "%s %(x)s {}",
        "weekly\\",
        "Ünï “田中” \U0001f600",
        "a" * 9000,
        "田" * 2500,
    ],
    ids=["sql", "format", "backslash", "unicode", "long", "long-unicode"],
)
def test_a_series_may_have_any_name(database: str, name: str) -> None:
    store, other = PostgresStore(database, name), PostgresStore(database, "other")
    meeting = store.create(meeting_with(name[:200]))
    assert store.read(42) == meeting
    saved = store.save(with_win(meeting, "'); DELETE FROM accord.meetings; --"), meeting).meeting
    assert store.read(42) == saved
    assert list(store.numbers()) == [42]
    assert list(other.numbers()) == []
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("DELETE FROM accord.meetings WHERE series = %s", (name,))


def test_series_in_one_database_do_not_see_each_other(database: str) -> None:
    one, two = Series(database), Series(database)
    first, second = one.store().create(meeting_with("one")), two.store().create(meeting_with("two"))
    one.store().save(with_win(first, "three"), first)
    assert two.store().read(42) == second


def test_a_database_without_tables_says_how_they_are_made(server: Server) -> None:
    store = PostgresStore(server.database("empty"), "weekly")
    with pytest.raises(NoTables, match="no tables for them"):
        store.numbers()
    assert [trouble.remedy for trouble in store.troubles()] == ["`accord check --mend` makes them."]
    made = [f"Version {version} of the tables was made." for version in range(1, len(STEPS) + 1)]
    assert [mended.what for mended in store.mend()] == made
    assert list(store.mend()) == []
    assert store.troubles() == []
    assert list(store.numbers()) == []


def test_two_who_make_the_tables_at_once_make_them_once(server: Server) -> None:
    address = server.database("both")
    made: list[int] = []
    threads = [
        threading.Thread(target=lambda: made.extend(PostgresStore(address, "weekly").prepare()))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made == list(range(1, len(STEPS) + 1))


def test_tables_of_a_newer_accord_are_left_alone(server: Server) -> None:
    address = server.database("newer")
    store = PostgresStore(address, "weekly")
    store.prepare()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("INSERT INTO accord.versions (version) VALUES (99)")
    with pytest.raises(StoreError, match="newer Accord"):
        store.prepare()
    assert "newer Accord" in store.troubles()[0].what


def test_tables_of_an_older_accord_are_brought_up_to_date_with_what_is_in_them(server: Server) -> None:
    address = server.database("older")
    store = PostgresStore(address, "weekly")
    meeting = meeting_with("Ünï “田中”")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA accord")
        connection.execute("CREATE TABLE accord.versions (version integer PRIMARY KEY, made_at timestamptz)")
        connection.execute("INSERT INTO accord.versions (version) VALUES (1)")
        connection.execute(STEPS[0])
        connection.execute(
            "INSERT INTO accord.meetings (series, number, content) VALUES ('weekly', 42, %s)",
            (msgspec.json.encode(tables_of(meeting)).decode(),),
        )
    with pytest.raises(NoTables, match="those of an older Accord"):
        store.read(42)
    assert "version 1" in store.troubles()[0].what
    assert store.prepare() == list(range(2, len(STEPS) + 1))
    assert store.read(42) == meeting
    assert store.troubles() == []


def test_a_database_that_cannot_hold_every_text_is_refused(server: Server) -> None:
    with psycopg.connect(server.address(), autocommit=True) as connection:
        connection.execute("CREATE DATABASE narrow ENCODING 'LATIN1' TEMPLATE template0")
    with pytest.raises(StoreError, match="has the encoding LATIN1"):
        PostgresStore(server.address("narrow"), "weekly").prepare()


def test_a_role_that_may_only_read_can_read(server: Server) -> None:
    address = server.database("reading")
    store = PostgresStore(address, "weekly")
    store.prepare()
    meeting = store.create(meeting_with("one"))
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE ROLE reader LOGIN")
        connection.execute("GRANT USAGE ON SCHEMA accord TO reader")
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA accord TO reader")
    reader = PostgresStore(server.address("reading", "reader"), "weekly")
    assert reader.read(42) == meeting
    assert "can be read but not changed" in reader.read_only()
    with pytest.raises(ReadOnly):
        reader.save(with_win(meeting, "two"), meeting)
    with pytest.raises(ReadOnly):
        reader.create(meeting_with("x", number=43))
    assert store.read(42) == meeting


def test_a_role_with_the_rights_that_the_guide_names_can_do_everything_but_remove(
    server: Server, tmp_path: Path
) -> None:
    guide = Path(__file__).resolve().parents[2] / "docs" / "server.md"
    grants = [line for line in guide.read_text("utf-8").splitlines() if line.startswith("GRANT ")]
    assert len(grants) == 3
    address = server.database("rights")
    PostgresStore(address, "weekly").prepare()
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE ROLE meetings_writer LOGIN")
        for grant in grants:
            connection.execute(grant.encode())
    store = PatientStore(server.address("rights", "meetings_writer"), "weekly", tmp_path)
    assert store.prepare() == []
    assert store.read_only() == ""
    meeting = store.create(meeting_with("one"))
    told = threading.Event()
    stop = store.listen(lambda number: told.set() if number else None)
    while not told.is_set():
        meeting = store.save(with_win(meeting, "two"), meeting).meeting
        told.wait(0.05)
    stop()
    assert store.troubles() == []
    with (
        psycopg.connect(store.address, autocommit=True) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("DELETE FROM accord.meetings")


def test_an_edit_survives_cut_connections_and_a_restart(server: Server, clock: Clock) -> None:
    address = server.database("cut")
    PostgresStore(address, "weekly").prepare()
    store = PostgresStore(address, "weekly")
    store.create(meeting_with("one"))
    session = Session(store, store.read(42), seat="s", now=clock.now, today=clock.today)
    session.add(Win(title="two"))
    assert session.saver.flush(20)
    server.cut()
    session.add(Win(title="three"))
    assert session.saver.flush(20)
    server.stop("immediate")
    session.add(Win(title="four"))
    while session.saver.state.progress is not Progress.FAILED:
        session.saver.flush(0.05)
    assert "server" in session.saver.state.why
    server.start()
    assert session.saver.flush(30)
    session.saver.close()
    titles = [win.title for win in PostgresStore(address, "weekly").read(42).wins.values()]
    assert titles == ["one", "two", "three", "four"]


def test_who_listens_is_told_of_each_change_of_the_series(series: Series) -> None:
    store = series.store()
    base = store.create(meeting_with("one"))
    told: list[int] = []
    heard = threading.Event()

    def tell(number: int) -> None:
        told.append(number)
        heard.set()

    stop = store.listen(tell)
    assert heard.wait(20)
    heard.clear()
    other = Series(series.address).store()
    other.create(meeting_with("another series"))
    with psycopg.connect(series.address, autocommit=True) as connection:
        for word in ("", "x", f"-1 {series.name}", f"{'9' * 5000} {series.name}", f"1.5 {series.name}"):
            connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, word))
    series.store().save(with_win(base, "two"), base)
    assert heard.wait(20)
    stop()
    assert told == [0, 42]


def test_a_server_error_while_saving_changes_nothing(series: Series, monkeypatch: pytest.MonkeyPatch) -> None:
    store = series.store()
    base = store.create(meeting_with("one"))
    with psycopg.connect(series.address, autocommit=True) as connection:
        connection.execute(
            "CREATE OR REPLACE FUNCTION accord.refuse() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN IF NEW.series = TG_ARGV[0] THEN RAISE EXCEPTION 'no room'; END IF; RETURN NEW; END $$"
        )
        connection.execute(
            psycopg.sql.SQL(
                "CREATE TRIGGER refuse BEFORE UPDATE ON accord.meetings FOR EACH ROW EXECUTE FUNCTION accord.refuse({})"
            ).format(psycopg.sql.Literal(series.name))
        )
    try:
        with pytest.raises(NotSaved, match=r"^The server refused: no room\.$"):
            store.save(with_win(base, "two"), base)
        assert store.read(42) == base
    finally:
        with psycopg.connect(series.address, autocommit=True) as connection:
            connection.execute("DROP TRIGGER refuse ON accord.meetings")
    assert len(store.save(with_win(base, "two"), base).meeting.wins) == 2


def test_check_names_a_server_that_does_not_answer(accord: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "server.yaml"
    file.write_text(CONFIG.replace("store: store", "store: postgresql://sam@127.0.0.1:1/accord"), "utf-8")
    got = accord("--config", str(file), "check")
    assert got.status == 1
    assert "The server of the meetings cannot be reached" in got.out
    assert got.out.count("cannot be reached") == 1


def test_a_first_meeting_on_a_server_from_the_command_line(
    accord: CommandLine, tmp_path: Path, server: Server
) -> None:
    file = tmp_path / "server.yaml"
    file.write_text(CONFIG.replace("store: store", f"store: {server.database('first')}"), "utf-8")
    command = ("--config", str(file))
    got = accord(*command, "add", "Send the list @Sam")
    assert (got.status, got.out) == (3, "")
    assert got.err.splitlines()[1:] == ["`accord init` makes them."]
    assert "The tables were made: first on 127.0.0.1, series “weekly”." in accord(*command, "init").out
    assert "The tables are there already" in accord(*command, "init").out
    assert accord(*command, "add", "Send the list @Sam").status == 0
    assert "Send the list" in accord(*command, "actions").out
    assert accord(*command, "check").status == 0
    assert not (tmp_path / "store").exists()
