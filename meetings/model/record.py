"""What every record has, how it declares its fields, and what can be asked of a declaration."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import cache
from typing import Annotated, Any, ClassVar, get_args, get_type_hints

import msgspec
from msgspec import Meta

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""Stands for "not stamped yet": the session stamps a record when it is added."""

ZONED = Meta(tz=True)
"""A moment says its time zone: one that does not could not be compared with the others."""


def new_uid() -> str:
    """A fresh record identifier (uuid4)."""
    return str(uuid.uuid4())


def about(
    title: str,
    *,
    main: bool = False,
    required: bool = False,
    long: bool = False,
    offer: str = "",
    form: bool = True,
    more: bool = False,
    help: str = "",
) -> Meta:
    """What a field is called and how a person fills it in.

    `main`: edited in place with one key. `required`: may not be empty. `long`: may have several lines.
    `offer`: what completion offers ("people", "sources", "objectives", "reasons", "goals").
    `form`: whether the form shows it. `more`: there it comes after the fields that most people fill in.
    """
    extra = {
        "main": main,
        "required": required,
        "long": long,
        "offer": offer,
        "form": form,
        "more": more,
    }
    return Meta(title=title, description=help, extra=extra)


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """What every record has. Times are UTC."""

    noun: ClassVar[str] = "record"
    """What a person calls one of these."""

    uid: Annotated[str, about("Id", form=False)] = msgspec.field(default_factory=new_uid)
    created_at: Annotated[dt.datetime, about("Created", form=False), ZONED] = EPOCH
    updated_at: Annotated[dt.datetime, about("Updated", form=False), ZONED] = EPOCH
    position: Annotated[float, about("Position", form=False)] = 0.0


@cache
def main_field(kind: type[Record]) -> str:
    """Name of the field that is edited in place: the record's words."""
    for field in msgspec.structs.fields(kind):
        if info(kind, field.name).get("main"):
            return field.name
    raise LookupError(f"{kind.__name__} has no main field")


@cache
def hints_of(kind: type[Record]) -> dict[str, Any]:
    """The declared types of a record's fields with what `about` said; working them out takes a while."""
    return get_type_hints(kind, include_extras=True)


@cache
def info(kind: type[Record], field: str) -> dict[str, Any]:
    """What `about` said of a field: title, help, main, required, long, offer, form. Empty when nothing was said."""
    for meta in get_args(hints_of(kind)[field])[1:]:
        if isinstance(meta, Meta) and meta.extra is not None:
            return {"title": meta.title or field, "help": meta.description or "", **meta.extra}
    return {}


def words(record: Record) -> str:
    """The record in its own words: its main field as text."""
    return str(getattr(record, main_field(type(record))))
