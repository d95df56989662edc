"""您是不是要找, through the archive's door."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from suggest_samples import BODIES, stored

from search.archive import Archive
from search.errors import QueryRefused
from search.request import SearchRequest
from search.suggest.alternatives import MOST, Alternative
from search.text import fold


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return stored(tmp_path_factory.mktemp("alternatives") / "index")


def asked(archive: Archive, query: str, **options: object) -> list[Alternative]:
    return archive.did_you_mean(SearchRequest(query, **options))  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.suggest.alternatives.SECONDS", 60.0)


@pytest.mark.parametrize(
    ("query", "meant", "why"),
    [
        # by sound
        ("shuibosi", "水泊寺", "拼音：shuibosi→水泊寺"),
        ("suibosi", "水泊寺", "拼音：suibosi→水泊寺"),
        ("shui bo si", "水泊寺", "拼音：shui bo si→水泊寺"),
        ("水波寺", "水泊寺", "音同或音近：水波寺→水泊寺"),
        ("水波寺街道", "水泊寺街道", "音同或音近：水波寺街道→水泊寺街道"),
        ("丁雅芹", "丁亚琴", "音同或音近：丁雅芹→丁亚琴"),
        ("lajifenlei", "垃圾分类", "拼音：lajifenlei→垃圾分类"),
        ("laojiuxiaoqugaizao", "老旧小区改造", "拼音：laojiuxiaoqugaizao→老旧小区改造"),
        ("shuibosi街道", "水泊寺街道", "音同或音近：shuibosi街道→水泊寺街道"),
        ("nüpai", "女排", "拼音：nüpai→女排"),
        # by initials, names alone
        ("dyq", "丁亚琴", "首字母：dyq→丁亚琴"),
        # by an edit: wrong, missing, too many, exchanged
        ("丁亚梦", "丁亚琴", "差一字：丁亚梦→丁亚琴"),
        ("文湖街道", "street:文瀛湖街道", "差一字：文湖街道→文瀛湖街道"),
        ("文瀛瀛湖", "文瀛湖", "差一字：文瀛瀛湖→文瀛湖"),
        ("泊水寺", "水泊寺", "差一字：泊水寺→水泊寺"),
        # strings that are no words
        ("第名轻工程师", "", ""),
        ("搬回新象", "搬回新家", "差一字：搬回新象→搬回新家"),
        ("月季花花开了", "月季花开了", "差一字：月季花花开了→月季花开了"),
        # within a query
        ("水波寺 早市", "水泊寺 早市", "音同或音近：水波寺→水泊寺"),
        ("早市 AND (水波寺 OR 没有这个)", "早市 (水泊寺 OR 没有这个)", "音同或音近：水波寺→水泊寺"),
        ('"水波寺"', '"水泊寺"', "音同或音近：水波寺→水泊寺"),
        ("title:水波寺", "title:水泊寺", "音同或音近：水波寺→水泊寺"),
        ("-文瀛湖 shuibosi", "-文瀛湖 水泊寺", "拼音：shuibosi→水泊寺"),
        # the value of a field
        ("reporter:丁雅琴", "reporter:丁亚琴", "音同或音近：丁雅琴→丁亚琴"),
        ("reporter:dyq", "reporter:丁亚琴", "首字母：dyq→丁亚琴"),
        ("street:水波寺", "street:水泊寺街道", "音同或音近：水波寺→水泊寺"),
        ("社区:新苑", "community:馨苑社区", "音同或音近：新苑→馨苑"),
        # a name that stands in no text
        ("luzhouxicheng", "community:绿洲西城社区", "拼音：luzhouxicheng→绿洲西城"),
    ],
)
def test_what_is_proposed_first(archive: Archive, query: str, meant: str, why: str) -> None:
    found = asked(archive, query)
    if not meant:
        assert found == []
        return
    assert (found[0].query, found[0].why) == (meant, why)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "水泊寺",
        "reporter:丁亚琴",
        "垃圾分类",
        "-shuibosi",
        "xqz",
        "qqq",
        "date:2022",
        "reporter:没有此人啊",
        "section:水波寺",
    ],
)
def test_where_nothing_better_is_known(archive: Archive, query: str) -> None:
    assert asked(archive, query) == []


def test_every_proposal_has_its_hits(archive: Archive) -> None:
    for query in ("水波寺", "shuibosi", "dyq", "科技创心", "xiaoqu", "小曲"):
        total = archive.search(query).total
        found = asked(archive, query)
        assert 0 < len(found) <= MOST, query
        assert [archive.search(one.query).total for one in found] == [one.total for one in found]
        assert all(one.total > total for one in found)


def test_filters_hold(archive: Archive) -> None:
    whole, some = asked(archive, "水波寺")[0], asked(archive, "水波寺", only={"reporter": ("丁亚琴",)})[0]
    assert 0 < some.total < whole.total
    assert asked(archive, "水波寺", first_day=date(2030, 1, 1)) == []


def test_time_is_bounded(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.suggest.alternatives.SECONDS", -1.0)
    assert asked(archive, "水波寺") == []


def test_what_cannot_be_read_is_refused(archive: Archive) -> None:
    with pytest.raises(QueryRefused):
        asked(archive, "水" * 1001)


@given(st.text(st.sampled_from('水波寺丁雅琴 shuibosi"()-:|OR*~?女排记者'), max_size=40))
def test_anything_can_be_asked(archive: Archive, query: str) -> None:
    for one in asked(archive, query):
        assert one.total > 0


@given(data=st.data())
def test_one_wrong_character_of_a_sentence_is_put_right(archive: Archive, data: st.DataObject) -> None:
    text = fold(data.draw(st.sampled_from(BODIES)))
    start = data.draw(st.integers(0, len(text) - 8))
    piece = text[start : start + data.draw(st.integers(5, 8))]
    place = data.draw(st.integers(0, len(piece) - 1))
    if not piece.isalnum():
        return
    typed = f'"{piece[:place]}鬯{piece[place + 1 :]}"'
    assert f'"{piece}"' in [one.query for one in asked(archive, typed)]


def test_an_empty_archive_proposes_nothing(tmp_path: Path) -> None:
    assert asked(Archive.create(tmp_path / "index"), "shuibosi") == []


def test_a_wrong_last_character_is_not_just_left_out(archive: Archive) -> None:
    assert asked(archive, '"消防安全鬯"')[0].query != '"消防安全"'
    assert '"消防安全讲"' in [one.query for one in asked(archive, '"消防安全鬯"')]
