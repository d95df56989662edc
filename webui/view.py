"""What the search page shows beside the hits: the choices of every facet, the active filters, the page numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from search.labels import FACET_LABELS, value_label
from search.message import Counted, Message
from search.query.parse import parse
from search.query.parts import parts
from search.request import FACETS, PER_PAGE, SearchRequest
from search.results import FacetValue, Results
from search.suggest.alternatives import Alternative
from search.why.cause import Why
from webui import params
from webui.links import search_url
from webui.profile import PROFILED

SHOWN = 10
"""Values of a facet that are shown at once; the others are folded away."""
MOST_LISTED = 100
"""Values of a facet in the page at all: an archive may name thousands of people."""
FOLDED = ("kind", "section")
AROUND = 2
"""Page numbers shown on either side of the present one."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet under a request. ``narrow`` replaces a chosen year by this month of it, where that is what
    is meant. The addresses are made when they are shown: a page has hundreds of choices and shows few of them all."""

    request: SearchRequest
    facet: str
    value: str
    label: str
    count: int
    selected: bool
    excluded: bool
    narrow: str | None = None
    parts: tuple[Choice, ...] = ()

    @property
    def toggle(self) -> str:
        return search_url(params.toggled(self.request, self.facet, self.value))


@dataclass(frozen=True, slots=True)
class Group:
    """A facet: its first choices, those that are folded away, and how many more are not in the page."""

    name: str
    title: str
    chosen: int
    first: tuple[Choice, ...]
    more: tuple[Choice, ...]
    folded: bool
    unlisted: int

    @property
    def more_open(self) -> bool:
        return any(value.selected or value.excluded for choice in self.more for value in (choice, *choice.parts))


@dataclass(frozen=True, slots=True)
class Chip:
    """An active filter or a part of the query in words, and the address of the search without it.

    ``joint`` is what joins a part of the query to the one before.
    """

    words: str
    url: str
    joint: str = ""


@dataclass(frozen=True, slots=True)
class Besides:
    """What was looked for besides, in words, and the address of the search without it."""

    form: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class Way:
    """A search that would find something: what it changes, its address, its hits."""

    words: str
    url: str
    hits: int


def groups(results: Results) -> list[Group]:
    """The facets of an answer in their order, chosen values always among them."""
    return [_group(results.request, name, results.facets.get(name, ())) for name in FACETS]


def chips(request: SearchRequest, address: Callable[[SearchRequest], str] = search_url) -> list[Chip]:
    """All active filters: chosen values, excluded ones, the range of days, the counting of versions."""
    return [Chip(words, address(replace(rest, page=1))) for words, rest in _filters(request)]


def profiled(results: Results) -> list[tuple[str, str]]:
    """The chosen values of which the archive has a page: facet and name."""
    chosen = [(facet, name) for facet in PROFILED for name in results.request.only.get(facet, ())]
    return [(facet, name) for facet, name in chosen if results.counts[facet].get(name)]


def understood(request: SearchRequest) -> list[Chip]:
    """The parts of the query as it was read."""
    return [
        Chip(part.words, search_url(replace(request, query=part.rest, page=1)), part.joint)
        for part in parts(parse(request.query).tree)
    ]


def besides(results: Results) -> list[Besides]:
    """The expansions of an answer."""
    asked = results.request
    return [
        Besides(
            one.form,
            Counted("{why}，多 {n:,} 篇", why=one.why, n=one.added)
            if one.added
            else Message("{why}，没有多出来", why=one.why),
            search_url(replace(asked, drop=(*asked.drop, one.form), page=1)),
        )
        for one in results.expansions
    ]


def meant(request: SearchRequest, alternatives: Sequence[Alternative]) -> list[Way]:
    """What may have been meant instead, each with its hits under the same filters."""
    return [
        Way(
            Message("{query}（{why}）", query=one.query, why=one.why),
            search_url(replace(request, query=one.query, page=1)),
            one.total,
        )
        for one in alternatives
    ]


def unfiltered(request: SearchRequest) -> str:
    """The address of the same words without any filter."""
    return search_url(SearchRequest(query=request.query, sort=request.sort, per_page=request.per_page))


def reasons(why: Why) -> list[tuple[str, list[Way]]]:
    """Why nothing was found: each sentence once, with the searches that it leads to."""
    told: dict[str, list[Way]] = {}
    for cause in why.causes:
        ways = told.setdefault(cause.sentence, [])
        if cause.request is not None:
            ways.append(Way(cause.way, search_url(cause.request), cause.hits))
    return list(told.items())


def page_links(results: Results) -> list[tuple[int, str] | None]:
    """Page numbers with their addresses: the first, the last and those around the present; None is a gap."""
    here, last = results.request.page, results.pages
    shown = sorted({1, last, *range(max(1, here - AROUND), min(last, here + AROUND) + 1)})
    links: list[tuple[int, str] | None] = []
    for before, number in zip([0, *shown], shown, strict=False):
        links += [None] if number > before + 1 else []
        links.append((number, page_url(results.request, number)))
    return links


def page_url(request: SearchRequest, number: int) -> str:
    """The address of another page of the same search."""
    return search_url(replace(request, page=number))


def sizes(request: SearchRequest) -> list[tuple[int, str]]:
    """The possible numbers of hits a page with their addresses."""
    return [(size, search_url(replace(request, per_page=size, page=1))) for size in PER_PAGE]


def _group(request: SearchRequest, name: str, values: Sequence[FacetValue]) -> Group:
    offered = [_choice(request, name, value) for value in _with_chosen(request, name, values)]
    choices = _nested(request, offered) if name == "date" else tuple(offered)
    chosen = sum(choice.selected for choice in offered)
    folded = name in FOLDED and not any(choice.selected or choice.excluded for choice in offered)
    listed = choices if name == "date" else _listed(choices)
    unlisted = len(choices) - len(listed)
    # Of many years it is the earlier ones that are folded away.
    first, more = (listed[-SHOWN:], listed[:-SHOWN]) if name == "date" else (listed[:SHOWN], listed[SHOWN:])
    return Group(name, FACET_LABELS[name], chosen, first, more, folded, unlisted)


def _listed(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """The first choices and whatever is chosen of the others."""
    others = (choice for choice in choices[MOST_LISTED:] if choice.selected or choice.excluded)
    return (*choices[:MOST_LISTED], *others)


def _with_chosen(request: SearchRequest, name: str, values: Sequence[FacetValue]) -> list[FacetValue]:
    """A chosen value without a hit is still shown: it can only be taken back where it can be seen."""
    wanted, unwanted = request.only.get(name, ()), request.without.get(name, ())
    known = {value.value for value in values}
    absent = [value for value in dict.fromkeys((*wanted, *unwanted)) if value not in known]
    return [
        *values,
        *(FacetValue(value, value_label(name, value), 0, value in wanted, value in unwanted) for value in absent),
    ]


def _choice(request: SearchRequest, facet: str, value: FacetValue) -> Choice:
    return Choice(request, facet, value.value, value.label, value.count, value.selected, value.excluded)


def _nested(request: SearchRequest, choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """Years, each with its months once it or one of them is chosen."""
    offered = {choice.value for choice in choices}
    months: dict[str, list[Choice]] = {}
    for choice in choices:
        if _is_month(choice.value) and choice.value[:4] in offered:
            months.setdefault(choice.value[:4], []).append(choice)
    within = {month.value for some in months.values() for month in some}
    years = [choice for choice in choices if choice.value not in within]
    return tuple(replace(year, parts=_opened(request, year, months.get(year.value, ()))) for year in years)


def _opened(request: SearchRequest, year: Choice, months: Sequence[Choice]) -> tuple[Choice, ...]:
    if not any(choice.selected or choice.excluded for choice in (year, *months)):
        return ()
    if not year.selected:
        return tuple(months)
    return tuple(
        month if month.selected else replace(month, narrow=_narrowed(request, year, month)) for month in months
    )


def _narrowed(request: SearchRequest, year: Choice, month: Choice) -> str:
    """Year or month would still be the whole year, so the month takes the place of its year."""
    return search_url(params.toggled(params.toggled(request, "date", year.value), "date", month.value))


def _is_month(value: str) -> bool:
    return len(value) == len("2022-05") and value[4] == "-"


def _filters(request: SearchRequest) -> Iterator[tuple[str, SearchRequest]]:
    yield from _facet_filters(request, request.only)
    yield from (
        (Message("排除：{filter}", filter=words), rest) for words, rest in _facet_filters(request, request.without)
    )
    if request.first_day:
        yield Message("{day} 起", day=request.first_day), replace(request, first_day=None)
    if request.last_day:
        yield Message("至 {day}", day=request.last_day), replace(request, last_day=None)
    if request.all_versions:
        yield Message("各版本分别列出"), replace(request, all_versions=False)
    for form in request.drop:
        yield (
            Message("不找 {form}", form=form),
            replace(request, drop=tuple(other for other in request.drop if other != form)),
        )


def _facet_filters(
    request: SearchRequest, chosen: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, SearchRequest]]:
    for facet in FACETS:
        for value in chosen.get(facet, ()):
            words = Message("{facet} {value}", facet=FACET_LABELS[facet], value=value_label(facet, value))
            yield words, params.toggled(request, facet, value)
