"""The five real pages beside the checkout: every story is found, and what a reader sees of it at a glance is right.

The pages are under copyright: here stand only facts about them, checked by reading.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest

from indexer.pipeline import carry_out, parse_files, plan
from search.archive import Archive
from search.article import Article
from search.results import Results
from tests.command import ROOT

PAGES = ROOT.parent / "shared" / "pages"
MISSING = "旁边没有 shared/pages，五张真实版面的 44 篇报道不核对 (the real pages are absent: 44 stories go unchecked)"

pytestmark = [pytest.mark.real_pages, pytest.mark.skipif(not PAGES.is_dir(), reason=MISSING)]


class Story(NamedTuple):
    """``file``: how the page's name begins; ``words``: how the title begins, or the kicker where the roles are open."""

    file: str
    first: int
    last: int
    words: str
    reporters: str
    streets: str


ALL = "白登山 大庆路 开源 御河 文瀛湖 水泊寺 鹿苑 迎宾 新华 振华 古城 永泰 武定 清远 马军营 小南头 新旺 卧虎湾"
STORIES = (
    Story("000", 3, 19, "勇向潮头立 创新筑平安", "董芳", ""),
    Story("000", 21, 27, "稳步提升教育系统党建工作质量", "丁亚琴", ""),
    Story("000", 29, 37, "拆除私搭乱建 美化社区环境", "尚丽", "迎宾"),
    Story("000", 39, 45, "加强科创教育 提高科学素质", "丁亚琴", "新旺"),
    Story("000", 49, 63, "推进社会治理 打造美好平城", "", ""),
    Story("000", 65, 75, "开展党员“政治生日”活动", "锦秀", "大庆路"),
    Story("000", 77, 97, "与美相携 共育美好", "张晶", ""),
    Story("000", 99, 109, "“最美小区”的文明密码", "张彩峰", ""),
    Story("000", 113, 119, "", "曹飞", ""),
    Story("001", 3, 53, "勇向潮头立 创新筑平安", "董芳", ""),
    Story("001", 55, 61, "全面排查自建房安全隐患", "", ""),
    Story("001", 63, 79, "核酸检测点位全面优化", "曹飞", "水泊寺"),
    Story("001", 83, 93, "推进社会治理 打造美好平城", "", ""),
    Story("001", 95, 105, "开展党员“政治生日”活动", "锦秀", "大庆路"),
    Story("001", 107, 119, "与美相携 共育美好", "张晶", ""),
    Story("001", 121, 135, "“最美小区”的文明密码", "张彩峰", ""),
    Story("002", 3, 31, "提升品质打造靓丽平安新平城", "邸东芳", ""),
    Story("002", 33, 51, "暖心服务,为游客送去阵阵清凉", "尚丽", ""),
    Story("002", 53, 59, "7月“首善平城·绿色文明周”主题活动全面", "邸东芳", ""),
    Story("002", 61, 69, "“免费送戏下乡进村”活动受欢迎", "王春艳", ""),
    Story("002", 71, 79, "“七彩假期”暑期公益课堂情暖童心", "有为", "迎宾"),
    Story("002", 81, 95, "平城区全力筑牢防汛“安全线”", "锦秀", ALL),
    Story("002", 97, 105, "平城区开展智慧社区试点建设", "尚丽", "水泊寺"),
    Story("002", 107, 123, "打造三大板块 助力乡村振兴", "郑林", "白登山"),
    Story("003", 3, 9, "", "李雪峰", ""),
    Story("003", 11, 33, "“智享平城”赋能基层治理提质增效", "邸东芳", "水泊寺"),
    Story("003", 37, 43, "助老服务进社区 “我来教您用手机”", "段雨萌", "开源"),
    Story("003", 45, 51, "平城区十七校开展食堂家长开放日活动", "丁亚琴", ""),
    Story("003", 53, 73, "平城区持续推进青少年近视防控工作", "田雁", ""),
    Story("003", 75, 85, "规范市场秩序 营造整洁环境", "杨昱郁", "清远"),
    Story("003", 87, 99, "反诈宣传不停歇 守护群众“钱袋子”", "孙露", "新华"),
    Story("003", 101, 111, "青年夜校为青年“充电蓄能”", "孙露", "新华 水泊寺 新旺 开源 永泰"),
    Story("003", 113, 123, "预防出生缺陷 守护生命健康", "丁亚琴", ""),
    Story("003", 125, 137, "永泰街道推进安全排查常态化", "邸东芳", "永泰"),
    Story("003", 139, 153, "文兴社区让居民体验扎染艺术", "丁亚琴", "水泊寺"),
    Story("004", 3, 21, "“数学”融“治理” “天堑”变“通途”", "臧力卿", "振华 小南头 白登山"),
    Story("004", 23, 31, "基层治理“大比武” 比学赶超氛围浓", "有为", "迎宾 永泰 开源 大庆路"),
    Story("004", 35, 49, "清洁卫生美环境 助力创城我当先", "", "新华"),
    Story("004", 51, 67, "城市管理精细化 提升居民幸福感", "张鑫", ""),
    Story("004", 72, 82, "弘扬志愿精神 助力创城工作", "张鑫", "古城"),
    Story("004", 84, 90, "平城区税务局全力推进清廉机关建设", "邸东芳", ""),
    Story("004", 92, 102, "举行“初心如炬 青春向党”主题活动", "孙露", "水泊寺"),
    Story("004", 104, 114, "路修好了 居民笑了", "杨昱郁", "迎宾"),
    Story("004", 116, 130, "开展初级救护员知识培训", "丁亚琴", ""),
)
VERSIONS = (
    (("000", 3), ("001", 3)),
    (("000", 49), ("001", 83)),
    (("000", 65), ("001", 95)),
    (("000", 77), ("001", 107)),
    (("000", 99), ("001", 121)),
    (("000", 113), ("001", 63)),
)
"""000 and 001 are two extractions of one printed page and have six stories in common."""

PHOTOGRAPHERS = {
    ("000", 113): ("曹飞",),
    ("001", 63): ("曹飞",),
    ("002", 33): ("尚丽",),
    ("002", 107): ("郑林",),
    ("003", 53): ("戎禹仁",),
    ("003", 87): ("孙露",),
    ("003", 139): ("韩莹",),
    ("004", 35): ("孙露",),
    ("004", 116): ("韩莹",),
}

PRINTED = {
    "000": (date(2022, 5, 23), date(2022, 5, 31)),
    "001": (date(2022, 5, 23), date(2022, 5, 31)),
    "002": (date(2023, 7, 15), date(2023, 7, 26)),
    "003": (date(2024, 10, 27), date(2024, 11, 30)),
    "004": (date(2022, 7, 1), date(2022, 10, 15)),
}
"""Between which days each page was printed, as far as people can tell from all that they know."""


def place(article: Article) -> tuple[str, int]:
    """The page and the line on which a story begins."""
    return article.source.file[:3], article.source.spans[0][0]


def places(results: Results) -> set[tuple[str, int]]:
    assert results.total == len(results.hits)
    return {place(hit.article) for hit in results.hits}


def listed(street: str = "", reporter: str = "") -> set[tuple[str, int]]:
    """The places of the stories of a street or a reporter, as they stand above."""
    found = (s for s in STORIES if (not street or street in s.streets.split()) and reporter in s.reporters)
    return {(story.file, story.first) for story in found}


@pytest.fixture(scope="module")
def articles() -> dict[tuple[str, int], Article]:
    parsed = parse_files([PAGES])
    assert parsed.rejects == ()
    return {place(article): article for article in parsed.articles}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    filled = Archive.create(tmp_path_factory.mktemp("real") / "index")
    carry_out(filled, plan([PAGES]))
    return filled


def test_all_stories_are_found_and_nothing_else(articles: dict[tuple[str, int], Article]) -> None:
    assert len(STORIES) == 44
    assert sorted(articles) == sorted((story.file, story.first) for story in STORIES)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: f"{story.file}:{story.first}")
def test_a_story_is_described(articles: dict[tuple[str, int], Article], story: Story) -> None:
    article = articles[story.file, story.first]
    assert article.source.spans[-1][1] == story.last
    assert any((head or "")[:20] == story.words for head in (article.title, article.kicker))
    assert article.reporters == tuple(story.reporters.split())
    assert article.streets == tuple(f"{street}街道" for street in story.streets.split())
    assert article.photographers == PHOTOGRAPHERS.get((story.file, story.first), ())


def test_the_column_has_its_name_and_author(articles: dict[tuple[str, int], Article]) -> None:
    for column in (articles["000", 49], articles["001", 83]):
        assert (column.section, column.authors, column.kind) == ("平城新语", ("孙权",), "comment")


def test_a_list_of_streets_names_none_as_the_place(articles: dict[tuple[str, int], Article]) -> None:
    assert articles["002", 81].primary_street is None
    assert articles["003", 101].primary_street is None


def test_versions_of_a_story_are_one(articles: dict[tuple[str, int], Article], archive: Archive) -> None:
    for pair in VERSIONS:
        one, other = (articles[where] for where in pair)
        assert (one.duplicate_of == other.id) != (other.duplicate_of == one.id)
        assert {place(version) for version in archive.versions(one.id)} == set(pair)
    assert sum(article.duplicate_of is not None for article in articles.values()) == len(VERSIONS)
    assert archive.search().total == 44 - len(VERSIONS)


def test_cut_stories_are_told(articles: dict[tuple[str, int], Article]) -> None:
    cut = {("000", 3), ("000", 99), ("000", 113), ("001", 83), ("002", 53), ("002", 61), ("004", 23)}
    assert all(not articles[where].complete for where in cut)


def test_a_street_is_found(archive: Archive) -> None:
    found = archive.search(street=["水泊寺街道"], per_page=100, all_versions=True)
    assert places(found) == listed(street="水泊寺")
    assert len(found.hits) == 7


def test_a_reporter_is_found(archive: Archive) -> None:
    found = archive.search(reporter=["丁亚琴"], per_page=100, all_versions=True)
    assert places(found) == listed(reporter="丁亚琴")
    assert places(archive.search("丁亚琴", per_page=100, all_versions=True)) == listed(reporter="丁亚琴")
    assert len(found.hits) == 6


def test_a_topic_is_found(archive: Archive) -> None:
    found = places(archive.search(topic=["党建"], per_page=100, all_versions=True))
    assert found >= {("000", 21), ("000", 65), ("001", 95), ("004", 3)}


def test_an_interval_holds_the_day_of_printing(articles: dict[tuple[str, int], Article]) -> None:
    for (file, _), article in articles.items():
        first, last = PRINTED[file]
        assert article.date.source == "inferred"
        assert article.date.start
        assert article.date.start <= first
        assert article.date.end
        assert last <= article.date.end
        assert article.date_evidence


def test_days_that_stories_mention(articles: dict[tuple[str, int], Article]) -> None:
    """Days with their year are given; a day without one is not where the page may be of two years."""
    assert articles["004", 104].dates_mentioned == ("2021-11-01/2021-11-30",)
    assert articles["003", 11].dates_mentioned == ("2024-01-01/2024-01-31",)
    assert articles["000", 65].dates_mentioned == ()
