"""What the archive tells of a street, a reporter or a topic, and the lists of them all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from search.archive import Archive
from search.gazetteer import Gazetteer, Street
from search.labels import FACET_LABELS, value_label
from search.message import Message
from search.query.canonical import canonical
from search.query.tree import Has
from search.request import MISSING, SearchRequest
from search.results import Hit, Results, Told
from webui.collation import sound
from webui.links import search_url, value_url

PROFILED = ("street", "reporter", "topic")
"""The facets whose values have pages of their own."""
NEWEST, OFTEN, NEAR = 8, 10, 6
"""How many of the newest stories, of the values beside, and of like names are shown."""
_ALIKE = 50
"""From which likeness of 100 on a name may have been meant."""


@dataclass(frozen=True, slots=True)
class Row:
    """A name or a year with its number of stories and the search that lists them; ``held`` is false of a year of
    which the archive has nothing at all."""

    label: str
    stories: int
    url: str
    years: str = ""
    held: bool = True


@dataclass(frozen=True, slots=True)
class Profile:
    """A value of a facet: its stories, its years, what it is found with, and what the gazetteer says of a street."""

    facet: str
    name: str
    total: int
    url: str
    newest: Sequence[Hit]
    oldest: Hit | None
    years: Sequence[Row]
    undated: Row | None
    beside: Mapping[str, Sequence[Row]]
    street: Street | None = None
    communities: Mapping[str, Sequence[Row]] | None = None

    @property
    def search(self) -> SearchRequest:
        """The search for it in words, as trends compare it."""
        return SearchRequest(query=canonical(Has(self.facet, self.name)))

    @property
    def label(self) -> str:
        if self.name == MISSING:
            return Message("{facet}未注明", facet=FACET_LABELS[self.facet])
        return value_label(self.facet, self.name)


def profile(archive: Archive, facet: str, typed: str, places: Gazetteer) -> Profile | None:
    """The profile of a value as somebody writes it; None where neither archive nor gazetteer knows it."""
    results = archive.answer(SearchRequest(only={facet: (typed,)}, sort="newest", per_page=NEWEST))
    name = results.request.only[facet][0]
    street = places.streets.get(name) if facet == "street" else None
    if not results.total and not street:
        return None
    first = archive.answer(replace(results.request, sort="oldest", per_page=1)).hits
    everywhere = archive.answer(SearchRequest(per_page=1)).counts["date"]
    return Profile(
        facet,
        name,
        results.total,
        value_url(facet, name),
        results.hits,
        first[0] if first and first[0].article.date.known else None,
        list(_years(results, everywhere)),
        _undated(results),
        {other: _beside(results, other) for other in (*PROFILED, "kind") if other != facet},
        street,
        _communities(archive, street) if street else None,
    )


def rolls(archive: Archive, facet: str, places: Gazetteer, by_name: bool) -> list[tuple[str, list[Row]]]:
    """All values of a facet under headings, most stories first or by their sound; streets of today before others."""
    rows = [_told(facet, name, told) for name, told in archive.told(facet).items()]
    if facet != "street":
        return [("", _sorted(rows, by_name))]
    rows += [Row(name, 0, value_url(facet, name)) for name in places.streets if name not in archive.told(facet)]
    today = [row for row in rows if row.label in places.streets]
    others = [row for row in rows if row.label not in places.streets]
    return [
        (title, _sorted(some, by_name))
        for title, some in ((Message("今日街道"), today), (Message("旧称和其他"), others))
        if some
    ]


def near(archive: Archive, facet: str, typed: str, places: Gazetteer) -> list[str]:
    """Names that may have been meant; of an abolished street today's comes first."""
    known = archive.told(facet)
    alike = process.extract(
        typed[:40], list(known), scorer=fuzz.ratio, processor=_stem, score_cutoff=_ALIKE, limit=NEAR
    )
    best = sorted(alike, key=lambda one: (-one[1], -known[one[0]].stories))
    today = places.former.get(typed) if facet == "street" else None
    return list(dict.fromkeys([*filter(None, [today]), *(name for name, _, _ in best)]))


def _stem(name: str) -> str:
    """A name without what all streets end with: it would make any two of them alike."""
    return name.removesuffix("街道")


def _told(facet: str, name: str, told: Told) -> Row:
    days = [day.year for day in (told.first_day, told.last_day) if day]
    return Row(name, told.stories, value_url(facet, name), "–".join(map(str, dict.fromkeys(days))))


def _sorted(rows: Iterable[Row], by_name: bool) -> list[Row]:
    return sorted(rows, key=lambda row: (0 if by_name else -row.stories, sound(row.label), row.label))


def _years(results: Results, everywhere: Mapping[str, int]) -> Iterable[Row]:
    """The years from the first to the last with a story, those without one between them as well."""
    counts = {int(value): count for value, count in results.counts["date"].items() if value.isdigit()}
    for year in range(min(counts, default=1), max(counts, default=0) + 1):
        value = f"{year:04}"
        yield Row(value, counts.get(year, 0), _with(results, "date", value), held=value in everywhere)


def _undated(results: Results) -> Row | None:
    count = results.counts["date"].get(MISSING, 0)
    return Row(Message("日期未注明"), count, _with(results, "date", MISSING)) if count else None


def _beside(results: Results, other: str) -> list[Row]:
    return [Row(value.label, value.count, _with(results, other, value.value)) for value in results.facets[other]]


def _with(results: Results, facet: str, value: str) -> str:
    return search_url(SearchRequest(only={**results.request.only, facet: (value,)}))


def _communities(archive: Archive, street: Street) -> dict[str, list[Row]]:
    told = archive.told("community")
    lists = {
        Message("社区"): street.communities,
        Message("村"): street.villages,
        Message("已并掉的社区"): street.former_communities,
    }
    return {words: [_community(name, told.get(name)) for name in names] for words, names in lists.items() if names}


def _community(name: str, told: Told | None) -> Row:
    return Row(name, told.stories if told else 0, search_url(SearchRequest(query=canonical(Has("community", name)))))
