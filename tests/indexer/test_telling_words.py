from dataclasses import replace

import numpy as np
import pytest

from indexer.describe.telling_words import _association, telling_words
from search.article import Article, Source
from tests.indexer.test_topics import APRICOT, OTHER, PLUM, small

TOPICS = small(PLUM, APRICOT, OTHER)


def story(body, *topics):
    return Article("a", Source(""), body=body, topics=topics)


STORIES = [story("老师讲课，天气晴朗", "甲"), story("医生看病，天气晴朗", "乙"), story("天气晴朗", "其他")] * 3


def test_what_stands_with_a_topic_or_never_with_it_tells():
    found = telling_words(STORIES, TOPICS)
    assert {"老师", "讲课"} <= {*found["甲"]}
    assert "医生" in found["乙"]
    assert not {"天气", "晴朗"} & {word for each in found.values() for word in each}


def test_two_stories_are_too_few():
    assert telling_words(STORIES[:6], TOPICS) == {"甲": [], "乙": [], "其他": []}


def test_listed_and_barred_words_are_left_out():
    listed = small(replace(PLUM, terms={"老师": 0.5}), APRICOT, OTHER, ignored_words=frozenset({"讲课"}))
    assert not {"老师", "讲课"} & {*telling_words(STORIES, listed)["甲"]}


def test_figures_and_letters_are_no_words():
    assert telling_words([story("2021 KTV", "甲"), story("无", "乙")] * 5, TOPICS)["甲"] == []


def test_the_association_is_the_root_of_chi_square():
    word, topic = np.array([[1], [1], [1], [0], [0]], np.float32), np.array([[1], [1], [0], [0], [0]], np.float32)
    chi_square = 5 * (2 * 2 - 1 * 0) ** 2 / (3 * 2 * 2 * 3)
    assert _association(word, topic)[0, 0] == pytest.approx(chi_square**0.5)
    assert _association(word, 1 - topic)[0, 0] == pytest.approx(-(chi_square**0.5))


def test_what_is_everywhere_tells_nothing():
    assert _association(np.ones((4, 1), np.float32), np.array([[1], [0], [1], [0]], np.float32))[0, 0] == 0
