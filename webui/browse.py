"""Browsing: the issues by date, the streets, reporters and topics, and the statistics of the archive."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from search.article import Article
from search.days import read_span
from search.gazetteer import gazetteer
from search.labels import FACET_LABELS, day_label, value_label
from search.message import Message
from search.query.canonical import canonical
from search.query.tree import Has
from search.request import MISSING, SearchRequest
from webui import almanac, links, profile
from webui.holdings import holdings
from webui.shelf import archive

blueprint = Blueprint("browse", __name__)
Page = str | Response | tuple[str, int]


@blueprint.get("/dates")
def dates() -> str:
    """All years and their months: how many issues and stories of each are held; of one ``newspaper`` where asked."""
    paper, query = _paper()
    counts = archive().answer(SearchRequest(query=query, per_page=1)).counts["date"]
    held = archive().held(newspaper=paper)
    return render_template(
        "browse/dates.html",
        years=almanac.years(counts, held, query),
        held=held,
        undated=counts.get(MISSING, 0),
        undated_url=links.search_url(SearchRequest(query=query, only={"date": (MISSING,)})),
        paper=paper,
        papers=_papers(),
    )


def _paper() -> tuple[str | None, str]:
    """The newspaper that the address asks for and the query that finds its articles; none that there is not."""
    name = request.args.get("newspaper", "")
    return (name, canonical(Has("newspaper", name))) if name in archive().told("newspaper") else (None, "")


def _papers() -> list[str]:
    """The newspapers of the archive where there are several, the one with the most stories first."""
    told = archive().told("newspaper")
    return sorted(told, key=lambda name: (-told[name].stories, name)) if len(told) > 1 else []


@blueprint.get("/dates/<path:period>")
def period(period: str) -> Page:
    """A year, a month or a day (2022, 2022-05, 2022-05-22): its issues; written otherwise it leads there."""
    try:
        first, last = read_span(period)
    except ValueError:
        return _unheard(Message("这不是日期"), Message("请写成 2022、2022-05 或 2022-05-22。"), _years())
    value = almanac.written(first, last)
    if value != period:
        return redirect(url_for("browse.period", period=value, newspaper=_paper()[0]))
    return _period(value, first, last)


def _period(value: str, first: date, last: date) -> Page:
    paper, query = _paper()
    asked, held = almanac.asked(value, first, last, query), archive().held(first, last, paper)
    found = archive().answer(asked).total
    before, after = almanac.neighbours(archive().held(newspaper=paper), first, last)
    days = ((Message("往前"), "prev", before), (Message("往后"), "next", after))
    around = [(words, rel, day.isoformat()[: len(value)]) for words, rel, day in days if day]
    if not found:
        nearby = [
            (Message("{direction}：{time}", direction=words, time=day_label(day)), url_for("browse.period", period=day))
            for words, _, day in around
        ]
        return _unheard(
            Message("库中没有 {time} 的报纸", time=day_label(value)),
            Message("也没有可能是那时的文章。"),
            nearby or _years(),
        )
    shown = {"value": value, "held": held, "found": found, "around": around, "url": links.search_url(asked)}
    shown |= {"paper": paper, "papers": _papers()}
    if first == last:
        return render_template("browse/day.html", **shown, weekday=_weekday(first), pages=_pages(first, paper))
    return render_template("browse/period.html", **shown, grids=almanac.grids(first, last, held), weekday=_weekday)


@blueprint.get("/streets", defaults={"facet": "street"}, endpoint="streets")
@blueprint.get("/reporters", defaults={"facet": "reporter"}, endpoint="reporters")
@blueprint.get("/topics", defaults={"facet": "topic"}, endpoint="topics")
def names(facet: str) -> str:
    """All values of a facet, each with its number of stories; ``sort=name`` has them by their sound."""
    by_name = request.args.get("sort") == "name"
    missing = archive().answer(SearchRequest(per_page=1)).counts[facet].get(MISSING, 0)
    return render_template(
        "browse/names.html",
        facet=facet,
        title=FACET_LABELS[facet],
        rolls=profile.rolls(archive(), facet, gazetteer(), by_name),
        by_name=by_name,
        missing=missing,
    )


@blueprint.get("/street/<path:name>", defaults={"facet": "street"}, endpoint="street")
@blueprint.get("/reporter/<path:name>", defaults={"facet": "reporter"}, endpoint="reporter")
@blueprint.get("/topic/<path:name>", defaults={"facet": "topic"}, endpoint="topic")
def name(facet: str, name: str) -> Page:
    """What the archive has of one street, reporter or topic; a street may be written without 街道."""
    told = profile.profile(archive(), facet, name, gazetteer())
    if told is None:
        near = profile.near(archive(), facet, name, gazetteer())
        nearby = [(value_label(facet, other), _name_url(facet, other)) for other in near]
        every = (Message("全部{facet}", facet=FACET_LABELS[facet]), url_for(f"browse.{facet}s"))
        return _unheard(
            Message("库中没有这个{facet}", facet=FACET_LABELS[facet]),
            Message("没有叫“{name}”的。", name=name[:40]),
            [*nearby, every],
        )
    if told.name != name:
        return redirect(_name_url(facet, told.name))
    return render_template("browse/profile.html", told=told, labels=FACET_LABELS, often=profile.OFTEN)


@blueprint.get("/statistics")
def statistics() -> str:
    """How much the archive holds, year by year, and what is missing."""
    return render_template("browse/statistics.html", held=holdings(archive()))


@blueprint.app_template_global("name_url")
def _name_url(facet: str, name: str) -> str:
    """The address of what the archive tells of a street, reporter or topic."""
    return url_for(f"browse.{facet}", name=name)


def _pages(day: date, paper: str | None) -> list[tuple[tuple[str, str], list[Article]]]:
    """The articles of an issue by newspaper and printed page."""
    printed = [one for one in archive().issue(day) if paper in (None, one.source.newspaper)]
    printed.sort(key=lambda one: one.source.newspaper or "")
    return [
        (place, list(some))
        for place, some in groupby(printed, lambda one: (one.source.newspaper or "", one.source.page or ""))
    ]


def _weekday(day: date) -> str:
    return almanac.WEEKDAYS[day.weekday()][1]


def _years() -> list[tuple[str, str]]:
    return [(Message("馆藏日历"), url_for("browse.dates"))]


def _unheard(title: str, words: str, nearby: list[tuple[str, str]]) -> tuple[str, int]:
    """A page for what the archive does not know, with what may have been meant."""
    return render_template("browse/unknown.html", title=title, words=words, nearby=nearby), 404
