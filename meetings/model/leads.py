"""Lead counts: what CRMs are read into."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, ClassVar

from meetings.model.record import Record, about


class LeadNumbers(Record, frozen=True, kw_only=True):
    """Lead counts of one source in one period (first and last day included). None: not known."""

    noun: ClassVar[str] = "lead numbers"

    source: Annotated[str, about("Source", main=True, required=True, offer="sources")] = ""
    period_start: Annotated[dt.date | None, about("From", help="the first day that is counted")] = None
    period_end: Annotated[dt.date | None, about("To", help="the last day that is counted")] = None
    product: Annotated[str, about("Read from", form=False, help="the CRM, or typed")] = "typed"
    new: Annotated[int | None, about("New leads")] = None
    handed_over: Annotated[
        int | None, about("Handed over (MQL)", help="leads that {b} gave to {a} as ready for a call")
    ] = None
    reviewed: Annotated[
        int | None, about("Reviewed", more=True, help="of those handed over, how many {a} has looked at")
    ] = None
    accepted: Annotated[
        int | None, about("Accepted (SAL)", help="of those handed over, how many {a} has taken on")
    ] = None
    rejected: Annotated[
        dict[str, int],
        about("Rejected", offer="reasons", more=True, help="by reason: no budget 4, other 2"),
    ] = {}
    disqualified: Annotated[
        dict[str, int],
        about("Disqualified", offer="reasons", more=True, help="by reason: leads that are of no use at all"),
    ] = {}
    recycled: Annotated[
        int | None, about("Recycled", more=True, help="given back to {b}, to be tried again later")
    ] = None
    qualified: Annotated[
        int | None,
        about("Qualified (SQL)", help="of those accepted, how many are worth an offer after a talk"),
    ] = None
    opportunities: Annotated[
        int | None, about("Opportunities", more=True, help="offers that were opened from these leads")
    ] = None
    won: Annotated[int | None, about("Won", help="deals that were won from these leads")] = None
    lost: Annotated[int | None, about("Lost", more=True, help="deals that were lost")] = None
    spend: Annotated[float | None, about("Spend", help="what the source cost in this time")] = None
    touches_due: Annotated[
        int | None,
        about("First touches due", more=True, help="leads that should have been called or written to"),
    ] = None
    touches_in_time: Annotated[
        int | None, about("First touches in time", more=True, help="of those due, how many were, in time")
    ] = None
    bands: Annotated[
        dict[str, int],
        about(
            "Response time bands",
            more=True,
            help="leads by minutes to the first call: 0-5 12, 5-15 4, 15-60 3, 60+ 1",
        ),
    ] = {}
    p50: Annotated[
        float | None,
        about(
            "Speed to lead P50", more=True, help="half of the leads had an answer within this time: 45 min"
        ),
    ] = None
    p95: Annotated[
        float | None,
        about("Speed to lead P95", more=True, help="95 of 100 leads had an answer within this time: 3 h"),
    ] = None
