import pytest

from indexer.describe.kind import find_kind
from indexer.describe.reference import Reference
from indexer.describe.reporters import read_bylines
from indexer.draft import Draft
from indexer.page import Block, Label, Page
from search.article import KINDS

REFERENCE = Reference.load()
LONG = "清晨的巷子里，卖豆腐的吆喝声由远而近。" * 30
NEWS = ("本报讯 (记者 石磊)",)
PLAIN = ("本报记者 石磊",)


def found(body="路修好了，居民高兴。", **parts):
    paragraphs = parts.pop("paragraphs", (body,))
    draft = Draft(Page("page.txt", ()), (), paragraphs=paragraphs, **parts)
    kind = find_kind(draft, read_bylines(draft, REFERENCE.authority), REFERENCE.kinds)
    assert kind.kind in KINDS
    assert kind.why
    return kind


@pytest.mark.parametrize(
    ("want", "why", "parts"),
    [
        ("news", "本报讯", {"bylines": NEWS}),
        ("news", "本报讯", {"bylines": NEWS, "body": LONG}),
        ("news", "没有凭据", {"bylines": PLAIN}),
        ("news", "本报讯", {"bylines": NEWS, "title": "关于停水的通知发出之后"}),
        ("news", "没有凭据", {}),
        ("news", "没有凭据", {"bylines": PLAIN, "title": "路口多了一块提示"}),
        ("feature", "文字较长", {"bylines": PLAIN, "body": LONG}),
        ("feature", "“特写”", {"section": "新闻特写", "bylines": PLAIN}),
        ("feature", "“综述”", {"subtitle": "——平城区绿化工作综述"}),
        ("feature", "“诗”", {"section": "周末诗页", "bylines": ("陆远",)}),
        ("comment", "“新语”", {"section": "平城新语", "bylines": ("陆远",)}),
        ("comment", "“快评”", {"section": "晨讯快评"}),
        ("comment", "“快评”", {"section": "晨訊快評"}),
        ("comment", "作者", {"bylines": ("陆远",), "title": "夜里的灯"}),
        ("photo", "图片说明", {"captions": ("图为新路。",), "credits": ("曹飞摄",)}),
        ("photo", "“图片新闻”", {"kicker": "图片新闻"}),
        ("notice", "“停水通知”|“通知”", {"title": "停水通知"}),
        ("notice", "“公告”", {"title": "关于冬季供热的公告"}),
        ("notice", "“启事”", {"title": "招聘启事"}),
        ("notice", "“提示”", {"title": "防滑提示"}),
        ("notice", "“倡议”", {"title": "文明过节倡议书"}),
        ("notice", "“致全区”", {"title": "致全区居民"}),
        ("notice", "关于", {"title": "关于调整班次的通知（二）"}),
        ("news", "本报讯", {"bylines": NEWS, "title": "气象台发布大风提示"}),
        ("agency", "通讯社", {"bylines": ("新华社太原8月25日电(记者王明)",)}),
        ("letter", "“来信”", {"section": "读者来信"}),
        ("letter", "称呼", {"body": "编辑同志：\n我家门口的路灯坏了。"}),
        ("letter", "此致敬礼", {"body": "路灯修好了，谢谢。\n此致\n敬礼"}),
        ("list", "“名单”", {"title": "首批最美小区名单"}),
        ("news", "本报讯", {"bylines": NEWS, "title": "首批最美小区名单出炉"}),
        (
            "list",
            "短行",
            {"paragraphs": ("甲小区 一等奖", "乙小区 二等奖", "丙小区 二等奖", "丁小区 三等奖", "戊小区 三等奖")},
        ),
    ],
)
def test_kinds(want, why, parts):
    kind = found(**parts)
    assert kind.kind == want
    assert any(word in kind.why for word in why.split("|"))


def test_a_story_with_a_picture_stays_news():
    assert found(body=LONG, bylines=NEWS, captions=("图为新路。",), credits=("曹飞摄",)).kind == "news"


def test_an_agency_picture_does_not_make_an_agency_story():
    assert found(body=LONG, bylines=NEWS, credits=("新华社发(王明 摄)",)).kind == "news"


def test_a_byline_under_the_text_makes_no_feature():
    blocks = (Block(1, 1, LONG, Label.PARAGRAPH, ""), Block(3, 3, "本报记者 石磊", Label.BYLINE, ""))
    assert found(body=LONG, bylines=PLAIN, blocks=blocks).kind == "news"


@pytest.mark.parametrize("title", ["」" * 100_000, "」" * 100_000 + "甲", "书" * 100_000, "关于" * 50_000])
def test_a_headline_of_nothing_but_brackets_is_nothing_odd(title):
    assert found(title=title).kind == "news"
