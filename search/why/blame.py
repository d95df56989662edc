"""Where in a tree that finds nothing the reason is, whatever its leaves are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from search.engine.probe import Probe
from search.message import Counted, Message
from search.query.tree import And, Dates, Everything, Has, Node, Not, Or
from search.why import texts, values
from search.why.cause import Remedy
from search.why.conditions import named

_MOST = 6


def remedies(node: Node, probe: Probe) -> Iterator[Remedy]:
    """What can be said of a condition that finds nothing, the remedies put in place of the whole of it.

    Of an AND those parts are to blame that find nothing, or all together; of an OR all parts are.
    """
    match node:
        case And(parts):
            absent = [place for place, part in enumerate(parts) if not probe.count(part)]
            for place in absent:
                for remedy in remedies(parts[place], probe):
                    yield replace(remedy, node=_put(node, place, remedy.node))
            if not absent:
                yield from apart(parts, probe)
        case Or(parts):
            for place, part in enumerate(parts):
                yield from (_among(node, place, remedy) for remedy in remedies(part, probe))
        case Not() | Has() | Dates() | Everything():
            yield from values.remedies(node, (), probe)
        case _:
            yield from texts.remedies(node, probe)


def _among(node: Or, place: int, remedy: Remedy) -> Remedy:
    """A remedy for one alternative; where it is to be left out, all are, for none of the others finds anything."""
    if remedy.node is None:
        return replace(remedy, way=Message("去掉“{condition}”", condition=named(node)))
    return replace(remedy, node=_put(node, place, remedy.node))


def apart(parts: Sequence[Node], probe: Probe) -> Iterator[Remedy]:
    """What can be said of conditions that find something one by one but nothing together."""
    whole = And(tuple(parts))
    for place, part in enumerate(parts):
        for remedy in texts.looser(part):
            yield replace(remedy, node=_put(whole, place, remedy.node))
    finding = Message("{counts}，但没有一篇同时符合", counts=_counted(parts, probe))
    shorter = [(_put(whole, place, None), part) for place, part in enumerate(parts[:_MOST])]
    found = [(probe.count(rest), rest, part) for rest, part in shorter if rest is not None]
    for _, rest, part in sorted((way for way in found if way[0]), key=lambda way: -way[0])[:3]:
        yield Remedy("apart", finding, Message("去掉“{condition}”", condition=named(part)), rest, certain=True)
    yield Remedy("apart", finding, Message("改为符合任一条"), Or(tuple(parts)), certain=True)


def _counted(parts: Sequence[Node], probe: Probe) -> tuple[str, ...]:
    return tuple(
        Counted("{condition}的有 {n} 篇", condition=named(part), n=probe.count(part)) for part in parts[:_MOST]
    )


def _put(node: And | Or, place: int, new: Node | None) -> Node | None:
    """The node with something else in a place, or without it; None when nothing is left."""
    kind = type(node)
    taken = () if new is None else new.parts if isinstance(new, kind) else (new,)
    parts = (*node.parts[:place], *taken, *node.parts[place + 1 :])
    return parts[0] if len(parts) == 1 else kind(parts) if parts else None
