"""Other queries for one that finds nothing or little, each of them tried: 您是不是要找."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

from search.engine.answer import answer
from search.engine.deadline import Deadline
from search.engine.snapshot import Snapshot
from search.errors import QueryRefused
from search.query.canonical import canonical
from search.query.parse import parse
from search.query.tree import And, Exact, Has, Node, Or, Words
from search.request import SearchRequest
from search.suggest.corrections import Correction, corrections, is_latin
from search.suggest.headlines import headline_corrections
from search.suggest.query import FACET_KINDS, KINDS
from search.suggest.vocabulary import Vocabulary
from search.text import fold

MOST = 5
SECONDS = 0.05
"""The time after which the rest is left untried."""

Rebuild = Callable[[Node], Node]
"""The whole tree with another node in the place of one."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A query that finds something.

    ``query`` is in canonical form, ``total`` the number of its hits under the same filters, ``why`` says in Chinese
    what was replaced by what.
    """

    query: str
    total: int
    why: str


def alternatives(
    vocabulary: Vocabulary, snapshot: Snapshot, request: SearchRequest, tree: Node, total: int
) -> list[Alternative]:
    """At most MOST queries that may have been meant by a request whose tree has ``total`` hits, the most likely first.

    Each has more hits than that, or has a text that stands in the archive where the typed one does not. Where there
    are any of the second kind, those of which only the words are found are left out.
    """
    trial = _Trial(snapshot, request, total)
    literal: list[Alternative] = []
    by_words: list[Alternative] = []
    # The best come first: what cannot be tried in time is left out.
    with suppress(QueryRefused):
        for correction, leaf, rebuild in _candidates(vocabulary, trial, tree):
            stands = correction.name is not None or trial.stands(correction.text)
            found = literal if stands else by_words
            if len(found) < MOST and (alternative := trial.of(correction, leaf, rebuild, stands)):
                found.append(alternative)
            if len(literal) == MOST:
                break
    return literal or by_words


class _Trial:
    """Queries tried against the same snapshot, under the same filters, within the same time."""

    def __init__(self, snapshot: Snapshot, request: SearchRequest, total: int) -> None:
        self.snapshot, self.deadline = snapshot, Deadline(SECONDS)
        self._request, self._total = request, total
        self._tried: set[str] = set()

    def of(self, correction: Correction, leaf: Node, rebuild: Rebuild, stands: bool) -> Alternative | None:
        """The first query of a correction that is better than what was asked; each query is tried once."""
        least = 0 if stands and isinstance(leaf, Words | Exact) and not self.stands(leaf.text) else self._total
        for node in _corrected(leaf, correction):
            query = canonical(rebuild(node))
            if query not in self._tried:
                self._tried.add(query)
                found = answer(self.snapshot, self._request, parse(query).tree, self.deadline)
                if len(found.hits.docs) > least:
                    return Alternative(query, len(found.hits.docs), correction.why)
        return None

    def stands(self, text: str) -> bool:
        """Whether a string is in the archive, whatever the filters."""
        return len(answer(self.snapshot, SearchRequest(), Exact(text), self.deadline).found.docs) > 0


def _candidates(vocabulary: Vocabulary, trial: _Trial, tree: Node) -> list[tuple[Correction, Node, Rebuild]]:
    """The corrections of all texts of a tree, the most likely first, each with the node that has the text."""
    found: list[tuple[Correction, Node, Rebuild]] = []
    for leaf, rebuild in _leaves(tree, lambda node: node):
        match leaf:
            case Has(facet, value):
                named = (one for one in corrections(vocabulary, fold(value)) if one.name and KINDS[one.kind] == facet)
                found += [(one, leaf, rebuild) for one in named]
            case Words(text) | Exact(text):
                headlines = headline_corrections(trial.snapshot, text, trial.deadline)
                found += [(one, leaf, rebuild) for one in (*corrections(vocabulary, text), *headlines)]
    return sorted(found, key=lambda candidate: candidate[0])


def _corrected(leaf: Node, correction: Correction) -> Iterator[Node]:
    """The corrected text in the place of a leaf, then the name that it stands for."""
    if isinstance(leaf, Words | Exact):
        yield replace(leaf, text=correction.text)
    if correction.name:
        yield Has(KINDS[correction.kind], correction.name)


def _leaves(node: Node, rebuild: Rebuild) -> Iterator[tuple[Node, Rebuild]]:
    """The nodes that can be corrected. What is not wanted is not corrected."""
    match node:
        case Words() | Exact():
            yield node, rebuild
        case Has(facet) if facet in FACET_KINDS:
            yield node, rebuild
        case And(parts) | Or(parts):
            for number, part in enumerate(parts):
                yield from _leaves(part, partial(_with, rebuild, node, slice(number, number + 1)))
            if isinstance(node, And):
                yield from _spaced(node, rebuild)


def _spaced(node: And, rebuild: Rebuild) -> Iterator[tuple[Node, Rebuild]]:
    """Neighbouring words in letters as one text: pinyin typed syllable by syllable."""
    place = 0
    for latin, group in groupby(node.parts, key=_is_latin):
        texts = [part.text if isinstance(part, Words) else "" for part in group]
        if latin and len(texts) > 1:
            yield Words(" ".join(texts), ()), partial(_with, rebuild, node, slice(place, place + len(texts)))
        place += len(texts)


def _is_latin(node: Node) -> bool:
    return isinstance(node, Words) and is_latin(node.text)


def _with(rebuild: Rebuild, node: And | Or, place: slice, part: Node) -> Node:
    """The whole tree with a part in the place of some parts of a node."""
    parts = [*node.parts]
    parts[place] = [part]
    return rebuild(replace(node, parts=tuple(parts)) if len(parts) > 1 else part)
