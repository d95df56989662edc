"""The articles of a comparison, written down once: what every engine indexes, and words for those that cut none."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from itertools import islice, repeat
from pathlib import Path
from time import perf_counter, process_time
from typing import BinaryIO, TextIO

from search.article import Article, from_record, to_record
from search.errors import BaokuError
from search.text import searchable
from search.words import index_words

FACETS = ("month", "street", "reporter", "topic")
HAN = "\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"

_LATER = timedelta(days=37)
"""By how much the dates of each repetition of the corpus are shifted."""

_RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")

Drawn = Callable[[int], Iterable[Article]]
"""Gives the articles of a corpus, with facets drawn by a seed."""


@dataclass(frozen=True, slots=True)
class Row:
    """An article as it is indexed. ``text`` is folded, its parts are on lines; ``words`` are parted by blanks."""

    article: Article
    text: str
    words: str = ""

    @property
    def day(self) -> int:
        """The ordinal of its day; 0 for none."""
        start = self.article.date.start
        return start.toordinal() if start else 0

    @property
    def facets(self) -> dict[str, tuple[str, ...]]:
        """Its values by FACETS."""
        start = self.article.date.start
        month = (f"{start:%Y-%m}",) if start else ()
        return dict(
            zip(FACETS, (month, self.article.streets, self.article.reporters, self.article.topics), strict=True)
        )

    @property
    def stored(self) -> str:
        """What a peer keeps for the page of hits, as JSON: id, title, body."""
        return json.dumps([self.article.id, self.article.title, self.article.body], ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Material:
    """The articles in a folder; ``text_bytes`` is the UTF-8 of title and body, ``laps`` how often the corpus was used.

    ``cut_cpu`` and ``cut_wall`` are the seconds that cutting all words took, in one process.
    """

    folder: Path
    articles: int
    text_bytes: int
    characters: int
    laps: int
    cut_cpu: float
    cut_wall: float

    def rows(self, words: bool = False) -> Iterator[Row]:
        """All articles in order, with their words where these are asked for."""
        with (self.folder / "rows.jsonl").open("rb") as file, (self.folder / "words.txt").open(encoding="utf-8") as cut:
            for line, own in zip(file, cut if words else repeat(""), strict=False):
                record, text = json.loads(line)
                yield Row(from_record(record), text, own.rstrip("\n"))


def prepare(drawn: Drawn, size: int, seed: int, folder: Path) -> Material:
    """Write down ``size`` articles and their words; a smaller corpus is repeated with other ids and later dates.

    Raises:
        BaokuError: the corpus cannot be read or is empty.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "rows.jsonl").open("w", encoding="utf-8") as rows, (folder / "words.txt").open("wb") as words:
        whole = first = _written(_cut(islice(drawn(seed), size)), folder, rows, words)
        if not first.articles:
            raise BaokuError("语料里没有文章 (the corpus has no articles)")
        while whole.articles < size:
            rows.flush()
            words.flush()
            again = islice(_later(first, whole), size - whole.articles)
            whole = _sum(whole, _written(again, folder, rows, words))
    return whole


def _cut(articles: Iterable[Article]) -> Iterator[tuple[Row, float, float]]:
    """The rows of articles, and the seconds that cutting their words took."""
    for number, article in enumerate(articles):
        text = "\n".join(filter(None, searchable(article).values()))
        cpu, wall = process_time(), perf_counter()
        words = " ".join(word for line in text.split("\n") for word in index_words(line))
        cut_cpu, cut_wall = process_time() - cpu, perf_counter() - wall
        yield Row(replace(article, id=_id(number)), text, words), cut_cpu, cut_wall


def _later(first: Material, whole: Material) -> Iterator[tuple[Row, float, float]]:
    """The articles of the first lap once more: their words are the same, and would take the same time."""
    shift = whole.laps * _LATER
    share = 1 / first.articles
    for number, row in enumerate(islice(first.rows(words=True), first.articles), whole.articles):
        when = row.article.date
        if when.start and when.end:
            when = replace(when, start=when.start + shift, end=when.end + shift)
        article = replace(row.article, id=_id(number), date=when)
        yield replace(row, article=article), first.cut_cpu * share, first.cut_wall * share


def _written(cut: Iterable[tuple[Row, float, float]], folder: Path, rows: TextIO, words: BinaryIO) -> Material:
    count = text_bytes = characters = 0
    cut_cpu = cut_wall = 0.0
    for row, cpu, wall in cut:
        rows.write(json.dumps([to_record(row.article), row.text], ensure_ascii=False) + "\n")
        words.write(row.words.encode() + b"\n")
        shown = f"{row.article.title or ''}{row.article.body}"
        count, text_bytes, characters = count + 1, text_bytes + len(shown.encode()), characters + len(shown)
        cut_cpu, cut_wall = cut_cpu + cpu, cut_wall + wall
    return Material(folder, count, text_bytes, characters, 1, cut_cpu, cut_wall)


def _sum(one: Material, other: Material) -> Material:
    summed = (getattr(one, field.name) + getattr(other, field.name) for field in fields(Material)[1:])
    return Material(one.folder, *summed)


def _id(number: int) -> str:
    return f"{number:08}"


def pairs(text: str) -> list[str]:
    """The neighbouring characters of every Chinese run, then its last one alone; other words whole.

    What an engine with a phrase query needs to find strings wherever words begin and end.
    """
    found: list[str] = []
    for run in _RUN.findall(text):
        if _is_han(run):
            found += map(str.__add__, run, run[1:])
            found.append(run[-1])
        else:
            found.append(run)
    return found


def sought_pairs(string: str) -> tuple[list[str], bool]:
    """The pairs by which a string is found, and whether the last one is the beginning of a pair only."""
    found = pairs(string)
    if not found or not _is_han(found[-1]):
        return found, False
    # Its last character need not be the last of a run.
    if len(found) > 1 and len(found[-2]) == 2 and _is_han(found[-2]):
        return found[:-1], False
    return found, True


def _is_han(run: str) -> bool:
    return re.match(f"[{HAN}]", run) is not None
