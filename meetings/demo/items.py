"""The action items of the sample history: promised, kept, carried, moved, handed over and dropped."""

from __future__ import annotations

import datetime as dt

from meetings.demo import story
from meetings.demo.memory import Memory
from meetings.demo.numbers import progress
from meetings.demo.promises import PROMISES
from meetings.demo.quarter import Quarter
from meetings.demo.room import Room
from meetings.flow import states
from meetings.kinds import ItemState
from meetings.model import ActionItem


class ItemKeeper:
    """Keeps the items of a history of meetings, which are held one after the other."""

    def __init__(self, memory: Memory) -> None:
        self.memory = memory
        self.fated: set[str] = set()
        """Items for which it is written what becomes of them."""

    def kept(self, room: Room, q: Quarter) -> list[ActionItem]:
        """The items that will be done by the end of this meeting: as many as the done rate of the week asks for."""
        now = [(uid, what) for uid, what in self.memory.due(room) if uid in self.fated]
        leaving = {uid for uid, what in now if what.startswith(("drop", "move"))}
        due = [
            item
            for item in room.rows(ActionItem)
            if item.state is not ItemState.DROPPED
            and item.raised_in < room.meeting.head.number
            and item.due is not None
            and item.due <= room.date
            and item.uid not in leaving
        ]
        done = sum(item.state is ItemState.DONE for item in due) + sum(what == "done" for _, what in now)
        free = [item for item in due if item.state is ItemState.OPEN and item.uid not in self.fated]
        free.sort(key=lambda item: (-item.carried, room.chance.random()))
        wanted = round((0.58 + 0.33 * progress(q.week)) * len(due))
        return free[: max(0, wanted - done)]

    def review(self, room: Room, q: Quarter) -> None:
        """Old promises first: what is written for them comes true, then the others are done or not done."""
        kept = {item.uid for item in self.kept(room, q)}
        number = room.meeting.head.number
        for uid, what in self.memory.due(room):
            if uid in self.fated and isinstance(item := room.find(uid), ActionItem):
                self._meet_fate(room, item, what)
        for place, item in enumerate(room.rows(ActionItem), start=number):
            if item.state is not ItemState.OPEN or item.reviewed or item.raised_in == number:
                continue
            if item.uid in kept:
                room.change(item, **(states.tick(item) or {}))
            elif item.due is not None and item.due <= room.date:
                note = story.NOT_DONE[place % len(story.NOT_DONE)]
                room.change(item, note=note, **(states.not_done(item) or {}))

    def promise(self, room: Room, q: Quarter) -> None:
        """The week's new items."""
        for promise in PROMISES:
            if promise.week != q.week:
                continue
            origin, text = room.acted(self.memory.named(q, promise.of))
            item = room.add(
                ActionItem(
                    title=q.say(promise.title),
                    owner=promise.owner,
                    due=room.date + dt.timedelta(days=promise.days),
                    kind=promise.kind,
                    origin=origin,
                    origin_text=text,
                )
            )
            for after, what in promise.fate:
                self.memory.plan(room, after, item.uid, what)
                self.fated.add(item.uid)

    def forget(self, room: Room) -> None:
        """Items whose fate has been met are from now on like any others."""
        self.fated = {uid for uid in self.fated if self.memory.awaits(uid)}

    def _meet_fate(self, room: Room, item: ActionItem, what: str) -> None:
        verb, _, rest = what.partition(" ")
        if verb == "done":
            room.change(item, **(states.tick(item) or {}))
        elif verb == "drop":
            room.change(item, **(states.drop(item, rest) or {}))
        elif verb == "move":
            room.change(item, due=room.date + dt.timedelta(days=int(rest)), reviewed=True)
        else:
            room.change(item, owner=rest, reviewed=True)
