"""Other queries for one that finds nothing or little, each of them tried: 您是不是要找."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby, islice

from search.engine.answer import answer
from search.engine.deadline import Deadline
from search.engine.snapshot import Snapshot
from search.errors import QueryRefused
from search.expansion import expanded
from search.query.canonical import canonical
from search.query.parse import parse
from search.query.tree import And, Exact, Has, Node, Or, Words
from search.request import SearchRequest
from search.suggest.corrections import Correction, corrected_string, corrections, is_latin
from search.suggest.query import FACET_KINDS, KINDS
from search.suggest.strings import neighbours
from search.suggest.vocabulary import Vocabulary
from search.text import fold

FEW = 10
"""Up to so many hits a reader may have meant something else."""
MOST = 5
SECONDS = 0.05
"""The time after which the rest is left untried."""
_MOST_LEAVES = 6
"""Texts of a query that are corrected: each takes a few milliseconds."""

Rebuild = Callable[[Node], Node]
"""The whole tree with another node in the place of one."""
Candidate = tuple[Correction, Node, Rebuild]
"""A correction of the text of a node."""


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
    # The best come first: what cannot be tried in time is left out.
    with suppress(QueryRefused):
        leaves = list(islice(_leaves(tree, lambda node: node), _MOST_LEAVES))
        candidates = sorted(_by_terms(vocabulary, leaves), key=_likelihood)
        trial.run(one for one in candidates if one[0].is_sure)
        if not trial.literal:
            strings = _by_strings(trial, leaves)
            trial.run(sorted((*strings, *(one for one in candidates if not one[0].is_sure)), key=_likelihood))
    return trial.literal or trial.by_words


class _Trial:
    """Queries tried against the same snapshot, under the same filters, within the same time."""

    def __init__(self, snapshot: Snapshot, request: SearchRequest, total: int) -> None:
        self.snapshot, self.deadline = snapshot, Deadline(SECONDS)
        self.literal: list[Alternative] = []
        self.by_words: list[Alternative] = []
        self._request, self._total = request, total
        self._tried: set[str] = set()

    def run(self, candidates: Iterable[Candidate]) -> None:
        """Sorts the queries that find something into those of which the text stands in the archive, and others."""
        for correction, leaf, rebuild in candidates:
            stands = correction.name is not None or self.articles(correction.text) > 0
            found = self.literal if stands else self.by_words
            if len(found) < MOST and (alternative := self._tried_out(correction, leaf, rebuild, stands)):
                found.append(alternative)
            if len(self.literal) == MOST:
                return

    def articles(self, text: str) -> int:
        """How many articles contain a string, whatever the filters."""
        return len(answer(self.snapshot, SearchRequest(), Exact(text), self.deadline).found.docs)

    def _tried_out(self, correction: Correction, leaf: Node, rebuild: Rebuild, stands: bool) -> Alternative | None:
        """The first query of a correction that is better than what was asked; each query is tried once."""
        least = 0 if stands and isinstance(leaf, Words | Exact) and not self.articles(leaf.text) else self._total
        for node in _corrected(leaf, correction):
            query = canonical(rebuild(node))
            if query not in self._tried:
                self._tried.add(query)
                asked = expanded(self.snapshot, parse(query).tree, self._request.drop, self.deadline)
                found = answer(self.snapshot, self._request, asked.tree, self.deadline)
                if len(found.hits.docs) > least:
                    return Alternative(query, len(found.hits.docs), correction.why)
        return None


def _by_terms(vocabulary: Vocabulary, leaves: Iterable[tuple[Node, Rebuild]]) -> Iterator[Candidate]:
    """The corrections of all leaves by terms of the vocabulary."""
    for leaf, rebuild in leaves:
        match leaf:
            case Has(facet, value):
                named = (one for one in corrections(vocabulary, fold(value)) if one.name and KINDS[one.kind] == facet)
                yield from ((one, leaf, rebuild) for one in named)
            case Words(text) | Exact(text):
                yield from ((one, leaf, rebuild) for one in corrections(vocabulary, text))


def _by_strings(trial: _Trial, leaves: Iterable[tuple[Node, Rebuild]]) -> Iterator[Candidate]:
    """The corrections of the texts that stand nowhere by strings of the archive."""
    for leaf, rebuild in leaves:
        if isinstance(leaf, Words | Exact) and not trial.articles(leaf.text):
            for string, often in neighbours(trial.snapshot, leaf.text, trial.deadline).items():
                yield corrected_string(leaf.text, string, often), leaf, rebuild


def _likelihood(candidate: Candidate) -> Correction:
    return candidate[0]


def _corrected(leaf: Node, correction: Correction) -> Iterator[Node]:
    """The corrected text in the place of a leaf, then the name that it stands for."""
    name = Has(KINDS[correction.kind], correction.name) if correction.name else None
    match leaf:
        case Words(field=field) | Exact(field=field):
            yield replace(leaf, text=correction.text)
            if name and not field:
                yield name
        case _ if name:
            yield name


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
