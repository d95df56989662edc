"""Making a receipt of a list of hits."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from search.days import CHINA
from search.engine.listing import Listing
from search.engine.store import software
from search.receipt.record import Exported, Named, Receipt
from search.words import analyser_version

MOST_NAMED = 2_000
"""Longer lists are not named: their receipts hold ids and digests alone."""


def issue(listing: Listing, file: Exported | None = None) -> Receipt:
    """The receipt of all hits of a search, and of the file that they were exported to."""
    named = tuple(map(Named.of, listing.articles())) if listing.total <= MOST_NAMED else ()
    return Receipt(
        made=datetime.now(CHINA).isoformat(timespec="seconds"),
        software=software(),
        archive=listing.archive,
        index_analyser=listing.analyser,
        query_analyser=analyser_version(),
        corpus=listing.corpus,
        request=replace(listing.typed, page=1, per_page=20),
        understood=listing.understood,
        canonical=listing.canonical,
        notes=tuple(listing.notes),
        expansions=tuple(listing.expansions),
        ids=tuple(listing.ids),
        digests=tuple(listing.digests),
        named=named,
        file=file,
    )
