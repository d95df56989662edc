"""One module a format, one table of columns for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from search.export.columns import Link
from search.export.csv_file import write_csv
from search.export.json_lines import write_jsonl
from search.results import Hit

EXPORTS: Mapping[str, Callable[[Iterable[Hit], Link], Iterator[str]]] = {"csv": write_csv, "jsonl": write_jsonl}
"""The export formats by name."""
