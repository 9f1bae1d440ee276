"""The first launch: two teams, their people and the meeting's day. Under a minute, and Escape takes the defaults
(it asks first when something was typed).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from meetings.config import commented_config
from meetings.config.writer import Answers
from meetings.dates import EVERY, WEEKDAYS
from meetings.errors import AccordError, ConfigError
from meetings.text import clean
from tui.dialogs.base import Box, HelpGroup, Keys
from tui.dialogs.confirm import Confirm
from tui.dialogs.help_words import keys_of
from tui.dialogs.inputs import Line
from tui.dialogs.picker import Picker
from tui.screens.base import AccordScreen
from tui.screens.first_config import held, loaded, people, written
from tui.widgets.columns import plain
from tui.widgets.key_bar import KeyBar

WELCOME = "Two teams, one meeting a week, and nothing that was promised is forgotten."
FIELDS = (
    ("team_a", "First team", "teams.a.name"),
    ("people_a", "Its people", "teams.a.people"),
    ("team_b", "Second team", "teams.b.name"),
    ("people_b", "Its people", "teams.b.people"),
    ("every", "You meet", "cadence.every"),
    ("day", "On a", "cadence.day"),
)
"""Each question: its answer's name in Answers, its words, and its key in config.yaml."""

NAMES = {
    "people_a": "Sam, Priya, Jo — or leave it empty for now",
    "people_b": "Lena, Jonas — or leave it empty for now",
}
"""What stands in the empty lines of people."""


class NamesLine(Line):
    """Names with commas between them; a list of people may be pasted with one on each line."""

    def take_lines(self, lines: Sequence[str]) -> None:
        """Put the names in place of what is marked."""
        super().take_lines([", ".join(line.strip(" ,;") for line in lines)])


class SetupScreen(AccordScreen):
    """Six short questions. Enter goes on; at the last one it writes config.yaml and opens home."""

    place = "setup"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "defaults", show=False),
        Binding("ctrl+s", "finish", show=False),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("f1", "act('help')", show=False),
        Binding("ctrl+q", "app.quit", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    SetupScreen { align: center middle; background: $ground; color: $ink; }
    SetupScreen .box {
        width: 76; max-width: 100%; height: auto; max-height: 100%;
        border: round $brand; background: $ground; padding: 1 2 0 2;
    }
    SetupScreen VerticalScroll { height: auto; scrollbar-size-vertical: 1; }
    SetupScreen #welcome { height: auto; color: $quiet; margin-bottom: 1; }
    SetupScreen .question { height: auto; }
    SetupScreen .question Static { width: 14; color: $quiet; }
    SetupScreen .question Input { width: 1fr; height: 1; border: none; padding: 0 1; background: $field; color: $ink; }
    SetupScreen .question Input:focus { background-tint: $ink 0%; }
    SetupScreen .question Input>.input--placeholder { color: $quiet; }
    SetupScreen .question:focus-within Static { color: $brand; text-style: bold; }
    SetupScreen .wrong { height: auto; color: $off-track; padding-left: 14; display: none; }
    SetupScreen #team_b-question, SetupScreen #every-question { margin-top: 1; }
    SetupScreen KeyBar { dock: bottom; margin-top: 1; padding: 0; }
    SetupScreen.short .box { padding: 0 1; }
    SetupScreen.short #welcome { display: none; }
    SetupScreen.short .question Static, SetupScreen.short .wrong { width: 12; }
    SetupScreen.short .wrong { width: 1fr; padding-left: 12; }
    """

    def compose(self) -> ComposeResult:
        """The questions, one below the other."""
        usual = Answers()
        with Box(title="Welcome to Accord"):
            with VerticalScroll(can_focus=False):
                yield Static(Content(WELCOME), id="welcome")
                for name, words, _ in FIELDS:
                    with Horizontal(classes="question", id=f"{name}-question"):
                        yield Static(Content(words))
                        yield _field(name, usual)
                    yield Static(id=f"{name}-wrong", classes="wrong")
            yield Keys(
                ("next", "Enter", "Next"),
                ("defaults", "Esc", "Take the defaults"),
                ("finish", "Ctrl+S", "Begin"),
            )

    def on_mount(self) -> None:
        """The first question has the focus, its usual answer ready to be typed over."""
        first = self.query_one("#team_a", Line)
        self.set_focus(first)
        first.select_all()

    def urgent(self) -> tuple[str, ...]:
        """Nothing: looking for it would make the first meeting, with the teams that are yet to be named."""
        return ()

    def show_urgent(self) -> None:
        """Nothing."""

    def on_resize(self, event: events.Resize) -> None:
        """Less air where there is little room."""
        self.set_class(event.size.height < 22 or event.size.width < 60, "short")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """A name is typed over; the label of the last question says what Enter does there."""
        if isinstance(event.widget, Line) and event.widget.id in ("team_a", "team_b"):
            event.widget.select_all()
        last = event.widget.id == FIELDS[-1][0]
        picker = isinstance(event.widget, Picker)
        self.query_one(Keys).show(
            (
                *((("pick", "← →", "Choose"),) if picker else ()),
                ("next", "Enter", "Begin" if last else "Next"),
                ("defaults", "Esc", "Take the defaults"),
                *(() if last else (("finish", "Ctrl+S", "Begin"),)),
            )
        )

    def help_groups(self) -> Iterator[HelpGroup]:
        """What help says here: the keys of the last line, then those of the field that has the focus."""
        shown = [(key, label) for _, key, label in self.query_one(Keys).hints]
        yield (
            "Here and now",
            [*shown, ("↑ ↓", "the question before, the next one"), ("Ctrl+Q", "leave Accord")],
        )
        yield from keys_of(self.focused)

    # Answering

    async def on_key_bar_chosen(self, event: KeyBar.Chosen) -> None:
        """A click on a key."""
        event.stop()
        await self.run_action(event.action_id)

    def on_key(self, event: events.Key) -> None:
        """Enter in a field that does not take it itself."""
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.action_next()

    def on_input_submitted(self, event: Line.Submitted) -> None:
        """Enter in a line."""
        event.stop()
        self.action_next()

    def on_input_changed(self, event: Line.Changed) -> None:
        """What was wrong is being put right."""
        self._say_wrong(event.input.id or "", "")

    def action_next(self) -> None:
        """The next question; after the last one, begin."""
        names = [name for name, _, _ in FIELDS]
        here = self.focused.id if self.focused is not None else ""
        if here == names[-1]:
            self.action_finish()
        else:
            at = names.index(here) + 1 if here in names else 0
            self.set_focus(self.query_one(f"#{names[at]}"))

    def action_pick(self) -> None:
        """The next of what can be chosen, for a click on the words that say how."""
        if isinstance(self.focused, Picker):
            self.focused.action_step(1)

    def action_defaults(self) -> None:
        """Begin with what is usual; what was typed is dropped only when that is confirmed."""
        if self._answers() == Answers():
            self._begin(Answers())
            return
        question = Confirm(
            "Take the defaults and drop what you typed?", yes="Take the defaults", no="Go on answering"
        )
        self.app.push_screen(question, lambda yes: self._begin(Answers()) if yes else None)

    def action_finish(self) -> None:
        """Begin with what was answered; what cannot be a setting is said beside its question."""
        self._begin(self._answers())

    def _answers(self) -> Answers:
        def text(name: str) -> str:
            return clean(self.query_one(f"#{name}", Line).value)

        return Answers(
            team_a=text("team_a"),
            team_b=text("team_b"),
            people_a=people(text("people_a")),
            people_b=people(text("people_b")),
            every=self.query_one("#every", Picker).value,
            day=self.query_one("#day", Picker).value,
        )

    def _begin(self, answers: Answers) -> None:
        for name, _, _ in FIELDS:
            self._say_wrong(name, "")
        for name in ("team_a", "team_b"):
            if not getattr(answers, name):
                self._say_wrong(name, "A team needs a name.")
                self.set_focus(self.query_one(f"#{name}"))
                return
        try:
            words = commented_config(answers)
        except ConfigError as error:
            self._say_problems(error)
            return
        except AccordError as error:
            self.accord.say_error(error)
            return
        path = self.desk.workspace.paths.config / "config.yaml"
        refused = written(path, words)
        try:
            config = held(answers) if refused else loaded(path)
            self.accord.configured(config)
        except AccordError as error:
            self.accord.say_error(error)
            return
        what = "The defaults are" if answers == Answers() else "Your answers are"
        self.accord.say(refused or f"{what} in {path}.", wrong=bool(refused))

    def _say_problems(self, error: ConfigError) -> None:
        """Each problem beside its question; the first of them gets the focus."""
        found: list[str] = []
        for problem in error.problems:
            name = next((name for name, _, key in FIELDS if problem.key.startswith(key)), FIELDS[0][0])
            if name not in found:
                self._say_wrong(name, problem.message)
                found.append(name)
        if found:
            self.set_focus(self.query_one(f"#{min(found, key=_place)}"))
        else:
            self.accord.say_error(error)

    def _say_wrong(self, name: str, sentence: str) -> None:
        for wrong in self.query(f"#{name}-wrong").results(Static):
            wrong.update(Content(plain(sentence[:1].upper() + sentence[1:])))
            wrong.display = bool(sentence)


def _field(name: str, usual: Answers) -> Widget:
    if name == "every":
        return Picker([(value, value) for value in EVERY], usual.every, id=name)
    if name == "day":
        return Picker([(day, day[:3].title()) for day in WEEKDAYS], usual.day, id=name)
    if name.startswith("people"):
        return NamesLine(placeholder=NAMES[name], id=name)
    return Line(getattr(usual, name), id=name)


def _place(name: str) -> int:
    return [field for field, _, _ in FIELDS].index(name)
