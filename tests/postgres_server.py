"""A PostgreSQL server of one's own, in a folder of its own, for the tests; nothing outside of the folder is touched."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import psycopg

USER = "accord"
ATTEMPTS = 3


def programs() -> Path | None:
    """The folder of the newest server's programs, or None when there is none on this machine."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: int(place.parent.name))
    if places and (places[-1] / "initdb").exists():
        return places[-1]
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A server on loopback that anyone on this machine may use. It refuses to run as root, so it does not."""

    def __init__(self, *, durable: bool = False) -> None:
        found = programs()
        if found is None:
            raise LookupError("there is no PostgreSQL server on this machine")
        self._programs = found
        self.folder = Path(tempfile.mkdtemp(prefix="accord-postgres-"))
        self._as_postgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        if os.geteuid() != 0:
            self._as_postgres = []
        else:
            shutil.chown(self.folder, "postgres", "postgres")
        self._run(
            "initdb", "-D", self._data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C"
        )
        settings = [
            "listen_addresses = '127.0.0.1'",
            f"unix_socket_directories = '{self.folder}'",
        ]
        settings += ["max_connections = 200", "log_min_messages = fatal"]
        if not durable:
            settings += ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]
        for attempt in range(1, ATTEMPTS + 1):
            self.port = free_port()
            text = "\n".join([*settings, f"port = {self.port}"])
            (self._data / "postgresql.auto.conf").write_text(f"{text}\n")
            try:
                self.start()
                break
            except subprocess.CalledProcessError:  # somebody else may have taken the port meanwhile
                if attempt == ATTEMPTS:
                    raise

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    def address(self, database: str = "postgres", user: str = USER) -> str:
        """The address of a database, as config.yaml has it."""
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def use_tls(self) -> Path:
        """Take only encrypted connections from now on, with a new certificate of its own; returns that.

        Raises LookupError when openssl is not there.
        """
        if shutil.which("openssl") is None:
            raise LookupError("there is no openssl on this machine")
        certificate, key = self._data / "server.crt", self._data / "server.key"
        new = [
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:prime256v1",
            "-nodes",
        ]
        names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
        files = ["-keyout", str(key), "-out", str(certificate)]
        subprocess.run([*self._as_postgres, *new, *names, *files], check=True, capture_output=True)
        key.chmod(0o600)
        with (self._data / "postgresql.auto.conf").open("a") as settings:
            settings.write("ssl = on\n")
        hosts = "hostssl all guarded 127.0.0.1/32 scram-sha-256\nhostssl all all 127.0.0.1/32 trust\n"
        (self._data / "pg_hba.conf").write_text(hosts)
        self.stop()
        self.start()
        copied = self.folder / "server.crt"
        shutil.copyfile(certificate, copied)
        return copied

    def database(self, name: str) -> str:
        """Make an empty database; returns its address."""
        with psycopg.connect(self.address(), autocommit=True) as connection:
            connection.execute(psycopg.sql.SQL("CREATE DATABASE {}").format(psycopg.sql.Identifier(name)))
        return self.address(name)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.running = True
        self._run("pg_ctl", "-D", self._data, "-w", "-t", "60", "-l", self.folder / "log", "start")

    def stop(self, how: str = "fast") -> None:
        """Stop it: `fast` ends every connection, `immediate` is a crash."""
        self._run("pg_ctl", "-D", self._data, "-w", "-m", how, "stop")
        self.running = False

    def cut(self) -> None:
        """End every connection that there is."""
        with psycopg.connect(self.address(), autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
                " AND backend_type = 'client backend'"
            )

    def remove(self) -> None:
        """Stop it and remove its folder."""
        subprocess.run(
            [*self._as_postgres, self._programs / "pg_ctl", "-D", self._data, "-m", "immediate", "stop"],
            capture_output=True,
            check=False,
        )
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, program: str, *arguments: object) -> None:
        subprocess.run(
            [*self._as_postgres, str(self._programs / program), *map(str, arguments)],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
        )
