"""Which fields an article has in the index, and what is written in them."""

from __future__ import annotations

from collections.abc import Mapping

from whoosh import columns, fields

TITLE_FIELDS = ("title", "kicker", "subtitle")
BOOSTS = {"title": 3.0, "kicker": 1.5, "subtitle": 2.0, "body": 1.0, "rest": 0.5}
"""The fields of words and what a hit in each is worth; ``rest`` holds byline, section and captions."""

GRAM_FIELDS = {"title": "title_grams", "body": "body_grams", "rest": "rest_grams"}
"""The fields of single characters and pairs, by the group of parts that they cover."""

COLUMNS = ("card", "text", "sketch")
"""Bytes by document: the card as JSON, the folded parts one a line, the sketch as unsigned 64-bit numbers."""

TEXT_ORDER = ("title", "kicker", "subtitle", "body", "byline", "section", "captions")
"""The parts in the text column, each on a line of its own; the last three may have several."""

GROUP_LINES = {"title": slice(0, 3), "body": slice(3, 4), "rest": slice(4, None)}
"""Which of them belong to the groups of GRAM_FIELDS."""


def _words() -> fields.FieldType:
    return fields.TEXT(phrase=False)


def _grams() -> fields.FieldType:
    # An ID field notes only that a term exists; given a list it takes every member as one term.
    return fields.ID()


SCHEMA = fields.Schema(
    id=fields.ID(unique=True),
    record=fields.STORED(),
    **{name: _words() for name in BOOSTS},
    **{name: _grams() for name in GRAM_FIELDS.values()},
    **{name: fields.COLUMN(columns.VarBytesColumn()) for name in COLUMNS},
)


def part_groups(parts: Mapping[str, str]) -> dict[str, list[str]]:
    """The folded parts by the groups of GRAM_FIELDS, each line by itself."""
    return {
        "title": [parts[name] for name in TITLE_FIELDS],
        "body": [parts["body"]],
        "rest": [text for name in TEXT_ORDER[GROUP_LINES["rest"]] for text in parts[name].split("\n")],
    }


def grams(texts: list[str]) -> set[str]:
    """The distinct characters and neighbouring pairs of each text, never across two of them."""
    return {gram for text in texts for gram in (*text, *map(str.__add__, text, text[1:]))}
