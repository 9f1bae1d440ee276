"""Importing lead numbers: choose a file, answer what cannot be known, look at what would change, take it in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from meetings.errors import AccordError
from tui import memory
from tui.dialogs.file_picker import FilePicker

if TYPE_CHECKING:
    import datetime as dt

    from meetings.exchange.crm.plan import Plan
    from meetings.exchange.crm.refusals import ColumnsMissing, DatesUnclear
    from meetings.exchange.crm.result import LeadImport


class ImportLeads(FilePicker):
    """Imports lead numbers. Until the last Enter nothing is changed; Escape goes back a step."""

    heading: ClassVar[str] = "Import lead numbers: which file has your CRM written?"

    def __init__(self) -> None:
        super().__init__()
        self._path: Path | None = None
        self._columns: dict[str, str] = {}
        self._day_order: Literal["day", "month"] | None = None

    def read(self, path: Path) -> tuple[LeadImport, Plan]:
        """The numbers in the file, and what they would change."""
        from meetings.exchange.crm.leads import read_leads  # what reads exports is loaded with the first one
        from meetings.exchange.crm.periods import meeting_day
        from meetings.exchange.crm.plan import plan

        if path != self._path:  # answers are about one file
            self._path, self._columns, self._day_order = path, {}, None
        desk = self.desk
        imported = read_leads(
            path,
            desk.config,
            today=desk.today(),
            meeting_day=meeting_day(desk.meeting.head, desk.today()),
            columns=self._columns or None,
            day_order=self._day_order,
            watch=self.go_on,
        )
        return imported, plan(desk.meeting, imported)

    def take(self, path: Path, result: Any) -> None:
        """Ask what the file leaves open, or show what it would change."""
        from meetings.exchange.crm.refusals import ColumnsMissing, DatesUnclear

        match result:
            case ColumnsMissing():
                self._ask_columns(path, result)
            case DatesUnclear():
                self._ask_dates(path, result)
            case AccordError():
                self.refuse(result)
            case (imported, plan):
                self._preview(imported, plan)

    def _again(self, path: Path) -> None:
        self.run_worker(self.read_file(path), group="choose", exclusive=True)

    def _ask_columns(self, path: Path, asked: ColumnsMissing) -> None:
        from tui.dialogs.import_columns import ImportColumns

        def answered(columns: dict[str, str] | None) -> None:
            if columns is not None:
                self._columns |= columns
                self._again(path)

        self.app.push_screen(ImportColumns(path.name, asked), answered)

    def _ask_dates(self, path: Path, asked: DatesUnclear) -> None:
        from tui.dialogs.choice import Choice

        def answered(order: str | None) -> None:
            if order is not None:
                self._day_order = "day" if order == "day" else "month"
                self._again(path)

        question = f"Column “{asked.header}”: is {asked.example} the day or the month first?"
        options = (
            ("day", "d", f"The day: {_written(asked.day)}"),
            ("month", "m", f"The month: {_written(asked.month)}"),
        )
        self.app.push_screen(Choice(question, asked.message, options, "Back"), answered)

    def _preview(self, imported: LeadImport, plan: Plan) -> None:
        from tui.dialogs.import_preview import ImportPreview

        self.app.push_screen(
            ImportPreview(imported, plan), lambda yes: self._bring_in(imported) if yes else None
        )

    def _bring_in(self, imported: LeadImport) -> None:
        self.run_worker(self._take_in(imported), group="choose", exclusive=True)

    async def _take_in(self, imported: LeadImport) -> None:
        """Take the numbers into the meeting, as it is now, as one edit."""
        import asyncio

        from meetings.exchange.crm.columns import config_lines
        from meetings.exchange.crm.plan import bring_in

        accord, paths = self.accord, self.desk.workspace.paths
        try:
            await asyncio.to_thread(bring_in, self.desk.session, imported)
        except AccordError as error:
            self.refuse(error)
            return
        memory.remember_folder(paths, str(imported.path.absolute().parent))
        accord.say_imported(imported.used, imported.product)
        self.dismiss(True)
        lines = config_lines(imported.asked)
        if lines:
            from tui.dialogs.keep_lines import KeepLines

            accord.push_screen(KeepLines(lines))


def _written(day: dt.date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "then this is no date, and such rows are not used"
