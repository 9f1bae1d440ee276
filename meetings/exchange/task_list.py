"""Action items as a task list in Markdown: the same lines as in the minutes."""

from __future__ import annotations

from collections.abc import Sequence

from meetings.exchange.item_words import item_view
from meetings.exchange.tasks import ListOptions, Task


def write(tasks: Sequence[Task], options: ListOptions) -> str:
    """A heading and a line for each item, as it is read today."""
    from meetings.exchange import templating
    from meetings.exchange.dialects import TASK_LIST

    items = [item_view(task.item, task.id, task.team or "both teams", options.today) for task in tasks]
    return templating.render({"items": items}, TASK_LIST)
