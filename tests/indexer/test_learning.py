import json
from dataclasses import replace

import pytest

from indexer.describe.learning import Score, cross_validate, judge, learn, read_labelled, write_learnt
from indexer.describe.reference import Reference
from indexer.describe.topics import find_topics
from search.article import Article, Source
from search.errors import BaokuError
from search.reference import reference_folder
from tests.indexer.test_topics import APRICOT, OTHER, PLUM, SMALL, small

PEAR = replace(APRICOT, terms={"杏": 3, "梨": 0.5})
TOPICS = small(PLUM, PEAR, OTHER)


def story(body, *topics):
    return Article("a", Source(""), body=body, topics=topics)


LABELS = {"桃桃": "甲", "杏杏": "乙", "梨梨": "乙", "无": "其他", "桃李": "甲", "李桃": "甲"}
STORIES = [story(body, label) for body, label in LABELS.items()] * 7


def by_label(topics):
    return {topic.label: topic for topic in topics.topics}


def test_stories_raise_a_term_that_the_editor_thought_weak():
    assert find_topics(story("梨梨"), TOPICS) == ("其他",)
    learnt = learn(STORIES, TOPICS)
    assert find_topics(story("梨梨"), learnt) == ("乙",)
    assert by_label(learnt)["乙"].corrections["梨"] > 0.5
    assert by_label(learnt)["甲"].corrections["梨"] < 0


def test_terms_and_rules_stay_the_editors():
    ruled = replace(PEAR, rules={"梨": -1.0})
    learnt = by_label(learn(STORIES, small(PLUM, ruled, OTHER)))
    assert "梨" not in learnt["乙"].corrections
    assert (learnt["乙"].terms, learnt["乙"].rules) == (ruled.terms, ruled.rules)


def test_words_that_nobody_listed_are_learnt():
    told = [story("老师讲课", "甲"), story("医生看病", "乙"), story("桃杏", "其他")] * 7
    learnt = by_label(learn(told, TOPICS))
    assert learnt["甲"].words["老师"] > 0 > learnt["乙"].words["老师"]
    assert "老师" not in learnt["甲"].corrections
    topics = small(*learnt.values())
    assert find_topics(story("老师来了"), topics)[0] == "甲"
    assert find_topics(story("医生来了"), topics)[0] == "乙"


def test_what_was_learnt_before_does_not_count():
    odd = small(replace(PLUM, corrections={"桃": -9.0}, start=7.0), PEAR, OTHER)
    assert by_label(learn(STORIES, odd))["甲"].corrections == by_label(learn(STORIES, TOPICS))["甲"].corrections


def test_the_start_follows_how_common_a_topic_is():
    learnt = by_label(learn([story("无", "其他")] * 30 + [story("桃", "甲")] * 5, TOPICS))
    assert learnt["其他"].start > 0 > learnt["甲"].start


def test_nothing_is_learnt_of_a_topic_with_few_stories():
    learnt = by_label(learn([story("无", "其他")] * 30 + [story("桃", "甲")] * 4, TOPICS))
    assert (learnt["甲"].start, learnt["甲"].corrections) == (PLUM.START, {})


def test_judging():
    topics = learn(STORIES, TOPICS)
    scores = judge([story("桃桃", "甲"), story("杏杏", "甲")], topics)
    assert scores == {"甲": Score(1, 1, 2), "乙": Score(0, 1, 0), "其他": Score()}
    assert scores["甲"].f1 == pytest.approx(2 / 3)
    assert (scores["甲"] + scores["乙"]).f1 == 0.5
    assert Score().f1 == 0


def test_every_story_is_held_back_once():
    total = sum(cross_validate(STORIES, TOPICS).values(), Score())
    assert total.wanted == len(STORIES)
    assert total.f1 > 0.9


def test_what_is_written_is_read_again(tmp_path):
    for path in reference_folder().glob("*.toml"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    before = Reference.load(tmp_path).topics
    odd = replace(before.topics[0], corrections={'引"号\\': 0.25, "党课": -0.5}, words={"支书": 0.0}, start=-1.5)
    write_learnt(replace(before, topics=(odd, *before.topics[1:])), tmp_path / "weights.toml", 3)
    after = Reference.load(tmp_path).topics
    assert (after.topics[0].corrections, after.topics[0].words, after.topics[0].start) == (
        odd.corrections,
        odd.words,
        -1.5,
    )
    assert after.topics[1].corrections == before.topics[1].corrections


def test_the_projects_stories_teach_the_projects_topics():
    known = Reference.load().topics
    stories = read_labelled(reference_folder() / "training.jsonl", known)
    assert len(stories) >= 2400
    assert {label for item in stories for label in item.topics} == {topic.label for topic in known.topics}
    assert sum(judge(stories, known).values(), Score()).f1 >= 0.9


@pytest.mark.parametrize(
    ("record", "named"),
    [
        ({"id": "1", "body": "桃", "topics": ["丙"]}, "丙"),
        ({"id": "1", "body": "桃"}, "topics"),
        ({"id": "1", "topics": ["甲"]}, "body"),
    ],
)
def test_a_wrong_line_is_named(tmp_path, record, named):
    path = tmp_path / "training.jsonl"
    good = {"id": "0", "body": "桃", "topics": ["甲"]}
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in (good, record)), "utf-8")
    with pytest.raises(BaokuError, match=named) as error:
        read_labelled(path, SMALL)
    assert "training.jsonl" in str(error.value)
    assert "2" in str(error.value)


@pytest.mark.parametrize("content", [None, b"", b"\x00\x01\x02", b"\n"])
def test_a_file_that_teaches_nothing(tmp_path, content):
    path = tmp_path / "training.jsonl"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BaokuError, match=r"training\.jsonl"):
        read_labelled(path, SMALL)
