"""Numbered lists for people: references by a citation style, or what to read; their seals stand apart at the end.

Behind the last entry and a line of dashes comes how many there are with the SHA-256 over their seals, then a line for
each with its number, id and seal: what is cited can be taken without them, and found again with them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from search.citation.apa import apa
from search.citation.gbt7714 import gbt7714_2015, gbt7714_2025
from search.citation.reference import reference
from search.export.form import Wanted, Write
from search.export.seal import Sealer, of_text
from search.labels import KIND_LABELS, date_words
from search.listed import Listed, Row

RULE = "-" * 20
COUNTED = "baoku rows={} sha256={}"
Entry = Callable[[Row, str], str]


def write_list(entry: Entry) -> Write:
    """The writer of a list whose entries are made of a row and its address."""

    def write(listed: Listed, wanted: Wanted) -> Iterator[bytes]:
        sealer, seals = Sealer(listed.total), []
        for number, hit in enumerate(listed.rows(), 1):
            text = entry(hit, wanted.link(hit.id))
            seals.append(f"{number} {hit.id} {sealer.next(of_entry(text, hit.id))[1]}\n")
            yield f"[{number}] {text}\n".encode()
        yield f"{RULE}\n{COUNTED.format(sealer.count, sealer.sha256)}\n".encode()
        yield from map(str.encode, seals)

    return write


def of_entry(text: str, identity: str) -> bytes:
    """What the seal of an entry covers: its text, and the id that stands at the end of the list."""
    return of_text(f"{text}\n{identity}")


def _reading(hit: Row, address: str) -> str:
    article = hit.article
    people = "、".join((*article.reporters, *article.authors))
    where = " ".join(filter(None, (article.source.newspaper, article.source.page)))
    parts = (date_words(article.date), where, KIND_LABELS[article.kind], people, "" if article.complete else "残缺")
    lines = (
        " ".join(article.headline.split()),
        " | ".join(filter(None, parts)),
        " ".join(hit.snippet.split()),
        address,
    )
    return "\n    ".join(filter(None, lines))


write_gbt7714_2015 = write_list(lambda hit, address: gbt7714_2015(reference(hit.article, address)))
write_gbt7714_2025 = write_list(lambda hit, address: gbt7714_2025(reference(hit.article, address)))
write_apa = write_list(lambda hit, address: apa(reference(hit.article, address)))
write_reading = write_list(_reading)
