"""Reads a page as a strict reader would: every tag closed in order, every control labelled, nothing inline."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

VOID = {"input", "link", "meta", "br", "img", "hr"}
JSON = ("application/ld+json", "application/json")
LABELLED = {"input", "select", "textarea"}


class Page(HTMLParser):
    """A parsed page; an AssertionError names the first fault."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.linked: list[Any] = []
        self._open: list[str] = []
        self._labels: set[str] = set()
        self._bare: list[str] = []
        self.feed(html)
        self.close()
        self._check()

    @property
    def text(self) -> str:
        """What a person reads, white space collapsed."""
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str, **wanted: str) -> list[dict[str, str]]:
        """The attributes of all elements of this name that have these values."""
        asked = {name.rstrip("_").replace("_", "-"): value for name, value in wanted.items()}
        return [found for name, found in self.tags if name == tag and asked.items() <= found.items()]

    def links(self) -> list[str]:
        return [link["href"] for link in self.all("a")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"{tag} repeats an attribute"
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, found))
        if tag == "label" and "for" in found:
            self._labels.add(found["for"])
        if tag in LABELLED and found.get("type") != "hidden" and "label" not in self._open:
            self._bare.append(found.get("id", f"{tag} without id"))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1] == tag, f"</{tag}> closes <{self._open[-1]}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1] in ("script", "style"):
            self._read_block(data)
        else:
            self.words.append(data)

    def _read_block(self, data: str) -> None:
        """JSON is data that no browser runs; everything else has to come from a file."""
        if self.tags[-1][0] == "script" and self.tags[-1][1].get("type") in JSON:
            self.linked.append(json.loads(data))
        else:
            assert not data.strip(), "inline script or style"

    def _check(self) -> None:
        assert not self._open, f"never closed: {self._open}"
        ids = [found["id"] for _, found in self.tags if "id" in found]
        assert len(ids) == len(set(ids)), "an id stands twice"
        assert set(self._bare) <= self._labels, f"without label: {set(self._bare) - self._labels}"
        assert len(self.all("h1")) == 1, "not exactly one h1"
        inline = [name for _, found in self.tags for name in found if name == "style" or name.startswith("on")]
        assert not inline, f"inline {inline}"
        for _, found in self.tags:
            for reference in ("for", "form", "aria-labelledby"):
                assert found.get(reference, ids[0]) in ids, f"{reference}={found.get(reference)} leads nowhere"
