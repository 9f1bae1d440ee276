"""Why the system refused to read or write."""

from __future__ import annotations

import errno
import os


def reason(error: Exception) -> str:
    """Why the system refused, in its own words and without a path."""
    if isinstance(error, OSError) and error.errno is not None:
        return {
            errno.ENOSPC: "the disk is full",
            errno.EDQUOT: "the disk quota is used up",
            errno.EROFS: "the disk is read-only",
            errno.EACCES: "permission is denied",
            errno.EPERM: "permission is denied",
        }.get(error.errno, os.strerror(error.errno).lower())
    return str(error)
