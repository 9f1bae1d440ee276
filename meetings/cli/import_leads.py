"""Read lead numbers from the CSV file that a CRM exports (HubSpot, Salesforce, Pipedrive, Zoho, a plain sheet).

Leads are counted by source and by the week of their creation. The counts replace those that an earlier import of the
same product gave for the same weeks; no row of the file is kept.
"""

from __future__ import annotations

import argparse

from meetings.cli.setting import Setting


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of this kind."""


def run(args: argparse.Namespace, setting: Setting) -> int:
    """Count the leads in the file and put the numbers into the meeting."""
    from meetings.errors import UsageError

    raise UsageError("Lead numbers cannot be imported yet.")
