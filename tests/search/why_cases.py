"""Searches without hits, in a small archive in which the reason is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from search.archive import Archive
from search.article import UNDATED, Article, PublicationDate, Source
from search.request import MISSING, SearchRequest


def _article(identity: str, title: str, body: str, day: str | None = None, **more: object) -> Article:
    when = PublicationDate(date.fromisoformat(day), date.fromisoformat(day), "masthead") if day else UNDATED
    return Article(id=identity, source=Source(f"{identity}.txt"), title=title, body=body, date=when, **more)  # type: ignore[arg-type]


ARTICLES = (
    _article(
        "lift",
        "老旧小区装上电梯",
        "柳荫街道的老旧小区加装电梯工程提前完工，七层的住户头一回坐着电梯回家。",
        "2021-03-05",
        streets=("柳荫街道",),
        reporters=("丁小琴",),
        byline="本报记者 丁小琴",
        topics=("住房与社区建设",),
        section="街巷新语",
        communities=("槐树社区",),
    ),
    _article(
        "lift2",
        "电梯运行满一年",
        "石桥街道为老旧小区的电梯做了体检，物业公司每月公布一次账目。",
        "2022-03-09",
        streets=("石桥街道",),
        reporters=("周一川",),
        byline="本报记者 周一川",
        topics=("住房与社区建设",),
    ),
    _article(
        "food",
        "社区食堂今天开张",
        "石桥街道的社区食堂开张了，老人们排队尝鲜，一碗刀削面只要六元。",
        "2021-06-18",
        streets=("石桥街道",),
        reporters=("丁小琴", "沈砚"),
        byline="本报记者 丁小琴 沈砚",
        topics=("民生服务",),
    ),
    _article(
        "lamp",
        "古城灯会点亮正月",
        "古城墙下的灯会吸引了大批游客，剪纸和糖画摊前挤满了孩子。",
        "2022-02-15",
        streets=("古城街道",),
        reporters=("沈砚",),
        byline="本报记者 沈砚",
        topics=("文化旅游",),
        kind="feature",
    ),
    _article(
        "paper",
        "剪纸老匠人进课堂",
        "学校请来老匠人教孩子们剪纸，一张红纸剪出一座古城。",
        "2022-09-01",
        streets=("柳荫街道",),
        reporters=("周一川",),
        byline="本报记者 周一川",
        topics=("教育",),
    ),
    _article(
        "birds",
        "湖边来了天鹅",
        "雨后的湖边，观鸟的人多了起来，志愿者为天鹅守夜。",
        "2022-11-20",
        reporters=("林望",),
        byline="本报记者 林望",
        topics=("文化旅游",),
    ),
    _article(
        "poem", "旧报纸上的诗", "无题的短诗写在旧报纸上，写的是冬天的海棠。", topics=("文化旅游",), section="副刊"
    ),
    _article(
        "law",
        "反诈宣讲走上街头",
        "民警把反诈骗的故事编成快板，在夜市里说给大家听，志愿服务者发了三百份传单。",
        "2021-10-10",
        streets=("古城街道",),
        reporters=("林望",),
        byline="本报记者 林望",
        topics=("法治与反诈",),
    ),
    _article(
        "test",
        "核酸检测点延长服务",
        "柳荫街道的核酸检测点晚间延长两小时，志愿者搬来暖炉。",
        "2022-11-20",
        streets=("柳荫街道",),
        reporters=("丁小琴",),
        byline="本报记者 丁小琴",
        topics=("疫情防控",),
    ),
    _article(
        "abc",
        "图书角每天开放",
        "ABC 大厦一楼的图书角每天开放12小时，夜里也有人看书。",
        "2021-12-31",
        streets=("石桥街道",),
        topics=("文化旅游",),
    ),
    _article(
        "notes",
        "本周活动一览",
        "周五有合唱，周六有书法，周日有太极拳。海棠花开时另行通知。",
        "2022-04-01",
        kind="list",
    ),
)


@dataclass(frozen=True)
class Case:
    """``kind`` is the right cause, ``says`` stands in its sentence or its way; ``finds`` is the id that it leads to."""

    name: str
    query: str
    kind: str
    says: str
    finds: str | None = None
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    without: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first: date | None = None
    last: date | None = None

    @property
    def request(self) -> SearchRequest:
        return SearchRequest(self.query, self.only, self.without, self.first, self.last)


CASES = (
    # The words themselves.
    Case("a word that is nowhere", "量子", "missing", "「量子」全库一篇也没有"),
    Case("a long word that is nowhere", "无人驾驶出租车", "missing", "一篇也没有"),
    Case("one word of a run is nowhere", "电梯量子", "missing", "其中「量子」", "lift"),
    Case("one of two words is nowhere", "灯会 量子", "missing", "「量子」", "lamp"),
    Case("both words are nowhere", "量子 火箭", "missing", "「量子」"),
    Case("a single character that is nowhere", "鲸", "missing", "「鲸」"),
    Case("a Latin word that is nowhere", "blockchain", "missing", "「blockchain」"),
    Case("each word has hits, not both", "灯会 电梯", "apart", "没有一篇同时符合", "lift"),
    Case("three words, the third apart", "古城 剪纸 刀削面", "apart", "去掉“包含「刀削面」”", "lamp"),
    Case("the words of a run are never together", "天鹅快板", "apart", "切成 天鹅｜快板", "law"),
    Case("all alternatives are nowhere", "量子 OR 火箭", "missing", "「量子」"),
    Case(
        "an alternative in parentheses has none",
        "灯会 (量子 OR 火箭)",
        "missing",
        "去掉“包含「量子」，或包含「火箭」”",
        "lamp",
    ),
    Case("a pasted sentence with more than was printed", "老人们排队尝鲜火箭", "missing", "「火箭」", "food"),
    # Wrong characters.
    Case("a wrong character in a run", "老旧小趣", "wrong character", "改找「老旧小区」", "lift"),
    Case("a wrong character in a quotation", '"社区食尝"', "wrong character", "「社区食堂」", "food"),
    Case("a wrong character in a word", "刀肖面", "wrong character", "「刀削面」", "food"),
    Case("a wrong character in a long run", "核酸检侧点延长", "wrong character", "核酸检测点", "test"),
    Case("a character too many", "刀子削面", "wrong character", "「刀削面」", "food"),
    # Too strict.
    Case("quotation marks around words apart", '"石桥街道电梯"', "quotes", "去掉引号", "lift2"),
    Case("a quotation with other words between", '"孩子们剪纸老匠人"', "quotes", "去掉引号", "paper"),
    Case("a phrase in the title with marks", 'title:"电梯老旧小区"', "quotes", "去掉引号", "lift"),
    Case("a word in the wrong field", "title:刀削面", "field", "标题里没有「刀削面」", "food"),
    Case("a title asked for in the body", "正文:一览", "field", "正文里没有「一览」", "notes"),
    Case("a field that keeps two words apart", "title:志愿者 天鹅", "field", "不限标题", "birds"),
    Case(
        "a long quotation of which a part was printed", '"志愿者为天鹅守夜到天亮了没有呢"', "piece", "志愿者为天鹅守夜"
    ),
    Case("strings that stand further apart", "古城 NEAR/2 剪纸", "near", "不管相隔多远", "lamp"),
    Case("a pattern that crosses a clause", "刀削面*元宵", "missing", "「元宵」"),
    Case("a pattern whose pieces stand apart", "灯会*剪纸", "near", "分开出现", "lamp"),
    Case("a nearness to a word that is nowhere", "天鹅 NEAR 量子", "missing", "「量子」全库一篇也没有"),
    Case("a misreading of nothing", "量子~", "missing", "「量子」"),
    # Operators and fields typed otherwise.
    Case("and in small letters", "灯会 and 剪纸", "operator", "灯会 AND 剪纸", "lamp"),
    Case("or in small letters", "灯会 or 快板", "operator", "灯会 OR 快板", "lamp"),
    Case("or in Chinese", "天鹅 或者 快板", "operator", "天鹅 OR 快板", "birds"),
    Case("not in Chinese", "灯会 不含 电梯", "operator", "灯会 NOT 电梯", "lamp"),
    Case("an English name of a field", "author:丁小琴", "unknown field", "reporter:丁小琴", "lift"),
    Case("a Chinese name of a field", "作者:沈砚 灯会", "unknown field", "reporter:沈砚", "lamp"),
    Case("a slip in the name of a field", "repoter:沈砚", "unknown field", "reporter:沈砚", "lamp"),
    Case("a field that there is not", "颜色:海棠", "unknown field", "只找「海棠」", "poem"),
    Case("a month typed as a word", "2022年9月", "other field", "它是日期", "paper"),
    Case("a topic typed as a word", "住房与社区建设", "other field", "主题「住房与社区建设」", "lift"),
    # Values.
    Case("a reporter with a wrong character", "reporter:丁小芹", "unknown value", "改为「丁小琴」", "lift"),
    Case("a reporter who is none", "记者:海明威", "unknown value", "没有一篇文章的记者是「海明威」"),
    Case("a street taken for a reporter", "reporter:石桥街道", "other field", "「石桥街道」不是记者，是街道", "food"),
    Case(
        "a street with a wrong character",
        "灯会",
        "unknown value",
        "改为「古城街道」",
        "lamp",
        {"street": ("古成街道",)},
    ),
    Case("a topic that there is not", "电梯 topic:体育", "unknown value", "主题是「体育」", "lift"),
    Case("a part of a topic", "topic:文化", "unknown value", "改为「文化旅游」", "lamp"),
    Case("a community with a wrong character", "社区:槐数社区 电梯", "unknown value", "改为「槐树社区」", "lift"),
    Case("a street taken for a community", "community:石桥街道", "other field", "不是社区，是街道", "food"),
    Case("a name in the text, not of a reporter", "记者:老匠人", "unknown value", "在文字里找「老匠人」", "paper"),
    # Filters.
    Case("a street removes all", "灯会", "filter", "街道为石桥街道", "lamp", {"street": ("石桥街道",)}),
    Case(
        "one of two filters removes all",
        "电梯",
        "filter",
        "主题为教育",
        "lift",
        {"street": ("柳荫街道",), "topic": ("教育",)},
    ),
    Case(
        "several values of a filter remove all", "天鹅", "filter", "或", "birds", {"street": ("柳荫街道", "古城街道")}
    ),
    Case("an exclusion removes all", "灯会", "excluded", "全在其中", "lamp", {}, {"reporter": ("沈砚",)}),
    Case("an exclusion in the query", "电梯 -老旧小区", "excluded", "不排除", "lift"),
    Case(
        "filters that exclude each other",
        "剪纸",
        "clash",
        "单独都有结果",
        "paper",
        {"street": ("古城街道",), "reporter": ("周一川",)},
    ),
    Case("two reporters at once", "reporter:周一川 reporter:林望", "both", "改为二者之一", "birds"),
    Case("two periods that do not overlap", "date:2021-03 date:2022-09", "clash", "两段日期却没有重叠", "paper"),
    Case("a missing value that no article lacks", "灯会", "filter", "街道未注明", "lamp", {"street": (MISSING,)}),
    # Dates.
    Case(
        "before the archive begins",
        "灯会",
        "outside",
        "从 2021-03-05 到 2022-11-20",
        "lamp",
        {},
        {},
        None,
        date(1998, 1, 1),
    ),
    Case("after the archive ends", "灯会 date:2024", "outside", "所求日期在此之外", "lamp"),
    Case(
        "days of which there is no paper",
        "灯会",
        "gap",
        "不等于报上没有登",
        "lamp",
        {},
        {},
        date(2022, 5, 1),
        date(2022, 6, 1),
    ),
    Case("hits before the period", "灯会", "dates", "最近的在 2022-02-15", "lamp", {}, {}, date(2022, 3, 1)),
    Case("hits in another year", "灯会", "dates", "最近的在 2022-02-15", "lamp", {"date": ("2021",)}),
    Case("hits after the month in the query", "剪纸 date:2021-06", "dates", "2022-02-15", "lamp"),
    Case("hits without a date", "短诗", "undated", "日期未注明", "poem", {}, {}, date(2021, 1, 1), date(2022, 12, 31)),
    Case("only dated hits where undated are wanted", "天鹅", "filter", "日期未注明", "birds", {"date": (MISSING,)}),
)


def archive_at(path: Path) -> Archive:
    archive = Archive.create(path)
    archive.add(ARTICLES)
    return archive
