"""Chosen articles as citations: a page to copy from, and files for reference managers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template, request, url_for

from search.article import Article
from search.citation import STYLES
from search.citation.apa import apa
from search.citation.bibtex import bibtex
from search.citation.csl import csl_item
from search.citation.gbt7714 import gbt7714_2015, gbt7714_2025
from search.citation.reference import Reference, reference
from search.citation.ris import ris
from search.media_types import media_type
from search.message import Counted, Message
from search.request import SearchRequest
from webui.links import article_url, full_url
from webui.params import ParametersInvalid
from webui.shelf import archive

blueprint = Blueprint("citing", __name__)

MOST = 500
"""Articles at once."""
NAMED = 10
"""Ids that are named in a sentence about more of them."""


@dataclass(frozen=True, slots=True)
class Form:
    """References as a file: its name, its ending, what writes it."""

    name: str
    ending: str
    write: Callable[[Sequence[Reference]], str]


def _numbered(write: Callable[[Reference], str]) -> Callable[[Sequence[Reference]], str]:
    """Where references are numbered in the order in which they are cited."""
    return lambda cited: "".join(f"[{number}] {write(one)}\n" for number, one in enumerate(cited, 1))


def _lines(write: Callable[[Reference], str]) -> Callable[[Sequence[Reference]], str]:
    return lambda cited: "".join(f"{write(one)}\n" for one in cited)


def _csl(cited: Sequence[Reference]) -> str:
    return json.dumps([csl_item(one) for one in cited], ensure_ascii=False, indent=2) + "\n"


FORMS: Mapping[str, Form] = {
    "gbt7714-2025": Form("GB/T 7714—2025", "txt", _numbered(gbt7714_2025)),
    "gbt7714": Form("GB/T 7714—2015", "txt", _numbered(gbt7714_2015)),
    "apa": Form("APA 7", "txt", _lines(apa)),
    "ris": Form("RIS", "ris", lambda cited: "".join(map(ris, cited))),
    "bibtex": Form("BibTeX", "bib", lambda cited: "\n".join(map(bibtex, cited))),
    "csl": Form("CSL-JSON", "csl.json", _csl),
}
"""What ``form`` may be."""
COPIED = tuple(form for form in FORMS if FORMS[form].name in STYLES)
"""The forms that stand on the page, for a reader's list."""


@blueprint.get("/citations")
def citations() -> Response | str:
    """The references to the articles of ``id``, in their order: as a page, or with ``form`` as a file.

    A file has all of them or is refused: nobody would see what it lacks.
    """
    known, unknown = _asked()
    cited = [reference(article, full_url(article.id)) for article in known]
    if form := request.args.get("form", ""):
        return _file(_form(form, unknown), cited)
    return _page(cited, unknown)


def _asked() -> tuple[list[Article], list[str]]:
    """The articles that are asked for and the ids of those that there are not; each once.

    Raises:
        ParametersInvalid: there are more than MOST.
    """
    ids = list(dict.fromkeys(filter(None, map(str.strip, request.args.getlist("id")))))
    if len(ids) > MOST:
        raise _invalid(Counted("一次最多 {most} 篇，这里有 {n} 篇，请分几次", most=MOST, n=len(ids)))
    found = {identity: archive().article(identity) for identity in ids}
    return [article for article in found.values() if article], [identity for identity in ids if not found[identity]]


def _form(name: str, unknown: Sequence[str]) -> Form:
    """The form of a file of the articles that are asked for.

    Raises:
        ParametersInvalid: there is no such form, or the file would lack some of them.
    """
    if name not in FORMS:
        raise _invalid(Message("没有这种引用格式，可用的是 {forms}", forms=tuple(FORMS)))
    if unknown:
        ids = tuple(identity[:40] for identity in unknown[:NAMED])
        raise _invalid(Counted("有 {n} 篇库中没有，如 {ids}；文件要全才给", n=len(unknown), ids=ids))
    return FORMS[name]


def _invalid(message: str) -> ParametersInvalid:
    return ParametersInvalid((message,), SearchRequest())


def _page(cited: Sequence[Reference], unknown: Sequence[str]) -> str:
    return render_template(
        "citations.html",
        cited=cited,
        unknown=unknown,
        copied=[(FORMS[form].name, FORMS[form].write(cited)) for form in COPIED],
        files=[(FORMS[form].name, _address(form, cited)) for form in FORMS],
        lacking=[one for one in cited if one.lacking],
        article_url=article_url,
    )


def _address(form: str, cited: Iterable[Reference]) -> str:
    state = urlencode([*(("id", one.id) for one in cited), ("form", form)])
    return f"{url_for('citing.citations', lang=None)}?{state}"


def _file(form: Form, cited: Sequence[Reference]) -> Response:
    answer = Response(form.write(cited), content_type=f"{media_type(form.ending)}; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=f"baoku-citations.{form.ending}")
    return answer
