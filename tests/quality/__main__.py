"""``python -m tests.quality [SET...] [--faults]``: scores of the sample, the tuned and held halves, the real pages."""

from __future__ import annotations

import sys

from indexer.pipeline import parse_files
from tests.quality.gold import SETS, gold_pages
from tests.quality.score import Scores, score
from tests.quality.stories import topics_of_stories

_HEAD = "集     报道F1 错排* 其余  标题  完整  记者F1 街道F1 仅推知 主街道 主题F1 体裁  日期  误定日 区间含真 同篇F1"
_FOOT = "* 折行或交错的版面 (hard-wrapped or interleaved pages)"


def main(words: list[str]) -> int:
    """Prints a line of scores for each set whose pages are there."""
    names = [word for word in words if not word.startswith("--")] or list(SETS)
    print(_HEAD)
    for name in names:
        pages = list(gold_pages(name))
        if not pages or not SETS[name].is_dir():
            print(f"{name:7}没有这些版面，跳过 (pages absent)")
            continue
        scores = score(pages, SETS[name], parse_files([SETS[name]]).articles)
        print(_line(name, scores))
        if "--faults" in words:
            print(*(f"    {fault}" for fault in scores.faults), sep="\n")
    print(_FOOT)
    if names == list(SETS):
        told = topics_of_stories()
        print(f"另外四人写的 {told.stories} 篇，从未用来学：主题 F1 {told.topics.f1:.3f}", end="")
        print(f"，首个主题对 {told.first.value:.3f} (stories by other hands, never learnt from)")
    return 0


def _line(name: str, s: Scores) -> str:
    described = s.kinds.all > 0
    cells = (
        _cell(s.stories.f1, s.stories.all),
        _cell(s.jumbled.f1, s.jumbled.all),
        _cell(s.orderly.f1, s.orderly.all),
        _cell(s.titles.value, s.titles.all),
        _cell(s.complete.value, s.complete.all),
        _cell(s.lists["reporters"].f1),
        _cell(s.lists["streets"].f1),
        _cell(s.streets_implied.f1, s.streets_implied.all),
        _cell(s.primary.value, s.primary.all),
        _cell(s.lists["topics"].f1, described),
        _cell(s.kinds.value, described),
        _cell(s.dated.value, s.dated.all),
        f"{s.false_days:5}",
        _cell(s.intervals.value, s.intervals.all),
        _cell(s.pairs.f1, s.pairs.all),
    )
    return f"{name:7}" + "  ".join(cells)


def _cell(value: float, measured: int = 1) -> str:
    return f"{value:5.3f}" if measured else "  -  "


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
