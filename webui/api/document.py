"""The interface described as OpenAPI 3.1 has it (https://spec.openapis.org/oas/v3.1.1.html), from its operations."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from search.message import Message
from webui.api import answers
from webui.api.operation import OPERATIONS, ROOT, VERSION, Operation
from webui.api.parameters import SHARED, Parameter
from webui.api.schema import Schema, schema_of
from webui.errors import MESSAGES

ALWAYS = (400, 401, 414, 429, 500, 503)
"""What may go wrong with every operation."""
REFERRED = "#/components/parameters/"
TITLE = "报库 API"
PROMISE = Message(
    "第一版 (v1) 里的网址、参数和键只会增加，不会改名，也不会去掉；标作“不固定”(x-stable: false) 的，值随时会变。"
    "不认得的参数不理；写错的参数是 400，并说出是哪一个。"
)


@cache
def document() -> Schema:
    """The whole document; it does not depend on the archive."""
    named: dict[str, Schema] = {}
    paths = {ROOT + _template(each.path): {"get": _operation(each, named)} for each in OPERATIONS}
    error = schema_of(answers.Error, named)
    codes = sorted({*ALWAYS, *(code for each in OPERATIONS for code in each.errors)})
    return {
        "openapi": "3.1.1",
        "info": {"title": TITLE, "version": VERSION, "description": PROMISE},
        "servers": [{"url": "/"}],
        # An account is needed only where the server has a login.
        "security": [{}, {"account": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {
                "account": {
                    "type": "http",
                    "scheme": "basic",
                    "description": Message("要登录的服务器上，用 baoku user 建的账号"),
                }
            },
            "schemas": named,
            "parameters": {parameter.name: parameter.document() for parameter in SHARED},
            "responses": {
                str(code): {"description": MESSAGES.get(code, "出错了"), "content": _json(error)} for code in codes
            },
        },
    }


def _operation(each: Operation, named: dict[str, Schema]) -> Schema:
    return {
        "operationId": each.name,
        "summary": each.words,
        "x-example": each.example,
        "parameters": [*_in_path(each.path), *map(_parameter, each.parameters)],
        "responses": {
            "200": _answer(each, named),
            "304": {"description": Message("与 If-None-Match 所说的一样，没有变化")},
            **{str(code): {"$ref": f"#/components/responses/{code}"} for code in sorted({*ALWAYS, *each.errors})},
        },
    }


def _parameter(parameter: Parameter) -> Schema:
    return {"$ref": REFERRED + parameter.name} if parameter in SHARED else parameter.document()


def _answer(each: Operation, named: dict[str, Schema]) -> Schema:
    if each.answer is None:
        return {"description": each.words, "content": {kind: {} for kind in each.files}}
    tag = {"ETag": {"description": Message("馆藏不变，它就不变"), "schema": {"type": "string"}}}
    return {"description": each.words, "headers": tag, "content": _json(schema_of(each.answer, named))}


def _json(schema: Schema) -> Schema:
    return {"application/json": {"schema": schema}}


def _template(path: str) -> str:
    """A rule of Flask as a path template."""
    return re.sub("<(?:path:)?([a-z]+)>", r"{\1}", path)


def _in_path(path: str) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "description": Message("文章编号"),
            "schema": {"type": "string", "minLength": 1},
        }
        for name in re.findall("<path:([a-z]+)>", path)
    ]
