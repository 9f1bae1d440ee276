"""Several participants on one server that fails them: every acknowledged edit is there once, for everyone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import remote_crowd
from tests.postgres_server import Server, programs


@pytest.mark.skipif(programs() is None, reason="there is no PostgreSQL server on this machine")
def test_participants_on_a_server_that_fails_them_lose_and_repeat_nothing(tmp_path: Path) -> None:
    server = Server(durable=True)
    try:
        tally = remote_crowd.run(server, tmp_path, members=4, edits=25, cuts=4, restarts=1, seed="tests")
    finally:
        server.remove()
    assert tally.edits == 100
