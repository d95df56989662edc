"""JSON and JSON Lines: the whole record of each article, one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator

from search.export.columns import Link
from search.export.form import Wanted, facts
from search.export.seal import PLACE, SEAL, Sealer, compact
from search.listed import Listed, Row
from search.version import version


def write_jsonl(listed: Listed, wanted: Wanted) -> Iterator[bytes]:
    """One line a hit: the article's record with ``link``, ``versions``, a plain ``snippet``, ``row`` and ``seal``."""
    sealer = Sealer(listed.total)
    for hit in listed.rows():
        yield _line(hit, wanted.link, sealer) + b"\n"


def write_json(listed: Listed, wanted: Wanted) -> Iterator[bytes]:
    """One object: what was asked of what, ``hits`` as in JSON Lines, and at its end ``rows`` and ``sha256``."""
    head = {
        "query": listed.request.query,
        "understood": listed.understood,
        "notes": list(listed.notes),
        "total": listed.total,
        "corpus": {
            "version": listed.corpus.version,
            "articles": listed.corpus.articles,
            "stories": listed.corpus.stories,
        },
        "software": version(),
        "made": facts(listed, wanted)["时间"],
    }
    yield json.dumps(head, ensure_ascii=False)[:-1].encode() + b',"hits":['
    sealer = Sealer(listed.total)
    for hit in listed.rows():
        before = b",\n" if sealer.count else b"\n"
        yield before + _line(hit, wanted.link, sealer)
    yield f'\n],"rows":{sealer.count},"sha256":"{sealer.sha256}"}}\n'.encode()


def _line(hit: Row, link: Link, sealer: Sealer) -> bytes:
    """The stored record as it is, with the rest spliced in: to write it anew would take as long as all else."""
    more = {"link": link(hit.id), "versions": hit.versions, "snippet": hit.snippet}
    content = hit.json[:-1] + b"," + compact(more)[1:].encode()
    place, seal = sealer.next(content)
    return content[:-1] + f',"{PLACE}":"{place}","{SEAL}":"{seal}"}}'.encode()
