"""Hits as JSON Lines: the whole record of each article, one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from search.article import to_record
from search.export.columns import Link, plain_snippet
from search.results import Hit


def write_jsonl(hits: Iterable[Hit], link: Link) -> Iterator[str]:
    """One line a hit, as the hits come in: the article's record with ``link``, ``versions`` and a plain ``snippet``."""
    for hit in hits:
        extra = {"link": link(hit.article.id), "versions": hit.versions, "snippet": plain_snippet(hit)}
        yield json.dumps(to_record(hit.article) | extra, ensure_ascii=False) + "\n"
