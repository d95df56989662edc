"""Topics of stories that others have written and labelled, and that no learning has seen: tests/gold/topics.jsonl."""

from __future__ import annotations

import json
from dataclasses import dataclass

from indexer.describe.reference import Reference
from indexer.describe.topics import find_all_topics
from search.article import Article, Source
from tests.quality.gold import GOLD
from tests.quality.score import Share, Tally


@dataclass(frozen=True)
class Told:
    """How many stories, their topics, and how often the first one given is among the answers."""

    stories: int
    topics: Tally
    first: Share


def topics_of_stories() -> Told:
    """The score of the topics that the model gives to these stories."""
    rows = [json.loads(line) for line in (GOLD / "topics.jsonl").read_text("utf-8").splitlines()]
    stories = [Article(row["id"], Source("topics.jsonl"), row["title"], body=row["body"]) for row in rows]
    told = Told(len(rows), Tally(), Share())
    for row, given in zip(rows, find_all_topics(stories, Reference.load().topics), strict=True):
        told.topics.add(given, row["topics"])
        told.first.add(given[0] in row["topics"])
    return told
