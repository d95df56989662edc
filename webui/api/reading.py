"""The operations that read: an article, what is like it, and the archive as a whole."""

from __future__ import annotations

from dataclasses import asdict

from flask import abort

from search.archive import Archive
from search.article import Article, to_record
from search.message import Message
from webui import data, links
from webui.api import answers, parameters
from webui.api.operation import Answer, Operation, head, listed, operation
from webui.shelf import archive


@operation(
    Operation(
        "/article/<path:identity>",
        "article",
        Message("一篇文章的记录、正文和各个版本"),
        answer=answers.Article,
        errors=(404,),
    )
)
def article(identity: str) -> Answer:
    """The record of an article."""
    moment = archive().now()
    found = _known(moment, identity)
    return {
        **head(moment),
        "article": to_record(found),
        "digest": found.digest(),
        "url": links.full_url(identity),
        "versions": [version.id for version in moment.versions(identity)],
    }


@operation(
    Operation(
        "/similar/<path:identity>",
        "similar",
        Message("与一篇文章相近的报道"),
        (parameters.limit(5),),
        answers.Similar,
        errors=(404,),
    )
)
def similar(identity: str) -> Answer:
    """Articles about the like."""
    moment = archive().now()
    _known(moment, identity)
    found = moment.similar(identity, listed(5))
    return {**head(moment), "id": identity, "articles": [data.card(one) for one in found]}


@operation(
    Operation(
        "/story/<path:identity>",
        "story",
        Message("一篇文章所写的同一件事的前后报道"),
        (parameters.limit(12),),
        answers.Story,
        errors=(404,),
    )
)
def story(identity: str) -> Answer:
    """The story line of an article."""
    moment = archive().now()
    _known(moment, identity)
    found = moment.story(identity, listed(12))
    return {
        **head(moment),
        "id": identity,
        "line": [data.card(one) for one in found.line],
        "undated": [data.card(one) for one in found.undated],
    }


@operation(Operation("/stats", "stats", Message("馆藏多少，缺什么"), (), answers.Stats))
def stats() -> Answer:
    """The statistics of the archive."""
    return {"ok": True, **asdict(archive().stats())}


def _known(moment: Archive, identity: str) -> Article:
    return moment.article(identity) or abort(404)
