"""Questions with known answers, made from an archive by rule: half of them to tune on, half held back.

*Known items*: somebody remembers one article, by words of its headline, of its text, or of both, and wants that article
and no other. What is remembered is drawn by chance; headlines that occur twice and short articles are not asked for.

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
from itertools import islice

import jieba.posseg
import numpy as np
from numpy.random import Generator, default_rng

from search.engine.deadline import Deadline
from search.engine.exact import ExactString, find_exact
from search.engine.postings import Ints
from search.engine.snapshot import Snapshot
from search.words import index_words, words

PER_KIND = 120

_LEAST_BODY = 120
"""Characters of a body that is long enough to be remembered by a part of it."""
_TELLING = 0.05
"""What is in more than this share of all articles is not what one remembers of a text."""
_NAMES = ("nr", "ns", "nt")
"""The tags that jieba gives to people, places and organisations."""

_RARE = 0.001
_RAREST, _MANY, _SOME = 30, 4, 2
"""How many of the rare words of an article are looked at; how many shared ones make a grade of 2, and of 1."""
_DAYS = 30
_LEAST_FOLLOWED = 3

_SENTENCE = re.compile("[^。!?;\n]+")
_WORD = re.compile("[\u4e00-\u9fff]{2,}|[a-z0-9]{2,}")


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and its grades: of an article's id, the higher the more it is wanted; all others have 0."""

    kind: str
    query: str
    grades: Mapping[str, int]
    held: bool


def judged_queries(snapshot: Snapshot, seed: int, per_kind: int = PER_KIND) -> list[Judged]:
    """The queries of all kinds, ``per_kind`` of each or as many as the archive is good for."""
    memory = _Memory(snapshot)
    known = (_some(kind, per_kind, _asked(memory, ask, default_rng([seed, at]))) for at, (kind, ask) in _KINDS)
    followed = _some(TOPIC, per_kind, _followed(memory, default_rng([seed, len(_KINDS)])))
    return [query for queries in (*known, followed) for query in queries]


TOPIC = "topic: follow-ups"


def _some(kind: str, count: int, found: Iterator[tuple[str, Mapping[str, int]]]) -> Iterator[Judged]:
    for number, (query, grades) in enumerate(islice(found, count)):
        yield Judged(kind, query, grades, held=number % 2 == 1)


class _Memory:
    """The articles of an archive, and what somebody could remember of each."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        titles = Counter(self.text(doc)[0] for doc in snapshot.everything.tolist())
        del titles[""]
        self._docs: dict[str, Ints] = {}
        self._unique = {title for title, times in titles.items() if times == 1}

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

    def is_said_once(self, string: str) -> bool:
        """Whether only one article contains a folded string."""
        return len(find_exact(self.snapshot, ExactString(string), Deadline.never()).docs) == 1

    def is_telling(self, word: str) -> bool:
        """Whether it is a word that one remembers: of two characters, and not everywhere."""
        return bool(_WORD.fullmatch(word)) and len(self.docs(word)) <= _TELLING * self.snapshot.count

    def telling(self, text: str) -> list[str]:
        """The telling words of a text, in its order, each once."""
        return list(dict.fromkeys(filter(self.is_telling, words(text))))


Ask = Callable[[_Memory, str, str, Generator], str | None]
"""Makes a query of a folded headline and body; None where there is too little in them."""


def _asked(memory: _Memory, ask: Ask, rng: Generator) -> Iterator[tuple[str, Mapping[str, int]]]:
    for doc in memory.shuffled(rng):
        if query := ask(memory, *memory.text(doc), rng):
            yield query, {memory.snapshot.identity(doc): 1}


def _title_words(_: _Memory, title: str, __: str, rng: Generator, join: str = " ") -> str | None:
    """Two to four words of a headline, at least one left out, in their order."""
    found = list(dict.fromkeys(filter(_WORD.fullmatch, words(title))))
    return join.join(_drawn(found, min(int(rng.integers(2, 5)), len(found) - 1), rng)) if len(found) > 2 else None


def _title_and_body(memory: _Memory, title: str, body: str, rng: Generator) -> str | None:
    """One or two words of a headline and one or two others of the body."""
    first = list(filter(_WORD.fullmatch, words(title)))
    second = [word for word in memory.telling(body) if word not in title]
    if len(first) < 2 or len(second) < 2:
        return None
    return " ".join((*_drawn(first, int(rng.integers(1, 3)), rng), *_drawn(second, int(rng.integers(1, 3)), rng)))


def _phrase(memory: _Memory, _: str, body: str, rng: Generator, join: str = " ") -> str | None:
    """Two pieces of two or three words out of a sentence of this article alone, with one to three between them left out."""
    sentences = [sentence for sentence in _SENTENCE.findall(body) if len(words(sentence)) >= 9]
    if not sentences or not memory.is_said_once(chosen := sentences[rng.integers(len(sentences))]):
        return None
    sentence = words(chosen)
    start = int(rng.integers(len(sentence) - 8))
    end, gap, other = rng.integers((2, 1, 2), 4).tolist()
    behind = start + end + gap
    return join.join(("".join(sentence[start : start + end]), "".join(sentence[behind : behind + other])))


def _name_and_words(memory: _Memory, title: str, body: str, rng: Generator) -> str | None:
    """A name that the text gives, and two words that stand in one sentence with it: who, and what it was about."""
    for place in rng.permutation(len(sentences := _SENTENCE.findall(body))).tolist():
        names = [word for word, tag in jieba.posseg.cut(sentences[place]) if tag in _NAMES and memory.is_telling(word)]
        if names and len(others := [word for word in memory.telling(sentences[place]) if word not in names]) >= 2:
            return " ".join((*_drawn(names, 1, rng), *_drawn(others, 2, rng)))
    return None


def _scattered(memory: _Memory, _: str, body: str, rng: Generator) -> str | None:
    """Three words of three sentences."""
    found = [telling for sentence in _SENTENCE.findall(body) if (telling := memory.telling(sentence))]
    if len(found) < 3:
        return None
    return " ".join(_drawn(found[place], 1, rng)[0] for place in _drawn(range(len(found)), 3, rng))


_KINDS: Sequence[tuple[int, tuple[str, Ask]]] = tuple(
    enumerate(
        {
            "headline: some words": _title_words,
            "headline: some words in one run": partial(_title_words, join=""),
            "headline and body words": _title_and_body,
            "phrase with a gap": _phrase,
            "phrase with a gap in one run": partial(_phrase, join=""),
            "name and two words beside it": _name_and_words,
            "three words of three sentences": _scattered,
        }.items()
    )
)


def _drawn(items: Sequence, count: int, rng: Generator) -> list:
    """So many of the items, in their order."""
    return [items[place] for place in sorted(rng.choice(len(items), count, replace=False).tolist())]


def _followed(memory: _Memory, rng: Generator) -> Iterator[tuple[str, Mapping[str, int]]]:
    for doc in memory.shuffled(rng):
        title, body = memory.text(doc)
        found = sorted(memory.telling(title), key=lambda word: len(memory.docs(word)))[:2]
        if len(found) == 2 and len(grades := _grades(memory, doc, f"{title}\n{body}", found)) > _LEAST_FOLLOWED:
            yield " ".join(found), {memory.snapshot.identity(other): grade for other, grade in grades.items()}


def _grades(memory: _Memory, doc: int, text: str, query: Sequence[str]) -> Mapping[int, int]:
    """3 for the article itself, 2 and 1 for those near in time that share rare words which are not in the query."""
    snapshot = memory.snapshot
    free = [word for word in dict.fromkeys(index_words(text)) if _WORD.fullmatch(word) and not _within(word, query)]
    having = sorted(filter(lambda docs: 1 < len(docs) <= _RARE * snapshot.count, map(memory.docs, free)), key=len)
    shared = Counter(np.concatenate(having[:_RAREST]).tolist() if having else ())
    near = abs(snapshot.first - snapshot.first[doc]) <= _DAYS
    grades = {other: 2 if times >= _MANY else 1 for other, times in shared.items() if times >= _SOME and near[other]}
    return {**grades, doc: 3}


def _within(word: str, query: Sequence[str]) -> bool:
    return any(word in other or other in word for other in query)
