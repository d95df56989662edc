"""The story line of an article: what was printed on the same matter before and after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from search.article import Article


@dataclass(frozen=True, slots=True)
class Story:
    """``line`` has the dated articles on one matter, the oldest first; ``undated`` the others, the likest first.

    The article that was asked about is one of them; without others both are empty.
    """

    line: Sequence[Article] = ()
    undated: Sequence[Article] = ()


def in_order(article: Article, others: Sequence[Article]) -> Story:
    """The story line of an article and of others on the same matter."""
    if not others:
        return Story()
    everyone = (article, *others)
    line = sorted((one for one in everyone if one.date.known), key=_when)
    return Story(line, [one for one in everyone if not one.date.known])


def _when(article: Article) -> tuple[date, date, str]:
    return article.date.start or date.min, article.date.end or date.min, article.id
