"""A PostgreSQL server that wants encryption and a password: what the address and the environment say reaches it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from meetings.store.postgres import PostgresStore
from meetings.store.server.link import Unreachable
from tests.postgres_server import Server, programs
from tests.unit.command_line import CONFIG, CommandLine
from tests.unit.test_store_files import meeting_with


@pytest.fixture(scope="module")
def guarded() -> Iterator[tuple[Server, Path]]:
    """The server, and the certificate by which it is known."""
    if programs() is None:
        pytest.skip("there is no PostgreSQL server on this machine")
    server = Server()
    try:
        try:
            certificate = server.use_tls()
        except LookupError as error:
            pytest.skip(str(error))
        with psycopg.connect(server.address(), autocommit=True) as connection:
            connection.execute("CREATE ROLE guarded LOGIN PASSWORD 'right-secret'")
            connection.execute("GRANT CREATE ON DATABASE postgres TO guarded")
        yield server, certificate
    finally:
        server.remove()


def test_the_certificate_named_in_the_address_is_what_is_trusted(
    guarded: tuple[Server, Path], tmp_path: Path
) -> None:
    server, certificate = guarded
    store = PostgresStore(f"{server.address()}?sslmode=verify-full&sslrootcert={certificate}", "weekly")
    store.prepare()
    meeting = store.create(meeting_with("one"))
    with store.link.asking() as connection:
        assert connection.pgconn.ssl_in_use
    assert store.read(42) == meeting
    (tmp_path / "empty.crt").write_text("")
    for wrong in (tmp_path / "empty.crt", tmp_path / "nowhere.crt"):
        other = PostgresStore(f"{server.address()}?sslmode=verify-full&sslrootcert={wrong}", "weekly")
        with pytest.raises(Unreachable, match="certificate") as caught:
            other.numbers()
        assert "\n" not in caught.value.message


def test_a_server_that_wants_encryption_refuses_a_connection_without(guarded: tuple[Server, Path]) -> None:
    store = PostgresStore(f"{guarded[0].address()}?sslmode=disable", "weekly")
    with pytest.raises(Unreachable, match="no encryption"):
        store.numbers()


def test_the_password_comes_from_the_environment_or_a_file_and_is_said_nowhere(
    guarded: tuple[Server, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, _ = guarded
    address = server.address(user="guarded")
    with pytest.raises(Unreachable, match="no password supplied"):
        PostgresStore(address, "weekly").numbers()
    monkeypatch.setenv("PGPASSWORD", "wrong-secret")
    with pytest.raises(Unreachable, match="password authentication failed") as caught:
        PostgresStore(address, "weekly").numbers()
    assert "secret" not in f"{caught.value} {caught.value.hint}"
    monkeypatch.setenv("PGPASSWORD", "right-secret")
    PostgresStore(address, "weekly").link.connect().close()
    monkeypatch.delenv("PGPASSWORD")
    file = tmp_path / "passwords"
    file.write_text("127.0.0.1:*:*:guarded:right-secret\n")
    file.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(file))
    PostgresStore(address, "weekly").link.connect().close()


def test_check_says_why_it_cannot_come_in_and_no_secret(
    guarded: tuple[Server, Path], accord: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", "wrong-secret")
    file = tmp_path / "server.yaml"
    file.write_text(CONFIG.replace("store: store", f"store: {guarded[0].address(user='guarded')}"), "utf-8")
    got = accord("--config", str(file), "check")
    assert got.status == 1
    assert got.out.count("password authentication failed") == 1
    assert "secret" not in got.out + got.err
