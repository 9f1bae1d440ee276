"""The time of a step in words: what is left of it, and what is said when its end is near."""

from __future__ import annotations

import datetime as dt

from meetings.dates import show_minutes
from meetings.flow import clock, pacing
from meetings.flow.pacing import Stage
from meetings.meeting import Meeting

STAGES = {
    Stage.AMPLE: ("", "$ink bold"),
    Stage.SOON: ("▲ ", "$at-risk bold"),
    Stage.OVER: ("■ ", "$off-track bold"),
}
"""The sign and the style of the clock by how far the step has come."""


def step_time(meeting: Meeting, now: dt.datetime, live: str) -> tuple[str, str]:
    """`3:42 left`, `▲ 1:48 left` or `■ 0:35 over`, and its style. Empty for a step without a time of its own."""
    step = meeting.head.step_of(meeting.head.step)
    if step is None or not step.minutes:
        return "", ""
    sign, style = STAGES[pacing.stage(meeting, step.id, now, live)]
    left = clock.remaining(meeting, step.id, now, live)
    return f"{sign}{show_minutes(abs(left))} {'left' if left > 0 else 'over'}", style


def nudge_words(stage: Stage, meeting: Meeting, now: dt.datetime, live: str, key: str) -> str:
    """What is said once when the current step comes to that stage; `key` takes minutes from a later step."""
    step = meeting.head.step_of(meeting.head.step)
    if step is None:
        return ""
    if stage is Stage.SOON:
        left = max(1, round(clock.remaining(meeting, step.id, now, live) / 60))
        return f"“{step.title}” has {left} of its {step.minutes} minutes left."
    borrow = f" {key} takes some from a later step." if pacing.lenders(meeting, now, live) else ""
    return f"“{step.title}” has had its {step.minutes} minute{'s' * (step.minutes != 1)}.{borrow}"
