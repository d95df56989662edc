"""Completions of what stands behind the name of a field, such as 记者:丁."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import numpy as np

from search.engine.snapshot import Snapshot
from search.labels import value_label
from search.query.lexer import FIELDS
from search.suggest.query import FACET_KINDS, KINDS
from search.suggest.vocabulary import Vocabulary
from search.text import fold

LISTED = ("kind", "section", "newspaper")
"""Fields with few values, which are told by their characters alone."""
COMPLETED = (*FACET_KINDS, "title", *LISTED)
_FIELD = re.compile(rf"({'|'.join(FIELDS)}):\s*(.*)", re.DOTALL)


def field_of(text: str) -> tuple[str | None, str]:
    """The field of a folded text and what stands behind its colon; no field for one that is not completed."""
    found = _FIELD.fullmatch(text)
    field = FIELDS[found[1]] if found else None
    return (field, found[2]) if found and field in COMPLETED else (None, text)


def most_told(vocabulary: Vocabulary, kind: str) -> list[int]:
    """The numbers of all names of a kind, the most frequent first."""
    of_kind = np.flatnonzero(vocabulary.kinds[: vocabulary.completed] == KINDS.index(kind))
    order: list[int] = of_kind[np.argsort(-vocabulary.counts[of_kind], kind="stable")].tolist()
    return order


def listed(snapshot: Snapshot, field: str, text: str) -> Iterator[tuple[str, int]]:
    """The values of a field that have a text in them, as they are shown, with their stories; beginnings first."""
    labels = [(value_label(field, value), told.stories) for value, told in snapshot.told(field).items()]
    fitting = [(label, stories) for label, stories in labels if text in fold(label)]
    yield from sorted(fitting, key=lambda one: (not fold(one[0]).startswith(text), -one[1], one[0]))


def only(numbers: Iterable[int], vocabulary: Vocabulary, kind: str) -> Iterator[int]:
    """Those of some terms that are of a kind."""
    wanted = KINDS.index(kind)
    yield from (number for number in numbers if vocabulary.kinds[number] == wanted)
