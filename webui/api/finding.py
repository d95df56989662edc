"""The operations that find: stories, their counts, and what may be meant."""

from __future__ import annotations

from dataclasses import asdict

from flask import request

from search.message import Message
from search.request import FACETS, SearchRequest
from webui import caching, data, links, paging
from webui.api import answers, parameters
from webui.api.operation import Answer, Operation, asked, head, listed, operation
from webui.shelf import archive


@operation(
    Operation(
        "/search",
        "search",
        Message("检索：一页命中和全部统计"),
        (*parameters.SEARCH, *parameters.PAGED),
        answers.Search,
        errors=(410,),
        example="q=社区&per_page=5",
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
        (*parameters.SEARCH, parameters.FACET),
        answers.Facets,
        example="q=社区&facet=street",
    )
)
def facets() -> Answer:
    """All counts of a search, without its hits."""
    moment = archive().now()
    results = moment.answer(asked())
    wanted = set(request.args.getlist("facet")) or FACETS
    return {
        **head(moment),
        "query": results.request.query,
        "total": results.total,
        "facets": data.choices(results, "api.facets", [facet for facet in FACETS if facet in wanted]),
    }


@operation(
    Operation(
        "/suggest",
        "suggest",
        Message("联想：名称、词、标题，也认拼音"),
        (parameters.TYPED, parameters.limit(10)),
        answers.Suggestions,
        example="q=shequ",
    )
)
def suggest() -> Answer:
    """Completions of what is being typed."""
    # While the vocabulary of a new state is made, the one before is asked.
    caching.depends_on_the_moment()
    typed = request.args["q"]
    found = archive().suggest(typed, listed(10))
    return {
        "ok": True,
        "q": typed,
        "suggestions": [
            {**asdict(one), "query": one.query, "url": links.search_url(SearchRequest(one.query), "api.search")}
            for one in found
        ],
    }
