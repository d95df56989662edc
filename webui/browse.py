"""Browsing: the issues by date, the streets, reporters and topics, and the statistics of the archive."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from search.days import read_span
from search.gazetteer import gazetteer
from search.labels import FACET_LABELS, day_label, value_label
from search.message import Message
from search.request import MISSING, SearchRequest
from webui import almanac, links, profile
from webui.holdings import holdings
from webui.shelf import archive

blueprint = Blueprint("browse", __name__)
Page = str | Response | tuple[str, int]


@blueprint.get("/dates")
def dates() -> str:
    """All years and their months: how many issues and stories of each are held."""
    counts = archive().answer(SearchRequest(per_page=1)).counts["date"]
    held = archive().held()
    return render_template(
        "browse/dates.html",
        years=almanac.years(counts, held),
        held=held,
        undated=counts.get(MISSING, 0),
        undated_url=links.value_url("date", MISSING),
    )


@blueprint.get("/dates/<path:period>")
def period(period: str) -> Page:
    """A year, a month or a day (2022, 2022-05, 2022-05-22): its issues; written otherwise it leads there."""
    try:
        first, last = read_span(period)
    except ValueError:
        return _unheard(Message("这不是日期"), Message("请写成 2022、2022-05 或 2022-05-22。"), _years())
    value = almanac.written(first, last)
    if value != period:
        return redirect(url_for("browse.period", period=value))
    return _period(value, first, last)


def _period(value: str, first: date, last: date) -> Page:
    asked, held = almanac.asked(value, first, last), archive().held(first, last)
    found = archive().answer(asked).total
    before, after = almanac.neighbours(archive().held(), first, last)
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
    if first == last:
        return render_template("browse/day.html", **shown, weekday=_weekday(first), pages=_pages(first))
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


def _pages(day: date) -> list[tuple[str, list[object]]]:
    """The articles of an issue by printed page."""
    return [(page, list(some)) for page, some in groupby(archive().issue(day), lambda one: one.source.page or "")]


def _weekday(day: date) -> str:
    return almanac.WEEKDAYS[day.weekday()][1]


def _years() -> list[tuple[str, str]]:
    return [(Message("馆藏日历"), url_for("browse.dates"))]


def _unheard(title: str, words: str, nearby: list[tuple[str, str]]) -> tuple[str, int]:
    """A page for what the archive does not know, with what may have been meant."""
    return render_template("browse/unknown.html", title=title, words=words, nearby=nearby), 404
