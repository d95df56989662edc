"""The id of an article: the same input gives the same id, and one article's change moves no other id."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from itertools import count

from indexer.draft import Draft
from indexer.prose import bare
from search.article import Article

_LETTERS = 16
_OPENING = 32
_ENOUGH = 4 * _OPENING


def identify(draft: Draft) -> str:
    """Sixteen hexadecimal digits from the file's name, the folded headline and the first words of the body.

    The folder is left out, so that a page keeps its ids when the archive is moved or its folders are
    renamed; the text behind the first words is left out, so that a corrected story keeps its id.
    """
    parts = (draft.page.file.rpartition("/")[2], bare(draft.headline), _opening(draft.paragraphs))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_LETTERS]


def _opening(paragraphs: Iterable[str]) -> str:
    """The first letters of a text; so much of a paragraph is read as surely holds them, if need be all of it."""
    letters = ""
    for paragraph in paragraphs:
        start = bare(paragraph[:_ENOUGH])
        letters += start if len(start) >= 2 * _OPENING else bare(paragraph)
        if len(letters) >= _OPENING:
            break
    return letters[:_OPENING]


def with_unique_ids(articles: Iterable[Article], taken: Container[str] = ()) -> Iterator[Article]:
    """The articles in order, with ``-2``, ``-3`` ... behind an id that is already taken."""
    used: set[str] = set()
    numbers: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(2))  # a number is tried once for each id
    for article in articles:
        identity = article.id
        while identity in used or identity in taken:
            identity = f"{article.id}-{next(numbers[article.id])}"
        used.add(identity)
        yield article if identity == article.id else replace(article, id=identity)


def without_number(identity: str) -> str:
    """The id without the ``-2``, ``-3`` ... that :func:`with_unique_ids` put behind it."""
    return re.sub(r"-\d+$", "", identity)
