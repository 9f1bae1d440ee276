"""A copy of a meeting outside of its store, for when the store cannot be written to."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from meetings.meeting import Meeting
from meetings.store.base import NotSaved
from meetings.store.codec import tables_of
from meetings.store.durable import encode, sync_folder


def save_copy(meeting: Meeting, folder: Path, moment: dt.datetime) -> Path:
    """Write the whole meeting file as `0042 (copy 2026-11-21 1000).json` into an existing folder; returns the file.

    `moment` is local time. Nothing that is there is replaced: a second copy of the same minute ends on ` 2`. Put into
    the store's folder, it is recognised as a copy of that meeting. The file is for its owner alone (0600) and on
    disk when this returns. Raises NotSaved; then there is no new file.
    """
    if not folder.is_dir():
        raise NotSaved(f"There is no folder {folder}.", "Name one that is there.")
    data = encode(tables_of(meeting))
    place = 1
    while True:
        again = f" {place}" if place > 1 else ""
        path = folder / f"{meeting.head.number:04d} (copy {moment:%Y-%m-%d %H%M}{again}).json"
        try:
            _write_new(path, data)
        except FileExistsError:
            place += 1
        except OSError as error:
            why = (error.strerror or type(error).__name__).lower()
            raise NotSaved(f"No copy could be saved in {folder}: {why}.", "Name another folder.") from None
        else:
            return path


def _write_new(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        sync_folder(path.parent)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
