"""What fuzzing has found, each as a test of its own; the inputs are made anew here, as small as they can be."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from indexer.describe.reference import Reference
from indexer.layout import lay_out
from indexer.layout_rules import LayoutRules
from indexer.page import Page
from indexer.segment import segment
from indexer.sources.manifest import Manifest
from indexer.strands import Weights
from search.errors import BaokuError
from search.forms.synonyms import read_synonyms
from search.gazetteer import gazetteer
from search.query.parse import parse
from search.query.tree import And, Words
from search.settings import Settings
from tests.fuzz import seeds, texts
from webui.app import create_app

DEEP = "a = " + "[" * 2000


# Queries


def test_two_days_that_are_none_are_read_word_by_word() -> None:
    """They were one word with a blank in it, which no canonical form can say."""
    query = parse("日期:202015 ..2022-01")
    assert isinstance(query.tree, And)
    assert [part.text for part in query.tree.parts if isinstance(part, Words)] == ["202015", "2022-01"]
    assert parse(query.canonical).tree == query.tree


# Pages


def test_a_hundred_scraps_are_put_together_in_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every run of doubtful paragraphs was weighed as a whole, which a page of 3 KB made take a quarter of a minute."""
    weighed = 0
    real = Weights._weigh

    def counted(self: Weights, own: tuple[int, ...]) -> float:
        nonlocal weighed
        weighed += len(own)
        return real(self, own)

    monkeypatch.setattr(Weights, "_weigh", counted)
    lines = ["① 带好证件", "（上接第一版）合唱队在排练厅唱了一下午。", *["“他说：‘来得及。’”", "——编者按"] * 100]
    page = Page("03.txt", lines)
    segment(page, lay_out(page, LayoutRules.load()))
    assert weighed < 200_000


# Manifests


def test_a_year_beyond_all_numbers_is_a_bad_date(tmp_path: Path) -> None:
    (tmp_path / "manifest.csv").write_text(f"file,date\n01.txt,{'9' * 20}-1-1\n", "utf-8")
    with pytest.raises(BaokuError, match="第 2 行的日期"):
        Manifest.load(tmp_path / "manifest.csv")


# Settings and reference lists


@pytest.mark.parametrize("name", ["gazetteer.toml", "layout.toml", "reporters.toml", "synonyms.toml", "baoku.toml"])
def test_brackets_without_end_are_told(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for other, text in texts.DATA_FILES.items():
        (tmp_path / other).write_text(text, "utf-8")
    (tmp_path / name).write_text(DEEP, "utf-8")
    monkeypatch.setenv("BAOKU_DATA", str(tmp_path))
    readers = {
        "gazetteer.toml": gazetteer,
        "layout.toml": LayoutRules.load,
        "reporters.toml": Reference.load,
        "synonyms.toml": read_synonyms,
        "baoku.toml": lambda: Settings.load(tmp_path, {}),
    }
    with pytest.raises(BaokuError, match=f"{name}.*套得太深"):
        readers[name]()


@pytest.mark.parametrize(
    "line",
    ["street = 1", "street = [1]", 'former = ""', "[[street]]\nname = 1", '[[street]]\nname = "东街"\nsince = 2021'],
)
def test_a_street_of_another_type_is_told(line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The web pages read the gazetteer by themselves."""
    (tmp_path / "gazetteer.toml").write_text(line, "utf-8")
    monkeypatch.setenv("BAOKU_DATA", str(tmp_path))
    with pytest.raises(BaokuError, match="应"):
        gazetteer()


# Addresses


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    folder = tmp_path_factory.mktemp("archive")
    seeds.archive(folder)
    return create_app({"INDEX": folder / "index", "TESTING": True, "RATE": 0, "EXPORTS": 0})


@pytest.mark.parametrize("query", ["q=\xe7", "q=\xd4\xc2\xbc\xbe&lang=\xff", "\x80", "next=\xe7"])
@pytest.mark.parametrize("place", ["/search", "/search.json", "/api/v1/timeline", "/nowhere"])
def test_bytes_that_no_server_should_let_in(app: Flask, place: str, query: str) -> None:
    """Not percent-encoded and no UTF-8; some servers pass them on."""
    answer = app.test_client().get(place, environ_overrides={"QUERY_STRING": query})
    assert answer.status_code == (404 if place == "/nowhere" else 200)
