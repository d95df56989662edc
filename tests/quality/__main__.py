"""``python -m tests.quality [SET...] [--faults]``: scores of the sample, the tuned and held halves, the real pages."""

from __future__ import annotations

import sys

from indexer.pipeline import parse_files
from tests.quality.gold import SETS, gold_pages
from tests.quality.score import Scores, score

_HEAD = "集     报道F1 标题  完整  记者F1 街道F1 (仅推知) 主街道 主题F1 体裁  日期  误定日 区间含真 同篇F1"


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
    return 0


def _line(name: str, s: Scores) -> str:
    cells = (
        f"{s.stories.f1:.3f}",
        f"{s.titles.value:.3f}",
        f"{s.complete.value:.3f}",
        f"{s.lists['reporters'].f1:.3f}",
        f"{s.lists['streets'].f1:.3f}",
        f"({s.streets_implied.f1:.3f})",
        f"{s.primary.value:.3f}" if s.primary.all else "-",
        f"{s.lists['topics'].f1:.3f}" if s.kinds.all else "-",
        f"{s.kinds.value:.3f}" if s.kinds.all else "-",
        f"{s.dated.value:.3f}" if s.dated.all else "-",
        str(s.false_days),
        f"{s.intervals.value:.3f}" if s.intervals.all else "-",
        f"{s.pairs.f1:.3f}",
    )
    return f"{name:7}" + "  ".join(cells)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
