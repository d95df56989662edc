"""The operations whose answer is a whole list, or the proof of one."""

from __future__ import annotations

from flask import request

from search.export import EXPORTS
from search.message import Message
from search.receipt import issue
from webui import downloads, receipts
from webui.api import parameters
from webui.api.operation import Answer, Operation, asked, operation
from webui.api.parameters import Parameter, choice
from webui.shelf import archive


@operation(
    Operation(
        "/export",
        "export",
        Message("全部结果，不分页，边写边发"),
        (
            *parameters.SEARCH,
            parameters.SORT,
            Parameter("format", Message("格式"), choice(*EXPORTS, default="csv")),
            Parameter("text", Message("1：连同全文；只有几种格式可以不带全文"), choice("1")),
        ),
        files=sorted({form.media_type for form in EXPORTS.values()}),
        example="q=社区&format=csv",
    )
)
def export() -> Answer:
    """All hits in one of the formats of search.export."""
    return downloads.download(request.args.get("format", "csv"), asked(), "text" in request.args)


@operation(
    Operation(
        "/receipt",
        "receipt",
        Message("检索凭证：日后凭它查出多了、少了、改了哪几篇"),
        (*parameters.SEARCH, parameters.SORT),
        files=["application/json"],
        example="q=社区",
    )
)
def receipt() -> Answer:
    """The receipt of a search."""
    return receipts.file(issue(archive().listed(asked())))
