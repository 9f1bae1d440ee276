"""Edits until they are on disk."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from meetings.meeting import Meeting
from meetings.session import Session
from tests.bench.budgets import Row, Sizes, in_turns
from tests.bench.stores import Place


def edits(many: Place, few: Place, sizes: Sizes) -> Iterator[Row]:
    """One edit of a running meeting: when `change` returns, it is on disk."""
    large, small = many.workspace().session(), few.workspace().session()
    file = many.store / f"{large.meeting.head.number:04d}.json"
    target = many.store / "plain.txt"  # beside it: the same folder is synced
    row = Row(f"one edit with {sizes.many:,} meetings", f"with {sizes.few:,}", 1.1)
    yield in_turns(row, _edit(large), _edit(small), sizes.times(8), warm=3)

    row = Row("one edit until it is on disk", "a plain durable write of the same bytes", 2)
    yield in_turns(row, _edit(large), lambda: plain_write(target, file.read_bytes()), sizes.times(8), warm=3)
    target.unlink()


def _edit(session: Session) -> Callable[[], float]:
    uid = _first_item(session.meeting)
    texts = (f"edit {count}" for count in range(10**6))

    def edit() -> float:
        text = next(texts)
        start = perf_counter()
        session.change(uid, note=text)
        return (perf_counter() - start) * 1000

    return edit


def _first_item(meeting: Meeting) -> str:
    return next(iter(meeting.action_items))


def plain_write(path: Path, data: bytes) -> float:
    """Milliseconds of the least that a durable write can be: file, fsync, rename, fsync of the folder."""
    start = perf_counter()
    temporary = path.with_suffix(".tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.write(descriptor, data)
    os.fsync(descriptor)
    os.close(descriptor)
    temporary.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
    return (perf_counter() - start) * 1000
