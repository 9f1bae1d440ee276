"""Writing a file that leaves Accord."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from meetings.errors import AccordError, UsageError


class NotWritten(AccordError):
    """A file could not be written; what was there before is there still."""

    title = "The file was not written"
    exit_code = 3


def write_text(path: Path, text: str, *, overwrite: bool = False, durable: bool = True) -> bool:
    """Write the text as UTF-8 with the line ends it has, whole or not at all; folders are made as needed.

    Returns whether anything had to be written: a file that holds the same already is left alone. Another one
    is replaced only with `overwrite`, else UsageError. Raises NotWritten when the system does not allow it.
    A new file gets the permissions that the user's programs give (the umask): it is meant to be handed on.
    Not `durable`: the disk is not waited for, so that a power cut can take the file.
    """
    data = text.encode("utf-8", "replace")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            if path.read_bytes() == data:
                return False
            if not overwrite:
                raise UsageError(
                    f"{path} is there already and says something else.",
                    "Save under another name, or say that it may be replaced.",
                )
        _replace(path, data, durable)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise NotWritten(f"{path} cannot be written: {reason}.") from error
    return True


def _replace(path: Path, data: bytes, durable: bool) -> None:
    target = Path(os.path.realpath(path))  # a link goes on pointing to its file
    temporary = target.with_name(f".{secrets.token_hex(6)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        if target.exists():
            temporary.chmod(target.stat().st_mode & 0o7777)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
