"""How fast pages are parsed, stage by stage, in processor time: from bytes to articles and their fingerprints.

Reading the files is not counted, nor is the cutting of words, which belongs to the index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from time import process_time
from typing import TypeVar

from indexer.describe.article import describe
from indexer.duplicates import sketch
from indexer.layout import lay_out
from indexer.parse import Parser, read_bytes
from indexer.pipeline import plan
from indexer.segment import segment
from indexer.sources.decode import decode
from indexer.sources.reject import Reject
from indexer.sources.walk import File
from search.errors import BaokuError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Parsing:
    """``seconds`` holds the processor's seconds of every run by stage, each over all pages; bytes are of UTF-8."""

    pages: int
    text_bytes: int
    seconds: Mapping[str, Sequence[float]]


def measure_parsing(paths: Sequence[Path], repeat: int) -> Parsing:
    """Parse the pages under the paths ``repeat`` times, after one run that fills the tables that are filled in use.

    Raises:
        BaokuError: as :func:`indexer.pipeline.plan`, or no page there holds a story.
    """
    ready = plan(paths)
    pages = [(file, data) for file in ready.files if (data := _page(ready.parser, file))]
    if not pages:
        raise BaokuError("没有能解析的版面 (no page with a story)")
    runs = [_stages(ready.parser, pages) for _ in range(repeat + 1)][1:]
    size = sum(len(decode(data).encode()) for _, data in pages)
    return Parsing(len(pages), size, {stage: [run[stage] for run in runs] for stage in runs[0]})


def _page(parser: Parser, file: File) -> bytes:
    """The bytes of a page; none of a file that is no page or holds no story."""
    data = read_bytes(file)
    if isinstance(data, Reject) or file.path.suffix.lower() == ".jsonl":
        return b""
    return data if parser.parse(file, data).articles else b""


def _stages(parser: Parser, pages: Sequence[tuple[File, bytes]]) -> Mapping[str, float]:
    """The seconds of every stage, one stage after the other over all pages."""
    seconds: dict[str, float] = {}

    def clocked(stage: str, task: Callable[..., T], *columns: Iterable[object]) -> list[T]:
        start = process_time()
        done = list(map(task, *columns))
        seconds[stage] = process_time() - start
        return done

    files, data = zip(*pages, strict=True)
    read = clocked("date", parser.page, files, clocked("decode", decode, data))
    blocks = clocked("layout", partial(lay_out, rules=parser.rules), read)
    drafts = clocked("segment", segment, read, blocks)
    articles = clocked("describe", partial(describe, reference=parser.reference), drafts)
    clocked("sketch", sketch, chain.from_iterable(articles))
    return seconds
