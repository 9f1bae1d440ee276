"""What the sample story measures: its goals, and the sources of its leads."""

from __future__ import annotations

from meetings.demo.script import Aim, Channel
from meetings.demo.story import AMARA, EMEKA, HANNAH, JOSE, PRIYA, YUI
from meetings.kinds import Direction, Horizon, Team, Unit

PIPELINE = "Grow the pipeline that both teams believe in"
CUSTOMERS = "Turn more leads into customers"
KNOWING = "Know our customers better than anyone else"
"""Objectives of the charter in the configuration that Accord comes with."""

AIMS = (
    Aim(
        *("mql_sql", Team.BOTH, PRIYA, Unit.PERCENT),
        variants=(
            ("MQL to SQL rate", "SQL / MQL handed over, CRM report, last four weeks", 22, 30, None),
            ("SQL to opportunity rate", "opportunities / SQL, CRM report, last four weeks", 41, 50, None),
        ),
        way=(0.02, 0.13, 0.21, 0.28, 0.36, 0.43, 0.5, 0.6, 0.68, 0.78, 0.89, 0.95, 1.03),
        grain=0.1,
        supports=CUSTOMERS,
        notes=((6, "The new call guide helps"), (10, "One more week like this and we are there")),
    ),
    Aim(
        *("pipeline", Team.A, JOSE, Unit.CURRENCY),
        variants=(
            ("Qualified pipeline", "open opportunities created this quarter, CRM", 0, 600_000, None),
            ("Qualified pipeline", "open opportunities created this quarter, CRM", 0, 560_000, None),
        ),
        way=(0.01, 0.09, 0.16, 0.24, 0.29, 0.34, 0.41, 0.48, 0.57, 0.66, 0.74, 0.85, 0.95),
        grain=1_000,
        supports=PIPELINE,
        notes=(
            (5, "Two large deals moved into next month"),
            (8, "{two} asks for a second site in the offer"),
            (10, "Needs {one} before the end of the quarter"),
        ),
    ),
    Aim(
        *("signups", Team.B, HANNAH, Unit.NUMBER),
        variants=(
            ("Webinar sign-ups", "registrations with a business address, webinar tool", 0, 250, None),
            ("Webinar sign-ups", "registrations with a business address, webinar tool", 0, 280, None),
        ),
        way=(0.0, 0.06, 0.1, 0.11, 0.13, 0.17, 0.26, 0.46, 0.57, 0.71, 0.81, 0.9, 1.02),
        supports=PIPELINE,
        notes=(
            (3, "Invitations by mail alone bring 3 to 5 a week"),
            (4, "Parked as a problem: this will not recover by itself"),
            (6, "First partner newsletter is out, 24 sign-ups from it"),
            (9, "Back on its line"),
        ),
    ),
    Aim(
        *("response", Team.A, EMEKA, Unit.DURATION),
        variants=(
            ("First response to a new lead", "hand-over to first call or mail, median, CRM", 190, 60, None),
            ("First response to a new lead", "hand-over to first call or mail, median, CRM", 240, 90, None),
        ),
        way=(0.0, 0.04, 0.08, 0.17, 0.3, 0.42, 0.52, 0.58, 0.66, 0.77, 0.87, 0.92, 1.0),
        grain=5,
        direction=Direction.AT_MOST,
        supports=CUSTOMERS,
        notes=((3, "The morning rota starts on Monday"), (6, "Mondays are still slow")),
    ),
    Aim(
        *("trials", Team.BOTH, AMARA, Unit.NUMBER),
        variants=(
            ("Trial starts per week", "what onboarding can look after well, product data", 31, 35, 50),
            ("Demos held per week", "what four people can hold well, calendar report", 11, 12, 20),
        ),
        way=(0.07, 0.2, 0.33, 0.4, 0.53, 0.47, 0.73, 0.67, 1.4, 0.6, 0.33, 0.47, 0.6),
        direction=Direction.IN_RANGE,
        supports=KNOWING,
        agreed_in=1,
        notes=((8, "A one-off peak after {fair}; two colleagues helped out that week"),),
        overruled_in=8,
    ),
    Aim(
        *("recall", Team.B, YUI, Unit.PERCENT),
        variants=(("Brand recall in the target group", "unaided, survey of 400 {title}", 11, 18, None),),
        horizon=Horizon.YEAR,
        agreed_in=-1,
        notes=((5, "The agency sends the survey out at the end of the year"),),
    ),
)
"""The goals of a quarter; that of the year has one reading, in its last quarter."""

CHANNELS = (
    Channel("Organic search", 42, 0.62, 0.86, 0.44, None),
    Channel("Paid search", 35, 0.6, 0.82, 0.38, 5_200),
    Channel("Paid social", 45, 0.56, 0.8, 0.3, 4_100, 1.3),
    Channel("Webinar", 22, 0.7, 0.85, 0.36, 650, 1.2, (9, 17, 13, 6, 8, 12, 25, 46, 30, 36, 27, 24, 29)),
    Channel("Partner", 11, 0.82, 0.93, 0.52, None, 0.8),
)
WEAK_ACCEPTANCE = (0.45, 0.43, 0.41, 0.38, 0.4, 0.48, 0.58, 0.66, 0.71, 0.75, 0.78, 0.77, 0.79)
"""By week, the share of the weak source's leads that sales accepts, in place of its usual one."""
