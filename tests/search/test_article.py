from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.article import (
    DATE_SOURCES,
    KINDS,
    LONGEST_ID,
    LONGEST_INTERVAL,
    LOST,
    Article,
    Completion,
    PublicationDate,
    Source,
    from_record,
    to_record,
)
from search.errors import ArticleInvalid

words = st.text(min_size=1, max_size=12)
maybe = st.none() | words
lists = st.lists(words, max_size=3).map(tuple)
spans = st.lists(st.tuples(st.integers(1, 9), st.integers(9, 99)), max_size=3).map(tuple)
days = st.builds(
    lambda start, length, source: PublicationDate(start, start + length, source),
    st.dates(max_value=date(9899, 1, 1)),
    st.timedeltas(timedelta(0), LONGEST_INTERVAL).map(lambda length: timedelta(length.days)),
    st.sampled_from(DATE_SOURCES),
)
articles = st.builds(
    Article,
    id=st.text("ab-/；东", min_size=1, max_size=9),
    source=st.builds(Source, file=st.text(max_size=9), spans=spans, page=maybe, newspaper=maybe),
    **dict.fromkeys(("title", "kicker", "subtitle", "section", "byline", "primary_street", "duplicate_of"), maybe),
    **dict.fromkeys(("reporters", "correspondents", "photographers", "authors", "captions", "subheads"), lists),
    **dict.fromkeys(("streets", "communities", "place_evidence", "topics"), lists),
    names_printed=st.dictionaries(words, words, max_size=2),
    names_merged=st.dictionaries(words, words, max_size=2),
    kind=st.sampled_from(KINDS),
    body=st.text(max_size=40),
    date=st.just(PublicationDate()) | days,
    complete=st.booleans(),
    completed_from=st.lists(
        st.builds(Completion, st.text(), st.sampled_from(LOST), st.just(0), st.text(), st.integers(0)), max_size=2
    ).map(tuple),
)
ARTICLE = Article("1", Source("05.txt", ((1, 4),)), title="路灯亮了", body="昨晚亮了。\n人人高兴。")
END = Completion("2", "end", 11, "夜深才散。", 20)


@given(articles)
def test_an_article_comes_back_from_its_record(article: Article) -> None:
    assert from_record(to_record(article)) == article


@pytest.mark.parametrize("change", [{"duplicate_of": "2"}, {"completed_from": (END,)}])
def test_the_digest_leaves_out_what_depends_on_other_articles(change: dict[str, object]) -> None:
    assert replace(ARTICLE, **change).digest() == ARTICLE.digest()


@pytest.mark.parametrize("change", [{"title": "灯"}, {"body": ""}, {"complete": False}, {"source": Source("06.txt")}])
def test_the_digest_changes_with_the_article(change: dict[str, object]) -> None:
    assert replace(ARTICLE, **change).digest() != ARTICLE.digest()


@pytest.mark.parametrize(
    ("article", "headline"),
    [(ARTICLE, "路灯亮了"), (replace(ARTICLE, title=None), "昨晚亮了。"), (Article("1", Source("")), "（无题）")],
)
def test_the_headline_shown_to_a_person(article: Article, headline: str) -> None:
    assert article.headline == headline


@pytest.mark.parametrize(
    ("start", "end"), [(date(2023, 1, 2), date(2023, 1, 1)), (date(2023, 1, 1), None), (None, date(2023, 1, 1))]
)
def test_impossible_dates_are_refused(start: date | None, end: date | None) -> None:
    with pytest.raises(ArticleInvalid, match="日期"):
        PublicationDate(start, end)


def test_one_day_is_no_interval() -> None:
    assert not PublicationDate(date(2023, 1, 1), date(2023, 1, 1)).is_interval
    assert PublicationDate(date(2023, 1, 1), date(2023, 1, 2)).is_interval


def test_a_day_alone_is_both_ends() -> None:
    when = from_record({"id": "1", "body": "", "date": "2023-07-21T08:00"}).date
    assert when == PublicationDate(date(2023, 7, 21), date(2023, 7, 21), "manifest")


@pytest.mark.parametrize("source", ["05.txt", {"file": "05.txt"}])
def test_a_source_may_be_a_name(source: object) -> None:
    assert from_record({"id": "1", "body": "", "source": source}).source == Source("05.txt")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", 1),
        ("reporters", {"a": "b"}),
        ("topics", ["a", 1]),
        ("names_printed", ["a"]),
        ("names_printed", {"a": 1}),
        ("names_merged", {"a": 1}),
        ("kind", "poem"),
        ("date", "2023-02-30"),
        ("date", "20220501xyz"),
        ("date", "20220501"),
        ("date", "2022-05-01xyz"),
        ("date", "2022-05-01T"),
        ("date", "2022-05"),
        ("id", "x" * (LONGEST_ID + 1)),
        ("id", "a\nb"),
        ("id", " a"),
        ("id", "a\x00b"),
        ("date_source", "guess"),
        ("source", 5),
        ("completed_from", "end"),
        ("completed_from", ["end"]),
        ("completed_from", [{"id": "2"}]),
        ("completed_from", [asdict(END) | {"at": 1}]),
        ("completed_from", [asdict(END) | {"at": 0, "what": "title"}]),
        ("completed_from", [asdict(END) | {"at": 0, "text": None}]),
        ("completed_from", [asdict(END) | {"at": 0, "more": 1}]),
    ],
)
def test_a_wrong_value_is_refused_and_its_key_named(key: str, value: object) -> None:
    with pytest.raises(ArticleInvalid, match=key):
        from_record({"id": "1", "body": "", key: value})


@pytest.mark.parametrize("day", ["2022-05-01", "2022-05-01T08:00", "2022-05-01 08:00:00", "2022-05-01T23:30:00+08:00"])
def test_a_day_or_a_timestamp_is_a_date(day: str) -> None:
    assert from_record({"id": "1", "body": "", "date": day}).date.start == date(2022, 5, 1)


def test_an_interval_is_a_century_at_most() -> None:
    with pytest.raises(ArticleInvalid, match="一百年"):
        from_record({"id": "1", "body": "", "date": "1900-01-01", "date_end": "2022-01-01"})


@pytest.mark.parametrize("spans", [[[1]], [["a", "b"]], 7, [[float("inf"), 1]]])
def test_wrong_spans_are_refused(spans: object) -> None:
    with pytest.raises(ArticleInvalid, match="spans"):
        from_record({"id": "1", "body": "", "source": {"spans": spans}})


@pytest.mark.parametrize("record", [{}, {"id": "1"}, {"body": "a"}, {"id": "", "body": "a"}])
def test_id_and_body_are_needed(record: dict[str, str]) -> None:
    with pytest.raises(ArticleInvalid, match="id 或 body"):
        from_record(record)
