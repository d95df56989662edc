"""The search page: what it weighs for a reader who has nothing of it yet, and what it takes beyond the search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from benchmarks.queries import QueryClass, query_set
from search.request import SearchRequest
from webui import params
from webui.app import create_app
from webui.caching import STATIC

SAMPLED = 2_000
"""The newest articles, from which the questions are made."""
PACKED = {"Accept-Encoding": "gzip"}


@dataclass(frozen=True, slots=True)
class PageClass:
    """Pages of one kind of question: milliseconds of the processor for search and page, bytes plain and as sent."""

    name: str
    search_ms: float
    page_ms: float
    plain: int
    sent: int


@dataclass(frozen=True, slots=True)
class Paging:
    """All kinds, and the bytes of style sheet, scripts and icon, plain and as sent."""

    articles: int
    files_plain: int
    files_sent: int
    classes: Sequence[PageClass]


def measure_pages(index: Path, seed: int, rounds: int) -> Paging:
    """Pages of an archive in a process that has answered before."""
    app = create_app({"INDEX": index, "TESTING": True})
    archive, client = app.extensions["baoku"].archive(), app.test_client()
    hits = islice(archive.every(SearchRequest(sort="newest")), SAMPLED)
    asked = query_set([hit.article for hit in hits], seed)
    files = [f"{app.static_url_path}/{path.name}" for path in STATIC.iterdir()]
    return Paging(
        archive.corpus().articles,
        sum(len(client.get(file).data) for file in files),
        sum(len(client.get(file, headers=PACKED).data) for file in files),
        [_measured(app, client, one, rounds) for one in asked],
    )


def report_pages(measured: Paging) -> str:
    """A Markdown table, with a line for the files that all pages share."""
    head = "| question | search, CPU ms | page beyond it, CPU ms | HTML, bytes | sent, bytes |\n| --- |" + " ---: |" * 4
    rows = [
        f"| {one.name} | {one.search_ms:.1f} | {one.page_ms - one.search_ms:.1f} | {one.plain:,} | {one.sent:,} |"
        for one in measured.classes
    ]
    files = f"Files of all pages: {measured.files_plain:,} bytes, {measured.files_sent:,} as sent; kept for ever."
    return "\n".join([f"{measured.articles:,} articles", "", head, *rows, "", files])


def _measured(app: Flask, client: FlaskClient, asked: QueryClass, rounds: int) -> PageClass:
    archive = app.extensions["baoku"].archive()
    addresses = [f"/search?{params.query_string(request)}" for request in asked.requests]
    pages = [client.get(address, headers=PACKED) for address in addresses]
    return PageClass(
        asked.name,
        median(_clocked(archive.answer, asked.requests, rounds)),
        median(_clocked(partial(client.get, headers=PACKED), addresses, rounds)),
        max(len(client.get(address).data) for address in addresses),
        max(len(page.data) for page in pages),
    )


def _clocked(act: Any, asked: Sequence[Any], rounds: int) -> Iterator[float]:
    for _ in range(rounds):
        for one in asked:
            start = process_time()
            act(one)
            yield (process_time() - start) * 1000
