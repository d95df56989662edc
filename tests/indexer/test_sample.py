"""The sample archive, cut into stories, against the hand-made answers in tests/gold."""

import re
import tomllib
from operator import itemgetter
from pathlib import Path

from indexer.pipeline import plan
from indexer.sources.decode import decode
from search.article import Article

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "data/sample"
FOUND = 0.8
LEAST_F1, LEAST_TITLES = 0.88, 0.85
"""Floors: raise them when the cutting gets better."""

Place = tuple[int, int]


def places(lines: list[str], spans: list[Place] | tuple[Place, ...]) -> set[Place]:
    """Line and column of every character in the spans that is not white space."""
    return {
        (number, column)
        for first, last in spans
        for number in range(first, last + 1)
        for column, char in enumerate(lines[number - 1])
        if not char.isspace()
    }


def jaccard(left: set[Place], right: set[Place]) -> float:
    return len(left & right) / max(1, len(left | right))


def letters(text: str | None) -> str:
    return re.sub(r"[\W_]", "", text or "")


def test_the_sample_archive_is_cut_as_by_hand() -> None:
    sample = plan([SAMPLE])
    files = {file.name: file for file in sample.files}
    wanted = cut = found = titled = 0
    for answers in sorted((ROOT / "tests/gold/sample").glob("*.toml")):
        gold = tomllib.loads(answers.read_text("utf-8"))
        file = files[gold["file"]]
        data = file.path.read_bytes()
        lines = decode(data).split("\n")
        stories: list[tuple[set[Place], Article]] = [
            (places(lines, article.source.spans), article) for article in sample.parser.parse(file, data).articles
        ]
        wanted, cut = wanted + len(gold["article"]), cut + len(stories)
        for story in gold["article"]:
            own = places(lines, story["spans"])
            score, best = max(((jaccard(own, theirs), article) for theirs, article in stories), key=itemgetter(0))
            found += score >= FOUND
            titled += score >= FOUND and letters(best.title) == letters(story["title"])
    f1, titles = 2 * found / (wanted + cut), titled / wanted
    numbers = f"{wanted} stories, {cut} cut, {found} found: F1 {f1:.3f}; exact titles {titles:.3f}"
    assert f1 >= LEAST_F1, numbers
    assert titles >= LEAST_TITLES, numbers
