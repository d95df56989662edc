"""Completions and alternatives: what is found of what somebody meant, and how long it takes."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from math import inf
from pathlib import Path
from time import process_time
from typing import TypeVar

from numpy.random import Generator, default_rng

from search.archive import Archive
from search.engine.snapshot import Snapshot
from search.errors import BaokuError
from search.request import SearchRequest
from search.suggest.query import WORD, query_of
from search.suggest.readings import Readings, readings
from search.suggest.vocabulary import Term, Vocabulary

T = TypeVar("T")
Typed = Callable[[str], str]
Misspelt = Callable[[str, Generator], str]

_NAMES, _WORDS = 100, 200
"""Terms of each kind that are typed, and misspelt in every way."""
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Way:
    """A way of typing: in how many of the cases what was meant came back, and the processor's milliseconds a call."""

    name: str
    cases: int
    found: int
    spent: Sequence[float]


@dataclass(frozen=True, slots=True)
class Suggesting:
    """The processor's seconds that a vocabulary takes and its bytes, and all ways of typing and misspelling."""

    articles: int
    terms: int
    seconds: float
    size: int
    typing: Sequence[Way]
    misspelling: Sequence[Way]


def measure_suggest(index: Path, seed: int) -> Suggesting:
    """Everything about one archive, in a process that has answered before.

    Raises:
        BaokuError: the archive has no words.
    """
    archive = Archive.open(index)
    archive.budget = inf
    archive.answer(SearchRequest("平城"))
    with archive._newest.reading() as snapshot:
        Vocabulary.of(snapshot)
        seconds, vocabulary = _clocked(partial(Vocabulary.of, snapshot))
        size = _size(snapshot)
    archive.suggest("a")
    chosen = _chosen(vocabulary, default_rng(seed))
    typing = [_typed(archive, name, way, chosen) for name, way in _ways(readings()).items()]
    misspelling = [
        _misspelt(archive, name, way, chosen, default_rng(seed)) for name, way in _mistakes(chosen, readings()).items()
    ]
    return Suggesting(archive.corpus().articles, len(vocabulary), seconds, size, typing, misspelling)


def _size(snapshot: Snapshot) -> int:
    """The bytes of a vocabulary with all that belongs to it."""
    tracemalloc.start()
    kept = [Vocabulary.of(snapshot)]
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    kept.clear()
    return size


def _chosen(vocabulary: Vocabulary, rng: Generator) -> list[Term]:
    """Some names and some words, the more frequent not more often."""
    shown = vocabulary[: vocabulary.completed]
    if not shown:
        raise BaokuError("库里没有词 (the archive has no words)")
    found = []
    for number, terms in (
        (_NAMES, [term for term in shown if term.kind != WORD]),
        (_WORDS, [term for term in shown if term.kind == WORD and all(char >= "\u4e00" for char in term.text)]),
    ):
        found += [terms[place] for place in rng.permutation(len(terms))[:number]]
    return found


def _ways(by: Readings) -> dict[str, Typed]:
    return {
        "characters": lambda text: text,
        "pinyin": lambda text: "".join(_syllable(char, by) for char in text),
        "initials": lambda text: "".join(_syllable(char, by)[0] for char in text),
    }


def _syllable(char: str, by: Readings) -> str:
    return next(iter(by.of(char)), char)


def _typed(archive: Archive, name: str, way: Typed, terms: Sequence[Term]) -> Way:
    """Every beginning of what is typed for each term; the term is to be among ten when it is typed whole."""
    found, spent = 0, []
    for term in terms:
        typed = way(term.text)
        for end in range(1, len(typed) + 1):
            seconds, suggestions = _clocked(partial(archive.suggest, typed[:end]))
            spent.append(seconds * 1000)
        found += any(suggestion.text == term.name for suggestion in suggestions)
    return Way(name, len(terms), found, spent)


def _mistakes(terms: Sequence[Term], by: Readings) -> dict[str, Misspelt]:
    """Ways to misspell a term of three characters or more."""
    characters = sorted({char for term in terms for char in term.text})

    def homophone(text: str, rng: Generator) -> str:
        place = int(rng.integers(len(text)))
        others = [char for syllable in by.of(text[place]) for char in map(chr, by.spelt(syllable).tolist())]
        known = [char for char in others if char in characters and char != text[place]]
        return text[:place] + known[rng.integers(len(known))] + text[place + 1 :] if known else ""

    def wrong(text: str, rng: Generator) -> str:
        place = int(rng.integers(len(text)))
        return text[:place] + characters[rng.integers(len(characters))] + text[place + 1 :]

    def missing(text: str, rng: Generator) -> str:
        place = int(rng.integers(len(text)))
        return text[:place] + text[place + 1 :]

    def doubled(text: str, rng: Generator) -> str:
        place = int(rng.integers(len(text)))
        return text[: place + 1] + text[place:]

    def exchanged(text: str, rng: Generator) -> str:
        place = int(rng.integers(len(text) - 1))
        return text[:place] + text[place + 1] + text[place] + text[place + 2 :]

    pinyin = _ways(by)["pinyin"]
    return {
        "pinyin": lambda text, _: pinyin(text),
        "homophone": homophone,
        "wrong character": wrong,
        "missing character": missing,
        "doubled character": doubled,
        "exchanged characters": exchanged,
    }


def _misspelt(archive: Archive, name: str, way: Misspelt, terms: Sequence[Term], rng: Generator) -> Way:
    """Terms misspelt so that the archive has nothing of the kind; each is to be among the alternatives."""
    cases = found = 0
    spent = []
    for term, typed in _planted(archive, way, terms, rng):
        seconds, alternatives = _clocked(partial(archive.did_you_mean, SearchRequest(typed)))
        cases += 1
        spent.append(seconds * 1000)
        meant = {query_of(term.kind, term.name), query_of(WORD, term.name), query_of(WORD, term.text)}
        found += any(alternative.query in meant for alternative in alternatives)
    return Way(name, cases, found, spent)


def _planted(archive: Archive, way: Misspelt, terms: Sequence[Term], rng: Generator) -> Iterator[tuple[Term, str]]:
    for term in terms:
        if len(term.text) >= _SHORTEST:
            typed = way(term.text, rng)
            if typed and typed != term.text and not archive.search(typed).total:
                yield term, typed


def _clocked(task: Callable[[], T]) -> tuple[float, T]:
    """Seconds of the processor, and what came out."""
    start = process_time()
    done = task()
    return process_time() - start, done
