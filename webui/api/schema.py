"""JSON Schema (2020-12, the dialect of OpenAPI 3.1) of the types that the answers are made of.

What is said about a value stands beside its type: ``Annotated[int, "how many"]``; a mapping there is merged into its
schema.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NewType, Union, get_args, get_origin, get_type_hints, is_typeddict

Schema = dict[str, Any]

Day = NewType("Day", str)
"""A day as RFC 3339 writes it."""
PLAIN: Mapping[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    Day: {"type": "string", "format": "date"},
}
UNSTABLE: Mapping[str, Any] = {"x-stable": False}
"""The mark of keys whose values may be other in any version: numbers and sentences that are no contract."""
WHERE = "#/components/schemas/"


def schema_of(kind: Any, named: dict[str, Schema]) -> Schema:
    """The schema of a type. Those of typed dictionaries are put into ``named`` and referred to."""
    if is_typeddict(kind):
        return _named(kind, named)
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return schema_of(inner[0], named) | _said(inner[1:])
    if origin is list:
        return {"type": "array", "items": schema_of(inner[0], named)}
    if origin is dict:
        return {"type": "object", "additionalProperties": schema_of(inner[1], named)}
    if origin is Literal:
        return {"enum": list(inner)}
    if origin in (Union, UnionType):
        return _either([schema_of(part, named) for part in inner])
    return dict(PLAIN[kind])


def _named(kind: Any, named: dict[str, Schema]) -> Schema:
    name = kind.__name__
    if name not in named:
        named[name] = {}
        hints = get_type_hints(kind, include_extras=True)
        named[name] = {
            "type": "object",
            "description": kind.__doc__,
            "properties": {key: schema_of(value, named) for key, value in hints.items()},
            "required": list(hints),
        }
    return {"$ref": WHERE + name}


def _said(notes: tuple[Any, ...]) -> Schema:
    said: Schema = {}
    for note in notes:
        said |= {"description": note} if isinstance(note, str) else note
    return said


def _either(schemas: list[Schema]) -> Schema:
    if all(schema.keys() == {"type"} for schema in schemas):
        return {"type": [schema["type"] for schema in schemas]}
    return {"anyOf": schemas}
