"""What is looked for besides is told with its number of hits, can be dropped, and never slips into exact counts."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
from engine_samples import ids

from search.archive import Archive
from search.article import Article, Source
from search.errors import BaokuError
from search.request import SearchRequest
from search.results import Expansion

TEXTS = {
    "m1": "明珠社区食堂开张。",
    "m2": "明珠杜区食堂开张。",
    "m3": "核酸检测点搬到广场。",
    "m4": "核酸采样点搬到广场。",
    "m5": "核酸采样与核酸检测一样。",
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    archive = Archive.create(tmp_path_factory.mktemp("expansion") / "index")
    archive.add(Article(identity, Source(""), body=body) for identity, body in TEXTS.items())
    return archive


def test_misreadings_are_found_told_and_ranked_behind(archive: Archive) -> None:
    found = archive.search("明珠社区~")
    assert [hit.article.id for hit in found.hits] == ["m1", "m2"]
    assert found.expansions == [Expansion("明珠社区", "明珠杜区", "形近：社→杜", 1)]
    assert "<mark>明珠杜区</mark>" in found.hits[1].snippet


def test_without_a_tilde_nothing_is_misread(archive: Archive) -> None:
    assert ids(archive, '"明珠社区"') == ids(archive, "明珠社区") == ["m1"]
    assert not archive.search("明珠社区").expansions


def test_synonyms_are_found_behind_what_was_typed(archive: Archive) -> None:
    found = archive.search("核酸检测")
    assert {hit.article.id for hit in found.hits[:2]} == {"m3", "m5"}
    assert [hit.article.id for hit in found.hits[2:]] == ["m4"]
    assert ("核酸采样", 1) in {(one.form, one.added) for one in found.expansions}


def test_a_quotation_has_no_synonyms_and_a_negation_excludes_none(archive: Archive) -> None:
    assert set(ids(archive, '"核酸检测"')) == {"m3", "m5"}
    assert "m4" in ids(archive, "-核酸检测")


def test_what_is_dropped_is_not_looked_for(archive: Archive) -> None:
    request = SearchRequest("核酸检测")
    dropped = replace(request, drop=tuple(one.form for one in archive.answer(request).expansions))
    assert {hit.article.id for hit in archive.every(dropped)} == {"m3", "m5"}
    assert not archive.answer(dropped).expansions


def test_a_negated_misreading_excludes_all_forms(archive: Archive) -> None:
    assert set(ids(archive, "-明珠社区~")) == {"m3", "m4", "m5"}


def test_what_is_excluded_is_not_told_as_having_been_looked_for(archive: Archive) -> None:
    forms = [one.form for one in archive.search("明珠社区~").expansions]
    found = archive.search("-明珠社区~")
    assert not found.expansions
    assert forms
    assert all(f"「{form}」" in found.notes[0] for form in forms)
    dropped = archive.answer(SearchRequest("-明珠社区~", drop=tuple(forms)))
    assert (dropped.total, dropped.notes) == (archive.search("-明珠社区").total, ())


def test_what_is_marked_in_an_article_are_the_terms_of_its_search(archive: Archive) -> None:
    for request in (SearchRequest("明珠社区~ 核酸检测"), SearchRequest("核酸检测", drop=("核酸采样",))):
        assert archive.terms(request) == archive.answer(request).terms


def test_expansions_count_hits_that_pass_the_filters(archive: Archive) -> None:
    found = archive.search("明珠社区~ -食堂")
    assert [one.added for one in found.expansions] == [0]


def test_a_broken_list_is_told_in_words(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "synonyms.toml").write_text("groups = 3", "utf-8")
    module = sys.modules["search.forms.synonyms"]
    monkeypatch.setattr(module, "_in_force", lambda: module.read_synonyms(tmp_path))
    with pytest.raises(BaokuError, match="groups"):
        archive.search("核酸检测")
