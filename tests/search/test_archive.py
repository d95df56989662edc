"""The Archive door, against what a plain look through all articles gives."""

from __future__ import annotations

import sys
import threading
from dataclasses import replace
from datetime import date
from itertools import combinations, product
from pathlib import Path
from unittest.mock import Mock

import pytest
from engine_samples import REPORTERS, SENTENCES, STREETS, TOPICS, samples
from hypothesis import given
from hypothesis import strategies as st

from search.archive import Archive
from search.article import UNDATED, Article, PublicationDate, Source
from search.entry import Entry
from search.errors import ArticleInvalid, IndexBusy, IndexMissing, IndexUnreadable, QueryRefused
from search.request import FACETS, MISSING, SearchRequest
from search.text import fold, searchable

ALL = {article.id: article for article in samples()}
TEXTS = {identity: searchable(article) for identity, article in ALL.items()}
PARTS = {
    None: ("title", "kicker", "subtitle", "body", "captions", "byline", "section"),
    "title": ("title", "kicker", "subtitle"),
    "body": ("body",),
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    """All samples, stored in uneven batches so that there are several segments and deleted documents."""
    made = Archive.create(tmp_path_factory.mktemp("archive") / "index")
    articles = list(ALL.values())
    made.add(replace(article, body="还没有写完") for article in articles[:10])
    for first, last in ((0, 7), (7, 8), (8, 30), (30, len(articles))):
        made.add(articles[first:last])
    return made


def ids(archive: Archive, query: str = "", **options: object) -> list[str]:
    return [hit.article.id for hit in archive.search(query, per_page=100, **options).hits]


def story(article: Article) -> str:
    return article.duplicate_of or article.id


def test_everything_comes_back_as_it_was(archive: Archive) -> None:
    assert {identity: archive.article(identity) for identity in ALL} == ALL
    assert archive.article("none") is None
    assert archive.entry("none") is None


def test_entries_and_cards_keep_the_marks(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    entry = Entry(ALL["a01"], "folder/page1.txt", "crc:1", (0, 7, 2**64 - 1))
    archive.update([entry])
    assert archive.entry("a01") == entry
    (card,) = archive.cards()
    assert (card.id, card.origin, card.fingerprint, card.sketch) == ("a01", "folder/page1.txt", "crc:1", entry.sketch)
    assert (card.digest, card.file, card.duplicate_of) == (ALL["a01"].digest(), "page1.txt", None)


def literally(text: str, field: str | None) -> set[str]:
    return {identity for identity, parts in TEXTS.items() if any(text in parts[name] for name in PARTS[field])}


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


def passes(article: Article, request: SearchRequest, leave_out: str | None = None) -> bool:
    """The filters of a request, taken from their description and without any index."""
    for facet in FACETS:
        if facet == leave_out:
            continue
        own = values(article, facet)
        if request.only.get(facet) and not own & set(request.only[facet]):
            return False
        if own & set(request.without.get(facet, ())):
            return False
    return leave_out == "date" or in_range(article, request)


def in_range(article: Article, request: SearchRequest) -> bool:
    if not (request.first_day or request.last_day):
        return True
    start, end = article.date.start, article.date.end
    if not start or not end:
        return False
    return (request.last_day or date.max) >= start and end >= (request.first_day or date.min)


def values(article: Article, facet: str) -> set[str]:
    if facet == "date":
        return periods(article) or {MISSING}
    found = {
        "street": article.streets,
        "reporter": article.reporters + article.authors,
        "topic": article.topics,
        "kind": (article.kind,),
        "section": (article.section,) if article.section else (),
    }[facet]
    return set(found) or {MISSING}


def periods(article: Article) -> set[str]:
    if not article.date.start or not article.date.end:
        return set()
    first, last = article.date.start.toordinal(), article.date.end.toordinal()
    days = [date.fromordinal(day) for day in range(first, last + 1)]
    return {f"{day:%Y}" for day in days} | {f"{day:%Y-%m}" for day in days}


chosen = st.fixed_dictionaries(
    {},
    optional={
        "street": st.lists(st.sampled_from([*STREETS, MISSING, "没有的街道"]), max_size=3, unique=True),
        "reporter": st.lists(st.sampled_from([*REPORTERS, "陈听雨", MISSING]), max_size=2, unique=True),
        "topic": st.lists(st.sampled_from(TOPICS), max_size=2, unique=True),
        "kind": st.lists(st.sampled_from(["news", "photo"]), max_size=2, unique=True),
        "section": st.lists(st.sampled_from(["城事", MISSING]), max_size=2, unique=True),
        "date": st.lists(st.sampled_from(["2021", "2022", "2022-03", "2022-11", MISSING]), max_size=2, unique=True),
    },
).map(lambda filters: {facet: tuple(values) for facet, values in filters.items()})
bounds = st.none() | st.dates(date(2021, 9, 1), date(2023, 6, 1))


@given(
    word=st.sampled_from(["", *(f'"{fold(sentence[:4])}"' for sentence in SENTENCES)]),
    only=chosen,
    without=chosen,
    first_day=bounds,
    last_day=bounds,
    all_versions=st.booleans(),
)
def test_totals_and_counts_are_those_of_plain_sets(
    archive: Archive,
    word: str,
    only: dict[str, tuple[str, ...]],
    without: dict[str, tuple[str, ...]],
    first_day: date | None,
    last_day: date | None,
    all_versions: bool,
) -> None:
    request = SearchRequest(word, only, without, first_day, last_day, all_versions=all_versions, per_page=100)
    results = archive.answer(request)
    found = [ALL[identity] for identity in literally(word.strip('"'), None)]
    unit = (lambda article: article.id) if all_versions else story
    assert results.total == len({unit(article) for article in found if passes(article, request)})
    assert results.total == len(results.hits)
    for facet in FACETS:
        pairs = {(unit(a), v) for a in found if passes(a, request, leave_out=facet) for v in values(a, facet)}
        expected = dict.fromkeys((*only.get(facet, ()), *without.get(facet, ())), 0)
        for _, value in pairs:
            expected[value] = expected.get(value, 0) + 1
        assert {value.value: value.count for value in results.facets[facet]} == expected
        assert {v.value for v in results.facets[facet] if v.selected} == set(only.get(facet, ()))
        assert {v.value for v in results.facets[facet] if v.excluded} == set(without.get(facet, ()))
    months = {v.value: v.count for v in results.facets["date"] if "-" in v.value and v.count}
    assert {month.month: month.count for month in results.timeline} == months


def test_a_click_on_a_value_gives_as_many_hits_as_it_says(archive: Archive) -> None:
    for facet, facet_values in archive.search("社区").facets.items():
        for value in facet_values:
            assert archive.search("社区", **{facet: value.value}).total == value.count


def test_facet_values_follow_by_count_and_dates_by_time(archive: Archive) -> None:
    facets = archive.search().facets
    streets = [(value.value == MISSING, -value.count, value.value) for value in facets["street"]]
    assert streets == sorted(streets)
    dates = [value.value for value in facets["date"]]
    assert dates[-1] == MISSING
    assert dates[:-1] == sorted(dates[:-1])
    labels = {value.value: value.label for value in facets["date"]}
    assert (labels["2022"], labels["2022-05"], labels[MISSING]) == ("2022年", "2022年5月", MISSING)
    assert {value.value: value.label for value in facets["kind"]}["feature"] == "通讯"


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
        dated = sorted((a for a in found if a.date.known), key=lambda a: (key(a), a.id))
        undated = sorted((a for a in found if not a.date.known), key=lambda a: a.id)
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


def test_replacing_and_removing(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add(ALL.values())
    before = archive.corpus()
    archive.update([Entry(replace(ALL["a03"], body="全新的内容"))], remove=["a01", "a02", "unknown"])
    assert archive.corpus().articles == len(ALL) - 2
    assert archive.corpus().version != before.version
    assert ids(archive, '"全新的内容"') == ["a03"]
    assert archive.article("a01") is None
    archive.add([ALL["a01"], ALL["a02"], ALL["a03"]])
    assert archive.corpus() == before
    assert archive.check() == []


def test_the_last_of_several_articles_with_one_id_is_kept(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    first = Article("x", Source("f"), body="先来的")
    archive.add([first, replace(first, body="后到的")])
    assert archive.corpus().articles == 1
    assert archive.article("x") == replace(first, body="后到的")


def test_many_small_commits_leave_few_segments(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    for article in ALL.values():
        archive.add([article])
    assert len(list((tmp_path / "index").glob("*.trm"))) <= 12
    assert archive.check() == []
    assert len(ids(archive, "", all_versions=True)) == len(ALL)


@pytest.mark.parametrize(
    ("article", "said"),
    [
        (replace(ALL["a01"], id=""), "id"),
        (replace(ALL["a01"], id="x" * 201), "200"),
        (replace(ALL["a01"], id=7), "id"),
        (replace(ALL["a01"], body=None), "body"),
        (replace(ALL["a01"], title="半个\ud83d"), "a01"),
        (replace(ALL["a01"], streets=("西街街道", 3)), "streets"),
        (replace(ALL["a01"], names_printed={"a": 1}), "names_printed"),
        (replace(ALL["a01"], kind="poem"), "kind"),
        (replace(ALL["a01"], source=None), "a01"),
        (replace(ALL["a01"], date=PublicationDate(date(1900, 1, 1), date(2022, 1, 1))), "一百年"),
        ("not an article", "类型"),
    ],
)
def test_a_bad_article_is_refused_and_nothing_of_its_batch_stored(tmp_path: Path, article: Article, said: str) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add([ALL["a00"]])
    with pytest.raises(ArticleInvalid, match=said):
        archive.add([ALL["a02"], article, ALL["a03"]])
    assert archive.corpus().articles == 1
    archive.add([ALL["a02"]])
    assert archive.corpus().articles == 2


@pytest.mark.parametrize("sketch", [(-1,), (2**64,), ("a",), 5])
def test_a_bad_sketch_is_refused(tmp_path: Path, sketch: object) -> None:
    archive = Archive.create(tmp_path / "index")
    with pytest.raises(ArticleInvalid, match="a01"):
        archive.update([Entry(ALL["a01"], sketch=sketch)])  # type: ignore[arg-type]


def test_a_commit_that_fails_leaves_the_archive_usable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add([ALL["a00"], ALL["a01"]])
    with monkeypatch.context() as patch:
        patch.setattr("whoosh.writing.SegmentWriter._flush_segment", Mock(side_effect=ZeroDivisionError))
        with pytest.raises(IndexUnreadable):
            archive.update([Entry(ALL["a02"])], remove=["a00"])
    assert {article.id for article in map(archive.article, ("a00", "a01")) if article} == {"a00", "a01"}
    archive.update([Entry(ALL["a02"])], remove=["a00"])
    assert set(ids(archive, all_versions=True)) == {"a01", "a02"}
    assert archive.check() == []


def test_a_full_disk_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive.create(tmp_path / "index")
    full = OSError(28, "No space left on device")
    with monkeypatch.context() as patch:
        patch.setattr("whoosh.writing.SegmentWriter._flush_segment", Mock(side_effect=full))
        with pytest.raises(IndexUnreadable, match="No space left"):
            archive.add([ALL["a00"]])
    archive.add([ALL["a00"]])


def test_a_second_writer_waits_and_then_says_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive.create(tmp_path / "index")
    monkeypatch.setattr("search.engine.store._WAIT_SECONDS", 0.0)
    with Archive.open(tmp_path / "index")._store.writing(), pytest.raises(IndexBusy, match="正在写"):
        archive.add([ALL["a00"]])
    archive.add([ALL["a00"]])


def test_another_archive_sees_what_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reader = Archive.create(tmp_path / "index")
    writer = Archive.open(tmp_path / "index")
    monkeypatch.setattr("search.archive._LOOK_SECONDS", 0.0)
    for count, article in enumerate(ALL.values()):
        if count == 5:
            break
        writer.add([article])
        assert reader.search(all_versions=True).total == count + 1


def test_threads_search_while_another_commits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive.create(tmp_path / "index")
    steady = [replace(article, id=f"s{article.id}", duplicate_of=None) for article in ALL.values()]
    archive.add(steady)
    monkeypatch.setattr("search.archive._LOOK_SECONDS", 0.0)
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


def test_combined_filters_are_intersections(archive: Archive) -> None:
    for (one, two), street in product(combinations(REPORTERS, 2), STREETS):
        both = set(ids(archive, reporter=[one, two], street=street, all_versions=True))
        either = [set(ids(archive, reporter=name, street=street, all_versions=True)) for name in (one, two)]
        assert both == either[0] | either[1]
