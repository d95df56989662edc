"""Result lists to take away: the page on which a format is chosen, and the downloads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import quote

from flask import Blueprint, Response, render_template, request, url_for

from search.archive import Listing
from search.export import EXPORTS
from search.export.form import Format, Wanted
from search.message import Message
from search.receipt import issue, write
from search.request import SearchRequest
from webui import params, view
from webui.accounts.records import audit
from webui.jobs.desk import desk
from webui.jobs.job import longest
from webui.links import search_url, with_state
from webui.shelf import archive

blueprint = Blueprint("downloads", __name__)

FORMAT, TEXT = "format", "text"
"""What the address of a download has beside the parameters of its search."""
PIECE = 1 << 16
"""Bytes that are sent at once."""
USES: Mapping[str, str] = {
    "csv": Message("各种表格软件、统计软件都能打开"),
    "xlsx": Message("日期是真的日期，首行固定，另有一页写明这是哪一次检索的结果"),
    "jsonl": Message("每行一篇，收录的全部字段，含正文"),
    "json": Message("同上，整个是一个对象"),
    "ris": Message("导入文献管理软件"),
    "bibtex": Message("写 LaTeX 论文"),
    "csl": Message("导入文献管理软件，或供 Pandoc 用"),
    "gbt7714": Message("可以直接粘贴的参考文献，2015 年版"),
    "gbt7714-2025": Message("可以直接粘贴的参考文献，2025 年版（2026 年 7 月起施行）"),
    "apa": Message("可以直接粘贴的参考文献"),
    "text": Message("标题、日期、署名、摘要、网址，打印出来读"),
    "bundle": Message("清单、参考文献、每篇全文和校验值，解开就能离线翻看"),
}
"""What each format is good for."""


@blueprint.get("/export")
def export() -> Response | str:
    """The choice of formats for a search; with ``format`` the file itself."""
    form, notes = params.choice(request.args, FORMAT, tuple(EXPORTS))
    reading = params.read(request.args)
    text = request.args.get(TEXT) == "1"
    if form:
        return download(form, reading.request, text)
    results = archive().answer(reading.request)
    return render_template(
        "export.html",
        asked=reading.request,
        total=results.total,
        chips=view.chips(results.request),
        notes=[*reading.notes, *notes],
        formats=EXPORTS,
        uses=USES,
        later=longest(results.total) if desk().most else (),
        state=params.write(replace(reading.request, page=1)),
        back=search_url(reading.request),
    )


def export_url(asked: SearchRequest) -> str:
    """The address of the choice of formats for a search."""
    return with_state(url_for("downloads.export"), params.write(replace(asked, page=1)))


def download(form: str, asked: SearchRequest, text: bool) -> Response:
    """All hits in order, whatever the page, as a file that is written while it is sent."""
    chosen = EXPORTS[form]
    listed = archive().listed(asked)
    audit().took(form, listed.total)
    # Made now: while the file is sent, Flask no longer knows the request.
    pieces = written(chosen, listed, text, articles_address())
    answer = Response(_gathered(pieces), mimetype=chosen.media_type)
    answer.headers["Content-Disposition"] = attachment(file_name(chosen, asked.query), chosen)
    return answer


def written(form: Format, listed: Listing, text: bool, address: str) -> Iterator[bytes]:
    """The file in pieces; ``address`` is that of an article's page without the id."""
    wanted = Wanted(lambda identity: address + quote(identity), text, receipt=lambda: write(issue(listed)).encode())
    return form.write(listed, wanted)


def articles_address() -> str:
    """The full address of an article's page without the id."""
    return url_for("pages.article", identity="", lang=None, _external=True)


def _gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces that are worth sending."""
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        if len(waiting) >= PIECE:
            yield bytes(waiting)
            waiting.clear()
    yield bytes(waiting)


def file_name(form: Format, query: str) -> str:
    """What a list is called on the reader's disk."""
    words = "".join(char for char in query if char.isalnum() or char in " -_")[:30].strip()
    return f"报库-{words or '全部'}.{form.suffix}"


def attachment(name: str, form: Format) -> str:
    """Content-Disposition with a plain and a UTF-8 file name (RFC 6266)."""
    return f"attachment; filename=\"baoku.{form.suffix}\"; filename*=UTF-8''{quote(name, safe='')}"
