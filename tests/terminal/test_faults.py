"""A fault of Accord's own: one sentence with the report's path, the terminal as it was, nobody's text."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from tests.terminal.driver import Ended, Terminal
from tests.terminal.faulty import PLACE, SECRET
from tests.terminal.prepared import config_file, in_meeting, paths_of, running

FAULT = 70
ENDED = "Accord met a fault of its own and stopped; what was saved is safe."
BESIDE = "A part of Accord met a fault of its own and stopped"


@pytest.mark.parametrize(
    ("where", "keys", "said"),
    [
        ("dialog", ("o", "Esc"), ENDED),
        ("drawing", ("?",), ENDED),
        ("worker", ("q",), ENDED),
        ("reading", ("m",), ""),
        ("thread", ("T",), BESIDE),
    ],
)
def test_a_fault_is_a_sentence_and_a_report(
    tmp_path: Path, where: str, keys: tuple[str, ...], said: str
) -> None:
    config_file(tmp_path)
    running(tmp_path)
    raw = BytesIO()
    reports = paths_of(tmp_path).state / "crashes"
    with Terminal(tmp_path, also={PLACE: where}, module="tests.terminal.faulty") as app:
        app.process.logfile_read = raw
        in_meeting(app)
        if said == ENDED:
            with pytest.raises(Ended):
                app.press(*keys).wait_for("never")
        else:
            app.press(*keys).wait_for(lambda _: reports.exists())
            if not said:
                app.wait_for("This could not be read to its end: that is a fault of Accord's.")
                app.wait_for("A report without anyone's text is")
            app.press("q").wait_for("Leave while the meeting runs?")
            app.press("Enter")
        assert app.leave() == (FAULT if said == ENDED else 0)
    shown = raw.getvalue().decode()
    report = min(reports.iterdir())
    assert not said or report.name in shown.replace("\r\n", "")  # the screen breaks it into lines
    assert said in shown.rpartition("\x1b[?1049l")[2], "said when the usual screen is back"
    assert "\x1b[?1000l" in shown, "the mouse is the terminal's again"
    assert "Traceback" not in shown
    assert SECRET not in shown + report.read_text("utf-8")
    assert "tests.terminal.faulty" in report.read_text("utf-8") or "in fail" in report.read_text("utf-8")
    assert report.stat().st_mode & 0o777 == 0o600
