"""The operations whose answer is a whole list."""

from __future__ import annotations

from flask import request

from search.export import EXPORTS
from search.message import Message
from webui import data
from webui.api import parameters
from webui.api.operation import Answer, Operation, asked, operation
from webui.api.parameters import Parameter


@operation(
    Operation(
        "/export",
        "export",
        Message("全部结果，不分页，边写边发"),
        (
            *parameters.SEARCH,
            parameters.SORT,
            Parameter("format", Message("格式"), parameters.choice(*EXPORTS, default="csv")),
        ),
        files=sorted(data.MEDIA_TYPES.values()),
        example="q=社区&format=csv",
    )
)
def export() -> Answer:
    """All hits in one of the formats of search.export."""
    return data.download(asked(), request.args.get("format", "csv"))
