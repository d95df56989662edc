from dataclasses import replace

from indexer.describe.account import account_for, learning_account
from indexer.describe.learning import Score
from search.article import Article, Source
from tests.indexer.test_topics import APRICOT, OTHER, PLUM, small

STORY = Article(
    "a1", Source(""), title="桃桃", body="李杏", topics=("甲",), kind="notice", kind_evidence="标题以“通知”结尾"
)
TOPICS = small(PLUM, replace(APRICOT, corrections={"桃": -0.5}), replace(OTHER, start=-9.0))


def account(article, topics=TOPICS):
    return "\n".join(account_for(article, topics))


def test_an_article_is_accounted_for():
    lines = account(STORY).split("\n")
    assert lines[:2] == ["桃桃（a1）", "主题 topics：甲"]
    assert lines[2].startswith("  ✓ 甲　把握")
    assert "桃 +" in lines[3]
    assert lines[4].startswith("  × 乙　把握")
    assert "不够 33%" in lines[4]
    assert "杏 +" in lines[5]
    assert "桃 -" in lines[5]
    assert lines[-3:] == ["  把握不到 1%：其他", "体裁 kind：公告（notice）", "  标题以“通知”结尾"]


def test_the_fallback_says_that_nothing_was_enough():
    assert "没有一个够的，就归在这里" in account(replace(STORY, title=None, body="无", topics=("其他",)))


def test_a_topic_behind_three_others_is_named():
    many = [replace(PLUM, label=label, start=1.0 - at) for at, label in enumerate("甲乙丙丁")]
    assert "已有三个更像的" in account(STORY, small(*many, OTHER))


def test_stored_topics_that_differ_are_shown():
    assert "库里记的是 乙" in account(replace(STORY, topics=("乙",)))
    assert "库里记的是" not in account(STORY)


def test_an_article_that_brought_its_kind():
    assert "自己带着体裁" in account(replace(STORY, kind_evidence=None))


def test_the_account_of_learning():
    lines = list(learning_account({"甲": Score(1, 2, 1), "乙": Score(1, 1, 3)}, 7))
    assert lines[0].startswith("7 篇")
    assert "甲　F1 0.67（标了 1，给了 2，对了 1）" in lines[1]
    assert lines[-1] == "总 micro-F1 0.571"
