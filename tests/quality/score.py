"""Scores: what the indexer made of the pages against the answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from indexer.sources.decode import decode
from search.article import Article
from tests.quality.gold import GoldPage, GoldStory

FOUND = 0.8
"""A story is found when this share of its characters and the article's are the same (Jaccard)."""
_SAME = 0.3
"""The overlap from which an article is taken for the story when its description is compared."""
LISTS = ("reporters", "streets", "topics")

Place = tuple[int, int]


@dataclass
class Tally:
    """True and false positives and what was missed, of one list of values."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, found: Iterable[str], wanted: Iterable[str]) -> None:
        found, wanted = set(found), set(wanted)
        self.right += len(found & wanted)
        self.wrong += len(found - wanted)
        self.missed += len(wanted - found)

    @property
    def all(self) -> int:
        return self.right + self.wrong + self.missed

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


@dataclass
class Share:
    """How many of how many."""

    right: int = 0
    all: int = 0

    def add(self, right: bool) -> None:
        self.right += right
        self.all += 1

    @property
    def value(self) -> float:
        return self.right / max(1, self.all)


@dataclass
class Scores:
    """The scores of one set of pages; ``faults`` says in words what was wrong."""

    stories: Tally = field(default_factory=Tally)
    jumbled: Tally = field(default_factory=Tally)
    orderly: Tally = field(default_factory=Tally)
    titles: Share = field(default_factory=Share)
    complete: Share = field(default_factory=Share)
    kinds: Share = field(default_factory=Share)
    primary: Share = field(default_factory=Share)
    lists: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in LISTS})
    streets_implied: Tally = field(default_factory=Tally)
    dated: Share = field(default_factory=Share)
    false_days: int = 0
    intervals: Share = field(default_factory=Share)
    pairs: Tally = field(default_factory=Tally)
    faults: list[str] = field(default_factory=list)


def score(pages: Sequence[GoldPage], folder: Path, articles: Sequence[Article]) -> Scores:
    """The scores of the articles of a folder's pages."""
    scores = Scores()
    by_story: dict[tuple[str, str], Article] = {}
    for page in pages:
        own = [article for article in articles if article.source.file == page.file]
        lines = decode((folder / page.file).read_bytes()).split("\n")
        matched = _match(page.stories, own, lines)
        _score_cutting(scores, page, own, matched)
        _score_day(scores, page, own)
        for story, article, _ in matched:
            if article is not None:
                _describe(scores, story, article)
                by_story[page.file, story.answers.get("key") or story.title or ""] = article
    _score_pairs(scores, pages, by_story, articles)
    return scores


def _match(
    stories: Sequence[GoldStory], articles: Sequence[Article], lines: list[str]
) -> list[tuple[GoldStory, Article | None, float]]:
    """Each story with the article that overlaps it most, and the overlap; each article once."""
    left = [(_places(lines, article.source.spans), article) for article in articles]
    wanted = [(_places(lines, story.spans), story) for story in stories]
    ranked = sorted(
        ((_jaccard(own, theirs), s, a) for s, (own, _) in enumerate(wanted) for a, (theirs, _) in enumerate(left)),
        reverse=True,
    )
    best: dict[int, tuple[Article, float]] = {}
    taken: set[int] = set()
    for overlap, s, a in ranked:
        if overlap >= _SAME and s not in best and a not in taken:
            best[s] = left[a][1], overlap
            taken.add(a)
    return [(story, *best.get(s, (None, 0.0))) for s, (_, story) in enumerate(wanted)]


def _places(lines: list[str], spans: Iterable[Place]) -> set[Place]:
    """Line and column of every character in the spans that is not white space."""
    return {
        (number, column)
        for first, last in spans
        for number in range(first, last + 1)
        for column, char in enumerate(lines[number - 1])
        if not char.isspace()
    }


def _jaccard(left: set[Place], right: set[Place]) -> float:
    return len(left & right) / max(1, len(left | right))


def letters(text: str | None) -> str:
    """What is compared of a title: its letters, digits and characters."""
    return re.sub(r"[\W_]", "", text or "")


def _score_cutting(
    scores: Scores, page: GoldPage, own: Sequence[Article], matched: Sequence[tuple[GoldStory, Article | None, float]]
) -> None:
    found = [(story, article) for story, article, overlap in matched if article is not None and overlap >= FOUND]
    for tally in (scores.stories, scores.jumbled if page.is_jumbled else scores.orderly):
        tally.right += len(found)
        tally.wrong += len(own) - len(found)
        tally.missed += len(page.stories) - len(found)
    for story, article, overlap in matched:
        is_found = article is not None and overlap >= FOUND
        right = is_found and article is not None and letters(article.title) == letters(story.title)
        if story.title is not None:
            scores.titles.add(right)
        if not is_found:
            got = f"{article.title} {article.source.spans}" if article else "—"
            scores.faults.append(f"{page.file} 未切出 {story.title!r} {list(story.spans)} ({overlap:.2f})：{got}")
        elif not right and article is not None:
            scores.faults.append(f"{page.file} 标题 {story.title!r}：{article.title!r}（{article.kicker!r}）")
        if is_found and article is not None and "complete" in story.answers:
            scores.complete.add(article.complete == story.answers["complete"])


def _describe(scores: Scores, story: GoldStory, article: Article) -> None:
    """Compares who, where, what about and of which kind."""
    for name, tally in scores.lists.items():
        wanted = story.names(name)
        if wanted is None:
            continue
        found = getattr(article, name)
        tally.add(found, wanted)
        if set(found) != wanted:
            scores.faults.append(f"{story.file} {name} {story.title!r}：应为 {sorted(wanted)}，得到 {list(found)}")
        if name == "streets" and wanted and not any(street in _text(article) for street in wanted):
            scores.streets_implied.add(found, wanted)
    if "kind" in story.answers:
        scores.kinds.add(article.kind == story.answers["kind"])
        if article.kind != story.answers["kind"]:
            scores.faults.append(
                f"{story.file} 体裁 {story.title!r}：应为 {story.answers['kind']}，得到 {article.kind}"
            )
    if "topics" in story.answers:
        scores.primary.add(article.primary_street == (story.answers.get("primary_street") or None))


def _text(article: Article) -> str:
    return "".join((article.kicker or "", article.title or "", article.subtitle or "", article.body, *article.captions))


def _score_day(scores: Scores, page: GoldPage, articles: Sequence[Article]) -> None:
    for article in articles:
        when = article.date
        if page.dated != "none":
            scores.dated.add(bool(when.start and when.start.isoformat() == page.day and not when.is_interval))
        else:
            scores.false_days += when.known and not when.is_interval
            if page.day and when.start and when.end and when.is_interval:
                scores.intervals.add(when.start.isoformat() <= page.day <= when.end.isoformat())


def _score_pairs(
    scores: Scores,
    pages: Sequence[GoldPage],
    by_story: dict[tuple[str, str], Article],
    articles: Sequence[Article],
) -> None:
    """Compares which articles are versions of one story, as pairs of ids."""
    names = {article.id: f"{article.source.file}#{article.title}" for article in articles}
    found = {frozenset((a.id, a.duplicate_of)) for a in articles if a.duplicate_of}
    wanted: set[frozenset[str | None]] = set()
    for page in pages:
        for story in page.stories:
            if same := story.answers.get("same_as"):
                one = by_story.get((page.file, story.answers.get("key") or story.title or ""))
                other = _other(same, page.file, by_story)
                wanted.add(frozenset((one.id if one else None, other.id if other else None, same)) - {None, same})
    scores.pairs.add(map(_pair, found), map(_pair, wanted))
    for pair in found ^ wanted:
        scores.faults.append(f"同一报道 {'多' if pair in found else '漏'}：{[names.get(i or '', '?') for i in pair]}")


def _pair(pair: frozenset[str | None]) -> str:
    return "|".join(sorted(map(str, pair)))


def _other(same: str, file: str, by_story: dict[tuple[str, str], Article]) -> Article | None:
    """The article of the story that ``same`` names: by page and key, or by its title on another page."""
    if "#" in same:
        page, _, key = same.partition("#")
        return by_story.get((page, key))
    titled = (article for (page, title), article in by_story.items() if title == same and page != file)
    return next(titled, None)
