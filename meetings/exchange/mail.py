"""Minutes as a mail that is ready to be sent: plain text, and the same as a page."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable

from meetings.exchange import html, plain
from meetings.exchange.minutes import Options
from meetings.exchange.view import MinutesView
from meetings.exchange.viewing import view
from meetings.kinds import MeetingState
from meetings.meeting import Head, Meeting

PRINTABLE = "quoted-printable"
"""How both parts become ASCII, in lines that are short enough."""

PRINTABLE_LINE = 76
"""Characters of its lines."""

HEADER_LINE = 998
"""Characters of a header at most: one that is folded at its beginning is read with a blank there."""

LONGEST_NAME = 120
"""Characters of the meeting's name in the subject."""

NOON = dt.time(12, tzinfo=dt.UTC)
"""The hour of a meeting of which only the day is known: the same day nearly everywhere."""


def write(meetings: Iterable[Meeting], options: Options) -> str:
    """The mail with the minutes of the one meeting: ASCII with CRLF, the same for the same meeting.

    It has no sender and no receiver; `X-Unsent` lets a mail program open it for writing. Raises TemplateError.
    """
    from email.message import EmailMessage
    from email.policy import SMTP
    from email.utils import format_datetime

    (meeting,) = meetings
    shown = view(meeting, options.margin)
    message = EmailMessage(SMTP.clone(max_line_length=PRINTABLE_LINE))
    if shown.draft:
        message["X-Accord-State"] = "draft"
    message["Subject"] = _subject(shown)
    message["Date"] = format_datetime(_moment(meeting.head))
    message["X-Unsent"] = "1"
    message.set_content(plain.write([meeting], options), cte=PRINTABLE)
    message.add_alternative(html.write([meeting], options), subtype="html", cte=PRINTABLE)
    words = f"{meeting.head.uid}/{meeting.head.number}"
    message.set_boundary(f"=_{hashlib.sha256(words.encode()).hexdigest()[:32]}")
    return message.as_bytes(policy=SMTP.clone(max_line_length=HEADER_LINE)).decode("ascii")


def _subject(shown: MinutesView) -> str:
    name = plain.line(shown.title)
    name = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
    return f"{'Draft minutes' if shown.draft else 'Minutes'}: {name}, {shown.day}"


def _moment(head: Head) -> dt.datetime:
    """When it was closed or started, else noon of its day."""
    if head.state is MeetingState.CLOSED and head.closed_at is not None:
        return head.closed_at
    return head.started_at or dt.datetime.combine(head.date, NOON)
