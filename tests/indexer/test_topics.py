from dataclasses import replace
from math import hypot, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.describe.reference import Reference, Topic, Topics
from indexer.describe.topics import explain, find_topics, term_values, vocabulary
from indexer.draft import Draft
from indexer.page import Page
from search.article import Article, Source

TOPICS = Reference.load().topics
PLUM = Topic("甲", "medtop:01000000", {"桃": 3, "李": 1})
APRICOT = Topic("乙", "medtop:02000000", {"杏": 3})
OTHER = Topic("其他", "medtop:08000000", {})
SMALL = Topics((PLUM, APRICOT, OTHER), (0.33, 0.33, 0.33), title_factor=3, max_count=4, steepness=2, fallback="其他")


def draft(body, **parts):
    return Draft(Page("page.txt", ()), (), paragraphs=(body,), **parts)


def small(*topics, **changes):
    return replace(SMALL, topics=topics or SMALL.topics, **changes)


def values(story, topics=SMALL):
    return {vocabulary(topics)[term]: value for term, value in term_values(story, topics).items()}


def points(story, topics=SMALL):
    return {reason.label: reason.points for reason in explain(story, topics) if reason.points}


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
        ("遗失声明", "本人丢了一把伞。", "其他"),
        ("", "", "其他"),
    ],
)
def test_first_topic(title, body, label):
    assert find_topics(draft(body, title=title), TOPICS)[0] == label


def test_two_topics():
    story = draft("消防员检查学校食堂的燃气，老师和学生练习逃生。", title="校园消防演练")
    assert set(find_topics(story, TOPICS)) == {"安全应急", "教育"}


def test_a_heading_and_repetition_count_and_the_vector_has_length_1():
    length = hypot(2, 1 + 3, 1)
    wanted = {"桃": 2 / length, "杏": 4 / length, "李": 1 / length}
    assert values(draft("桃桃桃桃桃桃桃杏李", title="杏")) == pytest.approx(wanted)


def test_a_story_that_says_little_is_not_blown_up():
    assert values(draft("桃")) == {"桃": pytest.approx(1 / 1.5)}


def test_points_are_value_times_weight_and_steepness():
    assert points(draft("桃李")) == {"甲": {"桃": pytest.approx(2 * 3 / 1.5), "李": pytest.approx(2 / 1.5)}}


def test_points_and_start_come_to_the_probability():
    reason = explain(draft("桃李"), small(replace(PLUM, start=-1.0), OTHER))[0]
    odds = log(reason.probability / (1 - reason.probability))
    assert odds == pytest.approx(reason.start + sum(reason.points.values()))
    assert (reason.label, reason.given, reason.start) == ("甲", True, -1)


def test_no_topic_probable_enough_is_the_fallback():
    assert find_topics(draft("李"), SMALL) == ("其他",)
    assert find_topics(draft(""), SMALL) == ("其他",)
    assert [reason.label for reason in explain(draft("李"), SMALL) if reason.given] == ["其他"]


def test_the_most_probable_comes_first_and_three_are_the_most():
    weights = {"甲": 8, "乙": 9, "丙": 7, "丁": 6}
    many = [Topic(name, "medtop:01000000", {name: weight}) for name, weight in weights.items()]
    story, topics = draft("甲乙丙丁"), small(*many, OTHER)
    assert find_topics(story, topics) == ("乙", "甲", "丙")
    assert [reason.given for reason in explain(story, topics)] == [True, True, True, False, False]


def test_each_place_asks_for_its_own_probability():
    many = [Topic(name, "medtop:01000000", {name: 5}) for name in "甲乙丙"]
    chance = explain(draft("甲乙丙"), small(*many, OTHER))[0].probability
    for asked, count in (((0.1, 0.1, 0.1), 3), ((0.1, 0.1, chance + 0.01), 2), ((0.1, chance + 0.01, 0.99), 1)):
        topics = small(*many, OTHER, probability=asked)
        assert find_topics(draft("甲乙丙"), topics) == ("甲", "乙", "丙")[:count]
        assert [reason.needed for reason in explain(draft("甲乙丙"), topics)] == [*asked, asked[-1]]


def test_learnt_words_are_a_vector_of_their_own():
    topics = small(replace(PLUM, words={"栗": 2.0}), replace(APRICOT, words={"栗": -1.0, "枣": 1.0}), OTHER)
    assert values(draft("桃李栗枣", title="栗"), topics) == pytest.approx(
        values(draft("桃李")) | {"栗": 4 / hypot(4, 1), "枣": 1 / hypot(4, 1)}
    )
    found = points(draft("栗栗栗栗"), topics)
    assert found == {"甲": {"栗": pytest.approx(4 / 1.5)}, "乙": {"栗": pytest.approx(-2 / 1.5)}}


@pytest.mark.parametrize("changes", [{"ignored_words": frozenset("栗")}, {"topics": (PLUM, APRICOT, OTHER)}])
def test_a_learnt_word_gives_way_to_the_editor(changes):
    learnt = (replace(PLUM, words={"栗": 2.0, "桃": 9.0}), APRICOT, OTHER)
    struck = replace(SMALL, **{"topics": learnt, **changes})
    assert "栗" not in values(draft("栗桃"), struck)
    assert points(draft("桃"), replace(SMALL, topics=learnt)) == points(draft("桃"))


def test_corrections_are_added_to_terms_and_rules_hold():
    learnt = replace(PLUM, corrections={"桃": -1.0, "李": 2.0, "杏": 1.0}, rules={"李": -4.0})
    found = points(draft("桃李杏桃李杏"), small(learnt, APRICOT, OTHER))["甲"]
    ratio = found["桃"] / 2
    assert found == {"桃": pytest.approx(2 * ratio), "李": pytest.approx(-4 * ratio), "杏": pytest.approx(ratio)}


def test_a_correction_of_a_word_that_is_listed_no_more_counts_for_nothing():
    assert points(draft("桃栗"), small(replace(PLUM, corrections={"栗": 5.0}), OTHER)) == points(draft("桃栗"))


def test_the_longest_term_takes_its_characters():
    short, long = Topic("甲", "medtop:01000000", {"党支部": 2}), Topic("乙", "medtop:02000000", {"党支部书记": 1})
    assert set(values(draft("党支部书记"), small(short, long, OTHER))) == {"党支部书记"}


def test_a_term_of_the_fallback_only_takes_its_place():
    trap = Topic("其他", "medtop:08000000", {"杏桃": 1})
    assert points(draft("杏桃，杏"), small(PLUM, APRICOT, trap)).keys() == {"乙"}


@given(st.sets(st.text("甲乙", min_size=1, max_size=4), min_size=1, max_size=6), st.text("甲乙丙", max_size=30))
def test_terms_are_found_from_the_left_the_longest_first(terms, text):
    topics = small(Topic("甲", "medtop:01000000", dict.fromkeys(sorted(terms), 1.0)), max_count=1000)
    counts, at = {}, 0
    while at < len(text):
        term = max((term for term in terms if text.startswith(term, at)), key=len, default="")
        counts |= {term: counts.get(term, 0) + 1} if term else {}
        at += len(term) or 1
    length = max(1.5, sum(counts.values()) ** 0.5)
    assert values(draft(text), topics) == pytest.approx({term: count**0.5 / length for term, count in counts.items()})


@pytest.mark.parametrize("body", ["物业为居民提供电暖气。", "古城街道的居民来了。"])
def test_words_that_only_seem_to_be_there(body):
    assert not {"供电", "古城"} & values(draft(body), TOPICS).keys()


def test_a_story_in_traditional_characters_and_an_article():
    story = draft("遊客在廟會上看剪紙，聽戲曲。", title="古城燈會")
    assert find_topics(story, TOPICS) == ("文化旅游",)
    article = Article("a1", Source(""), title="古城灯会", body="游客在庙会上看剪纸，听戏曲。")
    assert find_topics(article, TOPICS) == ("文化旅游",)


def test_a_list_without_terms_gives_the_fallback():
    assert find_topics(draft("桃"), small(OTHER)) == ("其他",)
