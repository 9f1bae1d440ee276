"""A note in the person's own editor, and pasted lines, in a real terminal."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from tests.terminal.driver import Terminal
from tests.terminal.prepared import config_file, in_meeting, meeting, paths_of, rows, running

SCRIPT = """
import os, sys
how, file = sys.argv[1:]
assert sys.stdin.isatty() and sys.stdout.isatty()
assert os.stat(file).st_mode & 0o777 == 0o600
text = open(file, encoding="utf-8").read()
print("EDITOR HAS", text.strip())
while (line := input("edit> ")) == "stop":
    os.kill(0, __import__("signal").SIGTSTP)
open(file, "w", encoding="utf-8").write(text + line + "\\x1b[31m\\n")
sys.exit(int(how))
"""


def test_a_note_goes_to_the_editor_and_back_and_pasted_lines_become_items(tmp_path: Path) -> None:
    script = tmp_path / "my editor.py"
    script.write_text(SCRIPT, "utf-8")
    config_file(tmp_path)
    running(tmp_path)
    good = f"{shlex.quote(sys.executable)} {shlex.quote(str(script))} 0"
    with Terminal(tmp_path, also={"VISUAL": good, "EDITOR": "/nowhere"}, shell=True) as app:
        app.type(f"{shlex.quote(sys.executable)} -m tui\r")
        in_meeting(app)
        app.press("o")
        app.wait_for("For everyone")
        app.type("Before")
        app.wait_for("Before")
        app.press("\x07")
        app.wait_for("EDITOR HAS Before")
        app.wait_for("edit> ")
        app.type("stop\r")
        app.wait_for("Stopped")  # the shell has its terminal again
        app.type("fg; exit\r").type("and after é\r")
        app.wait_for("and after é", gone="edit> ")
        app.press("Esc")
        app.wait_for("? Help", gone="For everyone")
        app.saved()
        assert [note["text"] for note in rows(tmp_path, "notes")] == ["Before\nand after é"]
        assert list((paths_of(tmp_path).state / "editing").iterdir()) == []

        app.press("t")
        app.wait_for("Enter adds")
        app.type("\x1b[200~- [ ] Call them @Sam\r\n\r\n2. Write \x1b]0;owned\x07to them\r\n\x1b[201~")
        app.wait_for("Add 2 lines as 2 action items?")
        app.press("Enter")
        app.wait_for("Added: 2 action items")
        app.press("Esc")
        app.wait_for("? Help", gone="Enter adds")
        app.saved()
        app.press("o")
        app.wait_for("For everyone")
        app.press("Enter").type("typed when it was time to go")
        app.wait_for("time to go")
        app.press("Ctrl+Q")
        app.wait_for("Leave while the meeting runs?")
        app.press("Enter")
        app.leave()
    (note,) = rows(tmp_path, "notes")
    assert note["text"] == "Before\nand after é\ntyped when it was time to go"
    items = [(item.title, item.owner) for item in meeting(tmp_path).action_items.values()]
    assert items == [("Call them", "Sam"), ("Write to them", "")]
