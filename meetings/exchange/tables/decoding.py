"""What a file's bytes are: text in one of the encodings that spreadsheets and CRMs write, or something else."""

from __future__ import annotations

import codecs
import io
import stat
from pathlib import Path

from meetings.exchange.tables.refusals import ImportRefused

LARGEST = 300 * 2**20
"""Bytes; a larger file is refused before it is read. A row of a CRM's export has some hundred bytes."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FOREIGN = (
    (b"PK\x03\x04", "is an Excel or zip file, not CSV", "In Excel, save it as “CSV UTF-8”."),
    (b"\xd0\xcf\x11\xe0", "is an Excel file, not CSV", "In Excel, save it as “CSV UTF-8”."),
    (b"%PDF", "is a PDF, not CSV", "Export the report as CSV."),
    (b"\x1f\x8b", "is compressed", "Unpack it first."),
)
_HTML = ("<!doctype", "<html", "<head", "<body", "<table", "<?xml", "<meta", "<div", "<script")
_GUESSES = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("cp932", "gb18030", "big5", "euc_kr", "mac_roman"),
]
_SAMPLE = 1 << 16
_PART = 1 << 14
"""Bytes that are decoded at once: few enough for their text to stay in the processor's cache."""
_CERTAIN = 24
"""So many bytes beyond ASCII it takes to tell one 8-bit encoding from another; with fewer it is Windows-1252."""


def read_bytes(path: Path, name: str) -> bytes:
    """The file's bytes. `name`: what it is called in a message.

    Raises ImportRefused for what is no text at all, OSError when it cannot be read.
    """
    about = path.stat()
    if stat.S_ISDIR(about.st_mode):
        raise ImportRefused(f"{name} is a folder, not a file.")
    if not stat.S_ISREG(about.st_mode):
        raise ImportRefused(f"{name} is a pipe or a device, which may never end, and not a file.")
    if about.st_size > LARGEST:
        raise ImportRefused(
            f"{name} is larger than {LARGEST >> 20} MB; export fewer columns or a shorter time."
        )
    with path.open("rb") as file:
        data = file.read(about.st_size)  # not to its end, which may move away while it is read
    for magic, what, hint in _FOREIGN:
        if data.startswith(magic):
            raise ImportRefused(f"{name} {what}.", hint)
    return data


def encoding_of(data: bytes, name: str) -> str:
    """The name of the codec that reads all of these bytes. Raises ImportRefused when they are no text.

    A byte order mark counts first, then UTF-8, which other encodings hardly ever look like; then UTF-16 without a
    mark; then what the bytes look like, among the encodings that are in use for CSV.
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return _proven(data, codec, name)
    head = data[:_SAMPLE]
    pairs = len(head) // 2
    if pairs and b"\0" in head:
        odd, even = head[1::2].count(0), head[0::2].count(0)
        if max(odd, even) > pairs * 0.4 and min(odd, even) < pairs * 0.1:
            return _proven(data[: len(data) // 2 * 2], "utf-16-le" if odd > even else "utf-16-be", name)
        if head.count(0) > len(head) * 0.1:
            raise ImportRefused(f"{name} is not a text file.")
    if data.isascii() or _decodes(data, "utf-8"):
        return "utf-8"
    return _guessed(data)


def mark_of(data: bytes) -> bytes:
    """The byte order mark with which the bytes begin, or none."""
    return next((mark for mark, _ in _BOMS if data.startswith(mark)), b"")


def open_text(data: bytes | io.BytesIO, codec: str) -> io.TextIOWrapper:
    """The bytes as lines, with their own line ends."""
    raw = io.BytesIO(data) if isinstance(data, bytes) else data
    return io.TextIOWrapper(raw, encoding=codec, errors="replace", newline="")


def refuse_markup(text: str, name: str) -> None:
    """Raise ImportRefused when the text is a web page or JSON, whatever its file is called."""
    start = text[:400].lstrip().casefold()
    if start.startswith(_HTML):
        raise ImportRefused(
            f"{name} is a web page, not CSV.",
            "The CRM may have sent its log-in page; log in and export again.",
        )
    if start.startswith(("{", "[{", "[\n")):
        raise ImportRefused(f"{name} is JSON, not CSV.")


def _proven(data: bytes, codec: str, name: str) -> str:
    if not _decodes(data, codec):
        raise ImportRefused(f"{name} is damaged: it says that it is {codec.upper()}, and is not.")
    return codec


def _decodes(data: bytes, codec: str) -> bool:
    """Whether all of the bytes are text in this encoding; looked at in parts, which takes no memory."""
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        for start in range(0, len(data), _PART):
            decoder.decode(data[start : start + _PART])
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _guessed(data: bytes) -> str:
    """The 8-bit or East Asian encoding that the bytes look most like; Windows-1252 when they say little."""
    foreign = bytes(byte for byte in data[: _SAMPLE * 4] if byte > 127)
    if len(foreign) >= _CERTAIN:
        from charset_normalizer import from_bytes

        lines = [line for line in data[: _SAMPLE * 4].splitlines(True) if not line.isascii()]
        sample = b"".join(lines)[:_SAMPLE]
        found = from_bytes(sample, cp_isolation=_GUESSES)
        # Of those that look as good, the one that is in use most.
        best = min(
            found, key=lambda match: (round(match.chaos, 2), _GUESSES.index(match.encoding)), default=None
        )
        if best is not None and _decodes(data, best.encoding):
            same = sample.decode(best.encoding, "replace") == sample.decode("cp1252", "replace")
            return "cp1252" if same else best.encoding
    return "cp1252" if _decodes(data, "cp1252") else "latin-1"
