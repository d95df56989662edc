"""Completions through the archive's door."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from suggest_samples import COMMUNITIES, REPORTERS, STREETS, TOPICS, stored

from search.archive import Archive
from search.article import Article, Source
from search.suggest.complete import MOST_TYPED, Suggestion
from search.suggest.readings import readings


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return stored(tmp_path_factory.mktemp("complete") / "index")


@pytest.fixture(autouse=True)
def _unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.suggest.complete._SECONDS", 60.0)


def texts(archive: Archive, typed: str, limit: int = 10) -> list[str]:
    return [suggestion.text for suggestion in archive.suggest(typed, limit)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("水泊寺", "水泊寺街道"),
        ("shuibosi", "水泊寺街道"),
        ("sbs", "水泊寺街道"),
        ("shuib", "水泊寺街道"),
        ("水bos", "水泊寺街道"),
        ("sbosi", "水泊寺街道"),
        ("ＳｈｕｉＢｏＳｉ", "水泊寺街道"),
        ("shui bo si", "水泊寺街道"),
        ("shui'bo'si", "水泊寺街道"),
        ("水泊寺街", "水泊寺街道"),
        ("dyq", "丁亚琴"),
        ("DYQ", "丁亚琴"),
        ("dingyaq", "丁亚琴"),
        ("丁yq", "丁亚琴"),
        ("lvsheng", "吕晟"),
        ("lusheng", "吕晟"),
        ("lvcheng", "吕晟"),
        ("shanxuefeng", "单雪峰"),
        ("danxuefeng", "单雪峰"),
        ("lzxc", "绿洲西城社区"),
        ("xyshequ", "馨苑社区"),
        ("xczx", "乡村振兴与农业"),
        ("垃圾", "垃圾"),
        ("laj", "垃圾"),
        ("nvpai", "女排"),
        ("nupai", "女排"),
        ("yinhang", "银行"),
        ("xingren", "行人"),
        ("yueqi", "乐器"),
        ("lüyou", "旅游"),
        ("小巷里的", "小巷里的月季花开了"),
    ],
)
def test_what_comes_first(archive: Archive, typed: str, first: str) -> None:
    assert texts(archive, typed)[0] == first


def test_kinds_and_counts(archive: Archive) -> None:
    assert archive.suggest("dyq")[0] == Suggestion("丁亚琴", "reporter", archive.search("reporter:丁亚琴").total)
    word = next(one for one in archive.suggest("垃圾") if one.kind == "word")
    assert word.count == archive.search("body:垃圾").total
    title = next(one for one in archive.suggest("月季花") if one.kind == "title")
    assert (title.text, title.count) == ("小巷里的月季花开了", 8)


def test_the_versions_of_a_story_count_once(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "index")
    bodies = {"a": "垃圾分类走进校园", "b": "垃圾分类走进校园了", "c": "垃圾不落地"}
    archive.add(
        Article(id=name, source=Source(name), body=body, duplicate_of="a" if name == "b" else None)
        for name, body in bodies.items()
    )
    word = next(one for one in archive.suggest("垃圾") if one.text == "垃圾")
    assert word.count == archive.search(word.query).total == 2


def test_what_begins_with_it_comes_before_what_has_it_inside(archive: Archive) -> None:
    found = texts(archive, "xq")
    assert found.index("小区") < len(found)
    assert texts(archive, "瀛湖")[0] == "文瀛湖街道"
    assert texts(archive, "寺")[0] == "水泊寺街道"
    begins = [text.startswith("社") for text in texts(archive, "社区") if "社区" in text]
    assert begins == sorted(begins, reverse=True)


def test_names_come_once_and_before_words(archive: Archive) -> None:
    found = archive.suggest("水泊寺")
    assert len({one.text for one in found}) == len(found)
    assert [one.kind for one in found][:2] == ["street", "word"]


def test_headlines_only_by_characters(archive: Archive) -> None:
    assert "古城墙下看花灯" in texts(archive, "墙下看")
    assert texts(archive, "guchengqiangxia") == []
    assert texts(archive, "清晨")[0] == "清晨的文瀛湖"


def test_repeated_headlines_come_once(archive: Archive) -> None:
    assert [one.count for one in archive.suggest("图片新") if one.kind == "title"] == [8]


def test_a_limit(archive: Archive) -> None:
    whole = texts(archive, "s", 100)
    assert len(whole) > 5
    assert texts(archive, "s", 5) == whole[:5]
    assert texts(archive, "s", 0) == texts(archive, "s", -1) == []


HOSTILE = (
    "",
    " ",
    "，。",
    "*",
    '"',
    "\ud800",
    "\x00",
    "'" * 30,
    "(" * 20,
    "\U00020000",
    "🙂",
    "a" * 9_999,
    "水" * 99_999,
)


@pytest.mark.parametrize("typed", HOSTILE)
def test_nothing_and_nonsense_have_no_completions(archive: Archive, typed: str) -> None:
    assert archive.suggest(typed) == []


@given(st.text(max_size=60))
def test_anything_can_be_typed(archive: Archive, typed: str) -> None:
    assert all(one.count for one in archive.suggest(typed))


NAMES = (*STREETS, *COMMUNITIES, *REPORTERS, *TOPICS)


@given(st.sampled_from(NAMES), st.randoms(use_true_random=False), st.data())
def test_every_mixture_of_typing_finds_the_name(
    archive: Archive, name: str, chance: random.Random, data: st.DataObject
) -> None:
    """Each character as itself, as one of its syllables or by its initial; the last perhaps cut short."""

    def ways(char: str) -> list[str]:
        return [char, *readings().of(char), *(syllable[0] for syllable in readings().of(char))]

    typed = "'".join(chance.choice(ways(char)) for char in name)
    cut = data.draw(st.integers(1, len(typed)))
    assert name in texts(archive, typed, 200)
    if len(typed) <= MOST_TYPED and typed[:cut].strip("'"):
        assert name in texts(archive, typed[:cut], 1000)


def test_every_completion_is_a_query_that_finds(archive: Archive) -> None:
    for typed in ("s", "z", "x", "月", "水", "图"):
        for one in archive.suggest(typed, 50):
            found = archive.search(one.query)
            assert found.total >= one.count, one


def test_queries_in_canonical_form() -> None:
    assert Suggestion("水泊寺街道", "street", 1).query == "street:水泊寺街道"
    assert Suggestion("馨苑社区", "community", 1).query == "community:馨苑社区"
    assert Suggestion("A·B", "reporter", 1).query == 'reporter:"A·B"'
    assert Suggestion("老旧小区", "word", 1).query == "老旧小区"
    assert Suggestion("not", "word", 1).query == "not"
    assert Suggestion("3.5%", "word", 1).query == '"3.5%"'
    assert Suggestion("“水泊寺” 的早市", "title", 1).query == 'title:“"水泊寺"的早市”'


def test_new_articles_show(tmp_path: Path) -> None:
    archive = stored(tmp_path / "index", 3)
    assert texts(archive, "lqz") == []
    archive.add([Article("new", Source("f"), body="新来的记者。", reporters=("李清照",))])
    assert texts(archive, "lqz") == ["李清照"]


def test_an_empty_archive_has_no_completions(tmp_path: Path) -> None:
    assert Archive.create(tmp_path / "index").suggest("shui") == []
