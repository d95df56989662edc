"""The document of the query language: every example is read and answered as it says, and no operator is missing."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner
from documents import ROOT, Document, codes

from baoku import main
from search.archive import Archive
from search.engine.deadline import MOST_TEXTS
from search.query import leaf, lexer, parse

LANGUAGE = Document(ROOT / "docs" / "query-language.md")
TABLES = [heading for heading in LANGUAGE.headings(".") if re.search(rf"# {re.escape(heading)}\n\n\|", LANGUAGE.prose)]
EXAMPLES = [(codes(row[0])[0], row[2], row[3]) for heading in TABLES for row in LANGUAGE.rows(heading)]


@pytest.fixture(scope="module")
def sample_archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """The index that the README's command makes."""
    path = tmp_path_factory.mktemp("language") / "index"
    answer = CliRunner().invoke(main, ["index", str(ROOT / "data" / "sample"), "--index", str(path)])
    assert answer.exit_code in (0, 1), answer.output
    return Archive.open(path)


@pytest.mark.parametrize(("typed", "understood", "hits"), EXAMPLES, ids=[typed for typed, _, _ in EXAMPLES])
def test_an_example_is_read_and_answered_as_documented(
    sample_archive: Archive, typed: str, understood: str, hits: str
) -> None:
    assert not parse.parse(typed).repairs
    found = sample_archive.search(typed)
    assert found.understood == understood
    assert f"{found.total}" == hits


def test_every_operator_and_field_has_an_example() -> None:
    typed = " ".join(typed for typed, _, _ in EXAMPLES)
    for name in (*lexer.OPERATORS, "NEAR", *lexer.FIELDS):
        assert name in typed or f"`{name}" in LANGUAGE.text, name


def test_limits() -> None:
    assert f"{parse.MAX_LENGTH} 个字、{parse.MAX_TERMS} 个词、{parse.MAX_DEPTH} 层括号" in LANGUAGE.text
    assert f"最多细看 {MOST_TEXTS} 篇" in LANGUAGE.text
    assert f"不写数就是 {leaf.NEAR}" in LANGUAGE.text
    assert f"数最大是 {leaf.FURTHEST}" in LANGUAGE.text


def test_the_time_limit(sample_archive: Archive) -> None:
    assert f"{sample_archive.budget:.0f} 秒" in LANGUAGE.text
