"""Which fields an article has in the index, and in which order its parts stand in the text."""

from __future__ import annotations

from collections.abc import Mapping

from whoosh import fields

TITLE_FIELDS = ("title", "kicker", "subtitle")
BOOSTS = {"title": 8.0, "kicker": 4.0, "subtitle": 5.0, "body": 1.0, "rest": 0.5}
"""The fields of words and what a hit in each is worth; ``rest`` holds byline, section and captions."""

WORD_FIELDS = tuple(BOOSTS)
FACET_FIELDS = ("street", "reporter", "topic", "kind", "section", "community", "page", "newspaper")
"""The fields whose terms are whole values, and request.MISSING in documents without any; not all of them are facets."""

DAY_FIELDS = ("first_day", "last_day")
"""The interval in which an article was printed, as ordinals of the proleptic Gregorian calendar."""

TEXT_ORDER = (*TITLE_FIELDS, "body", "byline", "section", "captions")
"""The parts in the text of a document, each on a line of its own; the last three may have several."""

SCOPES: Mapping[str | None, slice] = {None: slice(None), "title": slice(0, 3), "body": slice(3, 4)}
"""Which of these lines a field of the query language covers."""

SCHEMA = fields.Schema(
    **{name: fields.TEXT(phrase=False) for name in WORD_FIELDS},
    **{name: fields.ID() for name in FACET_FIELDS},
    **{name: fields.NUMERIC(int, bits=32, signed=False, shift_step=0) for name in DAY_FIELDS},
)


def rest_lines(parts: Mapping[str, str]) -> list[str]:
    """The lines of the folded parts that the field ``rest`` covers."""
    return [line for name in TEXT_ORDER[len(TITLE_FIELDS) + 1 :] for line in parts[name].split("\n")]
