"""Other queries for one that finds nothing or little, each of them tried: 您是不是要找."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
    """A query that has more hits than the one that was asked.

    ``query`` is in canonical form, ``total`` the number of its hits under the same filters, ``why`` says in Chinese
    what was replaced by what.
    """

    query: str
    total: int
    why: str


def alternatives(vocabulary: Vocabulary, snapshot: Snapshot, request: SearchRequest) -> list[Alternative]:
    """At most MOST queries that may have been meant, the most likely first, each with more hits than the request.

    Where corrected texts stand in the archive as they are, those of which only the words do are left out.

    Raises:
        QueryRefused: the query cannot be read.
    """
    tree = parse(request.query).tree
    trial = _Trial(snapshot, request, Deadline(SECONDS))
    literal: list[Alternative] = []
    by_words: list[Alternative] = []
    try:
        trial.least = trial.total(tree)
        for correction, leaf, rebuild in _candidates(vocabulary, trial, tree):
            found = literal if trial.stands(correction.text) or correction.name else by_words
            if len(found) < MOST and (alternative := trial.of(correction, leaf, rebuild)):
                found.append(alternative)
            if len(literal) == MOST:
                break
    except QueryRefused:
        pass
    return literal or by_words


class _Trial:
    """Queries tried against the same snapshot, under the same filters, within the same time."""

    def __init__(self, snapshot: Snapshot, request: SearchRequest, deadline: Deadline) -> None:
        self.snapshot, self.deadline = snapshot, deadline
        self._request = request
        self._tried: set[str] = set()
        self.least = 0

    def of(self, correction: Correction, leaf: Node, rebuild: Rebuild) -> Alternative | None:
        """The first query of a correction that has more hits than ``least``; each query is tried once."""
        for node in _corrected(leaf, correction):
            query = canonical(rebuild(node))
            if query not in self._tried:
                self._tried.add(query)
                if (total := self.total(parse(query).tree)) > self.least:
                    return Alternative(query, total, correction.why)
        return None

    def total(self, tree: Node) -> int:
        return len(answer(self.snapshot, self._request, tree, self.deadline).hits.docs)

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
