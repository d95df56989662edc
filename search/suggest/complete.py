"""Completions of what is being typed: names and frequent words by characters and sound, headlines by characters."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from search.engine.answer import answer
from search.engine.deadline import Deadline
from search.engine.postings import Ints
from search.engine.snapshot import Snapshot
from search.errors import QueryRefused
from search.query.tree import Exact
from search.request import SearchRequest
from search.suggest.fields import LISTED, field_of, listed, most_told, only
from search.suggest.query import TITLE, WORD, query_of
from search.suggest.sounds import typing
from search.suggest.vocabulary import Vocabulary
from search.text import fold
from search.words import is_searchable

MOST_TYPED = 40
"""Characters; who has typed more needs no completion."""
_NEWEST = 40
"""Headlines that are looked at."""
_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What may be meant: ``kind`` is street, community, reporter, topic, word or title, behind the name of a
    field also section or kind; ``count`` counts stories."""

    text: str
    kind: str
    count: int

    @property
    def query(self) -> str:
        """The query in canonical form that finds these stories."""
        return query_of(self.kind, self.text)


def completions(vocabulary: Vocabulary, snapshot: Snapshot, typed: str, limit: int) -> list[Suggestion]:
    """At most ``limit`` completions of what is typed, best first; none of what is empty, too long or has no word.

    Behind the name of a field its values alone, all of them while nothing else is typed. Terms that begin with it come
    before those that have it inside, what is spelt out before what is shortened, names before words, the more frequent
    before the rarer; headlines come last.
    """
    field, text = field_of(fold(typed[: MOST_TYPED + 1]))
    if not (is_searchable(text) or (field and not text)) or len(typed) > MOST_TYPED or limit < 1:
        return []
    found: dict[str, Suggestion] = {}
    for suggestion in _within(vocabulary, snapshot, field, text) if field else _all(vocabulary, snapshot, text):
        found.setdefault(suggestion.text, suggestion)
        if len(found) == limit:
            break
    return list(found.values())


def _all(vocabulary: Vocabulary, snapshot: Snapshot, text: str) -> Iterator[Suggestion]:
    for number in _ranked(vocabulary, text):
        term = vocabulary[number]
        count = _told(snapshot, term.text) if term.kind == WORD else term.count
        if count:
            yield Suggestion(term.name, term.kind, count)
    yield from _titles(snapshot, text)


def _within(vocabulary: Vocabulary, snapshot: Snapshot, field: str, text: str) -> Iterator[Suggestion]:
    """The values of a field."""
    if field == TITLE:
        yield from _titles(snapshot, text) if text else ()
    elif field in LISTED:
        yield from (Suggestion(label, field, stories) for label, stories in listed(snapshot, field, text))
    else:
        numbers = only(_ranked(vocabulary, text), vocabulary, field) if text else most_told(vocabulary, field)
        for number in numbers:
            yield Suggestion(vocabulary[number].name, field, vocabulary[number].count)


def _ranked(vocabulary: Vocabulary, text: str) -> Iterator[int]:
    """The numbers of the terms that the text stands for, best first; a term may come again."""
    ways = list(vocabulary.sounds.within(typing(text, vocabulary.readings)))
    if not ways:
        return
    starts, costs = (np.concatenate([getattr(way, name) for way in ways]) for name in ("starts", "costs"))
    terms = vocabulary.sounds.numbers(starts)
    shown = terms < vocabulary.completed
    starts, costs, terms = starts[shown], costs[shown], terms[shown]
    inside = ~vocabulary.sounds.is_start(starts)
    keys = (-vocabulary.counts[terms], vocabulary.kinds[terms], costs, inside)
    ranked: Ints = terms[np.lexsort(keys)]
    yield from ranked.tolist()


def _told(snapshot: Snapshot, word: str) -> int:
    """How many stories have a word in the body: never more than its search finds, which looks at headlines, too."""
    docs = snapshot.postings("body", word.encode())[0]
    several = docs[snapshot.repeated(docs)]
    return len(docs) - len(several) + len(np.unique(snapshot.stories[several]))


def _titles(snapshot: Snapshot, text: str) -> Iterator[Suggestion]:
    """The newest headlines that contain the text, first those that begin with it."""
    # They come last and may be left out.
    with suppress(QueryRefused):
        docs = answer(snapshot, SearchRequest(sort="newest"), Exact(text, "title"), Deadline(_SECONDS)).ordered(_NEWEST)
        for doc in sorted(docs.tolist(), key=lambda doc: not _begins(snapshot, doc, text)):
            title = snapshot.article(doc).title
            if title and text in fold(title):
                yield Suggestion(title, TITLE, _stories(snapshot, title))


def _begins(snapshot: Snapshot, doc: int, text: str) -> bool:
    """Whether a document's folded text, in which its headline is the first, begins with a text."""
    segment, own = snapshot.place(doc)
    return segment.texts.text(own).startswith(text)


def _stories(snapshot: Snapshot, title: str) -> int:
    return len(answer(snapshot, SearchRequest(), Exact(fold(title), "title"), Deadline(_SECONDS)).hits.docs)
