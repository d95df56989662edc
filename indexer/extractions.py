"""The other extractions of the pages that a run reads, wherever in the run or in the archive they are.

The pages of the run are compared by their bytes. What the archive has of other pages is known by the sketches of their
articles, which find the few that may be twins; only these are read again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from indexer.parse import read_bytes
from indexer.sources.decode import decode
from indexer.sources.reject import Reject, Unusable
from indexer.sources.walk import File, is_gone
from indexer.twins import ROUGHLY, Print, likeness, page_print, sampled, twins
from search.entry import Card

_READY = ".jsonl"


class Extractions:
    """Knows the twins of the files of a run; ``stored`` are the archive's cards of files that are not in the run.

    ``earlier`` are the stored files that may have got or lost a twin.
    """

    def __init__(self, files: Iterable[File], stored: Mapping[str, Sequence[Card]] | None = None) -> None:
        self._files = {file.origin: file for file in files}
        self._prints = dict(_prints(self._files.values()))
        self._like: Mapping[str, Mapping[str, float]] = {}
        self._gone: frozenset[str] = frozenset()
        self.earlier: list[File] = []
        if stored:
            self._look_among(stored)
        self._twins = twins(self._prints)

    def of(self, file: File) -> list[str]:
        """The texts of the twins of a file, in an order that does not depend on names or on the run."""
        read = (_text(self._files[origin]) for origin in self._twins.get(file.origin, ()))
        return [text for text in read if text is not None]

    def gone(self, file: File) -> Iterator[str]:
        """The origins of stored pages that are like a file and cannot be read any more."""
        return (origin for origin in self._like.get(file.origin, ()) if origin in self._gone)

    def _look_among(self, stored: Mapping[str, Sequence[Card]]) -> None:
        pages = {origin: cards for origin, cards in stored.items() if origin and not origin.endswith(_READY)}
        samples = {origin: sampled(card.sketch for card in cards) for origin, cards in pages.items()}
        self._like = likeness({**{origin: found.sample for origin, found in self._prints.items()}, **samples}, ROUGHLY)
        self._gone = frozenset(origin for origin in self._like if origin in stored and is_gone(origin))
        met = {other for origin in (*self._prints, *self._gone) for other in self._like.get(origin, ())}
        earlier = sorted(met.intersection(stored) - self._gone)
        beside = {other for origin in earlier for other in self._like[origin] if other in stored} - self._gone
        for origin in beside.union(earlier):
            path = Path(origin)
            self._files[origin] = File(path, path.parent).known_as(stored[origin][0].file)
        self._prints.update(_prints(self._files[origin] for origin in beside.union(earlier)))
        self.earlier = [self._files[origin] for origin in earlier]


def _prints(files: Iterable[File]) -> Iterator[tuple[str, Print]]:
    for file in files:
        text = _text(file)
        if text is not None:
            yield file.origin, page_print(text)


def _text(file: File) -> str | None:
    """The text of a page; none of a file that is no page or cannot be read."""
    if file.path.suffix.lower() == _READY:
        return None
    data = read_bytes(file)
    try:
        return None if isinstance(data, Reject) else decode(data)
    except Unusable:
        return None
