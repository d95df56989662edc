"""Follow-ups are planted so that they share no sentence but the background, and found or not is what is told."""

from __future__ import annotations

from pathlib import Path

from benchmarks.corpus import synthetic
from benchmarks.stories import _sentences, measure_stories, planted


def test_a_planted_follow_up_is_the_other_half() -> None:
    articles = list(synthetic(60, 7))
    kept, follow_ups = planted(articles, 5, seed=3, background=1)
    assert [article.id for article in kept] == [article.id for article in articles]
    bodies = {article.id: article for article in articles}
    halves = {article.id: article for article in kept}
    for identity, follow_up in follow_ups.items():
        whole = _sentences(bodies[identity])
        assert _sentences(halves[identity]) == whole[::2]
        assert _sentences(follow_up)[: len(whole[1::2]) + 1] == [*whole[1::2], whole[0]]
        assert follow_up.date.start > bodies[identity].date.start


def test_follow_ups_are_looked_for(tmp_path: Path) -> None:
    found = measure_stories(list(synthetic(60, 7)), tmp_path / "index", 5, seed=3, background=1)
    assert found.planted == 5
    assert 0 <= found.like_first <= found.like_five <= 1
    assert found.like_five > 0
    assert found.story_size >= 0
