"""Questions with known answers, made from an archive by rule: every other one to tune on, the rest held back.

*Known items*: somebody remembers one article, by words of its headline, of its text, or of both, and wants that article
and no other. What is remembered is drawn by chance; headlines that occur twice and short articles are not asked for.
Other articles may have the same words, so that no ranking can be right always.

*Topics*: the two rarest words of a headline. How much other articles are wanted is decided without these words and
without any ranking: by how many other rare words they share with the article, and whether they were printed within a
month of it. So the follow-ups of an event count; what says the same in other words, or years later, does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import TypeVar

import jieba.posseg
import numpy as np
from numpy.random import Generator, default_rng

from search.engine.deadline import Deadline
from search.engine.exact import ExactString
from search.engine.postings import Ints
from search.engine.snapshot import Snapshot
from search.words import index_words, words

T = TypeVar("T")

TOPIC = "topic: follow-ups"

_LEAST_BODY = 120
"""Characters of a body that is long enough to be remembered by a part of it."""
_TELLING = 0.05
"""What is in more than this share of all articles is not what one remembers of a text."""
_LONG = 9
"""Words of a sentence that has pieces to be remembered."""
_NAMES = ("nr", "ns", "nt")
"""The tags that jieba gives to people, places and organisations."""

_RARE = 0.001
_RAREST, _MANY, _SOME = 30, 4, 2
"""How many of the rare words of an article are looked at; how many shared ones make a grade of 2, and of 1."""
_DAYS = 30
_FOLLOWED = 3
"""A topic has this many follow-ups at least."""

_SENTENCE = re.compile("[^。!?;\n]+")
_WORD = re.compile("[\u4e00-\u9fff]{2,}|[a-z0-9]{2,}")


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and its grades: of an article's id, the higher the more it is wanted; all others have 0."""

    kind: str
    query: str
    grades: Mapping[str, int]
    held: bool


def judged_queries(snapshot: Snapshot, seed: int, per_kind: int) -> list[Judged]:
    """The queries of all kinds, ``per_kind`` of each or as many as the archive is good for."""
    memory = _Memory(snapshot)
    asked = {kind: partial(_known, memory, ask) for kind, ask in _KINDS.items()} | {TOPIC: partial(_topics, memory)}
    return [
        Judged(kind, query, grades, held=number % 2 == 1)
        for place, (kind, ask) in enumerate(asked.items())
        for number, (query, grades) in enumerate(islice(ask(default_rng([seed, place])), per_kind))
    ]


class _Memory:
    """The articles of an archive, and what somebody could remember of each."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        titles = Counter(self.text(doc)[0] for doc in snapshot.everything.tolist())
        self._unique = {title for title, times in titles.items() if title and times == 1}
        self._docs: dict[str, Ints] = {}

    def text(self, doc: int) -> tuple[str, str]:
        """The folded headline and body of a document."""
        segment, own = self.snapshot.place(doc)
        title, _, _, body, *_ = segment.texts.text(own).split("\n")
        return title, body

    def shuffled(self, rng: Generator) -> Iterator[int]:
        """The documents that can be asked for, in an order of chance."""
        for doc in rng.permutation(self.snapshot.everything).tolist():
            title, body = self.text(doc)
            if title in self._unique and len(body) >= _LEAST_BODY:
                yield doc

    def docs(self, word: str) -> Ints:
        """The documents that have a word in their headline or body."""
        if word not in self._docs:
            postings = (self.snapshot.postings(field, word.encode())[0] for field in ("title", "body"))
            self._docs[word] = np.union1d(*postings)
        return self._docs[word]

    def telling(self, text: str) -> list[str]:
        """The words of a text that one remembers, in its order, each once: of two characters, and not everywhere."""
        most = _TELLING * self.snapshot.count
        return [word for word in _words(text) if len(self.docs(word)) <= most]

    def is_said_once(self, string: str) -> bool:
        """Whether only one article contains a folded string."""
        return len(ExactString(string).find(self.snapshot, Deadline.never()).docs) == 1


Asked = Iterator[tuple[str, Mapping[str, int]]]
"""Queries with their grades."""

Ask = Callable[[_Memory, str, str, Generator], str | None]
"""Makes a query of a folded headline and body; None where there is too little in them."""


def _known(memory: _Memory, ask: Ask, rng: Generator) -> Asked:
    for doc in memory.shuffled(rng):
        if query := ask(memory, *memory.text(doc), rng):
            yield query, {memory.snapshot.identity(doc): 1}


def _of_headline(_: _Memory, title: str, __: str, rng: Generator, between: str = " ") -> str | None:
    """Two to four words of a headline in their order, at least one left out."""
    found = _words(title)
    return between.join(_drawn(found, min(_number(rng, 2, 4), len(found) - 1), rng)) if len(found) > 2 else None


def _of_both(memory: _Memory, title: str, body: str, rng: Generator) -> str | None:
    """One or two words of a headline, and in place of the others one or two of the body."""
    first = _words(title)
    second = [word for word in memory.telling(body) if word not in title]
    if len(first) < 2 or len(second) < 2:
        return None
    return " ".join((*_drawn(first, _number(rng, 1, 2), rng), *_drawn(second, _number(rng, 1, 2), rng)))


def _phrase(memory: _Memory, _: str, body: str, rng: Generator, between: str = " ") -> str | None:
    """Two or three words, one to three left out, two or three words: of a sentence that is in this article alone."""
    sentences = [sentence for sentence in _SENTENCE.findall(body) if len(words(sentence)) >= _LONG]
    if not sentences or not memory.is_said_once(sentence := sentences[rng.integers(len(sentences))]):
        return None
    found = words(sentence)[_number(rng, 0, len(words(sentence)) - _LONG) :]
    size, gap, other = _number(rng, 2, 3), _number(rng, 1, 3), _number(rng, 2, 3)
    return between.join(("".join(found[:size]), "".join(found[size + gap : size + gap + other])))


def _name_and_words(memory: _Memory, _: str, body: str, rng: Generator) -> str | None:
    """A name, and two telling words of the same sentence: who, and what it was about."""
    for sentence in rng.permutation(_SENTENCE.findall(body)).tolist():
        telling = memory.telling(sentence)
        named = {word for word, tag in jieba.posseg.cut(sentence) if tag in _NAMES}
        names, others = ([word for word in telling if (word in named) == wanted] for wanted in (True, False))
        if names and len(others) >= 2:
            return " ".join((*_drawn(names, 1, rng), *_drawn(others, 2, rng)))
    return None


def _scattered(memory: _Memory, _: str, body: str, rng: Generator) -> str | None:
    """Three telling words, of three sentences."""
    found = list(filter(None, map(memory.telling, _SENTENCE.findall(body))))
    return " ".join(chain(*(_drawn(some, 1, rng) for some in _drawn(found, 3, rng)))) if len(found) > 2 else None


_KINDS: Mapping[str, Ask] = {
    "headline: some words": _of_headline,
    "headline: some words, one run": partial(_of_headline, between=""),
    "headline and body": _of_both,
    "phrase with a gap": _phrase,
    "phrase with a gap, one run": partial(_phrase, between=""),
    "name and words beside it": _name_and_words,
    "words of three sentences": _scattered,
}


def _topics(memory: _Memory, rng: Generator) -> Asked:
    for doc in memory.shuffled(rng):
        title, body = memory.text(doc)
        query = sorted(memory.telling(title), key=lambda word: len(memory.docs(word)))[:2]
        if len(query) == 2 and len(grades := _grades(memory, doc, f"{title}\n{body}", query)) > _FOLLOWED:
            yield " ".join(query), {memory.snapshot.identity(other): grade for other, grade in grades.items()}


def _grades(memory: _Memory, doc: int, text: str, query: Sequence[str]) -> Mapping[int, int]:
    """3 for the article itself, 2 and 1 for those near in time that share rare words that the query does not have."""
    snapshot = memory.snapshot
    free = [word for word in dict.fromkeys(index_words(text)) if _WORD.fullmatch(word) and not _is_in(word, query)]
    having = sorted((docs for docs in map(memory.docs, free) if 1 < len(docs) <= _RARE * snapshot.count), key=len)
    shared = Counter(np.concatenate(having[:_RAREST]).tolist() if having else ())
    near = abs(snapshot.first - snapshot.first[doc]) <= _DAYS
    grades = {other: 2 if times >= _MANY else 1 for other, times in shared.items() if times >= _SOME and near[other]}
    return {**grades, doc: 3}


def _is_in(word: str, query: Sequence[str]) -> bool:
    return any(word in other or other in word for other in query)


def _words(text: str) -> list[str]:
    """The words of a text that have two characters, in its order, each once."""
    return list(dict.fromkeys(filter(_WORD.fullmatch, words(text))))


def _number(rng: Generator, least: int, most: int) -> int:
    return int(rng.integers(least, most + 1))


def _drawn(items: Sequence[T], count: int, rng: Generator) -> list[T]:
    """So many of the items, in their order."""
    return [items[place] for place in sorted(rng.choice(len(items), count, replace=False).tolist())]
