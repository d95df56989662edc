"""The Archive door, against what a plain look through all articles gives."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from engine_samples import (
    ALL,
    TEXTS,
    ids,
    literally,
    periods,
    store_all,
    story,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from search.archive import Archive
from search.article import UNDATED, Article, PublicationDate, Source
from search.engine.builder import id_key
from search.errors import IndexMissing, QueryRefused
from search.request import MISSING, SearchRequest
from search.text import fold


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return store_all(tmp_path_factory.mktemp("archive") / "index")


def test_everything_comes_back_as_it_was(archive: Archive) -> None:
    assert {identity: archive.article(identity) for identity in ALL} == ALL
    assert archive.article("none") is None
    assert archive.entry("none") is None


@st.composite
def cuts(draw: st.DrawFn) -> str:
    """Pieces of 1-12 characters of a part of an article, sometimes with a character exchanged."""
    parts = TEXTS[draw(st.sampled_from(sorted(TEXTS)))]
    text = draw(st.sampled_from([part for part in parts.values() if part]))
    start = draw(st.integers(0, len(text) - 1))
    piece = text[start : start + draw(st.integers(1, 12))]
    if draw(st.integers(0, 4)) == 0:
        place = draw(st.integers(0, len(piece) - 1))
        piece = piece[:place] + draw(st.sampled_from("城湖a1，\U0001f600")) + piece[place + 1 :]
    return fold(piece).replace("\n", "").replace('"', "")


@settings(deadline=None)
@given(text=cuts(), field=st.sampled_from([None, "title", "body"]))
def test_a_quoted_string_finds_precisely_what_a_scan_finds(archive: Archive, text: str, field: str | None) -> None:
    if not text:
        return
    query = f'{field}:"{text}"' if field else f'"{text}"'
    assert set(ids(archive, query, all_versions=True)) == literally(text, field)


def test_a_string_never_matches_across_parts(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add([Article("x", Source("f"), title="春风", subtitle="化雨", body="润物", captions=("无声", "有色"))])
    assert ids(archive, '"春风"') == ["x"]
    for across in ("风化", "雨润", "声有", "春风化雨", "无声有色"):
        assert ids(archive, f'"{across}"') == []


def test_literal_hits_come_before_word_hits(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    apart = Article("apart", Source("f"), title="志愿志愿志愿", body="志愿，服务。服务，志愿。志愿者为居民服务")
    archive.add([apart, Article("literal", Source("f"), body="活动很多，" * 40 + "志愿服务")])
    assert ids(archive, "志愿服务") == ["literal", "apart"]


def test_the_shown_version_is_the_best_when_it_matches(archive: Archive) -> None:
    best, other = ALL["a04"], ALL["a05"]
    assert other.duplicate_of == best.id
    shown = set(ids(archive))
    assert best.id in shown
    assert other.id not in shown
    only_in_other = min(set(other.body.split("\n")) - set(best.body.split("\n")))
    assert other.id in ids(archive, f'"{only_in_other}"')
    assert [a.id for a in archive.versions("a05")] == ["a04", "a05"]
    assert {h.article.id: h.versions for h in archive.search(per_page=100).hits}["a04"] == 2


def test_versions_whose_best_is_not_stored_are_one_story(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    first = Article("v1", Source("f"), body="同一件事", duplicate_of="gone")
    archive.add([first, replace(first, id="v2"), replace(first, id="v3", duplicate_of="v2")])
    assert archive.search("同一件事").total == 1
    assert archive.search("同一件事", all_versions=True).total == 3
    assert len(archive.versions("v3")) == 3
    assert archive.corpus().stories == 1


def test_versions_that_point_at_each_other_are_one_story(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add(
        Article(one, Source("f"), body="互相指认", duplicate_of=other) for one, other in (("x", "y"), ("y", "x"))
    )
    assert archive.search().total == 1


def test_orders_by_date_put_the_undated_last(archive: Archive) -> None:
    for sort, key in (("newest", lambda a: -a.date.end.toordinal()), ("oldest", lambda a: a.date.start.toordinal())):
        found = [ALL[identity] for identity in ids(archive, sort=sort, all_versions=True)]
        dated = sorted((a for a in found if a.date.known), key=lambda a: (key(a), id_key(a.id)))
        undated = sorted((a for a in found if not a.date.known), key=lambda a: id_key(a.id))
        assert found == dated + undated
        assert len(found) == len(ALL)


def test_without_a_query_relevance_means_newest(archive: Archive) -> None:
    assert ids(archive) == ids(archive, sort="newest")


def test_the_order_does_not_depend_on_how_the_articles_came_in(archive: Archive, tmp_path: Path) -> None:
    other = Archive.create(tmp_path / "index")
    other.add(reversed(ALL.values()))
    for query in ("社区", "小区 OR 公园", "-老人", ""):
        ours, theirs = archive.search(query, per_page=100), other.search(query, per_page=100)
        assert [(h.article.id, h.score) for h in ours.hits] == [(h.article.id, h.score) for h in theirs.hits]
    assert archive.corpus() == other.corpus()


def test_pages_cut_one_list(archive: Archive) -> None:
    whole = ids(archive, "社区 OR 公园")
    pages = [archive.search("社区 OR 公园", per_page=10, page=page) for page in (1, 2, 3, 99)]
    assert [hit.article.id for page in pages for hit in page.hits] == whole[:30]
    assert {page.total for page in pages} == {len(whole)}
    assert list(pages[-1].hits) == []


def test_every_gives_all_hits_in_order(archive: Archive) -> None:
    request = SearchRequest("公园", sort="oldest", per_page=10, page=2)
    assert [hit.article.id for hit in archive.every(request)] == ids(archive, "公园", sort="oldest")


def test_every_keeps_its_snapshot_while_others_write(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add(ALL.values())
    expected = ids(archive, "公园")
    hits = archive.every(SearchRequest("公园"))
    found = [next(hits).article.id]
    Archive.open(tmp_path / "index").update([], remove=list(ALL)[:40])
    archive.update([], remove=list(ALL)[40:])
    found += [hit.article.id for hit in hits]
    assert found == expected
    assert archive.search().total == 0


def test_dates_by_interval_are_found_and_said(archive: Archive) -> None:
    for article in (a for a in ALL.values() if a.date.is_interval):
        results = archive.search("", first_day=article.date.end, last_day=article.date.end, per_page=100)
        assert story(article) in {story(hit.article) for hit in results.hits}
        assert any("大致日期" in note for note in results.notes)


def test_no_note_without_a_date_filter(archive: Archive) -> None:
    assert not archive.search("社区").notes


def test_filters_are_part_of_what_was_understood(archive: Archive) -> None:
    understood = archive.search("社区", street="西街街道", not_date=["2022-05"], kind="photo").understood
    assert "西街街道" in understood
    assert "排除日期：2022年5月" in understood
    assert "图片" in understood


def test_query_fields_narrow_like_filters(archive: Archive) -> None:
    assert ids(archive, "街道:西街街道") == ids(archive, street="西街街道")
    assert ids(archive, "日期:2022-05..2022-07") == ids(archive, first_day=date(2022, 5, 1), last_day=date(2022, 7, 31))
    assert set(ids(archive, f"记者:{MISSING}")) == set(ids(archive, reporter=MISSING))
    assert set(ids(archive, "NOT 社区")) == set(ids(archive, "", all_versions=True)) - set(
        ids(archive, "社区", all_versions=True)
    ) - {
        identity
        for identity, article in ALL.items()
        if article.duplicate_of and story(article) in ids(archive, "NOT 社区")
    }


def test_similar_leaves_out_the_story_itself(archive: Archive) -> None:
    similar = archive.similar("a04", limit=3)
    assert len(similar) == 3
    assert not {"a04", "a05"} & {article.id for article in similar}
    assert archive.similar("none") == []


def test_similar_finds_the_article_on_the_same_matter(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add(ALL.values())
    birds = Article("birds", Source("f"), title="水鸟归来", body="白鹭和苍鹭在湿地筑巢，摄影爱好者守候白鹭起飞。")
    archive.add([birds, replace(birds, id="later", title="再访湿地", body="湿地的白鹭又多了，苍鹭也在筑巢。")])
    assert archive.similar("birds", limit=1)[0].id == "later"


def test_stats_are_those_of_the_articles(archive: Archive) -> None:
    stats = archive.stats()
    articles = ALL.values()
    dated = [a.date for a in articles if a.date.known]
    assert (stats.corpus.articles, stats.corpus.stories) == (len(ALL), len({story(a) for a in articles}))
    assert stats.files == len({a.source.file for a in articles})
    assert stats.first_day == min(when.start for when in dated if when.start).isoformat()
    assert stats.last_day == max(when.end for when in dated if when.end).isoformat()
    assert stats.undated == sum(not a.date.known for a in articles)
    assert stats.without_street == sum(not a.streets for a in articles)
    assert stats.without_reporter == sum(not a.reporters + a.authors for a in articles)
    assert stats.incomplete == sum(not a.complete for a in articles)
    assert stats.years == {y: sum(y in periods(a) for a in articles) for y in ("2021", "2022", "2023")}


def test_an_empty_archive_answers(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    results = archive.search("没有 OR 记者:张三 OR NOT 有")
    assert (results.total, list(results.hits), results.pages) == (0, [], 1)
    assert all(not facet_values for facet_values in archive.search().facets.values())
    assert archive.stats().first_day is None
    assert archive.check() == []
    assert list(archive.cards()) == []


def test_another_archive_sees_what_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Archive.create(tmp_path / "index")
    writer = Archive.open(tmp_path / "index")
    monkeypatch.setattr("search.engine.newest.LOOK_SECONDS", 0.0)
    for count, article in enumerate(ALL.values()):
        if count == 5:
            break
        writer.add([article])
        assert reader.search(all_versions=True).total == count + 1


def test_threads_search_while_another_commits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive.create(tmp_path / "index")
    steady = [replace(article, id=f"s{article.id}", duplicate_of=None) for article in ALL.values()]
    archive.add(steady)
    monkeypatch.setattr("search.engine.newest.LOOK_SECONDS", 0.0)
    switch = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    query = '"社区食堂" 排队'
    expected = set(ids(archive, query))
    failures: list[object] = []
    done = threading.Event()

    def look() -> None:
        try:
            while not done.is_set():
                if not expected <= set(ids(archive, query)) or archive.article("sa01") != steady[1]:
                    failures.append("wrong result")
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    other = Archive.open(tmp_path / "index")
    for round_ in range(6):
        (archive if round_ % 2 else other).add(replace(a, id=f"{a.id}-{round_ % 3}") for a in list(ALL.values())[:5])
    done.set()
    for thread in threads:
        thread.join()
    sys.setswitchinterval(switch)
    assert failures == []


def test_a_costly_query_is_refused_in_words(archive: Archive) -> None:
    slow = Archive(archive._store, budget=-1.0)
    with pytest.raises(QueryRefused, match="耗时过长"):
        slow.search("社区")
    with pytest.raises(QueryRefused, match="耗时过长"):
        list(slow.every(SearchRequest('"社区食堂"')))


@pytest.mark.parametrize("wrong", [{"sort": "best"}, {"only": {"colour": ("red",)}}, {"without": {"id": ("a",)}}])
def test_unknown_sorts_and_filters_are_refused(archive: Archive, wrong: dict[str, object]) -> None:
    with pytest.raises(QueryRefused):
        archive.answer(SearchRequest("", **wrong))  # type: ignore[arg-type]


@pytest.mark.parametrize("query", ["\ud800", '"\ud800\udfff"', "\x00", '"\x00\x01"', "\U0010ffff", '"' * 99])
def test_strange_characters_find_nothing_and_break_nothing(archive: Archive, query: str) -> None:
    assert archive.search(query).total in (0, archive.search().total)


def test_extreme_dates(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add(
        [
            Article("long", Source("f"), body="很久", date=PublicationDate(date(9950, 1, 1), date.max, "inferred")),
            Article("early", Source("f"), body="很早", date=PublicationDate(date.min, date.min, "manifest")),
            Article("none", Source("f"), body="不知何时", date=UNDATED),
        ]
    )
    assert ids(archive, sort="newest") == ["long", "early", "none"]
    assert ids(archive, date="0001-01") == ["early"]
    assert ids(archive, first_day=date.max) == ["long"]


def test_missing_and_found_archives(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="baoku index"):
        Archive.open(tmp_path / "nowhere")
    with pytest.raises(IndexMissing):
        Archive.open(tmp_path)
    Archive.create(tmp_path / "deep" / "index").add([ALL["a00"]])
    assert Archive.create(tmp_path / "deep" / "index").corpus().articles == 1


def test_photographers_and_authors_are_found_by_name(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add(
        [
            Article(
                "x", Source("f"), body="井", section="角", photographers=("韩莹",), authors=("墨存",), captions=("图",)
            )
        ]
    )
    for query in ("韩莹", '"韩莹"', "墨存", '"角"', '"图"'):
        assert ids(archive, query) == ["x"]
    assert ids(archive, '"韩莹墨存"') == []
    assert archive.check() == []


def test_streets_and_kinds_are_found_as_typed(archive: Archive) -> None:
    west = ids(archive, street="西街街道")
    assert west == ids(archive, street="西街") == ids(archive, "街道:西街") == ids(archive, street=["西街", "西街街道"])
    assert ids(archive, not_kind="图片") == ids(archive, not_kind="photo") == ids(archive, "-体裁:图片")
    results = archive.search(street="西街", kind="图片")
    assert (results.request.only["street"], results.request.only["kind"]) == (("西街街道",), ("photo",))
    assert [value.value for value in results.facets["street"] if value.selected] == ["西街街道"]
    assert [hit.article.id for hit in archive.every(SearchRequest(only={"street": ("西街",)}))] == west


def test_a_value_that_exists_goes_before_what_it_may_stand_for(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    streets = ("西街", "东街街道", "北街")
    archive.add(Article(street, Source("f"), body="路", streets=(street,)) for street in (*streets, "西街街道"))
    assert {street: ids(archive, street=street) for street in streets} == {street: [street] for street in streets}
    assert ids(archive, street="东街") == ids(archive, "街道:东街") == ["东街街道"]
    assert ids(archive, street="北街街道") == ["北街"]


def test_days_may_be_written(archive: Archive) -> None:
    written = archive.search(first_day="2022-05", last_day="2022").request
    assert (written.first_day, written.last_day) == (date(2022, 5, 1), date(2022, 12, 31))


@pytest.mark.parametrize(
    "wrong", [{"page": 0}, {"per_page": 0}, {"per_page": -1}, {"first_day": "five"}, {"last_day": ""}]
)
def test_requests_that_make_no_sense_are_refused(archive: Archive, wrong: dict[str, object]) -> None:
    with pytest.raises(QueryRefused):
        archive.search(**wrong)


def test_the_values_of_a_facet(archive: Archive) -> None:
    assert set(archive.values("street")) == {(one.id, street) for one in ALL.values() for street in one.streets}


def test_people_are_told_as_they_were_before_names_were_merged(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    names = {"reporters": ("李青山",), "photographers": ("王明",), "names_merged": {"李青山": "季青山"}}
    archive.add([Article("x", Source("f"), **names), Article("y", Source("f"), reporters=("王明",))])
    assert sorted(archive.values("person")) == [("x", "季青山"), ("x", "王明"), ("y", "王明")]
    assert list(archive.values("merged")) == [("x", "李青山")]
