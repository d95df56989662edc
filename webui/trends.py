"""Terms compared over time: up to five queries as lines, as a table, as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, Response, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from search.archive import Archive
from search.errors import QueryRefused
from search.export.csv_file import MARK, harmless, row
from search.labels import FACET_LABELS, value_label
from search.message import Message
from search.query.compose import compose
from search.query.parse import parse
from search.request import MISSING, SearchRequest
from search.trends import BY, By, Period, Trend, periods
from webui import params, view
from webui.language import said
from webui.lines import Chart, chart
from webui.links import RELATIVE, with_state
from webui.shelf import archive

blueprint = Blueprint("trends", __name__)

MOST_TERMS = 5
PARAMETERS = ("term", "by", "freq")
"""What there is beside the filters of a search."""
OFFERED = {"street": "街道", "topic": "主题", "reporter": "记者"}
"""Facets whose most frequent values are compared in the examples."""
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What is compared: ``terms``, each a query, under the filters of ``request``; ``notes`` say what was mended."""

    terms: tuple[str, ...]
    request: SearchRequest
    by: By | None = None
    relative: bool = False
    notes: tuple[str, ...] = ()

    def search(self, term: str) -> SearchRequest:
        """The search that a line counts the hits of."""
        return replace(self.request, query=term)

    @property
    def display(self) -> list[tuple[str, str]]:
        """The parameters of the form of the chart."""
        return [("by", self.by)] * bool(self.by) + [RELATIVE] * self.relative


@dataclass(frozen=True, slots=True)
class Compared:
    """The answer: all articles of the archive over time, the hits of each term, and the periods that are shown."""

    held: Trend
    trends: Sequence[Trend]
    periods: Sequence[Period]


@blueprint.app_template_global()
def trends_url(begun: SearchRequest) -> str:
    """The address where the words of a search are compared with others under its filters."""
    return _address(Asked(tuple(filter(None, (begun.query,))), begun))


@blueprint.get("/trends")
def trends() -> str:
    """The chart with its form; examples where nothing is compared yet."""
    asked = read(request.args)
    found = compared(asked, archive())
    return render_template(
        "trends.html",
        asked=asked,
        notes=asked.notes,
        chart=_chart(asked, found) if found.periods and asked.terms else None,
        slots=[*asked.terms, *[""] * (MOST_TERMS - len(asked.terms))],
        kept=_filters(asked),
        chips=view.chips(asked.request, lambda rest: _address(replace(asked, request=rest))),
        examples=[] if asked.terms else _examples(),
        addresses=_addresses(asked),
    )


@blueprint.get("/trends.csv")
def trends_csv() -> Response:
    """The same numbers: a row for each period and one for undated hits; cells are empty where nothing is held."""
    asked = read(request.args)
    answer = Response("".join(_lines(asked, compared(asked, archive()))), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="trends.csv"'
    return answer


def read(args: MultiDict[str, str]) -> Asked:
    """What a URL asks to compare; ParametersInvalid when a date cannot be read."""
    reading = params.read(args)
    terms, refused = _terms(args.getlist("term"))
    by, unread = params.choice(args, "by", BY)
    freq, unknown = params.choice(args, RELATIVE[0], RELATIVE[1:])
    filters = replace(reading.request, query="", page=1)
    notes = (*reading.notes, *refused, *unread, *unknown)
    return Asked(terms, filters, next((known for known in BY if known == by), None), freq == RELATIVE[1], notes)


def _terms(typed: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """The terms that can be compared, and notes on the others."""
    terms, notes = [], []
    for term in dict.fromkeys(filter(None, map(str.strip, typed))):
        if len(terms) == MOST_TERMS:
            notes.append(
                Message(
                    "一次最多比较 {most} 个，后面的没有算 (only the first {most} are compared).",
                    most=MOST_TERMS,
                )
            )
            break
        try:
            parse(term)
            terms.append(term)
        except QueryRefused as error:
            notes.append(Message("“{term}…”没有算：{error}", term=term[:20], error=str(error)))
    return tuple(terms), notes


def compared(asked: Asked, archive: Archive) -> Compared:
    """The numbers, all from one state of the archive."""
    everything = SearchRequest(all_versions=asked.request.all_versions)
    held, *trends = archive.trends([everything, *map(asked.search, asked.terms)])
    counts = [trend.counts for trend in trends]
    return Compared(held, trends, periods(held.counts, counts, asked.request, asked.by))


def _chart(asked: Asked, found: Compared) -> Chart:
    searches = [asked.search(term) for term in asked.terms]
    return chart(searches, found.trends, found.periods, asked.relative)


def _lines(asked: Asked, found: Compared) -> Iterator[str]:
    heads = [head for term in asked.terms for head in (term, Message("{term}（每千篇）", term=term))]
    yield MARK + row(harmless(said(head)) for head in (Message("时间"), Message("库中"), *heads))
    for period in found.periods:
        yield row([period.name, str(period.held), *(_cells(period) if period.held else [""] * len(heads))])
    undated = [cell for trend in found.trends for cell in (str(trend.counts.get(MISSING, 0)), "")]
    yield row([said(value_label("date", MISSING)), str(found.held.counts.get(MISSING, 0)), *undated])


def _cells(period: Period) -> Iterator[str]:
    for number, hits in enumerate(period.hits):
        yield from (str(hits), f"{period.per_thousand(number):.3f}")


def _address(asked: Asked, endpoint: str = "trends.trends") -> str:
    terms = [("term", term) for term in asked.terms]
    return with_state(url_for(endpoint), [*terms, *_filters(asked), *asked.display])


def _filters(asked: Asked) -> list[tuple[str, str]]:
    """The filters as parameters; the order of hits and their pages mean nothing here."""
    return params.write(replace(asked.request, query="", sort="relevance", page=1, per_page=20))


def _addresses(asked: Asked) -> dict[str, object]:
    """Where the links of the page lead: other forms of the chart, and the chart without each of its terms."""
    return {
        "absolute": _address(replace(asked, relative=False)),
        "relative": _address(replace(asked, relative=True)),
        "csv": _address(asked, "trends.trends_csv"),
        "without": [
            _address(replace(asked, terms=tuple(other for other in asked.terms if other != term)))
            for term in asked.terms
        ],
        "month": lambda year: _address(replace(asked, request=params.within(asked.request, year), by="month")),
    }


def _examples() -> list[tuple[str, str]]:
    """Comparisons to begin with, in words and as addresses: the most frequent values of some facets."""
    facets = archive().answer(SearchRequest(per_page=1)).facets
    examples = []
    for facet, title in OFFERED.items():
        values = [value.value for value in facets[facet] if value.value != MISSING][:EXAMPLES]
        terms = tuple(f"{title}:{compose({facet: value}).canonical.removeprefix(f'{facet}:')}" for value in values)
        words = Message("{facet}：{values}", facet=FACET_LABELS[facet], values=tuple(values))
        examples += [(words, _address(Asked(terms, SearchRequest())))] * (len(values) > 1)
    return examples
