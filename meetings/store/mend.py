"""Mending a folder of meeting files: only what is safe, and nothing whose loss would matter.

A copy that another program left is merged into the meeting that accepts edits, or set aside when it holds nothing
more. Files that are replaced or put away are kept, as they were, in the folder `set-aside`. What needs a person's
choice stays where it is; meetings.store.damage names it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from meetings.errors import StoreError
from meetings.flow.copies import clash_words
from meetings.store.aside import SET_ASIDE, keep, moment_of, move
from meetings.store.base import Mended, NotSaved
from meetings.store.conflicts import KILLED, Stray, Verdict, Way, judge, shown, strays
from meetings.store.durable import read_file

if TYPE_CHECKING:
    from meetings.store.files import FileStore


def _refusal(store: FileStore) -> str:
    """Why nothing may be mended, in one sentence, or nothing: while the present state is in doubt, nobody writes."""
    try:
        if numbers := store.numbers():
            store.read(numbers[-1])
    except StoreError as error:
        return error.message
    return store.read_only()


def mend(store: FileStore) -> Iterator[Mended]:
    """Do what is safe, one thing after the other, and say what was done.

    Raises StoreError when something cannot be written; what was done until then stays done.
    """
    if why := _refusal(store):
        raise StoreError(why, "Settle that first: until then nothing is mended.")
    for stray in strays(store.folder):
        try:
            before = _stamp(stray)
            verdict = judge(store, stray)  # after what was mended before it
            yield from _deal_with(store, stray, verdict, before)
        except FileNotFoundError:
            continue  # somebody else has just dealt with it
        except OSError as error:
            from meetings.store.reasons import reason

            raise NotSaved(f"{shown(stray.name)} could not be dealt with: {reason(error)}.") from None


def _deal_with(store: FileStore, stray: Stray, verdict: Verdict, before: object) -> Iterator[Mended]:
    name, own = shown(stray.name), f"{stray.number:04d}.json"
    if verdict.way is Way.LEAVE:
        return
    if verdict.way is Way.MERGE and verdict.merged is not None and verdict.base is not None:
        path = store.path(stray.number)
        with store.locked():
            kept = keep(store.folder, f"{stray.number:04d}.before-merge-{moment_of(path)}", read_file(path))
        store.save(verdict.merged, verdict.base)
        yield Mended(own, f"Merged with “{name}”; what {own} was before is in {SET_ASIDE}/{kept.name}.")
    if meeting := verdict.merged or verdict.base:
        for clash in verdict.clashes:
            yield Mended(own, clash_words(clash, meeting))
    with store.locked():
        if _stamp(stray) != before:
            return  # another program has just written it: it is looked at anew next time
        if verdict.way is Way.REMOVE:
            stray.path.unlink()
            done = "Removed: a write was killed and had left it; nothing in it is lost."
        else:
            kind = "unfinished" if stray.maker == KILLED else "copy"
            target = move(stray.path, f"{stray.number:04d}.{kind}-{moment_of(stray.path)}")
            done = f"Set aside as {SET_ASIDE}/{target.name}."
    yield Mended(name, done)


def _stamp(stray: Stray) -> object:
    found = stray.path.lstat()
    return (found.st_mtime_ns, found.st_size, found.st_ino)
