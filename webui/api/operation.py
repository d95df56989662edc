"""One operation of the interface: its address, its parameters, the form of its answer. The document lists them all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import wraps
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request

from search.archive import Archive
from search.request import SearchRequest
from webui import params
from webui.api.parameters import Parameter, problems
from webui.params import ParametersInvalid

VERSION = "1.0"
"""Counted up behind the point with every key that is added; what would break a program would be /api/v2."""
ROOT = "/api/v1"

blueprint = Blueprint("api", __name__)
Answer = Mapping[str, Any] | Response
View = Callable[..., Answer]


@dataclass(frozen=True, slots=True)
class Operation:
    """What the document says of an operation.

    ``answer`` is the typed dictionary of its answer, ``files`` the media types of one that is no JSON; ``errors`` are
    the status codes that it has beside those of all, ``example`` are parameters to try it with.
    """

    path: str
    name: str
    words: str
    parameters: Sequence[Parameter] = ()
    answer: Any = None
    files: Sequence[str] = ()
    errors: Sequence[int] = ()
    example: str = ""


OPERATIONS: list[Operation] = []


def operation(described: Operation) -> Callable[[View], View]:
    """Puts a function behind an address and into the document; it is not asked when the parameters are wrong."""

    def register(view: View) -> View:
        @wraps(view)
        def answered(**path: str) -> Response:
            if wrong := problems(request.args, described.parameters):
                raise ParametersInvalid(wrong, SearchRequest())
            answer = view(**path)
            return answer if isinstance(answer, Response) else jsonify(answer)

        OPERATIONS.append(described)
        # An id may have slashes, two in a row as well.
        blueprint.add_url_rule(ROOT + described.path, described.name, answered, methods=["GET"], merge_slashes=False)
        return view

    return register


@blueprint.after_request
def _shared(response: Response) -> Response:
    """CORS (https://fetch.spec.whatwg.org/#http-cors-protocol) for the sites of the setting, for reading alone."""
    allowed = str(current_app.config["CORS"]).split()
    origin = request.headers.get("Origin", "")
    if allowed:
        response.vary.add("Origin")
    if "*" in allowed or origin in allowed:
        response.headers["Access-Control-Allow-Origin"] = "*" if "*" in allowed else origin
        response.headers["Access-Control-Expose-Headers"] = "ETag"
    return response


def asked() -> SearchRequest:
    """The search that the address asks for."""
    return params.read(request.args).request


def head(moment: Archive) -> dict[str, Any]:
    """What every answer about a state of the archive begins with."""
    return {"ok": True, "corpus": asdict(moment.corpus())}


def listed(default: int) -> int:
    """How many are to be listed."""
    return int(request.args.get("limit", default))
