"""Errors as pages in words, or as JSON where JSON was asked for; never a traceback."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from search.errors import BaokuError, IndexBusy, IndexMissing, IndexUnreadable, QueryRefused, ReceiptInvalid
from search.export.readrow import ListUnreadable
from search.message import Message
from webui import params
from webui.accounts.store import AccountsUnavailable
from webui.admission import BUSY, Busy
from webui.guard import Refused, is_misnamed
from webui.jobs.desk import DeskUnavailable
from webui.journal import request_id
from webui.links import search_url
from webui.paging import ListGone
from webui.params import ParametersInvalid
from webui.shortlinks import LinksUnavailable
from webui.uploads import UploadRefused
from webui.workers.errand import TooSlow, WorkersGone

TITLES = {
    400: Message("这个请求读不懂"),
    401: Message("请先登录"),
    403: Message("不能这样做"),
    404: Message("没有这一页"),
    405: Message("这里只供阅读"),
    410: Message("这份结果已不可得"),
    413: Message("文件太大"),
    414: Message("网址太长"),
    429: Message("请求太快"),
    500: Message("出错了"),
    503: Message("报库暂时不能使用"),
}
MESSAGES = {
    400: Message("请求的写法有误，请从检索框重新开始 (bad request)."),
    401: Message("要有账号才能读，程序请用 HTTP Basic 带上名字和密码 (sign in first)."),
    403: Message("这里不能进 (forbidden)."),
    404: Message("网址有误，或这篇文章已不在库中 (not found)."),
    405: Message("本站只接受 GET 和 HEAD 请求 (method not allowed)."),
    413: Message("送来的文件超过 32 兆，请在命令行用 baoku verify 或 baoku replay (file too large)."),
    414: Message("检索条件过长，请缩短检索词或减少筛选条件 (URI too long)."),
    429: Message("请求来得太快，请等一分钟再试 (too many requests)."),
    503: Message("请稍后再试 (service unavailable)."),
}
STATUSES: Mapping[type[BaokuError], int] = {
    **dict.fromkeys((QueryRefused, ParametersInvalid, ReceiptInvalid, ListUnreadable, UploadRefused), 400),
    Refused: 403,
    ListGone: 410,
    **dict.fromkeys(
        (IndexMissing, IndexUnreadable, IndexBusy, LinksUnavailable, DeskUnavailable, AccountsUnavailable), 503
    ),
    **dict.fromkeys((Busy, TooSlow, WorkersGone), 503),
}
RETRY_SECONDS = 3
"""After so long it is worth asking again where an answer was 503."""
FOR_PROGRAMS = "/api/"
"""What is below this address is answered in JSON, errors too."""


def register(app: Flask) -> None:
    """Let the application answer every error in words."""
    app.register_error_handler(BaokuError, _understandable)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(500, _unexpected)


def _understandable(error: BaokuError) -> Response:
    errors = error.errors if isinstance(error, ParametersInvalid) else (str(error),)
    if isinstance(error, Busy):
        return busy()
    return _answer(STATUSES.get(type(error), 500), errors, _kept(), _without(error))


def busy() -> Response:
    """That too many are waiting; the page tries again by itself."""
    return _answer(503, (BUSY,), template="busy.html")


def _without(error: BaokuError) -> str | None:
    """The address of the same search without what cannot be read of it, where there is such a search."""
    if not isinstance(error, ParametersInvalid) or request.endpoint not in ("pages.search", "pages.start"):
        return None
    with suppress(ParametersInvalid):
        return search_url(params.read(MultiDict(params.write(error.readable))).request)
    return None


def _kept() -> list[tuple[str, str]]:
    """What can be read of the search besides its words: the form goes on with it."""
    try:
        asked = params.read(request.args).request
    except ParametersInvalid as error:
        asked = error.readable
    return params.write(replace(asked, query="", page=1))


def _http(error: HTTPException) -> Response | HTTPException:
    if error.code is None or error.code < 400:
        return error
    message = MESSAGES.get(error.code, f"{error.code} {error.name}")
    response = _answer(error.code, (message,))
    response.headers.extend([(name, value) for name, value in error.get_headers() if name != "Content-Type"])
    return response


def _unexpected(_: Exception) -> Response:
    """Flask has logged the traceback just before; the reference ties that entry to what the reader saw."""
    reference = request_id()
    current_app.logger.error("错误编号 %s：%s %r", reference, request.method, request.full_path)
    return _answer(
        500,
        (
            Message(
                "程序出了意外，已记入日志。请把编号 {reference} 告诉管理员 (reference {reference}).",
                reference=reference,
            ),
        ),
    )


def _answer(
    status: int,
    errors: Sequence[str],
    hidden: Sequence[tuple[str, str]] = (),
    without: str | None = None,
    template: str = "error.html",
) -> Response:
    body: Any
    if request.path.endswith(".json") or request.path.startswith(FOR_PROGRAMS):
        body = jsonify(ok=False, error=errors[0], errors=list(errors), status=status)
    elif is_misnamed():  # so that no page can be made, either: its words alone
        return Response("\n".join(errors), status, mimetype="text/plain")
    else:
        query = request.args.get("q", "")[:1000]
        body = render_template(
            template,
            title=TITLES.get(status, Message("出错了")),
            errors=errors,
            status=status,
            query=query,
            hidden=hidden,
            without=without,
            retry=RETRY_SECONDS,
        )
    response = make_response(body, status)
    if status == 503:
        response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
