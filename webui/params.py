"""The URL of a search: the only place that knows the names of its parameters, read and written."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import parse_qsl, urlencode

from werkzeug.datastructures import MultiDict

from search.days import read_bounds, read_span
from search.errors import BaokuError
from search.message import Message
from search.request import FACETS, MISSING, PER_PAGE, SORTS, SearchRequest

EXCLUDING = {facet: f"not_{facet}" for facet in FACETS}
_OTHERS = ("q", "from", "to", "sort", "page", "per_page", "versions", "drop", "freq")
NAMES = frozenset((*FACETS, *EXCLUDING.values(), *_OTHERS))
STATE = "state"
"""Only in tokens: the state of the archive that the list belongs to."""
TOKEN = "c3RhdGU9"
"""What every token begins with: STATE and an equals sign in base64."""
LAST_PAGE = 1_000_000
"""Page numbers above this are read as this one; no archive has so many."""


MOST_PER_PAGE = max(PER_PAGE)
MOST_VALUES = 100
"""Values of all filters and dropped forms together: a page has links for each of them, and each link names them all."""


class ParametersInvalid(BaokuError):
    """Parameters that cannot be mended without changing what was asked.

    ``errors`` has a sentence for each, ``readable`` is the request without them.
    """

    def __init__(self, errors: Iterable[str], readable: SearchRequest) -> None:
        self.errors = tuple(errors)
        self.readable = readable
        super().__init__(self.errors[0])


@dataclass(frozen=True, slots=True)
class Reading:
    """A request as read from a URL; ``notes`` say in words what had to be mended."""

    request: SearchRequest
    notes: tuple[str, ...] = ()


def read(args: MultiDict[str, str]) -> Reading:
    """The search that a URL asks for; unknown names and empty values are ignored.

    Raises:
        ParametersInvalid: a date cannot be read.
    """
    reader = _Reader(args)
    first, last = reader.days()
    request = SearchRequest(
        query=" ".join(args.getlist("q")),
        only=reader.facets({facet: facet for facet in FACETS}),
        without=reader.facets(EXCLUDING),
        first_day=first,
        last_day=last,
        sort=reader.choice("sort", SORTS, "relevance"),
        page=reader.page(),
        per_page=reader.per_page(),
        all_versions=reader.choice("versions", ("all",), "") == "all",
        drop=reader.strings("drop"),
    )
    return reader.finished(request)


def write(request: SearchRequest) -> list[tuple[str, str]]:
    """The parameters of a search in a fixed order, defaults left out: ``read`` gives the same request again."""
    plain = SearchRequest()
    pairs = [("q", request.query)] if request.query else []
    for names, chosen in (({f: f for f in FACETS}, request.only), (EXCLUDING, request.without)):
        pairs += [(names[facet], value) for facet in FACETS for value in chosen.get(facet, ())]
    pairs += [(name, day.isoformat()) for name, day in _bounds(request) if day]
    pairs += [
        (name, str(getattr(request, name)))
        for name in ("sort", "page", "per_page")
        if getattr(request, name) != getattr(plain, name)
    ]
    pairs += [("versions", "all")] if request.all_versions else []
    return pairs + [("drop", form) for form in request.drop]


def query_string(request: SearchRequest) -> str:
    """``write`` as the part of a URL after the question mark, percent-encoded."""
    return urlencode(write(request))


def token(request: SearchRequest, state: str) -> str:
    """The opaque token that stands in ``next=`` for a request to the archive as it was in a state."""
    meant = urlencode([(STATE, state), *write(request)])
    return base64.urlsafe_b64encode(meant.encode()).decode().rstrip("=")


def expand(args: MultiDict[str, str]) -> tuple[MultiDict[str, str], tuple[str, ...]]:
    """The parameters that a ``next=`` token stands for, or ``args`` themselves; and a note when it cannot be read."""
    opaque = args.get("next", "")
    if not opaque:
        return args, ()
    try:
        text = base64.b64decode(opaque + "=" * (-len(opaque) % 4), altchars=b"-_", validate=True).decode(
            "utf-8", "replace"
        )
    except (ValueError, binascii.Error):
        text = ""
    meant = MultiDict(parse_qsl(text, keep_blank_values=True))
    unread = Message("翻页标记 next 无法读取，已忽略 (unreadable token).")
    return (meant, ()) if STATE in meant else (args, (unread,))


def toggled(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """The request with a facet value chosen, or no longer chosen or excluded; from its first page."""
    if value in request.without.get(facet, ()):
        return replace(request, without=_dropped(request.without, facet, value), page=1)
    if value in request.only.get(facet, ()):
        return replace(request, only=_dropped(request.only, facet, value), page=1)
    return adding(request, facet, value)


def adding(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """The request with a facet value chosen besides; from its first page."""
    return replace(request, only=_added(request.only, facet, value), page=1)


def anytime(request: SearchRequest) -> SearchRequest:
    """The request without any filter by date; from its first page."""
    only, without = (_without_date(chosen) for chosen in (request.only, request.without))
    return replace(request, only=only, without=without, first_day=None, last_day=None, page=1)


def within(request: SearchRequest, period: str) -> SearchRequest:
    """The request for one year, one month or MISSING in place of the dates that it has."""
    free = anytime(request)
    return replace(free, only=_added(free.only, "date", period))


def choice(args: MultiDict[str, str], name: str, choices: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """One of the choices for how something is shown, or the empty string; and notes on what had to be ignored."""
    reader = _Reader(args)
    chosen = reader.choice(name, choices, "")
    return chosen, reader.finished(SearchRequest()).notes


def _without_date(chosen: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    return {facet: values for facet, values in chosen.items() if facet != "date"}


def _bounds(request: SearchRequest) -> tuple[tuple[str, date | None], ...]:
    return ("from", request.first_day), ("to", request.last_day)


def _added(chosen: Mapping[str, tuple[str, ...]], facet: str, value: str) -> dict[str, tuple[str, ...]]:
    return {**chosen, facet: (*chosen.get(facet, ()), value)}


def _dropped(chosen: Mapping[str, tuple[str, ...]], facet: str, value: str) -> dict[str, tuple[str, ...]]:
    rest = {**chosen, facet: tuple(other for other in chosen.get(facet, ()) if other != value)}
    return {name: values for name, values in rest.items() if values}


class _Reader:
    """Reads one URL, collecting what had to be mended (notes) and what cannot be (errors)."""

    def __init__(self, args: MultiDict[str, str]) -> None:
        self._args = args
        self._notes: list[str] = []
        self._errors: list[str] = []

    def finished(self, request: SearchRequest) -> Reading:
        values = sum(map(len, (*request.only.values(), *request.without.values(), request.drop)))
        if values > MOST_VALUES:
            self._errors.append(
                Message(
                    "筛选条件太多：最多 {most} 个，网址里有 {values} 个 (too many filters).",
                    most=MOST_VALUES,
                    values=values,
                )
            )
        if self._errors:
            raise ParametersInvalid(self._errors, request)
        return Reading(request, tuple(self._notes))

    def facets(self, names: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
        values = {facet: self._values(name) for facet, name in names.items()}
        if values["date"]:
            values["date"] = self._periods(names["date"], values["date"])
        return {facet: tuple(chosen) for facet, chosen in values.items() if chosen}

    def days(self) -> tuple[date | None, date | None]:
        first, last = self._day("from"), self._day("to")
        start, end, exchanged = read_bounds(first, last)
        if exchanged:
            self._notes.append(Message("起止日期颠倒，已对调 (from and to were exchanged)."))
        return start, end

    def strings(self, name: str) -> tuple[str, ...]:
        return tuple(self._values(name))

    def choice(self, name: str, choices: tuple[str, ...], default: str) -> str:
        text = self._last(name)
        if text and text not in choices:
            self._notes.append(
                Message(
                    "{name} 的值“{text}”不可用，已忽略；可用的有：{choices}。",
                    name=name,
                    text=_short(text),
                    choices=tuple(choices),
                )
            )
        return text if text in choices else default

    def page(self) -> int:
        page = self._number("page", 1)
        if page < 1:
            self._notes.append(Message("页码从 1 开始，显示的是第 1 页。"))
        return min(max(page, 1), LAST_PAGE)

    def per_page(self) -> int:
        asked = self._number("per_page", 20)
        size = min(max(asked, 1), MOST_PER_PAGE)
        if size != asked:
            self._notes.append(
                Message("每页可以有 1 到 {most} 篇，已按 {size} 篇显示。", most=MOST_PER_PAGE, size=size)
            )
        return size

    def _day(self, name: str) -> str | None:
        """What the parameter says, if it can be read as a date."""
        text = self._last(name)
        try:
            read_bounds(text, None)
        except ValueError:
            self._unreadable(name, text, Message("请写成 2022、2022-05 或 2022-05-22"))
            return None
        return text

    def _number(self, name: str, default: int) -> int:
        text = self._last(name)
        try:
            return int(text) if text else default
        except ValueError:
            self._notes.append(
                Message(
                    "{name} 的值“{text}”不是整数，已按 {default} 处理。", name=name, text=_short(text), default=default
                )
            )
            return default

    def _periods(self, name: str, values: Iterable[str]) -> list[str]:
        periods = []
        for value in values:
            try:
                periods.append(_period(value))
            except ValueError:
                self._unreadable(
                    name,
                    value,
                    Message("只能是年 2022、月 2022-05 或“{missing}”，其他日子请用 from 和 to", missing=MISSING),
                )
        return list(dict.fromkeys(periods))

    def _unreadable(self, name: str, text: str, advice: str) -> None:
        self._errors.append(
            Message(
                "读不懂日期 {name}=“{text}”：{advice} (unreadable date).", name=name, text=_short(text), advice=advice
            )
        )

    def _last(self, name: str) -> str:
        return next(reversed(self._values(name)), "")

    def _values(self, name: str) -> list[str]:
        return list(dict.fromkeys(value.strip() for value in self._args.getlist(name) if value.strip()))


def _period(value: str) -> str:
    """The facet value of a year or month; ValueError for a single day or no date."""
    if value == MISSING:
        return value
    first, last = read_span(value)
    if first == last:
        raise ValueError(value)
    return first.isoformat()[: 7 if first.month == last.month else 4]


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
