"""What the tests of the screen have in common."""

from __future__ import annotations

import pytest

from tests.tui.seeing import Remembered


@pytest.fixture(autouse=True)
def sentences_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence that is gone by itself after seconds can still be asked for: `told`."""
    monkeypatch.setattr("textual.app.Notifications", Remembered)
