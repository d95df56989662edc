"""The operations of the interface for programs, version 1: each is what a page shows, as JSON."""

from __future__ import annotations

from dataclasses import asdict

from flask import abort, request

from search.archive import Archive
from search.article import Article, to_record
from search.message import Message
from search.request import FACETS, SearchRequest
from webui import data, links, paging
from webui.api import answers, parameters
from webui.api.operation import Answer, Operation, asked, head, operation
from webui.api.parameters import Parameter
from webui.shelf import archive


@operation(
    Operation(
        "/search",
        "search",
        Message("检索：一页命中和全部统计"),
        (*parameters.SEARCH, *parameters.PAGED),
        answers.Search,
        (),
        (410,),
    )
)
def search() -> Answer:
    """The same as /search.json."""
    return data.found(paging.turn(request.args), "api.search")


@operation(
    Operation(
        "/facets",
        "facets",
        Message("检索结果在各分面里的篇数，全部的值"),
        (
            *parameters.SEARCH,
            Parameter(
                "facet", Message("只要这个分面；不写是全部"), parameters.choice(*FACETS), several=True, most=len(FACETS)
            ),
        ),
        answers.Facets,
    )
)
def facets() -> Answer:
    """All counts of a search, without its hits."""
    moment = archive().now()
    results = moment.answer(asked())
    wanted = request.args.getlist("facet") or FACETS
    counted = data.choices(results, "api.facets")
    return {
        **head(moment),
        "query": results.request.query,
        "total": results.total,
        "facets": {name: values for name, values in counted.items() if name in wanted},
    }


@operation(
    Operation(
        "/suggest",
        "suggest",
        Message("联想：名称、词、标题，也认拼音"),
        (parameters.TYPED, parameters.limit(10)),
        answers.Suggestions,
    )
)
def suggest() -> Answer:
    """Completions of what is being typed."""
    typed = request.args["q"]
    found = archive().suggest(typed, _limit(10))
    return {
        "ok": True,
        "q": typed,
        "suggestions": [
            {**asdict(one), "query": one.query, "url": links.search_url(SearchRequest(one.query), "api.search")}
            for one in found
        ],
    }


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
    found = moment.similar(identity, _limit(5))
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
    found = moment.story(identity, _limit(12))
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


def _limit(default: int) -> int:
    return request.args.get("limit", default, int)
