"""The help page: the document of the query language, its examples as links to their searches."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import dropwhile, pairwise
from pathlib import Path

from flask import Blueprint, render_template
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from search.request import SearchRequest
from webui.language import language
from webui.links import search_url

blueprint = Blueprint("help", __name__)

DOCUMENTS = {"zh": "query-language.md", "en": "query-language.en.md"}
"""The document of the query language, by the language that it is written in."""
_FOLDER = Path(__file__).parent / "documents"
MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
HITS = "篇"
"""The column of hits: they are those in the sample archive, and mean nothing to the reader of another."""


@blueprint.get("/help")
def help_page() -> str:
    """How to search, with a list of its sections."""
    document = _FOLDER / DOCUMENTS[language()]
    tokens = _linked(_without_hits(_sections(MARKDOWN.parse(document.read_text("utf-8")))))
    sections = list(_named(tokens))
    shown = Markup(MARKDOWN.renderer.render(tokens, MARKDOWN.options, {}))
    return render_template("help.html", shown=shown, sections=sections)


def _sections(tokens: Sequence[Token]) -> list[Token]:
    """The document without its title and without what it says of itself: the page has words of its own for that."""
    return list(dropwhile(lambda token: (token.type, token.tag) != ("heading_open", "h2"), tokens))


def _named(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    """Gives the headings their anchors, those that GitHub gives them; yields anchor and words of the second level."""
    for opened, inline in pairwise(tokens):
        if opened.type == "heading_open":
            anchor = re.sub(r"[^\w\- ]", "", inline.content.lower()).replace(" ", "-")
            opened.attrSet("id", anchor)
            if opened.tag == "h2":
                yield anchor, inline.content


def _without_hits(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without the columns of hits."""
    kept: list[Token] = []
    place, dropped = 0, -1
    for token in tokens:
        if token.type == "tr_open":
            place = 0
        if token.type == "table_open":
            dropped = -1
        if token.type == "inline" and token.content == HITS and kept and kept[-1].type == "th_open":
            dropped = place
            kept.pop()
        elif place != dropped or token.type not in ("td_open", "inline", "td_close", "th_close"):
            kept.append(token)
        place += token.type in ("td_close", "th_close")
    return kept


def _linked(tokens: list[Token]) -> list[Token]:
    """Examples lead to their searches; what leads to other documents leads nowhere here."""
    for before, inline in pairwise(tokens):
        if inline.type == "inline" and inline.children:
            inline.children = list(_inline(inline.children, before.type == "td_open"))
    return tokens


def _inline(children: Sequence[Token], in_table: bool) -> Iterator[Token]:
    hidden = False
    for child in children:
        if child.type == "link_open":
            hidden = not str(child.attrGet("href")).startswith("#")
        if child.type == "code_inline" and in_table and child is children[0] and len(children) == 1:
            yield from _example(child)
        elif not (hidden and child.type in ("link_open", "link_close")):
            yield child


def _example(code: Token) -> Iterator[Token]:
    opened = Token("link_open", "a", 1, attrs={"href": search_url(SearchRequest(code.content))})
    yield from (opened, code, Token("link_close", "a", -1))
