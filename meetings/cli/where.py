"""Show the paths in use: the configuration, the store, the minutes, Accord's own state, and the cache."""

from __future__ import annotations

import argparse

from meetings.cli.setting import Setting

BUILT_IN = "built-in"
"""Stands for the configuration file when there is none."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this command."""
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Print the paths."""
    from meetings.config import minutes_folder, store_location

    config = setting.config
    places = {
        "config": str(config.source) if config.source else BUILT_IN,
        "store": str(store_location(config, setting.paths)),
        "minutes": str(minutes_folder(config, setting.paths)),
        "state": str(setting.paths.state),
        "cache": str(setting.paths.cache),
    }
    if args.json:
        from meetings.cli.table import json_text

        print(json_text(places))
    else:
        width = max(map(len, places)) + 2
        for name, place in places.items():
            print(f"{name:<{width}}{place}")
    return 0
