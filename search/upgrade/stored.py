"""What an index of any format keeps of an article, and how it is known to be whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search.article import Article, digest_of, from_record
from search.errors import ArticleInvalid, IndexUnreadable
from search.message import Message


@dataclass(frozen=True, slots=True)
class Stored:
    """A stored article: its record, and beside it its id, the digest of the record, and the indexer's marks."""

    record: Mapping[str, Any]
    id: str
    digest: str
    origin: str
    fingerprint: str
    sketch: Sequence[int]

    def article(self) -> Article:
        """The article.

        Raises:
            ArticleInvalid: it could not be stored today.
            IndexUnreadable: it is not the one that was stored.
        """
        if digest_of({"completed_from": (), **self.record}) != self.digest or self.record["id"] != self.id:
            raise IndexUnreadable(Message("文章 {id} 的内容与其校验值不符 (digest differs)", id=self.id))
        try:
            return from_record(self.record)
        except ArticleInvalid as error:
            raise ArticleInvalid(
                Message("库里的文章 {id} 现在收不进去：{error}；什么也没有动", id=self.id, error=error)
            ) from error
