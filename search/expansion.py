"""What is looked for besides what was typed: misreadings on demand (``~``), synonyms of whole words; always told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from search.engine.answer import Answer
from search.engine.compile import compiled
from search.engine.deadline import Deadline
from search.engine.evaluate import Evaluator
from search.engine.exact import ExactString
from search.engine.found import inside
from search.engine.snapshot import Snapshot
from search.engine.stands import stands
from search.forms import misread_forms, synonyms
from search.message import Message
from search.query.tree import And, Misread, Node, Not, Or, Words
from search.results import Expansion

SYNONYM = Message("同义")
_TOLD = 8
"""Forms that one note names."""


@dataclass(frozen=True, slots=True)
class Expanded:
    """A tree with its forms in it; ``forms`` has for each expanded leaf, without its forms, what was added and why."""

    tree: Node
    forms: tuple[tuple[Words | Misread, str, str], ...] = ()
    notes: tuple[str, ...] = ()


def expanded(snapshot: Snapshot, tree: Node, drop: tuple[str, ...], deadline: Deadline) -> Expanded:
    """The tree with everything that is to be looked for besides, but for what the reader has dropped.

    Raises:
        QueryRefused: the deadline has passed.
        BaokuError: data/misreadings.txt or data/synonyms.toml is broken.
    """
    work = _Expansion(lambda form: stands(snapshot, form, deadline), frozenset(drop))
    found = work.of(tree, negated=False)
    return Expanded(found, tuple(work.forms), tuple(dict.fromkeys(work.notes)))


def told(answer: Answer, expanded: Expanded, deadline: Deadline) -> list[Expansion]:
    """Each form with the hits that have it and not what was typed, those with most of them first."""
    evaluator = Evaluator(answer.snapshot, deadline)
    hits, size = answer.hits.docs, answer.snapshot.size
    found = []
    for leaf, form, why in expanded.forms:
        typed = evaluator.find(compiled(leaf, answer.snapshot.known_value)).docs
        docs = evaluator.find(ExactString(form, leaf.field)).docs
        added = np.count_nonzero(inside(hits, docs, size) & ~inside(hits, typed, size))
        found.append(Expansion(leaf.text, form, why, int(added)))
    return sorted(found, key=lambda one: -one.added)


class _Expansion:
    """One walk over a tree."""

    def __init__(self, stands: Callable[[str], bool], drop: frozenset[str]) -> None:
        self._stands, self._drop = stands, drop
        self.forms: list[tuple[Words | Misread, str, str]] = []
        self.notes: list[str] = []

    def of(self, node: Node, *, negated: bool) -> Node:
        match node:
            case And(parts) | Or(parts):
                return type(node)(tuple(self.of(part, negated=negated) for part in parts))
            case Not(part):
                return Not(self.of(part, negated=not negated))
            case Misread() if negated:
                return replace(node, forms=self._excluded(node))
            case Misread():
                return replace(node, forms=self._kept(node, self._misread(node)))
            case Words() if not negated:
                return replace(node, synonyms=self._kept(node, ((one, SYNONYM) for one in synonyms(node.text))))
        return node

    def _misread(self, node: Misread) -> Iterator[tuple[str, str]]:
        found = misread_forms(node.text, self._stands)
        if found.more:
            self.notes.append(
                Message("「{text}」可能误认的写法太多，只查了最像的 {n} 种", text=node.text, n=len(found.forms))
            )
        yield from ((form.text, form.why) for form in found.forms)

    def _excluded(self, leaf: Misread) -> tuple[str, ...]:
        """The forms of what is not wanted, which add no hit but take some away."""
        forms = tuple(form for form, _ in self._wanted(self._misread(leaf)))
        if forms:
            listed: str | tuple[str, ...] = tuple(Message("「{form}」", form=form) for form in forms[:_TOLD])
            if len(forms) > _TOLD:
                listed = Message("{forms}等 {n} 种", forms=listed, n=len(forms))
            self.notes.append(
                Message(
                    "形近误认的写法也一并排除：{listed}；不要这样，去掉「{text}」后面的 ~",
                    listed=listed,
                    text=leaf.text,
                )
            )
        return forms

    def _kept(self, leaf: Words | Misread, forms: Iterable[tuple[str, str]]) -> tuple[str, ...]:
        kept = self._wanted(forms)
        self.forms += [(leaf, form, why) for form, why in kept]
        return tuple(form for form, _ in kept)

    def _wanted(self, forms: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        return [(form, why) for form, why in forms if form not in self._drop and self._stands(form)]
