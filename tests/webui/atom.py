"""What RFC 4287 demands of a feed, rule by rule; a sentence for each that is broken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

ATOM = "{http://www.w3.org/2005/Atom}"
ONCE = {"feed": ("id", "title", "updated"), "entry": ("id", "title", "updated")}
AT_MOST_ONCE = {
    "feed": ("generator", "icon", "logo", "rights", "subtitle"),
    "entry": ("content", "published", "rights", "source", "summary"),
}
KNOWN = {
    "feed": {*ONCE["feed"], *AT_MOST_ONCE["feed"], "author", "category", "contributor", "link", "entry"},
    "entry": {*ONCE["entry"], *AT_MOST_ONCE["entry"], "author", "category", "contributor", "link"},
}
TEXTS = ("title", "subtitle", "summary", "rights")


def faults(feed: Element) -> Iterator[str]:
    """All that is wrong with a feed; sections of RFC 4287 in brackets."""
    if feed.tag != f"{ATOM}feed":
        yield f"{feed.tag} is no feed [4.1.1]"
    yield from _of_container(feed, "feed")
    entries = feed.findall(f"{ATOM}entry")
    for entry in entries:
        yield from _of_container(entry, "entry")
        if not entry.findall(f"{ATOM}content") and not _alternates(entry):
            yield "an entry without content and without alternate [4.1.2]"
        if not entry.findall(f"{ATOM}author") and not feed.findall(f"{ATOM}author"):
            yield "an entry without author [4.1.2]"
    ids = Counter((entry.findtext(f"{ATOM}id"), entry.findtext(f"{ATOM}updated")) for entry in entries)
    yield from (f"the entry {one} stands twice [4.1.1]" for one, count in ids.items() if count > 1)


def _of_container(element: Element, name: str) -> Iterator[str]:
    counts = Counter(child.tag.removeprefix(ATOM) for child in element if child.tag.startswith(ATOM))
    yield from (f"{name}: {counts[key]} times {key}" for key in ONCE[name] if counts[key] != 1)
    yield from (f"{name}: {counts[key]} times {key}" for key in AT_MOST_ONCE[name] if counts[key] > 1)
    yield from (f"{name}: unknown {key}" for key in counts.keys() - KNOWN[name])
    same = Counter(_alternates(element))
    yield from (f"{name}: several alternates of {kind} [4.1.1]" for kind, count in same.items() if count > 1)
    for child in element:
        yield from _of_child(child)


def _of_child(child: Element) -> Iterator[str]:
    name = child.tag.removeprefix(ATOM)
    if name == "id" and not urlsplit(child.text or "").scheme:
        yield f"the id {child.text} is no absolute address [4.2.6]"
    if name in ("updated", "published") and not _is_instant(child.text or ""):
        yield f"{name} {child.text} is no instant of RFC 3339 [3.3]"
    if name == "link" and not child.get("href"):
        yield "a link without href [4.2.7]"
    if name == "category" and not child.get("term"):
        yield "a category without term [4.2.2]"
    if name == "author" and [inner.tag for inner in child].count(f"{ATOM}name") != 1:
        yield "an author without one name [3.2]"
    if name in TEXTS and (child.get("type", "text") not in ("text", "html") or len(child)):
        yield f"{name} has markup that its type does not allow [3.1.1]"


def _alternates(element: Element) -> list[tuple[str | None, str | None]]:
    links = element.findall(f"{ATOM}link")
    return [(link.get("type"), link.get("hreflang")) for link in links if link.get("rel", "alternate") == "alternate"]


def _is_instant(text: str) -> bool:
    try:
        return "T" in text and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
