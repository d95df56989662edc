"""How an article is cited: the box on its page, and the files for reference managers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response, url_for

from search.article import Article
from search.citation import FORMS, STYLES
from search.citation.reference import Reference, reference
from search.media_types import media_type


@dataclass(frozen=True, slots=True)
class Style:
    """A reference for a reader's list: the name of its style, its text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class File:
    """A form for programs: its name, its text, the address of its file, its media type."""

    name: str
    text: str
    url: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Box:
    """All ways to cite an article, and what has to be looked up before any of them is whole."""

    styles: tuple[Style, ...]
    files: tuple[File, ...]
    lacking: tuple[str, ...]


def file(article: Article, url: str, form: str) -> Response:
    """The reference to an article as a download in one of the forms of search.citation."""
    chosen = FORMS[form]
    answer = Response(chosen.write(reference(article, url)), content_type=f"{media_type(form)}; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=f"{_plain(article.id)}.{form}")
    return answer


def box(article: Article, url: str) -> Box:
    """The citations of an article whose permanent address is ``url``."""
    cited = reference(article, url)
    styles = (Style(name, write(cited)) for name, write in STYLES.items())
    return Box(tuple(styles), tuple(_files(cited)), cited.lacking)


def _files(cited: Reference) -> Iterator[File]:
    for ending, form in FORMS.items():
        address = url_for("pages.citation", identity=cited.id, form=ending)
        yield File(form.name, form.write(cited), address, media_type(ending))


def _plain(identity: str) -> str:
    """An id as a file name that every system takes."""
    return "baoku-" + "".join(char if char.isascii() and (char.isalnum() or char in "-_") else "-" for char in identity)
