"""The articles to measure on: made from a seed, or read from a file. The same seed gives the same articles."""

from __future__ import annotations

import lzma
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TextIO

import jieba
import numpy as np
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from indexer.sources.ready import read_ready
from indexer.sources.reject import Reject
from search.article import KINDS, UNDATED, Article, PublicationDate, Source
from search.errors import BaokuError

Corpus = Callable[[], Iterable[Article]]
"""Gives the articles; a partial of ``synthetic`` or ``real``, so that it can be sent to another process."""

# Written out, not read from data/: an edited list would make another corpus and old figures incomparable.
_STREET_NAMES = """
永泰 古城 新旺 迎宾 振华 清远 武定 御河 开源 大庆路 马军营 卧虎湾 新华 鹿苑 白登山 文瀛湖 水泊寺 小南头
"""
_TOPIC_NAMES = """
党建 社会治理 城市管理与创城 教育 卫生健康 疫情防控 安全应急 民生服务 文化旅游
科技科普 乡村振兴与农业 志愿服务 法治与反诈 经济与税务 青年与群团 住房与社区建设 其他
"""
STREETS = tuple(f"{name}街道" for name in _STREET_NAMES.split())
TOPICS = tuple(_TOPIC_NAMES.split())
REPORTERS = tuple(surname + given for surname in "赵钱孙李周吴郑王冯陈" for given in ("一禾", "知秋", "望舒"))
"""Invented names."""

FIRST_DAY, LAST_DAY = date(2012, 1, 1), date(2025, 12, 31)
UNDATED_SHARE = 0.05

MEDIAN_WORDS, SPREAD = 215, 0.6
"""Words of a body: lognormal, like the lengths of news items; with jieba's word lengths 470 characters on average."""

_MARKS = ("", "，", "。", "。\n")
_MARK_SHARES = (0.84, 0.09, 0.05, 0.02)
_STORIES_A_PAGE = 8
_HAN = re.compile("[\u4e00-\u9fff]+")


@dataclass(frozen=True)
class Vocabulary:
    """jieba's Chinese words; ``bounds`` are their frequencies summed up and divided by the total."""

    words: Sequence[str]
    bounds: NDArray[np.float64]

    def draw(self, rng: Generator, count: int) -> list[str]:
        """Words drawn independently of each other, each with the probability of its frequency."""
        places = np.searchsorted(self.bounds, rng.random(count), side="right")
        return [self.words[place] for place in places]


@cache
def vocabulary() -> Vocabulary:
    """The words of the dictionary file that comes with jieba; its lines are: word, frequency, part of speech."""
    with jieba.get_dict_file() as file:
        rows = [line.split()[:2] for line in file.read().decode().splitlines()]
    rows = [row for row in rows if _HAN.fullmatch(row[0])]
    sums = np.cumsum([int(frequency) for _, frequency in rows], dtype=np.float64)
    return Vocabulary([word for word, _ in rows], sums / sums[-1])


def synthetic(size: int, seed: int) -> Iterator[Article]:
    """``size`` articles of words drawn by frequency; a longer corpus of the same seed begins with a shorter one."""
    rng = default_rng(seed)
    for number in range(size):
        page, place = divmod(number, _STORIES_A_PAGE)
        title = "".join(vocabulary().draw(rng, int(rng.integers(4, 10))))
        body = _prose(rng, max(20, int(rng.lognormal(np.log(MEDIAN_WORDS), SPREAD))))
        source = Source(f"synthetic/{page:06}.txt", ((place * 100 + 1, place * 100 + 100),))
        yield _described(Article(f"synthetic:{number:07}", source, title, body=body, date=_day(rng)), rng)


def real(path: Path, seed: int, limit: int | None = None) -> Iterator[Article]:
    """The first ``limit`` articles of a .jsonl or .jsonl.xz file, with streets, reporters and topics made up.

    Raises:
        BaokuError: the file or a line of it cannot be read; nothing is passed over in silence.
    """
    rng = default_rng(seed)
    try:
        with _opened(path) as lines:
            for article in islice(_articles(path, lines), limit):
                yield _described(article, rng)
    except (OSError, EOFError, UnicodeDecodeError, lzma.LZMAError) as error:
        raise BaokuError(f"{path} 读不出来：{error} (the corpus cannot be read)") from None


def _articles(path: Path, lines: Iterable[str]) -> Iterator[Article]:
    # Line by line: a whole corpus in memory would count as memory of the search engine.
    for number, article in read_ready(path.name, lines):
        if isinstance(article, Reject):
            raise BaokuError(f"{path} 第 {number} 行：{article.reason} (line {number} is no article)")
        yield article


def _opened(path: Path) -> TextIO:
    if path.suffix == ".xz":
        return lzma.open(path, "rt", encoding="utf-8-sig")
    return path.open(encoding="utf-8-sig")


def _prose(rng: Generator, count: int) -> str:
    """Words in sentences and paragraphs: after each word there is by chance nothing, a comma, an end, or a break."""
    marks = rng.choice(len(_MARKS), size=count, p=_MARK_SHARES)
    pieces = (word + _MARKS[mark] for word, mark in zip(vocabulary().draw(rng, count), marks, strict=True))
    return "".join(pieces).rstrip("，。\n") + "。"


def _day(rng: Generator) -> PublicationDate:
    day = FIRST_DAY + timedelta(days=int(rng.integers((LAST_DAY - FIRST_DAY).days + 1)))
    return UNDATED if rng.random() < UNDATED_SHARE else PublicationDate(day, day, "manifest")


def _described(article: Article, rng: Generator) -> Article:
    """The article with something in every facet to count."""
    streets = _some(rng, STREETS, 0, 3)
    return replace(
        article,
        streets=streets,
        primary_street=streets[0] if streets else None,
        reporters=_some(rng, REPORTERS, 0, 2),
        topics=_some(rng, TOPICS, 1, 3),
        kind=KINDS[rng.integers(len(KINDS))],
    )


def _some(rng: Generator, names: Sequence[str], least: int, most: int) -> tuple[str, ...]:
    count = int(rng.integers(least, most + 1))
    return tuple(names[place] for place in rng.choice(len(names), size=count, replace=False))
