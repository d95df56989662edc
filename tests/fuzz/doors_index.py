"""What a disk gives back: the files of an index, damaged by chance, and made wrong with right checksums."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path

from search.archive import Archive
from search.request import SearchRequest
from tests.fuzz import seeds
from tests.fuzz.doors_queries import without_haste
from tests.fuzz.mutate import Mutate, as_arrays, as_bytes, as_json, as_toc, spoil
from tests.fuzz.target import Target, Use


def _file(pattern: str) -> Callable[[Path], tuple[Sequence[bytes], Use]]:
    """The file of an index that matches; the others are whole."""

    def opened(folder: Path) -> tuple[Sequence[bytes], Use]:
        seeds.archive(folder)
        whole = folder / "index"
        (name,) = sorted(file.name for file in whole.glob(pattern))[-1:]
        number = count()

        def use(data: bytes) -> object:
            path = folder / f"index-{next(number)}"
            path.mkdir()
            for file in whole.iterdir():
                if file.name != name:
                    (path / file.name).hardlink_to(file)
            (path / name).write_bytes(data)
            try:
                return repr(everything(Archive.open(path))).replace(path.name, "index")
            except Exception as error:
                error.args = tuple(str(one).replace(path.name, "index") for one in error.args)
                raise
            finally:
                shutil.rmtree(path)

        return [(whole / name).read_bytes()], use

    return opened


def everything(archive: Archive) -> object:
    """All that can be asked of an archive."""
    said: list[object] = []
    for query in ("社区 食堂", '"月季"', "街道:柳荫街道 -灯", "灯 NEAR/9 队", "月* OR 街?", "食堂~", ""):
        found = archive.search(query, per_page=5)
        said.append((found.total, [hit.snippet for hit in found.hits], found.facets))
    said.append([hit.article.id for hit in archive.every(SearchRequest("月季 OR 灯"))])
    listed = archive.listed(SearchRequest("灯", sort="newest"))
    said.append((listed.ids, listed.digests, list(listed.articles()), listed.stories(listed.ids), list(listed.rows())))
    said.append([(card.id, archive.entry(card.id)) for card in archive.cards()])
    said.append((archive.similar("a02"), archive.story("a03"), archive.versions("a05")))
    said.append((archive.stats(), archive.corpus(), archive.held(), dict(archive.told("newspaper"))))
    with without_haste():
        said.append(
            (archive.suggest("月"), archive.why_nothing(SearchRequest("没有的词")), list(archive.values("street")))
        )
    said.append(archive.check())
    return said


_ARRAYS: Mutate = spoil(as_arrays, as_arrays, as_arrays, as_bytes)

TARGETS = (
    Target("segment", 16, _ARRAYS, _file("*.seg")),
    Target("deletions", 3, _ARRAYS, _file("*.dead")),
    Target("table", 3, spoil(as_toc, as_toc, as_json, as_bytes), _file("*.toc")),
    Target("marker", 3, spoil(as_json, as_json, as_bytes), _file("baoku.json")),
)
