"""Records as plain values that JSON can hold, and back: for keys, and for what a build remembers.

JSON and not pickle, since what lies in a cache must never be able to run code.
"""

from __future__ import annotations

import hashlib
import json
import typing
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

T = TypeVar("T")


def plain(value: object) -> Any:  # noqa: ANN401  whatever JSON has
    """A record, or anything made of records, mappings and sequences, as a value that JSON has.

    Sets are sorted; mappings keep their order, since pages may show it. What is none of these, such
    as a date from YAML, becomes a text with its type.
    """
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, frozenset | set):
        return sorted((plain(item) for item in value), key=repr)
    if is_dataclass(value):
        return {name: plain(getattr(value, name)) for name in _names(value.__class__)}
    known = value is None or isinstance(value, str | bool | int | float)
    return value if known else f"{type(value).__name__}:{value}"


def digest(*values: object) -> str:
    """The SHA-256 digest of values, in hexadecimal: the same in every process and system."""
    text = json.dumps([plain(value) for value in values], separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def record(kind: type[T], value: object) -> T:
    """The record of a type from its plain value.

    Raises ValueError when the value is not what `plain` gives for a record of that type.
    """
    try:
        wanted: Any = kind
        made: T = _maker(wanted)(value)
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(str(error)) from None
    return made


@cache
def _names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401  a type
    return tuple(item.name for item in fields(kind))


@cache
def _maker(kind: Any) -> Callable[[Any], Any]:  # noqa: ANN401  a type, or what `typing` has for one
    """What makes a value of a type from its plain value."""
    origin, args = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return _record_maker(typing.cast("type", kind))
    if origin is tuple and args[-1] is not Ellipsis:
        makers = tuple(map(_maker, args))
        return lambda value: tuple(make(item) for make, item in zip(makers, value, strict=True))
    if origin in (tuple, frozenset):
        return _sequence(origin, _maker(args[0]))
    if origin is Mapping:
        make = _maker(args[1])
        return lambda value: {key: make(item) for key, item in value.items()}
    if origin in (Union, UnionType):
        (inner,) = (_maker(item) for item in args if item is not type(None))
        return lambda value: None if value is None else inner(value)
    return _scalar(type(args[0]) if origin is Literal else kind)


def _record_maker(kind: type) -> Callable[[Any], Any]:
    hints = typing.get_type_hints(kind)
    makers = {name: _maker(hints[name]) for name in _names(kind)}
    return lambda value: kind(**{name: make(value[name]) for name, make in makers.items()})


def _sequence(kind: Callable[[Any], Any], make: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: kind([make(item) for item in value])


def _scalar(kind: type) -> Callable[[Any], Any]:
    wanted = (int, float) if kind is float else kind

    def scalar(value: object) -> object:
        if not isinstance(value, wanted):
            raise ValueError(f"expected {kind.__name__}, found {type(value).__name__}")
        return value

    return scalar
