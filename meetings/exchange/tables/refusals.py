"""Why a file is not read: each in one sentence. Nothing was changed when one of these is raised."""

from __future__ import annotations

from meetings.errors import AccordError


class ImportRefused(AccordError):
    """The file cannot be imported as it is. The message names the file, and the line where there is one."""

    title = "This file cannot be imported"
    exit_code = 3


class Cancelled(ImportRefused):
    """The person stopped the import."""

    title = "The import was cancelled"
    exit_code = 130
