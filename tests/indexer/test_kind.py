import pytest

from indexer.describe.kind import find_kind
from indexer.describe.reference import Reference
from indexer.describe.reporters import read_bylines
from indexer.draft import Draft
from indexer.page import Block, Label, Page
from search.article import KINDS

AUTHORITY = Reference.load().authority
LONG = "清晨的巷子里，卖豆腐的吆喝声由远而近。" * 30


def kind(body="路修好了，居民高兴。", **parts):
    paragraphs = parts.pop("paragraphs", (body,))
    draft = Draft(Page("page.txt", ()), (), paragraphs=paragraphs, **parts)
    found = find_kind(draft, read_bylines(draft, AUTHORITY))
    assert found in KINDS
    return found


@pytest.mark.parametrize(
    ("want", "parts"),
    [
        ("news", {"bylines": ("本报讯 (记者 石磊)",)}),
        ("news", {"bylines": ("本报讯 (记者 石磊)",), "body": LONG}),
        ("news", {"bylines": ("本报记者 石磊",)}),
        ("news", {"bylines": ("本报讯 (记者 石磊)",), "title": "关于停水的通知发出之后"}),
        ("news", {}),
        ("feature", {"bylines": ("本报记者 石磊",), "body": LONG}),
        ("feature", {"section": "新闻特写", "bylines": ("本报记者 石磊",)}),
        ("feature", {"subtitle": "——平城区绿化工作综述"}),
        ("feature", {"section": "周末诗页", "bylines": ("陆远",)}),
        ("comment", {"section": "平城新语", "bylines": ("陆远",)}),
        ("comment", {"section": "晨讯快评"}),
        ("photo", {"captions": ("图为新路。",), "credits": ("曹飞摄",)}),
        ("photo", {"kicker": "图片新闻"}),
        ("notice", {"title": "停水通知"}),
        ("notice", {"title": "关于冬季供热的公告"}),
        ("notice", {"title": "招聘启事"}),
        ("notice", {"title": "防滑提示"}),
        ("news", {"bylines": ("本报讯 (记者 石磊)",), "title": "气象台发布大风提示"}),
        ("agency", {"bylines": ("新华社太原8月25日电(记者王明)",)}),
        ("letter", {"section": "读者来信"}),
        ("letter", {"body": "编辑同志：\n我家门口的路灯坏了。"}),
        ("letter", {"body": "路灯修好了，谢谢。\n此致\n敬礼"}),
        ("list", {"title": "首批最美小区名单"}),
        ("list", {"paragraphs": ("甲小区 一等奖", "乙小区 二等奖", "丙小区 二等奖", "丁小区 三等奖", "戊小区 三等奖")}),
    ],
)
def test_kinds(want, parts):
    assert kind(**parts) == want


def test_a_story_with_a_picture_stays_news():
    assert kind(body=LONG, bylines=("本报讯 (记者 石磊)",), captions=("图为新路。",), credits=("曹飞摄",)) == "news"


def test_an_agency_picture_does_not_make_an_agency_story():
    assert kind(body=LONG, bylines=("本报讯 (记者 石磊)",), credits=("新华社发(王明 摄)",)) == "news"


def test_a_byline_under_the_text_makes_no_feature():
    blocks = (Block(1, 1, LONG, Label.PARAGRAPH, ""), Block(3, 3, "本报记者 石磊", Label.BYLINE, ""))
    assert kind(body=LONG, bylines=("本报记者 石磊",), blocks=blocks) == "news"
