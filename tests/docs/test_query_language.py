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
from webui.app import create_app
from webui.language import said

LANGUAGE = Document(ROOT / "docs" / "query-language.md")
ENGLISH = Document(ROOT / "docs" / "query-language.en.md")


def rows(document: Document) -> list[list[str]]:
    """The rows of all tables that follow a heading."""
    tables = [name for name in document.headings(".") if re.search(rf"# {re.escape(name)}\n\n\|", document.prose)]
    return [row for name in tables for row in document.rows(name)]


EXAMPLES = [(codes(row[0])[0], row[2], row[3]) for row in rows(LANGUAGE)]
IN_ENGLISH = [(codes(row[0])[0], row[2]) for row in rows(ENGLISH)]


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


def test_the_english_document_has_the_same_examples() -> None:
    trees = [[parse.parse(typed).tree for typed, *_ in examples] for examples in (EXAMPLES, IN_ENGLISH)]
    assert trees[0] == trees[1]


@pytest.mark.parametrize(("typed", "understood"), IN_ENGLISH, ids=[typed for typed, _ in IN_ENGLISH])
def test_an_example_is_read_as_the_english_document_says(typed: str, understood: str) -> None:
    with create_app().test_request_context("/", query_string={"lang": "en"}):
        assert said(parse.parse(typed).understood) == understood


def test_every_operator_and_field_has_an_example() -> None:
    typed = " ".join(typed for typed, _, _ in EXAMPLES)
    for name in (*lexer.OPERATORS, "NEAR", *lexer.FIELDS):
        assert name in typed or f"`{name}" in LANGUAGE.text, name


def test_limits() -> None:
    assert f"{parse.MAX_LENGTH} characters, {parse.MAX_TERMS} words, {parse.MAX_DEPTH} levels" in ENGLISH.text
    assert f"at most {MOST_TEXTS} articles" in ENGLISH.text
    assert f"{parse.MAX_LENGTH} 个字、{parse.MAX_TERMS} 个词、{parse.MAX_DEPTH} 层括号" in LANGUAGE.text
    assert f"最多细看 {MOST_TEXTS} 篇" in LANGUAGE.text
    assert f"不写数就是 {leaf.NEAR}" in LANGUAGE.text
    assert f"数最大是 {leaf.FURTHEST}" in LANGUAGE.text


def test_the_time_limit(sample_archive: Archive) -> None:
    assert f"{sample_archive.budget:.0f} 秒" in LANGUAGE.text
