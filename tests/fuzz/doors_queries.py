"""What a reader types: queries, days, beginnings of words; and texts folded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from search import archive
from search.days import read_bounds
from search.query.parse import Query, parse
from search.query.parts import parts
from search.query.tree import And, Everything, Exact, Node, Not, Or, leaves
from search.request import SORTS, SearchRequest
from search.results import Results
from search.snippet import excerpt, mark, snippet
from search.suggest import alternatives, complete
from search.text import INVISIBLES, fold, folded, is_mark, searchable
from tests.fuzz import seeds, texts
from tests.fuzz.mutate import as_bytes, as_text, in_lines, spoil
from tests.fuzz.target import Broken, Target, Use

_TEXTS = (as_text(texts.QUERY_WORDS), as_text(), as_text(texts.QUERY_WORDS), as_bytes)
_MUTATE = spoil(*_TEXTS)


def typed(data: bytes) -> str:
    """What a reader may have typed; half characters come out of damaged clipboards."""
    return data.decode("utf-8", "surrogateescape")


@contextmanager
def without_haste() -> Iterator[None]:
    """What is left out when there is no time is not left out: the answers do not depend on how busy the machine is."""
    hurried = ((complete, "_SECONDS"), (alternatives, "SECONDS"), (archive, "_EXPLAINING_SECONDS"))
    with ExitStack() as stack:
        for module, name in hurried:
            stack.enter_context(patch.object(module, name, 60.0))
        yield


def _parsing(_: Path) -> tuple[Sequence[bytes], Use]:
    def use(data: bytes) -> object:
        query = parse(typed(data))
        again = parse(query.canonical)
        _expect(again.tree == query.tree, "the canonical form means something else", query.canonical)
        _expect(again.canonical == query.canonical, "the canonical form has another canonical form", query.canonical)
        _expect(bool(query.understood), "nothing is explained")
        for part in parts(query.tree):
            _expect(bool(part.words), "a part without words")
            parse(part.rest)
        return query

    return texts.QUERIES, use


def _folding(_: Path) -> tuple[Sequence[bytes], Use]:
    def use(data: bytes) -> object:
        text = typed(data)
        form = folded(text)
        _expect(form.text == fold(text), "folded in two ways")
        _expect(fold(form.text) == form.text, "folded twice is folded otherwise")
        offsets = list(form.offsets)
        _expect(len(offsets) == len(form.text) + 1 and offsets[-1] == len(text), "not as many offsets as characters")
        _expect(offsets == sorted(offsets) and offsets[0] >= 0, "offsets out of order")
        _expect(
            fold(text[_between_characters(text, len(text) // 2) :]) in form.text, "a folded piece is not in the whole"
        )
        shown = snippet(text, (form.text[1:3], form.text[-2:]), 40)
        _expect("\n" not in mark(text.replace("\n", ""), ("a",)), "a mark breaks a line")
        return form.text, shown, excerpt(text, (form.text[:2],), 40)

    return [*texts.PAGES, *texts.QUERIES], use


def _days(_: Path) -> tuple[Sequence[bytes], Use]:
    def use(data: bytes) -> object:
        first, _, last = typed(data).partition("\n")
        try:
            start, end, _ = read_bounds(first or None, last or None)
        except ValueError:
            return "no date"
        _expect(not (start and end) or start <= end, "the first day comes after the last")
        return start, end

    return [b"2022\n2023-05", b"2022-5-22\n20220523", "2022年5月22日\n2022/05/22".encode(), b"\n2022.05"], use


def _searching(folder: Path) -> tuple[Sequence[bytes], Use]:
    stored = seeds.archive(folder)
    scanned = {one.id: searchable(one) for one in seeds.articles()}

    def use(data: bytes) -> object:
        request = SearchRequest(
            typed(data), sort=SORTS[len(data) % len(SORTS)], per_page=5, all_versions=len(data) % 2 > 0
        )
        found, every = stored.answer(request), stored.listed(request)
        _expect(found.total == every.total, f"{found.total} hits, {every.total} listed")
        _expect(list(every.ids)[:5] == [hit.article.id for hit in found.hits], "other hits than are listed")
        _check_counts(found)
        query = parse(request.query)
        _check_exactly(query, set(every.ids), scanned, request)
        return (*every.ids,), found.understood, found.notes, [hit.snippet for hit in found.hits], stored.terms(request)

    return texts.QUERIES, use


def _explaining(folder: Path) -> tuple[Sequence[bytes], Use]:
    stored = seeds.archive(folder)

    def use(data: bytes) -> object:
        text = typed(data)
        request = SearchRequest(text, only={"street": ("柳荫街道",)} if len(data) % 3 == 0 else {})
        if stored.answer(request).total:
            request = replace(request, query=f"{text} 没有的词")
        with without_haste():
            return stored.why_nothing(request), stored.did_you_mean(request)

    return texts.QUERIES, use


def _completing(folder: Path) -> tuple[Sequence[bytes], Use]:
    stored = seeds.archive(folder)

    def use(data: bytes) -> object:
        with without_haste():
            found = stored.suggest(typed(data))
        _expect(len(found) <= 10, "more completions than asked for")
        for one in found:
            parse(one.query)
        return found

    return [*texts.QUERIES, b"yueji", b"yj", "月j".encode(), "记者:lin".encode(), b"lv", b"nv"], use


TARGETS = (
    Target("query", 3850, _MUTATE, _parsing),
    Target("folding", 1500, spoil(*_TEXTS, as_text(texts.PAGE_WORDS)), _folding),
    Target(
        "days", 1000, spoil(as_text(("年", "月", "日", "-", "/", ".", "0", "２", "\n")), as_text(), in_lines), _days
    ),
    Target("search", 179, _MUTATE, _searching),
    Target("why", 4, _MUTATE, _explaining),
    Target("suggest", 300, spoil(as_text(("yue", "zh", "v", "'", "记者:", "ü")), as_text(), as_bytes), _completing),
)


def _check_counts(found: Results) -> None:
    """Whether what a page tells is of as many hits as it has."""
    for name, facet in found.facets.items():
        _expect(all(0 < value.count <= found.total for value in facet if not value.selected), f"wrong counts of {name}")


def _check_exactly(
    query: Query, ids: set[str], scanned: Mapping[str, Mapping[str, str]], request: SearchRequest
) -> None:
    """Whether a query of nothing but quoted strings finds what a plain scan finds."""
    every = list(leaves(query.tree))
    if request.all_versions and all(isinstance(leaf, Exact) and leaf.field is None for leaf in every):
        wanted = {identity for identity, parts_ in scanned.items() if _holds(query.tree, parts_)}
        _expect(ids == wanted, f"found {sorted(ids ^ wanted)} otherwise than a scan of the texts")


def _holds(node: Node, parts_: Mapping[str, str]) -> bool:
    match node:
        case Everything():
            return True
        case And():
            return all(_holds(part, parts_) for part in node.parts)
        case Or():
            return any(_holds(part, parts_) for part in node.parts)
        case Not():
            return not _holds(node.part, parts_)
        case Exact():
            return any(node.text in part for part in parts_.values())
    raise TypeError(node)


def _between_characters(text: str, place: int) -> int:
    """The first place from there on that is not between a character and its marks."""
    while place < len(text) and (is_mark(text[place]) or INVISIBLES.match(text[place])):
        place += 1
    return place


def _expect(true: bool, otherwise: str, *shown: object) -> None:
    if not true:
        raise Broken(otherwise, *shown)
