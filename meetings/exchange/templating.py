"""Templates in which text is escaped for the format unless the template says otherwise.

What escaping means, which filters there are and what Accord's own template is called is the format's business
(meetings.exchange.dialects). A template writes `{{ goal.title }}` and gets text that reads as typed. Filters for
particular places:

* `{{ text | prose }}`: line breaks as in prose, for a paragraph; `prose(2)` with 2 spaces before further
  lines, for a list item;
* `{{ text | line }}`: line breaks become spaces, for a heading;
* `{{ text | safe }}`: no escaping; the text is Markdown (or HTML ...) already.

Markup belongs outside of the braces. What a macro or a `{% set %}` block returns is finished and is not
escaped again; text that is glued to such a result with `~`, `+` or `join` is guarded against HTML only.

A template may build on the one that Accord brings: `{% extends "accord/minutes.md.j2" %}`.

A person's template runs in Jinja's sandbox: it can reach nothing but the values it is given. Accord's own needs
none, and is twice as quick without.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError, nodes
from jinja2 import TemplateError as JinjaError
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Context, new_context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from meetings.errors import AccordError

OWN = "accord/"
"""Begins the names of the templates that Accord brings."""

HTML_FILTERS = ("urlize", "xmlattr", "tojson")
"""Jinja's filters that write HTML."""

FAILURES = (JinjaError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a template can run into."""

REMEMBERED = 4096
"""So many texts are kept escaped: the minutes of many meetings say much again and again."""

Escape = Callable[..., str]
Source = tuple[str, str, Callable[[], bool]]
"""A template's text, the file it is in, and whether that is still what is in the file."""


class TemplateError(AccordError):
    """A template cannot be read, understood or carried out."""

    title = "The template needs a correction"
    exit_code = 2


@dataclass(frozen=True, eq=False)
class Dialect:
    """How text becomes part of a format.

    `template`: the file of Accord's own template. `inline` escapes whatever stands in double braces; `filters` are for
    other places; `helpers` are functions that templates can call, which return finished markup. `finish` is given
    the whole text at the end.
    """

    template: str
    inline: Escape
    filters: Mapping[str, Escape] = field(default_factory=dict)
    helpers: Mapping[str, Escape] = field(default_factory=dict)
    finish: Callable[[str], str] = str


def render(values: dict[str, object], dialect: Dialect, template: Path | None = None) -> str:
    """The template, filled in: LF line ends, no two empty lines in a row, one line end at the end.

    `template`: a file to use in place of Accord's own. Raises TemplateError, one sentence with file and line.
    """
    name = str(template) if template is not None else OWN + dialect.template
    try:
        text = _environment(dialect, template).get_template(name).render(values)
    except FAILURES as error:
        raise TemplateError(_sentence(error, name)) from error
    text = dialect.finish(text)
    while "\n\n\n" in text:  # several times quicker than an expression for it
        text = text.replace("\n\n\n", "\n\n")
    return text.strip("\n") + "\n"


@lru_cache(
    maxsize=16
)  # so that the minutes of many meetings are written from a template that is compiled once
def _environment(dialect: Dialect, template: Path | None) -> Environment:
    kind = _Plain if template is None else _Sandbox
    inline = _filter(dialect.inline)
    environment = kind(
        loader=FunctionLoader(lambda name: _load(name, template)),
        autoescape=True,  # so that what macros return is known to be finished
        # What was written before is known; typed, because finished text is another value than the same raw.
        finalize=inline if template is not None else lru_cache(REMEMBERED, typed=True)(_text(dialect.inline)),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= dict.fromkeys(("e", "escape", "forceescape"), inline)
    environment.filters |= {name: _filter(escape) for name, escape in dialect.filters.items()}
    environment.globals |= {name: _finished(helper) for name, helper in dialect.helpers.items()}
    for name in HTML_FILTERS:
        del environment.filters[name]
    return environment


class _Generator(CodeGenerator):
    """Leaves out Jinja's own escaping around every expression, a fifth of the time: `finalize` has escaped it."""

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        self.write(finalize.src or "(")

    def _output_child_post(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        self.write(")")


class _PlainGenerator(_Generator):
    """Takes attributes and calls as Python does: what Accord's own templates ask for is there.

    What a macro or a helper returns is finished, and is not handed to `finalize`.
    """

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        self.write("(" if isinstance(node, nodes.Call) else finalize.src or "(")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """Write the attribute of whatever the expression before the dot is."""
        self.visit(node.node, frame)
        self.write(f".{node.attr}")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        """Write a macro as the function that it is; Jinja's own kind first looks for names and defaults."""
        self.write("(lambda *values, macro=macro: Markup(macro(*values)))")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """Write a call with its arguments in their order; own templates name none."""
        self.visit(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")


class _Values(Context):
    """What a scoped block of an own template knows: its values, and the blocks there are, which nobody extends."""

    def derived(self, locals: dict[str, Any] | None = None) -> Context:
        """These values and those around the block."""
        found = new_context(self.environment, self.name, {}, self.get_all(), True, None, locals)
        found.eval_ctx, found.blocks = self.eval_ctx, self.blocks
        return found


class _Plain(Environment):
    """For Accord's own templates."""

    context_class = _Values
    code_generator_class = _PlainGenerator


class _Sandbox(ImmutableSandboxedEnvironment):
    """For a person's templates."""

    code_generator_class = _Generator


def _text(escape: Escape) -> Callable[[object], str]:
    """What stands in double braces; nothing is done with it any more."""

    def escaped(value: object) -> str:
        if isinstance(value, Markup):
            return value
        return escape("" if value is None else str(value))

    return escaped


def _filter(escape: Escape) -> Callable[..., Markup]:
    def escaped(value: object, *options: object) -> Markup:
        if isinstance(value, Markup):
            return value
        return Markup(escape("" if value is None else str(value), *options))

    return escaped


def _finished(helper: Escape) -> Callable[..., Markup]:
    return lambda *values: Markup(helper(*values))


def _load(name: str, template: Path | None) -> Source | None:
    if name.startswith(OWN):
        file = _OWN_FILES.joinpath(name.removeprefix(OWN))
        return (
            (file.read_text("utf-8"), name, lambda: True) if name.removeprefix(OWN) in _own_names() else None
        )
    if template is None or name != str(template):
        return None
    try:
        stamp = _stamp(template)
        return template.read_text("utf-8-sig"), name, lambda: _stamp(template) == stamp
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise TemplateError(f"The template {template} cannot be read: {reason}.") from error
    except UnicodeDecodeError as error:
        raise TemplateError(f"The template {template} is not UTF-8 text.") from error


_OWN_FILES = Path(__file__).with_name("templates")


@lru_cache
def _own_names() -> frozenset[str]:
    """The files of Accord's own templates."""
    return frozenset(file.name for file in _OWN_FILES.iterdir() if file.name.endswith(".j2"))


def _stamp(file: Path) -> tuple[int, int] | None:
    """Changes when the file does."""
    try:
        stat = file.stat()
    except OSError:
        return None
    return stat.st_mtime_ns, stat.st_size


def _sentence(error: Exception, name: str) -> str:
    """What is wrong, with the file and the line."""
    if isinstance(error, TemplateSyntaxError):
        file, line = error.name or name, error.lineno
    else:
        frames = [
            frame
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename == name or frame.filename.startswith(OWN)
        ]
        file, line = (frames[-1].filename, frames[-1].lineno or 0) if frames else (name, 0)
    what = f"there is no template {error.name}" if isinstance(error, TemplateNotFound) else str(error)
    what = " ".join(what.split()).rstrip(".") or type(error).__name__
    place = f", line {line}," if line else ""
    return f"The template {file}{place} cannot be used: {what}."
