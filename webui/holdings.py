"""The statistics of the archive: how much there is, year by year, and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search.archive import Archive
from search.labels import day_label, page_order, value_label
from search.message import Message
from search.query.canonical import canonical
from search.query.tree import Has
from search.request import MISSING, SearchRequest
from search.results import Results, Stats
from webui.links import search_url
from webui.profile import Row
from webui.words import page_words

Numbers = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Gap:
    """What articles lack: how many, in words, and the search that lists them where there is one."""

    words: str
    articles: int
    url: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class YearRow:
    """A year: its stories, the days of which issues are held, and the articles without street and without reporter."""

    label: str
    issues: int
    stories: Row
    no_street: Row
    no_reporter: Row


@dataclass(frozen=True, slots=True)
class Holdings:
    """Everything that the page of statistics shows."""

    stats: Stats
    issues: int
    all_articles: str
    gaps: Sequence[Gap]
    years: Sequence[YearRow]
    kinds: Sequence[Row]
    pages: Sequence[Row]
    newspapers: Sequence[Row]


def holdings(archive: Archive) -> Holdings:
    """The statistics of an archive; what lacks something is counted in articles, all else in stories."""
    stats, held = archive.stats(), archive.held()
    stories = archive.answer(SearchRequest(per_page=1))
    return Holdings(
        stats,
        len(held.issues),
        search_url(SearchRequest(all_versions=True)),
        gaps(stats),
        _years(archive, stories.counts["date"], Counter(f"{issue.day.year:04}" for issue in held.issues)),
        _kinds(stories),
        _pages(archive),
        _newspapers(archive),
    )


def gaps(stats: Stats) -> Sequence[Gap]:
    """What articles of an archive lack."""
    return (
        Gap(Message("日期未注明"), stats.undated, _lacking("date"), Message("版面上没有，也推不出")),
        Gap(Message("只知道大致日期"), stats.vague, None, Message("由版面上的话推定的一段日子，检索时区间有重叠就算")),
        Gap(Message("街道未注明"), stats.without_street, _lacking("street"), Message("写全区或全市的，或认不出地点的")),
        Gap(Message("记者未注明"), stats.without_reporter, _lacking("reporter"), Message("没有署名，或只署通讯员的")),
        Gap(Message("文字残缺"), stats.incomplete, None, Message("在原版面上被截断的")),
    )


def _years(archive: Archive, stories: Numbers, issues: Numbers) -> list[YearRow]:
    """Every year from the first to the last, the newest first."""
    no_street, no_reporter = _dates(archive, "street"), _dates(archive, "reporter")
    known = [int(value) for value in stories if value.isdigit()]
    return [
        YearRow(
            day_label(year),
            issues.get(year, 0),
            Row(year, stories.get(year, 0), search_url(SearchRequest(only={"date": (year,)}))),
            Row(year, no_street.get(year, 0), _lacking("street", year)),
            Row(year, no_reporter.get(year, 0), _lacking("reporter", year)),
        )
        for year in (f"{number:04}" for number in range(max(known, default=0), min(known, default=1) - 1, -1))
    ]


def _dates(archive: Archive, facet: str) -> Numbers:
    """How many articles of each year have no value in a facet."""
    asked = SearchRequest(only={facet: (MISSING,)}, per_page=1, all_versions=True)
    return archive.answer(asked).counts["date"]


def _lacking(facet: str, year: str = "") -> str:
    only = {facet: (MISSING,)} | ({"date": (year,)} if year else {})
    return search_url(SearchRequest(only=only, all_versions=True))


def _kinds(stories: Results) -> list[Row]:
    return [
        Row(value_label("kind", value.value), value.count, search_url(SearchRequest(only={"kind": (value.value,)})))
        for value in stories.facets["kind"]
    ]


def _pages(archive: Archive) -> list[Row]:
    told = archive.told("page")
    return [
        Row(page_words(page), told[page].stories, search_url(SearchRequest(query=canonical(Has("page", page)))))
        for page in sorted(told, key=page_order)
    ]


def _newspapers(archive: Archive) -> list[Row]:
    """The newspapers, the one with the most stories first."""
    told = archive.told("newspaper")
    return [
        Row(name, told[name].stories, search_url(SearchRequest(query=canonical(Has("newspaper", name)))))
        for name in sorted(told, key=lambda name: (-told[name].stories, name))
    ]
