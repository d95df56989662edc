"""The interface described: the document for programs, and the same as a page for people."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, jsonify, render_template

from webui.api.document import document
from webui.api.schema import WHERE, Schema

blueprint = Blueprint("interface", __name__)


@dataclass(frozen=True, slots=True)
class Row:
    """A parameter or a key: its name, its type, what is said of it; ``leads`` names the form that the type is."""

    name: str
    type: str
    leads: str
    words: str
    stable: bool = True
    required: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """An operation as it is shown.

    ``parameters`` are its own, ``shares`` says whether it has those of all searches, too; ``media`` are the types of
    its answer, ``codes`` all status codes.
    """

    path: str
    name: str
    words: str
    example: str
    parameters: Sequence[Row]
    shares: bool
    media: Sequence[str]
    answer: str
    codes: Sequence[str]


@blueprint.get("/api/openapi.json")
def openapi() -> Response:
    """The description in OpenAPI 3.1."""
    return jsonify(document())


@blueprint.get("/api", strict_slashes=False)
def described() -> str:
    """The description as a page."""
    api = document()
    return render_template(
        "api.html",
        info=api["info"],
        shared=[_parameter(one) for one in api["components"]["parameters"].values()],
        sections=[_section(path, item["get"]) for path, item in api["paths"].items()],
        forms={name: list(_keys(schema)) for name, schema in api["components"]["schemas"].items()},
    )


def _section(path: str, operation: Schema) -> Section:
    content = operation["responses"]["200"]["content"]
    _, leads = _type(next(iter(content.values())).get("schema", {}))
    own = [_parameter(one) for one in operation["parameters"] if "name" in one]
    return Section(
        path=path,
        name=operation["operationId"],
        words=operation["summary"],
        example=operation["x-example"],
        parameters=own,
        shares=len(own) < len(operation["parameters"]),
        media=list(content),
        answer=leads,
        codes=list(operation["responses"]),
    )


def _parameter(one: Schema) -> Row:
    return _row(one["name"], one["schema"], one["description"], one["required"])


def _keys(schema: Schema) -> Iterator[Row]:
    for name, value in schema["properties"].items():
        yield _row(name, value, value.get("description", ""))


def _row(name: str, schema: Schema, words: str, required: bool = False) -> Row:
    shown, leads = _type(schema)
    return Row(name, shown, leads, words, schema.get("x-stable", True), required)


def _type(schema: Schema) -> tuple[str, str]:
    """A type as programmers write it, and the form that it is or consists of."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(WHERE)
        return name, name
    if schema.get("type") == "array":
        inner, leads = _type(schema["items"])
        return f"[{inner}]", leads
    if "additionalProperties" in schema:
        inner, leads = _type(schema["additionalProperties"])
        return f"{{string: {inner}}}", leads
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_type(part)[0] for part in schema["anyOf"])), ""
    return _plain(schema), ""


def _plain(schema: Schema) -> str:
    if "enum" in schema:
        return " | ".join(schema["enum"])
    if "const" in schema:
        return str(schema["const"]).lower()
    if "minimum" in schema:
        return f"{schema['minimum']}–{schema['maximum']}"
    known: Any = schema.get("type", "")
    return " | ".join(known) if isinstance(known, list) else schema.get("format", known)
