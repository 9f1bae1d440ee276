"""`accord` and `python -m tui`: a command without the screen, or the app, which is only then imported."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from meetings.cli.main import main as run_command
from meetings.cli.setting import Screen

if TYPE_CHECKING:
    from meetings.config import Config
    from meetings.paths import Paths


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say (those of the process unless handed in). Returns the exit status."""
    return run_command(sys.argv[1:] if arguments is None else arguments, Screen(_launch, _check_keys, _serve))


def _launch(config: Config, paths: Paths, *, demo: bool = False) -> int:
    import gc

    gc.disable()  # a launch makes much that stays: looking for waste in it takes a tenth of the time
    try:
        from tui.app import run

        return run(config, paths, demo=demo)
    finally:
        gc.enable()


def _serve(
    config: Config, paths: Paths, host: str, port: int, public: str, say: Callable[[str], None]
) -> int:
    from tui.web.serving import serve

    return serve(config, paths, host, port, public, say)


def _check_keys(keys: dict[str, str]) -> list[tuple[str, str]]:
    if not keys:
        return []
    from tui.keys.checking import check_keys

    return check_keys(keys)


if __name__ == "__main__":
    sys.exit(main())
