"""Action items for calendars and task lists: iCalendar (RFC 5545), written by the icalendar library.

Importing again updates: the UID is the item's own, and SEQUENCE and LAST-MODIFIED go up with every change. The same
items give the same bytes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from meetings.exchange.tasks import NOON, ListOptions, Task

if TYPE_CHECKING:
    from icalendar import Component

PRODUCT = "-//Accord//accord-meetings//EN"

EVENT = "-event"
"""Ends the UID of an item's event, so that it is another than that of its task."""

KEPT = "✓ "
"""Begins the title of an event whose item is done: an event has no field for that."""

DAY = dt.timedelta(days=1)


def todos(tasks: Sequence[Task], _: ListOptions) -> str:
    """A VTODO for each item, CRLF at the ends of lines."""
    from icalendar import Todo

    return _calendar(tasks, [_todo(Todo(), task) for task in tasks])


def events(tasks: Sequence[Task], _: ListOptions) -> str:
    """An all-day VEVENT on the due date of each item that has one, CRLF at the ends of lines."""
    from icalendar import Event

    return _calendar(tasks, [_event(Event(), task) for task in tasks if task.item.due is not None])


def _todo(todo: Component, task: Task) -> Component:
    _shared(todo, task, task.uid, task.title)
    if task.item.due is not None:
        todo.add("due", task.item.due)
    if task.done:
        todo.add("status", "COMPLETED")
        todo.add("completed", dt.datetime.combine(task.ended or task.changed.date(), NOON))
        todo.add("percent-complete", 100)
    else:
        todo.add("status", "CANCELLED" if task.dropped else "NEEDS-ACTION")
    return todo


def _event(event: Component, task: Task) -> Component:
    assert task.item.due is not None
    _shared(event, task, task.uid + EVENT, (KEPT if task.done else "") + task.title)
    event.add("dtstart", task.item.due)
    if task.item.due < dt.date.max:
        event.add("dtend", task.item.due + DAY)
    event.add("status", "CANCELLED" if task.dropped else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event


def _shared(component: Component, task: Task, uid: str, title: str) -> None:
    component.add("uid", uid)
    component.add("dtstamp", task.changed)
    component.add("created", task.created)
    component.add("last-modified", task.changed)
    component.add("sequence", task.revision)
    component.add("summary", title)
    component.add("description", task.words())
    if task.team:
        component.add("categories", [task.team])


def _calendar(tasks: Sequence[Task], components: Iterable[Component]) -> str:
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    if tasks:
        calendar.add("x-wr-calname", tasks[-1].series)
    for component in components:
        calendar.add_component(component)
    return str(calendar.to_ical(), "utf-8")
