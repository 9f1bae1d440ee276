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
        if data == (there := _content(path)):
            return False
        if there is not None and not overwrite:
            raise UsageError(
                f"{path} is there already and says something else.",
                "Save under another name, or say that it may be replaced.",
            )
        _replace(path, data, durable, new=there is None)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise NotWritten(f"{path} cannot be written: {reason}.") from error
    return True


def _content(path: Path) -> bytes | None:
    """What is in the file; None when there is none. Raises OSError when something else is there."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _replace(path: Path, data: bytes, durable: bool, new: bool) -> None:
    target = (
        path if new and not path.is_symlink() else Path(os.path.realpath(path))
    )  # a link still leads to its file
    temporary = target.with_name(f".{secrets.token_hex(6)}.tmp")
    try:
        try:
            file = temporary.open("xb")
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
            file = temporary.open("xb")
        with file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        if not new:
            temporary.chmod(target.stat().st_mode & 0o7777)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
