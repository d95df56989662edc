"""Whether words are cut exactly as jieba cuts them, and how fast, in processor time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from time import process_time
from typing import TypeVar

import jieba

from benchmarks.corpus import Corpus
from search.article import Article
from search.errors import BaokuError
from search.text import searchable
from search.words import cutter_with, is_searchable

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cutting:
    """``seconds`` holds the processor's seconds of each way over all articles; bytes are of the folded texts."""

    articles: int
    text_bytes: int
    seconds: Mapping[str, float]


def measure_words(corpus: Corpus, user_dictionary: Path) -> Cutting:
    """Cut all texts of all articles as jieba does and as we do; loading the dictionaries is not counted.

    Raises:
        BaokuError: some words are not those of jieba; the message quotes the place.
    """
    articles = list(corpus())
    texts = list(_texts(articles))
    by = cutter_with(user_dictionary)
    cutting, cut = _clocked(lambda: list(map(by.cut, texts)))
    parting, parts = _clocked(lambda: [list(chain.from_iterable(map(by.parts.__getitem__, found))) for found in cut])
    plain, expected = _clocked(lambda: list(map(by.tokenizer.lcut, texts)))
    for ours, indexed, theirs in zip(cut, parts, expected, strict=True):
        _check(ours, theirs)
        _check(indexed, [word for word in _AlreadyCut(theirs, by.tokenizer).cut_for_search("") if is_searchable(word)])
    name = "rjieba" if by.is_fast else "jieba (rjieba not used)"
    seconds = {"jieba": plain, name: cutting, f"{name}, with the words within words": cutting + parting}
    return Cutting(len(articles), sum(len(text.encode("utf-8", "replace")) for text in texts), seconds)


class _AlreadyCut(jieba.Tokenizer):  # type: ignore[misc]
    """jieba's search mode over words that it has cut before: to cut them again would take as long again."""

    def __init__(self, words: Sequence[str], tokenizer: jieba.Tokenizer) -> None:
        self.FREQ = tokenizer.FREQ
        self._words = words

    def cut(self, *_: object, **__: object) -> Iterator[str]:
        yield from self._words


def _texts(articles: Iterable[Article]) -> Iterator[str]:
    for article in articles:
        for part in searchable(article).values():
            yield from filter(None, part.split("\n"))


def _check(ours: Sequence[str], theirs: Sequence[str]) -> None:
    if ours != theirs:
        at = next((at for at, (one, other) in enumerate(zip(ours, theirs, strict=False)) if one != other), -1)
        near = slice(max(0, at - 3), at + 4) if at >= 0 else slice(-5, None)
        raise BaokuError(f"切词不同：{ours[near]}，jieba 为 {theirs[near]} (words differ from jieba's)")


def _clocked(task: Callable[[], T]) -> tuple[float, T]:
    start = process_time()
    done = task()
    return process_time() - start, done
