"""Whether the follow-up of an article is found: planted in a corpus, looked for among like articles and in its story.

An article of at least eight sentences is parted: every other sentence stays, the others become a follow-up of 1 to 300
days later, with three sentences of some other article and its own first words as headline. ``background`` is how many
sentences it repeats, as follow-ups do; without any, the two may have hardly a word in common. Titles that occur twice
belong to digests of unrelated news and are left alone. What else a story line has is not judged: the corpus has real
ones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from statistics import mean, median
from time import perf_counter

from search.archive import Archive
from search.article import Article, PublicationDate

_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_LEAST = 8
_FOREIGN = 3
_FURTHEST = 300
_HEADLINE = 14


@dataclass(frozen=True, slots=True)
class Found:
    """Shares of the planted follow-ups found, how many articles a story has, and what it takes."""

    planted: int
    like_first: float
    like_five: float
    story: float
    story_size: float
    milliseconds: float


def measure_stories(articles: Sequence[Article], folder: Path, count: int, seed: int, background: int) -> Found:
    """Plant ``count`` follow-ups among articles, index all in a folder, and look for them."""
    kept, follow_ups = planted(articles, count, seed, background)
    archive = Archive.create(folder)
    archive.add([*kept, *follow_ups.values()])
    like = [[other.id for other in archive.similar(identity, 5)] for identity in follow_ups]
    started = perf_counter()
    stories = [archive.story(identity) for identity in follow_ups]
    took = perf_counter() - started
    told = [{other.id for other in (*story.line, *story.undated)} for story in stories]
    wanted = [article.id for article in follow_ups.values()]
    return Found(
        len(wanted),
        mean(identity in found[:1] for identity, found in zip(wanted, like, strict=True)),
        mean(identity in found for identity, found in zip(wanted, like, strict=True)),
        mean(identity in found for identity, found in zip(wanted, told, strict=True)),
        median(max(0, len(found) - 1) for found in told),
        1000 * took / len(wanted),
    )


def planted(
    articles: Sequence[Article], count: int, seed: int, background: int = 0
) -> tuple[list[Article], dict[str, Article]]:
    """The articles, ``count`` of them parted, and the follow-up of each of these by its id."""
    chance = Random(seed)
    titles = Counter(article.title for article in articles)
    long = [article for article in articles if len(_sentences(article)) >= _LEAST and article.date.start]
    chosen = chance.sample([article for article in long if titles[article.title] == 1], count)
    follow_ups = {article.id: _follow_up(article, chance.choice(long), background, chance) for article in chosen}
    halves = {article.id: replace(article, body="".join(_sentences(article)[::2])) for article in chosen}
    return [halves.get(article.id, article) for article in articles], follow_ups


def _follow_up(article: Article, other: Article, background: int, chance: Random) -> Article:
    sentences = _sentences(article)
    own, foreign = sentences[1::2] + sentences[:background], chance.sample(_sentences(other), _FOREIGN)
    assert article.date.start, "only dated articles are chosen"
    day = article.date.start + timedelta(days=chance.randint(1, _FURTHEST))
    date = PublicationDate(day, day, "manifest")
    return replace(article, id=f"{article.id}/2", title=own[0][:_HEADLINE], body="".join(own + foreign), date=date)


def _sentences(article: Article) -> list[str]:
    return _SENTENCE.findall(article.body)
