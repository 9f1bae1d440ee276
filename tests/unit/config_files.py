"""What the tests of config.yaml share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from meetings.config import load_config
from meetings.errors import ConfigError

ROOT = Path(__file__).parents[2]
CORE = "[goals, leads, wins, actions]"
Write = Callable[[str | bytes], Path]


def complaints(path: Path, **how: object) -> list[tuple[int, str, str]]:
    with pytest.raises(ConfigError) as caught:
        load_config(path, **how)  # type: ignore[arg-type]
    assert all(problem.file == path for problem in caught.value.problems)
    assert "\n" not in str(caught.value)
    return [(problem.line, problem.key, problem.message) for problem in caught.value.problems]
