"""Every kind of page that the application has, with addresses of the sample archive; whoever adds one adds it here.

``test_places.py`` walks the application's own map of addresses, so that none is forgotten by the tests of all pages.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote
from urllib.request import urlopen

PAGES = {
    "pages.start": ["/"],
    "pages.search": [
        "/search?q=社区",
        "/search?q=社区 志愿者 -公告&street=永泰街道&not_kind=notice&from=2021&to=2023&freq=relative",
        "/search?q=绝无此词&street=永泰街道&from=2021",
        "/search?q=绝无此词&street=永泰街道&from=2021&lang=en",
        "/search?q=社区&page=4&per_page=10&versions=all&sort=oldest",
        "/search?q=社区&lang=en",
    ],
    "pages.article": [
        "/article/{剪刀手尤师傅的星期四}?q=剪刀手",
        "/article/{老院子换新颜}",
        "/article/{老院子换新颜}?lang=en",
        "/article/{老院子换新颜}?view=original",
        "/article/{老院子换新颜}?compare={老院子换新颜/2}",
    ],
    "advanced.advanced": ["/advanced"],
    "marks.marked": ["/marked"],
    "help.help_page": ["/help", "/help?lang=en"],
    "interface.described": ["/api", "/api?lang=en"],
    "citing.citations": ["/citations?id={剪刀手尤师傅的星期四}&id={老院子换新颜}"],
    "receipts.receipt": ["/receipt?q=社区&street=永泰街道"],
    "receipts.verify": ["/verify"],
    "downloads.export": ["/export?q=社区"],
    "prepared.job": ["/export/没有的?q=社区&format=xlsx"],
    "browse.dates": ["/dates", "/dates?lang=en"],
    "browse.period": ["/dates/2022", "/dates/2022-08", "/dates/2022-08-19", "/dates/1990?没有的"],
    "browse.streets": ["/streets"],
    "browse.street": ["/street/水泊寺街道", "/street/没有的街道"],
    "browse.reporters": ["/reporters"],
    "browse.reporter": ["/reporter/江河"],
    "browse.topics": ["/topics"],
    "browse.topic": ["/topic/社会治理"],
    "browse.statistics": ["/statistics"],
    "trends.trends": ["/trends", "/trends?term=社区&term=居民&term=街道:永泰&term=主题:教育&term=公告"],
}
"""Addresses by endpoint. ``{headline}`` is the id of the article that has it, ``{headline/2}`` its second version."""

TROUBLE = {
    400: "/search?q=社区&from=2023-13-45&sort=prettiest",
    404: "/article/0000000000000000",
    414: "/search?q=" + "a" * 33_000,
}
"""Addresses that are answered in words with such a status."""

CLOSED = {
    "accounts.logout": ["/logout", "/logout?lang=en"],
    "editors.room": ["/editor", "/editor?lang=en"],
    "editors.record": ["/editor/audit", "/editor/audit?event=sign-in&by=nobody&lang=en"],
}
"""Pages for those who have signed in, where there is a login; tests/e2e/test_accounts.py looks at them."""

SENT = {"receipts.again", "receipts.verified", "prepared.order", "prepared.cancel", "accounts.enter", "accounts.leave"}
"""Endpoints whose pages come from what a reader sends; the tests press the buttons."""

OPERATIONS = (
    "search",
    "facets",
    "suggest",
    "export",
    "receipt",
    "timeline",
    "trends",
    "coverage",
    "article",
    "similar",
)

DATA = {
    "static",
    "api.story",
    "api.stats",
    "receipts.kept",
    "receipts.known",
    "receipts.listed",
    "receipts.make_link",
    "receipts.search_receipt",
    "pages.citation",
    "prepared.file",
    "data.search_json",
    "data.search_csv",
    "data.health",
    "operations.ready",
    "operations.metrics",
    "suggest.suggest",
    "feeds.search_atom",
    "feeds.opensearch",
    "feeds.robots",
    "feeds.icon",
    "sitemap.parts",
    "sitemap.part",
    "interface.openapi",
    *(f"api.{operation}" for operation in OPERATIONS),
    "trends.trends_csv",
}
"""Endpoints that never answer a page when all is well."""


def addresses(server: str) -> Iterator[str]:
    """The path and query of every page in turn, with the ids that the server knows."""
    for paths in PAGES.values():
        for path in paths:
            yield filled(path, server)


def filled(path: str, server: str) -> str:
    """The address with each ``{headline}`` replaced by an id."""
    before, opening, rest = path.partition("{")
    if not opening:
        return path
    wanted, _, after = rest.partition("}")
    headline, _, version = wanted.partition("/")
    return before + identities(headline, server)[int(version or 1) - 1] + filled(after, server)


def identities(headline: str, server: str) -> list[str]:
    """The ids of the versions of the story that has this headline, the leading one first."""
    asked = f"/search.json?versions=all&q={quote(f'标题:{chr(34)}{headline}{chr(34)}')}"
    with urlopen(server + asked) as answer:
        return [hit["id"] for hit in json.load(answer)["hits"]]
