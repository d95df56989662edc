from dataclasses import replace

import pytest

from indexer.describe.reference import Reference, Topic, Topics
from indexer.describe.topics import explain, find_topics
from indexer.draft import Draft
from indexer.page import Page

TOPICS = Reference.load().topics
PLUM = Topic("甲", "medtop:01000000", {"桃": 2, "李": 1})
APRICOT = Topic("乙", "medtop:02000000", {"杏": 2})
OTHER = Topic("其他", "medtop:08000000", {})
SMALL = Topics((PLUM, APRICOT, OTHER), threshold=4, title_factor=3, max_count=4, share=0.5, fallback="其他")


def draft(body, **parts):
    return Draft(Page("page.txt", ()), (), paragraphs=(body,), **parts)


def test_the_seventeen_labels():
    labels = (
        "党建 社会治理 城市管理与创城 教育 卫生健康 疫情防控 安全应急 民生服务 文化旅游 科技科普"
        " 乡村振兴与农业 志愿服务 法治与反诈 经济与税务 青年与群团 住房与社区建设 其他"
    )
    assert [topic.label for topic in TOPICS.topics] == labels.split()


@pytest.mark.parametrize(
    ("title", "body", "label"),
    [
        ("支部换届", "党员大会选出新一届党支部，党组织书记讲了党课。", "党建"),
        ("网格员忙起来", "网格化服务让基层治理更细，矛盾纠纷就地调解。", "社会治理"),
        ("清理小广告", "城管队员清理野广告，劝走占道经营的摊贩，市容一新。", "城市管理与创城"),
        ("新学期开学", "学校迎来新生，教师和家长在校园里合影。", "教育"),
        ("医生来义诊", "高血压患者量了血压，家庭医生讲用药。", "卫生健康"),
        ("核酸点增加", "采样点增设两处，防疫人员值守。", "疫情防控"),
        ("防汛演练", "汛期将至，抢险队伍开展应急演练。", "安全应急"),
        ("老年食堂开张", "老年人吃上热饭，居家养老有了依靠，困难群众得到救助。", "民生服务"),
        ("古城灯会", "游客看社火、逛庙会，非遗传承人现场剪纸。", "文化旅游"),
        ("科普进社区", "科协请来老师讲航天，孩子操作机器人。", "科技科普"),
        ("春耕忙", "合作社的大棚里蔬菜长势好，农户忙着种植玉米。", "乡村振兴与农业"),
        ("雷锋月", "志愿者开展志愿服务，红马甲走街串巷。", "志愿服务"),
        ("反诈课", "民警讲诈骗手法，普法进小区。", "法治与反诈"),
        ("办税更快", "税务局为企业办理退税，纳税人说方便。", "经济与税务"),
        ("青年夜校", "共青团请来老师，团员青年晚上学艺。", "青年与群团"),
        ("老旧小区改造", "物业和业主商量加装电梯，路面也要修缮。", "住房与社区建设"),
        ("雨后", "天晴了，云很白。", "其他"),
    ],
)
def test_first_topic(title, body, label):
    assert find_topics(draft(body, title=title), TOPICS)[0] == label


def test_the_title_counts_more():
    story = draft("桃李杏", title="杏")
    assert explain(story, SMALL) == {"甲": {"桃": 2, "李": 1}, "乙": {"杏": 8}}
    assert find_topics(story, SMALL) == ("乙",)


def test_below_the_threshold_is_the_fallback():
    assert find_topics(draft("桃李"), SMALL) == ("其他",)
    assert find_topics(draft(""), SMALL) == ("其他",)


def test_a_second_topic_needs_its_share():
    assert find_topics(draft("桃桃桃桃杏杏杏杏"), SMALL) == ("甲", "乙")
    assert find_topics(draft("桃桃桃桃李李李李杏杏杏杏"), replace(SMALL, share=0.7)) == ("甲",)


def test_repeating_a_word_adds_less_and_less():
    assert [explain(draft("桃" * count), SMALL)["甲"]["桃"] for count in (1, 4, 50)] == [2, 4, 4]


def test_a_long_story_needs_more():
    story = draft("桃桃桃桃李" + "。" * 1195)
    assert explain(story, SMALL)["甲"] == {"桃": pytest.approx(2), "李": pytest.approx(0.5)}
    assert find_topics(story, SMALL) == ("其他",)


def test_the_longest_term_takes_its_characters():
    short, long = Topic("甲", "medtop:01000000", {"党支部": 2}), Topic("乙", "medtop:02000000", {"党支部书记": 1})
    assert explain(draft("党支部书记来到党支部"), replace(SMALL, topics=(short, long, OTHER))) == {
        "甲": {"党支部": 2},
        "乙": {"党支部书记": 1},
    }


def test_a_term_in_two_topics_counts_for_both():
    other = Topic("乙", "medtop:02000000", {"桃": 1})
    assert explain(draft("桃"), replace(SMALL, topics=(PLUM, other, OTHER))) == {"甲": {"桃": 2}, "乙": {"桃": 1}}


def test_a_term_of_the_fallback_only_takes_its_place():
    trap = Topic("其他", "medtop:08000000", {"杏桃": 1})
    assert explain(draft("杏桃，杏"), replace(SMALL, topics=(PLUM, APRICOT, trap))) == {"乙": {"杏": 2}}


@pytest.mark.parametrize("body", ["物业为居民提供电暖气。", "古城街道的居民来了。"])
def test_words_that_only_seem_to_be_there(body):
    assert not {"供电", "古城"} & {term for terms in explain(draft(body), TOPICS).values() for term in terms}


def test_at_most_three():
    everything = "".join(term for topic in TOPICS.topics for term in topic.terms)
    assert len(find_topics(draft(everything * 3), TOPICS)) == 3


def test_terms_are_found_in_folded_text():
    assert "疫情防控" in explain(draft("核 酸\n檢測"), TOPICS)


def test_a_story_in_traditional_characters():
    assert find_topics(draft("遊客在廟會上看剪紙，聽戲曲。", title="古城燈會"), TOPICS) == ("文化旅游",)
