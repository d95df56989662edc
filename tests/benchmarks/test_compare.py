"""Engines side by side: the same questions, and the same hits where an engine can find strings at all."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.__main__ import main
from benchmarks.compare.engines import ENGINES, Answer, Engine, make
from benchmarks.compare.highlight import highlight
from benchmarks.compare.material import FACETS, Material, pairs, prepare, sought_pairs
from benchmarks.compare.questions import PER_PAGE, Question, questions
from benchmarks.compare.run import exactness
from benchmarks.corpus import synthetic

EXACT = {"baoku", "baoku-emptied", "fts5-pairs", "fts5-trigram", "tantivy-pairs", "scan"}
"""Those that find every quoted string of Chinese characters."""
SEED = 7


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    return prepare(partial(synthetic, 60), 60, SEED, tmp_path_factory.mktemp("material"))


@pytest.fixture(scope="module")
def asked(material: Material) -> list[Question]:
    return questions(material, SEED, 3)


@pytest.fixture(scope="module")
def truth(material: Material, asked: list[Question], tmp_path_factory: pytest.TempPathFactory) -> list[Answer]:
    scan = opened("scan", material, tmp_path_factory.mktemp("scan"))
    return [scan.answer(question) for question in asked]


def opened(name: str, material: Material, folder: Path) -> Engine:
    engine = make(name)
    make(engine.index or name).build(material.rows(engine.needs_words), folder)
    engine.open(folder)
    return engine


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_answers_completely(
    name: str, material: Material, asked: list[Question], truth: list[Answer], tmp_path: Path
) -> None:
    if make(name).missing:
        pytest.skip(f"{name} is not installed")
    engine = opened(name, material, tmp_path)
    for question, true in zip(asked, truth, strict=True):
        engine.before()
        answer = engine.plain(engine.answer(question))
        assert len(answer.hits) == min(PER_PAGE, max(0, answer.total - question.skipped))
        assert set(answer.counts) == set(FACETS)
        assert question.form == "everything" or len(engine.found(question)) == answer.total
        if question.form == "everything" or (question.kind == "quoted string" and name in EXACT):
            assert (answer.total, answer.counts) == (true.total, true.counts)


def test_baoku_agrees_with_the_scan_in_all_but_prefixes(
    material: Material, asked: list[Question], truth: list[Answer], tmp_path: Path
) -> None:
    baoku = opened("baoku", material, tmp_path)
    for question, true in zip(asked, truth, strict=True):
        if question.form != "prefix":
            answer = baoku.plain(baoku.answer(question))
            assert (answer.total, answer.counts) == (true.total, true.counts), question


def test_questions_are_fixed_by_the_seed_and_find_something(
    material: Material, asked: list[Question], truth: list[Answer]
) -> None:
    assert questions(material, SEED, 3) == asked
    kinds = [question.kind for question in asked]
    assert len(set(kinds)) == 13
    assert all(kinds.count(kind) == 3 for kind in set(kinds))
    unfiltered = [answer for question, answer in zip(asked, truth, strict=True) if not question.street]
    assert all(answer.total for answer in unfiltered)


def test_a_short_corpus_is_repeated_later_and_under_other_ids(tmp_path: Path) -> None:
    material = prepare(partial(synthetic, 4), 10, SEED, tmp_path)
    rows = list(material.rows(words=True))
    assert (material.articles, material.laps, len({row.article.id for row in rows})) == (10, 3, 10)
    assert [(row.text, row.words) for row in rows[4:8]] == [(row.text, row.words) for row in rows[:4]]
    assert all(later.day > row.day for row, later in zip(rows, rows[4:8], strict=False) if row.day)
    assert material.text_bytes == sum(len(f"{row.article.title}{row.article.body}".encode()) for row in rows)


@pytest.mark.parametrize(
    ("text", "indexed", "sought"),
    [
        ("新楼房", ["新楼", "楼房", "房"], (["新楼", "楼房"], False)),
        ("12年的", ["12", "年的", "的"], (["12", "年的"], False)),
        ("12年", ["12", "年"], (["12", "年"], True)),
        ("年,楼", ["年", "楼"], (["年", "楼"], True)),
        ("楼房12", ["楼房", "房", "12"], (["楼房", "房", "12"], False)),
        ("。", [], ([], False)),
    ],
)
def test_pairs(text: str, indexed: list[str], sought: tuple[list[str], bool]) -> None:
    assert pairs(text) == indexed
    assert sought_pairs(text) == sought


def test_the_plain_highlighter_marks_terms_whatever_their_width() -> None:
    assert highlight("甲，Ｂ<丙", ["b"]) == "甲，<mark>Ｂ</mark>&lt;丙"
    assert highlight("甲" * 200 + "乙", ["乙"]).endswith("甲<mark>乙</mark>")
    assert highlight("甲" * 200, ["乙"]) == "甲" * 120


def test_exactness_counts_over_all_hits() -> None:
    exact = exactness([{"a", "b"}, set(), {"c"}], [{"a"}, {"b", "d"}, {"c"}])
    assert (exact.recall, exact.precision, exact.perfect, exact.asked) == (0.5, 2 / 3, 1, 3)


def test_the_whole_run_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.compare.run.COLD_OPENINGS", 1)
    monkeypatch.setattr("benchmarks.compare.engines.base.find_spec", lambda _: None)
    output, raw = tmp_path / "report.md", tmp_path / "figures.json"
    names = "baoku,fts5-trigram,tantivy-words,scan"
    options = ["--engines", names, "--sizes", "60", "--rounds", "1", "--scratch", str(tmp_path)]
    run = CliRunner().invoke(main, ["compare", *options, "--output", str(output), "--json", str(raw)])
    assert run.exit_code == 0, run.output
    assert {path.name for path in tmp_path.iterdir()} == {"report.md", "figures.json"}
    check_report(output.read_text("utf-8"))
    (size,) = json.loads(raw.read_text("utf-8"))["sizes"]
    strings = [place for place, question in enumerate(size["questions"]) if "quoted" in question["kind"]]
    totals = [[engine["spent"][place]["total"] for place in strings] for engine in size["engines"].values()]
    assert totals[0] == totals[1] == totals[2]
    assert all(totals[0])


def check_report(text: str) -> None:
    assert "not installed: tantivy-words" in text
    assert "those of the scan in all of" in text
    headings = re.findall("^#+ (.*)$", text, re.MULTILINE)
    assert headings[:2] == ["60 articles", "Indexing and opening"]
    assert len(headings) == 8
    tables = [block.splitlines() for block in text.split("\n\n") if block.startswith("|")]
    assert len(tables) == 7
    for rows in tables:
        assert len({row.count("|") for row in rows}) == 1
    assert all(row.split(" | ")[2].endswith("(1.00)") for row in tables[1][2:])


@pytest.mark.parametrize(
    ("options", "said"), [(["--engines", "lucene"], "lucene"), (["--engines", "tantivy-words"], "没有可比的")]
)
def test_engines_that_are_not_there_are_said(options: list[str], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("benchmarks.compare.engines.base.find_spec", lambda _: None)
    run = CliRunner().invoke(main, ["compare", *options])
    assert run.exit_code
    assert said in run.output
