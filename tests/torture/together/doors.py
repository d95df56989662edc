"""The two doors by which readers come, each of which gives the same kinds of answers: Python, and HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any, Protocol
from urllib.parse import quote, urlencode

from search.archive import Archive
from search.article import to_record
from search.export import EXPORTS
from search.export.form import Wanted
from search.request import SearchRequest

PER_PAGE = 10
FORMATS = ("csv", "jsonl", "ris")
WAIT_SECONDS = 30


class Refused(Exception):
    """The server has too much to do, and says so (503 or 429)."""


class Gone(Exception):
    """The server no longer keeps the state to which a list in progress belongs (410)."""


class Failed(Exception):
    """An answer that no reader should get."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A page of hits, by id their headlines, with the counts over all hits and the number of articles searched."""

    total: int
    titles: Mapping[str, str]
    counts: Mapping[str, Mapping[str, int]]
    timeline: Mapping[str, int]
    articles: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A search: words, filters of one value each, and where wanted a long page."""

    query: str
    only: Mapping[str, str] = field(default_factory=dict)
    per_page: int = 100

    def request(self, page: int = 1) -> SearchRequest:
        only = {facet: (value,) for facet, value in self.only.items()}
        return SearchRequest(self.query, only, sort="newest", page=page, per_page=self.per_page)

    def address(self) -> str:
        return urlencode({"q": self.query, **self.only, "sort": "newest", "per_page": self.per_page})


class Door(Protocol):
    """What readers ask; Refused and Gone are answers, too."""

    def search(self, asked: Asked) -> Answer: ...
    def pages(self, asked: Asked) -> Sequence[Answer]: ...
    def export(self, asked: Asked, form: str) -> bytes: ...
    def article(self, identity: str) -> Mapping[str, Any] | None: ...
    def timeline(self, query: str) -> Mapping[str, int]: ...
    def holdings(self) -> int: ...
    def close(self) -> None: ...


class PythonDoor:
    """An Archive, which several threads may share."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive

    def search(self, asked: Asked) -> Answer:
        return _answered(self._archive.now(), asked.request())

    def pages(self, asked: Asked) -> Sequence[Answer]:
        now = self._archive.now()
        first = now.answer(asked.request())
        return [_answered(now, asked.request(page)) for page in range(1, first.pages + 1)]

    def export(self, asked: Asked, form: str) -> bytes:
        return b"".join(EXPORTS[form].write(self._archive.listed(asked.request()), Wanted(str)))

    def article(self, identity: str) -> Mapping[str, Any] | None:
        found = self._archive.article(identity)
        return to_record(found) if found else None

    def timeline(self, query: str) -> Mapping[str, int]:
        (trend,) = self._archive.trends([SearchRequest(query)])
        return {name: count for name, count in trend.counts.items() if "-" in name}

    def holdings(self) -> int:
        return self._archive.stats().corpus.articles

    def close(self) -> None:
        """An archive has nothing to be closed."""


def _answered(now: Archive, request: SearchRequest) -> Answer:
    found = now.answer(request)
    titles = {hit.article.id: hit.article.headline for hit in found.hits}
    timeline = {month.month: month.count for month in found.timeline}
    return Answer(found.total, titles, found.counts, timeline, now.corpus().articles)


class HttpDoor:
    """A connection to a running server, kept open; for one thread."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=WAIT_SECONDS)
        self._kept = ("", b"")

    def search(self, asked: Asked) -> Answer:
        return _read(self._json(f"/search.json?{asked.address()}"))

    def pages(self, asked: Asked) -> Sequence[Answer]:
        return list(self._pages(f"/api/v1/search?{asked.address()}"))

    def _pages(self, address: str) -> Iterator[Answer]:
        answer = self._json(address)
        yield _read(answer)
        while token := answer["next"]:
            answer = self._json(f"/api/v1/search?{urlencode({'next': token})}")
            yield _read(answer)

    def export(self, asked: Asked, form: str) -> bytes:
        return self.get(f"/api/v1/export?{urlencode({'q': asked.query, **asked.only, 'format': form})}")

    def article(self, identity: str) -> Mapping[str, Any] | None:
        answer = self._json(f"/api/v1/article/{quote(identity)}", missing=True)
        return answer["article"] if answer else None

    def timeline(self, query: str) -> Mapping[str, int]:
        periods = self._json(f"/api/v1/timeline?{urlencode({'q': query, 'by': 'month'})}")["periods"]
        return {period["period"]: period["hits"] for period in periods if period["hits"]}

    def holdings(self) -> int:
        articles: int = self._json("/api/v1/stats")["corpus"]["articles"]
        return articles

    def page(self, asked: Asked) -> str:
        """The search as a page for people, whose browser keeps the last one and asks whether it is still right."""
        self._kept = self._get(f"/search?{asked.address()}", self._kept)
        return self._kept[1].decode()

    def _json(self, address: str, missing: bool = False) -> Any:
        body = self.get(address, missing)
        return json.loads(body) if body else None

    def get(self, address: str, missing: bool = False) -> bytes:
        """The body of an answer; empty where nothing is there and that may be so.

        Raises:
            Refused, Gone, Failed: it is not to be had.
        """
        return self._get(address, missing=missing)[1]

    def _get(self, address: str, kept: tuple[str, bytes] = ("", b""), missing: bool = False) -> tuple[str, bytes]:
        """The tag and the body of an answer, or what was kept of it."""
        self._connection.request("GET", address, headers={"If-None-Match": kept[0]} if kept[0] else {})
        response = self._connection.getresponse()
        body = response.read()
        match response.status:
            case 200:
                return response.getheader("ETag", ""), body
            case 304 if kept[0]:
                return kept
            case 404 if missing:
                return "", b""
            case 410:
                raise Gone
            case 503 | 429 if response.getheader("Retry-After"):
                raise Refused
        raise Failed(f"{response.status} {address} {body[:300].decode(errors='replace')}")

    def close(self) -> None:
        self._connection.close()


def _read(answer: Any) -> Answer:
    counts = {
        facet: {value["value"]: value["count"] for value in values if value["count"]}
        for facet, values in answer["facets"].items()
    }
    timeline = {month["month"]: month["count"] for month in answer["timeline"]}
    titles = {hit["id"]: hit["title"] for hit in answer["hits"]}
    return Answer(answer["total"], titles, counts, timeline, answer["corpus"]["articles"])
