"""The explanation of a search without hits: which condition is to blame, and what would be found instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from search.engine.probe import Probe, Spent
from search.errors import QueryRefused
from search.message import Message
from search.query.tree import Has, Node, Or, Words
from search.request import SearchRequest
from search.why import blame, operators, texts, values
from search.why.cause import Cause, Part, Remedy, Why
from search.why.conditions import Condition, conditions, named, period, request_of

MOST_CAUSES = 8
_MOST_PARTS, _MOST_PIECES = 6, 8


def why_nothing(request: SearchRequest, tree: Node, probe: Probe) -> Why:
    """What to tell of a request whose query has been parsed to ``tree``; no causes where it has hits.

    What has been found out is told even when ``probe`` answers no more questions.
    """
    case = _Case(request, conditions(request, tree), probe)
    parts: list[Part] = []
    causes: dict[tuple[str, str], Cause] = {}
    total, whole = 0, False
    # A remedy may be longer than a query can be: then it is none.
    with suppress(Spent, QueryRefused):
        total = probe.count(*case.nodes())
        parts.extend(case.told())
        for cause in _causes(case) if not total else ():
            causes.setdefault((cause.sentence, cause.way), cause)
            if len(causes) == MOST_CAUSES:
                break
        whole = True
    return Why(total, parts, list(causes.values()), whole)


@dataclass
class _Case:
    """A request as conditions."""

    request: SearchRequest
    parts: Sequence[Condition]
    probe: Probe

    def nodes(self, places: Iterable[int] | None = None) -> list[Node]:
        """The conditions at some places, or all."""
        return [self.parts[place].node for place in (range(len(self.parts)) if places is None else places)]

    @cached_property
    def texts(self) -> list[int]:
        """The places of the conditions on the text."""
        return [place for place, part in enumerate(self.parts) if part.is_text]

    @cached_property
    def wordless(self) -> bool:
        """Whether the conditions on the text alone leave nothing."""
        return not self.probe.count(*self.nodes(self.texts))

    @cached_property
    def blamed(self) -> list[int]:
        """The places of the conditions that find nothing by themselves, or nothing of what the text finds."""
        return [place for place in range(len(self.parts)) if self._is_to_blame(place)]

    def _is_to_blame(self, place: int) -> bool:
        if not self.probe.count(self.parts[place].node):
            return True
        if self.parts[place].is_text or self.wordless:
            return False
        return not self.probe.count(*self.nodes([*self.texts, place]))

    def innocent(self, places: Sequence[int]) -> list[int]:
        """The places of all other conditions that are not to blame."""
        return [place for place in range(len(self.parts)) if place not in places and place not in self.blamed]

    def told(self) -> Iterator[Part]:
        """The conditions with their numbers; of very many only the first."""
        for place, part in enumerate(self.parts[:_MOST_PARTS]):
            others = [other for other in range(len(self.parts)) if other != place]
            yield Part(
                named(part.node),
                hits := self.probe.count(part.node),
                self.probe.count(*self.nodes(range(place + 1))),
                self.probe.count(*self.nodes(others)),
                [] if hits else [(words, self.probe.count(node)) for words, node in _pieces(part.node)],
            )

    def causes(self, remedies: Iterable[Remedy], places: Sequence[int]) -> Iterator[Cause]:
        """The remedies, put in the ``places`` of what is to blame, with what they find.

        Where one finds nothing so, the condition is left out, then other conditions to blame, at last all others. One
        that finds nothing is told only if it is certain.
        """
        for remedy in remedies:
            found = (self._found(remedy, way, kept, changed) for way, kept, changed in self._ways(remedy, places))
            cause = next((cause for cause in found if cause.hits), Cause(remedy.kind, remedy.finding))
            if cause.hits or remedy.certain:
                yield cause

    def _ways(self, remedy: Remedy, places: Sequence[int]) -> Iterator[tuple[str, list[int], Mapping[int, Condition]]]:
        first, others = places[0], [place for place in range(len(self.parts)) if place not in places]
        changed = {} if remedy.node is None else {first: self.parts[first].turned_into(remedy.node)}
        yield remedy.way, others, changed
        if changed and remedy.certain and len(places) == 1:
            yield Message("去掉“{condition}”", condition=named(self.parts[first].node)), others, {}
        yield Message("{way}，并去掉其他没有结果的条件", way=remedy.way), self.innocent(places), changed
        yield Message("{way}，并去掉其他条件", way=remedy.way), [], changed

    def _found(self, remedy: Remedy, way: str, kept: Sequence[int], changed: Mapping[int, Condition]) -> Cause:
        asked = [changed.get(place) or self.parts[place] for place in sorted((*kept, *changed))]
        hits = self.probe.count(*(part.node for part in asked)) if asked else 0
        return Cause(remedy.kind, remedy.finding, way, request_of(self.request, asked), hits)


def _pieces(node: Node) -> Iterator[tuple[str, Node]]:
    """The words into which a run was cut, the alternatives of an OR."""
    if isinstance(node, Words) and len(node.words) > 1:
        yield from ((word, Words(word, (word,), node.field)) for word in node.words[:_MOST_PIECES])
    elif isinstance(node, Or):
        yield from ((named(part), part) for part in node.parts[:_MOST_PIECES])


def _causes(case: _Case) -> Iterator[Cause]:
    """All causes, the likeliest first: what is wrong with the text, with what narrows it, with both together."""
    if not case.probe.count():
        yield Cause("empty", Message("库中还没有文章"))
        return
    yield from operators.causes(case.request, case.probe)
    yield from _of_the_text(case)
    yield from _of_the_narrowing(case)
    if not case.blamed and not case.wordless:
        yield from _of_both(case)
    if not case.wordless:
        yield from _looser(case)


def _of_the_text(case: _Case) -> Iterator[Cause]:
    absent = [place for place in case.texts if place in case.blamed]
    for place in absent:
        yield from case.causes(blame.remedies(case.parts[place].node, case.probe), [place])
    if case.wordless and not absent:
        yield from case.causes(blame.apart(case.nodes(case.texts), case.probe), case.texts)


def _of_the_narrowing(case: _Case) -> Iterator[Cause]:
    for place in case.blamed:
        if place not in case.texts:
            context = (case.nodes(places) for places in (case.innocent([place]), case.texts, []))
            others = next(nodes for nodes in context if case.probe.count(*nodes))
            yield from case.causes(values.remedies(case.parts[place].node, others, case.probe), [place])


def _of_both(case: _Case) -> Iterator[Cause]:
    """Conditions that leave something one by one but not two, or more, at once."""
    narrowing = [place for place in range(len(case.parts)) if place not in case.texts]
    pairs = (pair for pair in combinations(narrowing, 2) if not case.probe.count(*case.nodes([*case.texts, *pair])))
    clashing = next(pairs, tuple(narrowing))
    nodes = case.nodes(clashing)
    if len(nodes) == 2 and _of_one_field(nodes):
        finding = Message("没有一篇文章同时{conditions}", conditions=tuple(map(named, nodes)))
        yield from case.causes([Remedy("both", finding, Message("改为二者之一"), Or(tuple(nodes)))], clashing)
    both = tuple(Message("“{condition}”", condition=named(node)) for node in nodes)
    disjoint = len(nodes) == 2 and all(map(period, nodes))
    if disjoint:
        finding = Message("{conditions}单独都有结果，两段日期却没有重叠", conditions=both)
    else:
        finding = Message("{conditions}单独都有结果，合在一起就没有了", conditions=both)
    remedies = [
        [Remedy("clash", finding, Message("去掉“{condition}”", condition=named(node)), None, certain=True)]
        for node in nodes
    ]
    found = [cause for remedy, place in zip(remedies, clashing, strict=True) for cause in case.causes(remedy, [place])]
    yield from sorted(found, key=lambda cause: -cause.hits)


def _of_one_field(nodes: Sequence[Node]) -> bool:
    """Whether a story would need two values of a field that are in no filter, where they would mean either."""
    return all(isinstance(node, Has) for node in nodes) and len({getattr(node, "facet", None) for node in nodes}) == 1


def _looser(case: _Case) -> Iterator[Cause]:
    """The text asked for less strictly, with everything that narrows it."""
    for place in case.texts:
        for remedy in texts.looser(case.parts[place].node):
            yield from (cause for cause in case.causes([remedy], [place]) if cause.way == remedy.way)
