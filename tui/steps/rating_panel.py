"""The panel in which everyone rates the meeting: dots until revealed, then figures, means and the gap."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from meetings.figures import show_mean
from meetings.flow import ratings
from meetings.kinds import Team
from meetings.measures import accountability
from meetings.measures.accountability import Alignment
from meetings.measures.past import Past, rating_means
from meetings.meeting import Meeting
from meetings.model import Person
from tui.theme import team_style
from tui.widgets.cell_edit import Edit
from tui.widgets.columns import Column, plain
from tui.widgets.panel import Panel
from tui.widgets.row import Row
from tui.widgets.rows import Rows
from tui.widgets.sparkline import sparkline

HIDDEN = "•"
ABSTAINS = "–"
TREND = 6
"""Meetings whose means are shown beside this one's."""
TEAMS = (Team.A, Team.B)
COLUMNS = (
    Column("name", flex=1, min_width=12),
    Column("team", max_width=12, priority=3),
    Column("word", flex=1, min_width=10, priority=2),
    Column("bar", width=ratings.HIGHEST, priority=1),
    Column("value", width=2, align="right"),
)


class RatingRows(Rows):
    """The people who rate. What is typed shows as dots while it is `secret`."""

    secret = True

    def open(self, edit: Edit) -> bool:
        """Edit a cell, hidden."""
        opened = super().open(edit)
        if self._editor is not None:
            self._editor.password = self.secret
        return opened


class RatingPanel(Panel):
    """The people who rate, and what came of it once it is revealed."""

    DEFAULT_CSS = """
    RatingPanel #verdict { height: auto; padding: 0 1; color: $quiet; }
    """

    def __init__(self) -> None:
        super().__init__(title="How was this meeting?", id="ratings-panel")

    def compose(self) -> ComposeResult:
        """The list, and the means under it."""
        yield RatingRows(id="ratings")
        yield Static(id="verdict")

    def show(self, meeting: Meeting, previous: Meeting | None, earlier: Sequence[Past]) -> None:
        """Show who has rated; once revealed, how, and how the meetings before were rated."""
        people, shown = ratings.raters(meeting), meeting.head.revealed
        rows, verdict = self.query_one(RatingRows), self.query_one("#verdict", Static)
        found = accountability.alignment(meeting)
        last = accountability.told(previous) if previous is not None else None
        rows.secret = not shown
        rows.show(
            COLUMNS,
            [_row(person, meeting) for person in people],
            "Nobody is on the list yet. Add people in the check-in; then each can rate the meeting.",
        )
        self.show_title(figure=_figure(found, last, people, shown))
        verdict.display = shown and found.count > 0
        verdict.update(_verdict(found, last, meeting, earlier) if verdict.display else Content(""))

    def go_to(self, uid: str) -> bool:
        """Put the cursor on that person. Whether they are among those who rate."""
        rows = self.query_one(RatingRows)
        return rows.move_to(uid) or rows.cursor_key == uid

    def go_on(self, uid: str) -> None:
        """On to whoever rates after that person."""
        rows = self.query_one(RatingRows)
        if rows.cursor_key == uid:
            rows.move_to(min(rows.cursor_index + 1, rows.count - 1))


def _row(person: Person, meeting: Meeting) -> Row:
    rating, style = ratings.rating_of(meeting, person), team_style(person.team)
    cells: dict[str, str | Content] = {
        "name": person.name,
        "team": Content.styled(meeting.head.team_name(person.team), style),
    }
    if rating is not None and meeting.head.revealed:
        rest = ratings.HIGHEST - rating.value
        cells["bar"] = Content.assemble(("━" * rating.value, style), ("·" * rest, "$quiet"))
        cells["value"] = Content.styled(str(rating.value), "bold")
        cells["word"] = Content.styled(plain(rating.word), "$quiet")
    elif rating is not None:
        cells["value"] = Content.styled(HIDDEN, "bold")
    elif person.abstains:
        cells["value"] = Content.styled(ABSTAINS, "$quiet")
    return Row(person.uid, cells)


def _figure(found: Alignment, last: Alignment | None, people: Sequence[Person], shown: bool) -> str:
    """How many have rated; once revealed the mean, and that of last time."""
    if not shown or not found.count:
        silent = sum(person.abstains for person in people)
        more = f" · {silent} {'abstains' if silent == 1 else 'abstain'}" if silent else ""
        return f"{found.count} of {max(len(people) - silent, found.count)} rated{more}" if people else ""
    before = f", last time {show_mean(last.overall)}" if last and last.overall is not None else ""
    return f"{show_mean(found.overall)} of {ratings.HIGHEST}{before}"


def _verdict(
    found: Alignment,
    last: Alignment | None,
    meeting: Meeting,
    earlier: Sequence[Past],
) -> Content:
    """Means of the teams and their gap, and the gap of last time; the means of the meetings before."""
    parts = [
        Content.assemble(
            (f"{plain(meeting.head.team_name(team))} ", team_style(team)), (show_mean(mean), "$ink bold")
        )
        for team in TEAMS
        if (mean := found.mean[team]) is not None
    ]
    if found.gap is not None:
        before = f", last time {show_mean(last.gap)}" if last and last.gap is not None else ""
        parts.append(Content.assemble("gap ", (show_mean(found.gap), "$ink bold"), before))
    lines = [Content(" · ").join(parts)]
    means = rating_means(earlier)[-TREND:]
    if len(means) > 1 and found.overall is not None:
        words = " ".join(show_mean(mean) for mean in means)
        lines.append(
            Content.assemble(
                f"Before: {words}, today ",
                (show_mean(found.overall), "$ink bold"),
                (f"  {sparkline([*means, found.overall])}", "$brand"),
            )
        )
    return Content("\n").join(lines)
