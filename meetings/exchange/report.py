"""The report on a quarter in one page, as Markdown or as HTML with its charts in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from meetings.config import Config
from meetings.exchange.report_view import (
    LEAD_HEADINGS,
    LOOP_HEADINGS,
    TREND_HEADINGS,
    TrendView,
    report_view,
)
from meetings.measures.quarter import Quarter

FORMATS = ("markdown", "html")


def render(found: Quarter, config: Config, today: dt.date, format: str = "markdown") -> str:
    """The report: the same text for the same meetings on the same day."""
    from meetings.exchange import dialects, svg, templating  # Jinja takes its time to load

    def drawn(trend: TrendView) -> str:
        return svg.draw(trend.chart, trend.words, trend.show) if trend.chart is not None else ""

    dialect = {
        "markdown": replace(dialects.MARKDOWN, template="report.md.j2"),
        "html": replace(
            dialects.HTML, template="report.html.j2", helpers={**dialects.HTML.helpers, "chart": drawn}
        ),
    }[format]
    values: dict[str, object] = {
        "report": report_view(found, config, today),
        "lead_headings": LEAD_HEADINGS,
        "loop_headings": LOOP_HEADINGS,
        "trend_headings": TREND_HEADINGS,
    }
    return templating.render(values, dialect)
