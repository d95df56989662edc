"""The engines of a comparison by name."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.compare.engines.baoku import Baoku
from benchmarks.compare.engines.base import Answer, Engine
from benchmarks.compare.engines.fts5 import Fts5Cut, Fts5Trigram
from benchmarks.compare.engines.scan import Scan
from benchmarks.compare.engines.stock_whoosh import WhooshJieba, WhooshWords
from benchmarks.compare.engines.tantivy_py import Tantivy

__all__ = ["ENGINES", "Answer", "Engine", "make"]

ENGINES: dict[str, Callable[[], Engine]] = {
    "baoku": Baoku,
    "baoku-emptied": lambda: Baoku(emptied=True),
    "whoosh": WhooshJieba,
    "whoosh-words": WhooshWords,
    "fts5-words": lambda: Fts5Cut(by_pairs=False),
    "fts5-pairs": lambda: Fts5Cut(by_pairs=True),
    "fts5-trigram": Fts5Trigram,
    "tantivy-words": lambda: Tantivy(by_pairs=False),
    "tantivy-pairs": lambda: Tantivy(by_pairs=True),
    "scan": Scan,
}


def make(name: str) -> Engine:
    """A fresh engine."""
    return ENGINES[name]()
