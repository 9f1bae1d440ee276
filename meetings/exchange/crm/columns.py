"""What the columns of a CRM's export mean."""

from __future__ import annotations

from collections.abc import Mapping

WORDS = {
    "id": "the lead's number in the CRM",
    "created": "when the lead was created",
    "source": "where the lead came from",
    "status": "how far sales has come with the lead",
    "stage": "the stage that the lead has reached",
    "owner": "who has the lead",
    "reason": "why the lead was sent back or given up",
    "first_touch": "when sales first called or wrote",
    "converted": "when the lead became an opportunity",
    "is_converted": "whether the lead became an opportunity",
    "amount": "what the deal is worth",
    "closed": "when the deal was closed",
    "is_closed": "whether the deal is closed",
    "is_won": "whether the deal was won",
}
"""What each kind of column tells, for a person who is asked which one it is."""


def config_lines(columns: Mapping[str, str]) -> tuple[str, ...]:
    """The lines of config.yaml that keep a person's answers about columns; () when there is nothing to keep."""
    raise NotImplementedError
