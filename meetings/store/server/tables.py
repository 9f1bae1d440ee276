"""The tables in a database: made, brought to this version, and judged."""

from __future__ import annotations

import contextlib

from meetings.errors import StoreError
from meetings.store.base import Trouble
from meetings.store.server.link import Connection, Link, NoTables

STEPS = (
    """
    CREATE TABLE accord.meetings (
      series text NOT NULL,
      number integer NOT NULL CHECK (number > 0),
      version bigint NOT NULL DEFAULT 1,
      content jsonb NOT NULL,
      changed_at timestamptz NOT NULL DEFAULT now(),
      PRIMARY KEY (series, number)
    )
    """,
    "ALTER TABLE accord.meetings ADD COLUMN written text GENERATED ALWAYS AS (content::text) STORED",
    """
    DO $$ BEGIN
      EXECUTE 'ALTER TABLE accord.meetings'
        ' ALTER COLUMN content SET COMPRESSION lz4, ALTER COLUMN written SET COMPRESSION lz4';
    EXCEPTION WHEN feature_not_supported OR syntax_error THEN NULL;
    END $$
    """,
)
"""What makes the tables: the first makes version 1 of nothing, the next version 2 of that, and so on.

`written` is what `content` looks like as text. Writing that out takes the server longer than reading it takes us, so it
is done once, when a meeting is saved. lz4 unpacks in a fraction of the usual time; servers before version 14, and some
after, do not know it, and go on as usual.
"""

OLDEST = 12
"""The oldest PostgreSQL that knows all of this."""


def prepare(link: Link) -> list[int]:
    """Make what is missing of the tables; returns the versions that were made. Safe to do twice, and at once.

    Raises StoreError: the role may not make tables, they are of a newer Accord, or the server or the database is unfit.
    """
    with contextlib.suppress(NoTables):
        if _version(link) == len(STEPS):
            return []  # a role that may make nothing can still use what is there
    made = []
    with link.asking() as connection, connection.transaction():
        _refuse_unfit(connection, link)
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('accord'))")
        connection.execute("CREATE SCHEMA IF NOT EXISTS accord")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS accord.versions"
            " (version integer PRIMARY KEY, made_at timestamptz NOT NULL DEFAULT now())"
        )
        row = connection.execute("SELECT coalesce(max(version), 0) FROM accord.versions").fetchone()
        known = row[0] if row else 0
        if known > len(STEPS):
            raise StoreError(
                f"The tables in {link.location} were made by a newer Accord (version {known}).",
                "Install the newer version.",
            )
        for version, step in enumerate(STEPS[known:], start=known + 1):
            connection.execute(step)
            connection.execute("INSERT INTO accord.versions (version) VALUES (%s)", (version,))
            made.append(version)
    return made


def troubles(link: Link) -> list[Trouble]:
    """What is wrong with the tables: they are missing or of another version. Raises StoreError."""
    remedy = "`accord check --mend` makes them."
    try:
        version = _version(link)
    except NoTables as error:
        return [Trouble(link.location, error.message, remedy)]
    if version > len(STEPS):
        what = f"Its tables were made by a newer Accord (version {version})."
        return [Trouble(link.location, what, "Install the newer version.")]
    if version < len(STEPS):
        what = f"Its tables are of version {version}; this Accord needs version {len(STEPS)}."
        return [Trouble(link.location, what, remedy)]
    return []


def _refuse_unfit(connection: Connection, link: Link) -> None:
    """Refuse a server that is too old, and a database in which not every text can be written. Raises StoreError."""
    version = connection.info.server_version // 10_000
    if version < OLDEST:
        raise StoreError(f"The server is PostgreSQL {version}; Accord needs {OLDEST} or newer.")
    row = connection.execute("SELECT current_setting('server_encoding')").fetchone()
    if row and row[0] != "UTF8":
        raise StoreError(
            f"The database has the encoding {row[0]}, which cannot hold every text: {link.location}.",
            "Make one in UTF8: createdb --encoding=UTF8 --template=template0 NAME.",
        )


def _version(link: Link) -> int:
    """The version of the tables. Raises NoTables."""
    with link.asking() as connection:
        row = connection.execute("SELECT max(version) FROM accord.versions").fetchone()
    return int(row[0] or 0) if row else 0
