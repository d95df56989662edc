"""Why nothing is found: built cases in which the reason is known, and what holds for every search."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from why_cases import ARTICLES, CASES, Case, archive_at

from search.archive import Archive
from search.engine.deadline import Deadline
from search.engine.probe import LIMIT, Probe
from search.errors import QueryRefused
from search.query.parse import parse
from search.query.tree import And, Dates, Exact, Has, Not, Or, Words
from search.request import MISSING, SearchRequest
from search.why.cause import KINDS
from search.why.conditions import conditions, period, request_of
from search.why.nothing import MOST_CAUSES, why_nothing
from search.why.texts import _less


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return archive_at(tmp_path_factory.mktemp("why") / "index")


def probe(archive: Archive, limit: int = LIMIT) -> Probe:
    return Probe(archive._newest.snapshot(), Deadline.never(), limit=limit)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_right_cause_comes_first(archive: Archive, case: Case) -> None:
    why = archive.why_nothing(case.request)
    assert why.total == archive.answer(case.request).total == 0
    first = why.causes[0]
    assert first.kind == case.kind
    assert case.says in first.sentence + first.way
    if case.finds is None:
        return
    assert first.request is not None
    assert case.finds in [hit.article.id for hit in archive.answer(first.request).hits]


def test_there_are_enough_cases_of_every_kind() -> None:
    assert len(CASES) >= 40
    assert {case.kind for case in CASES} == set(KINDS) - {"empty", "cut"}


PIECES = st.sampled_from(
    (
        *(
            "灯会",
            "电梯",
            "量子",
            '"老旧小区的电梯"',
            '"石桥街道电梯"',
            "title:灯会",
            "body:天鹅",
            "老旧小趣",
            "丁小琴",
        ),
        *("reporter:沈砚", "street:石桥", "topic:体育", "date:2022", "date:2031..", f"date:{MISSING}", "kind:通讯"),
        *(
            "-电梯",
            "-reporter:沈砚",
            "(灯会 OR 量子)",
            "-(灯会 OR -电梯)",
            "and",
            "作者:沈砚",
            "2022年",
            "*",
            '"',
            "(",
            "鲸~",
            "灯*剪纸",
            "古城 NEAR/1 剪纸",
            "community:槐树",
            "12-13",
            "古城～13",
            '"古城 -剪纸 OR（灯会）"',
            "剪纸 AND 电梯",
            "与会电梯量子",
        ),
    )
)
REQUESTS = st.builds(
    SearchRequest,
    st.lists(PIECES, max_size=5).map(" ".join),
    st.fixed_dictionaries(
        {}, optional={"street": st.just(("石桥街道",)), "date": st.sampled_from((("2021",), (MISSING,)))}
    ),
    st.fixed_dictionaries({}, optional={"topic": st.just(("教育", "文化旅游"))}),
    st.sampled_from((None, date(2022, 3, 1))),
    st.sampled_from((None, date(2022, 10, 1))),
)


@settings(max_examples=150)
@given(REQUESTS)
def test_whatever_is_proposed_has_as_many_hits_as_are_told(archive: Archive, request: SearchRequest) -> None:
    asked = probe(archive)
    why = why_nothing(request, parse(request.query).tree, asked)
    assert asked.evaluations <= LIMIT
    assert why.total == archive.answer(request).total
    assert len(why.causes) <= MOST_CAUSES
    assert bool(why.causes) == (not why.total)
    for cause in why.causes:
        assert cause.kind in KINDS
        assert (cause.request is None) == (cause.hits == 0) == (cause.way == "")
        if cause.request is not None:
            assert archive.answer(cause.request).total == cause.hits


@given(REQUESTS)
def test_a_request_is_the_same_as_its_conditions(archive: Archive, request: SearchRequest) -> None:
    parts = conditions(request, parse(request.query).tree)
    again = archive.answer(request_of(request, parts))
    assert [hit.article.id for hit in again.hits] == [hit.article.id for hit in archive.answer(request).hits]
    assert probe(archive).count(*(part.node for part in parts)) == again.total


@given(st.text(max_size=60))
def test_hostile_queries_are_explained_or_refused(archive: Archive, text: str) -> None:
    try:
        request = SearchRequest(text)
        why = archive.why_nothing(request)
    except QueryRefused:
        return
    assert why.total == archive.answer(request).total


def test_the_numbers_of_the_conditions_say_where_the_last_hit_went(archive: Archive) -> None:
    request = SearchRequest("剪纸 电梯量子", {"reporter": ("周一川",)}, last_day=date(2022, 12, 31))
    parts = archive.why_nothing(request).parts
    assert [part.words for part in parts] == [
        "包含「剪纸」",
        "包含「电梯量子」",
        "记者为周一川",
        "日期在2022年12月31日（含）之前",
    ]
    assert [part.hits for part in parts] == [2, 0, 2, 10]
    assert [part.left for part in parts] == [2, 0, 0, 0]
    assert [part.without for part in parts] == [0, 1, 0, 0]
    assert list(parts[1].pieces) == [("电梯", 2), ("量子", 0)]


def test_synonyms_count_as_they_do_in_a_search(archive: Archive) -> None:
    request = SearchRequest("核酸采样", {"street": ("石桥街道",)})
    why = archive.why_nothing(request)
    assert why.parts[0].hits == archive.answer(replace(request, only={})).total == 1
    assert [cause.kind for cause in why.causes[:1]] == ["filter"]
    assert archive.why_nothing(replace(request, drop=("核酸检测",))).parts[0].hits == 0


def test_a_search_with_hits_needs_no_explanation(archive: Archive) -> None:
    why = archive.why_nothing(SearchRequest("剪纸", {"reporter": ("周一川",)}))
    assert why.total == 1
    assert not why.causes
    assert [part.without for part in why.parts] == [2, 2]


def test_an_empty_archive_says_so(tmp_path: Path) -> None:
    causes = Archive.create(tmp_path / "index").why_nothing(SearchRequest("灯会")).causes
    assert [cause.kind for cause in causes] == ["empty"]


def test_a_word_that_jieba_keeps_whole_is_tried_in_two(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add(
        [replace(ARTICLES[0], body="自行车驶上了新修的绿道。"), replace(ARTICLES[1], body="高速路，公路，都通了。")]
    )
    cut = archive.why_nothing(SearchRequest("高速公路")).causes[-1]
    assert cut.kind == "cut"
    assert cut.request == SearchRequest("高速 公路")
    assert cut.hits == 1


@pytest.mark.parametrize("limit", range(12))
def test_what_is_known_when_the_questions_run_out_is_told(archive: Archive, limit: int) -> None:
    request = SearchRequest("灯会 (量子 OR 火箭) -电梯 date:2030", {"street": ("石桥街道",)})
    asked = probe(archive, limit)
    why = why_nothing(request, parse(request.query).tree, asked)
    assert asked.evaluations <= limit
    assert not why.whole


def test_versions_of_a_story_count_as_the_request_counts_them(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    archive.add([ARTICLES[0], replace(ARTICLES[0], id="again", duplicate_of="lift")])
    request = SearchRequest("电梯", {"street": ("无人街道",)})
    assert archive.why_nothing(request).parts[0].hits == 1
    assert archive.why_nothing(replace(request, all_versions=True)).parts[0].hits == 2


@pytest.mark.parametrize(
    ("node", "days"),
    [
        (Dates(date(2022, 1, 1), None), (date(2022, 1, 1), None)),
        (Dates(None, None), None),
        (Or((Dates(date(2022, 1, 1), date(2022, 1, 31)), Dates(date(2021, 1, 1), date(2021, 1, 2)))),
         (date(2021, 1, 1), date(2022, 1, 31))),
        (Or((Dates(date(2022, 1, 1), None), Dates(None, None))), None),
        (Or((Dates(None, date(2022, 1, 1)), Dates(date(2023, 1, 1), date(2023, 1, 2)))), (None, date(2023, 1, 2))),
        (And((Dates(None, date(2022, 1, 1)), Dates(date(2023, 1, 1), None))), None),
        (Has("street", "石桥街道"), None),
        (Not(Dates(None, date(2022, 1, 1))), None),
    ],
)  # fmt: skip
def test_the_period_of_a_condition(node: Or | Dates, days: tuple[date | None, date | None] | None) -> None:
    assert period(node) == days


def test_a_probe_tells_what_lies_around_a_period(archive: Archive) -> None:
    asked = probe(archive)
    around = asked.around(date(2021, 4, 1), date(2022, 1, 1), Words("电梯", ("电梯",)))
    assert (around.before, around.after, around.undated) == (date(2021, 3, 5), date(2022, 3, 9), 0)
    around = asked.around(None, date(2022, 11, 1), Words("海棠", ("海棠",)))
    assert (around.before, around.after, around.undated) == (None, None, 1)
    assert asked.span() == (date(2021, 3, 5), date(2022, 11, 20))


def test_a_probe_knows_values_and_words(archive: Archive) -> None:
    asked = probe(archive)
    assert asked.known("street", "石桥") == "石桥街道"
    assert asked.known("kind", "通讯") == "feature"
    assert asked.known("reporter", "石桥街道") is None
    assert asked.values("reporter", Exact("剪纸")) == {"沈砚": 1, "周一川": 1}
    assert "小区" in asked.alike("小趣")
    assert "小区" not in asked.alike("小区")


@pytest.mark.parametrize(
    ("query", "way", "meant"),
    [
        ("covid-12", "去掉「covid」", "12"),
        ("12~covid", "去掉「covid」", "12"),
        ("covid/12小时", "去掉「covid」", "12小时"),
        ('"剪纸（灯会）古城墙"', "去掉引号", "剪纸 灯会 古城墙"),
    ],
)
def test_what_is_left_of_a_run_is_written_so_that_it_means_the_same(
    archive: Archive, query: str, way: str, meant: str
) -> None:
    [cause] = [cause for cause in archive.why_nothing(SearchRequest(query)).causes if cause.way == way]
    assert cause.request is not None
    assert parse(cause.request.query).tree == parse(meant).tree
    assert archive.answer(cause.request).total == cause.hits > 0


def test_a_word_is_taken_out_of_a_run_where_it_stands_as_a_word() -> None:
    run = parse("2022年20人").tree
    assert isinstance(run, Words)
    assert _less(run, ["20"]) == And((parse("2022年").tree, parse("人").tree))  # type: ignore[arg-type]


def test_operators_that_were_read_as_such_are_not_said_to_be_words(archive: Archive) -> None:
    why = archive.why_nothing(SearchRequest("灯会 AND 剪纸", {"reporter": ("周一川",)}, all_versions=True))
    assert [cause for cause in why.causes if cause.kind == "operator"] == []


def test_a_whole_page_in_quotes_is_not_proposed_without_them(archive: Archive) -> None:
    why = archive.why_nothing(SearchRequest(f'"{"剪纸和灯会" * 40}"'))
    assert why.causes
    for cause in why.causes:
        assert cause.request is None or archive.answer(cause.request).total == cause.hits


def test_few_values_are_named_where_none_is_like_the_typed_one(archive: Archive) -> None:
    sentence = archive.why_nothing(SearchRequest("体裁:新闻")).causes[-1].sentence
    assert sentence.startswith("库中没有一篇文章的体裁是「新闻」；有的是：")
    assert {"通讯", "信息"} < set(sentence.partition("：")[2].split("、"))
