"""Receipts on the web: of a search, under a short link, and asked once more; lists and receipts that a reader sends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO

from flask import Blueprint, Response, abort, jsonify, redirect, render_template, request, url_for

from search.errors import ReceiptInvalid
from search.export.readrow import ListUnreadable
from search.export.verify import Verdict, verify_file
from search.imported import KNOWN, STATES, UNREAD, Item, identified, items
from search.labels import date_words
from search.message import Message
from search.receipt import Receipt, issue, read, replay, told, write
from search.receipt.proof import proved
from search.receipt.record import Named
from search.receipt.replay import REASONS, Change, Replay
from search.receipt.written import is_receipt
from webui import params
from webui.links import search_url
from webui.shelf import archive
from webui.shortlinks import name_of, shortlinks
from webui.uploads import UploadRefused, uploaded, uploaded_as
from webui.words import newspaper_words

blueprint = Blueprint("receipts", __name__)

MOST_SHOWN = 500
"""Changes, or rows of a list, that a page names one by one; it says how many there are."""
MOST_ROWS = 20_000
"""Rows of a list that are looked up for one answer; it says so."""


@dataclass(frozen=True, slots=True)
class Again:
    """A receipt asked once more, as a page shows it; ``url`` is the search, ``json_url`` the receipt itself."""

    done: Replay
    sentence: str
    notes: list[str]
    facts: list[tuple[str, str]]
    changes: list[tuple[Change, Named]]
    url: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A list that a reader has sent: whether it is whole, and which of its rows the archive has not or otherwise."""

    verdict: Verdict
    counts: Counter[str]
    others: list[Item]
    notes: list[str]


@blueprint.get("/receipt")
def receipt() -> str:
    """What the receipt of a search says, and the ways to have it."""
    asked = params.read(request.args).request
    made = issue(archive().listed(asked))
    return render_template(
        "receipt.html",
        receipt=made,
        facts=told.facts(made),
        state=params.write(asked),
        json_url=search_url(asked, "receipts.search_receipt"),
        back=search_url(asked),
        links_offered=shortlinks().offered,
    )


@blueprint.get("/search.receipt.json")
def search_receipt() -> Response:
    """The receipt of a search as a file."""
    return file(issue(archive().listed(params.read(request.args).request)))


@blueprint.post("/r")
def make_link() -> Response:
    """Keeps the receipt of a search under a short link and leads there."""
    made = issue(archive().listed(params.read(request.form).request))
    return redirect(url_for("receipts.again", name=shortlinks().keep(made)), 303)  # type: ignore[return-value]


@blueprint.get("/r/<name>")
def again(name: str) -> str:
    """The receipt of a short link, asked once more."""
    return _replayed(_kept(name), name)


@blueprint.get("/r/<name>.json")
def kept(name: str) -> Response:
    """The receipt of a short link as a file."""
    return file(_kept(name))


@blueprint.get("/verify")
def verify() -> str:
    """The form by which a list or a receipt is sent."""
    return render_template("verify.html")


@blueprint.post("/verify")
def verified() -> str | tuple[str, int]:
    """A receipt asked once more, or whether a list is whole, is that of its receipt, and what the archive has of it."""
    try:
        sent, beside = uploaded(), uploaded_as("receipt")
        if beside and is_receipt(sent) and not is_receipt(beside):
            # The two were taken for each other.
            sent, beside = beside, sent
        if not beside and is_receipt(sent):
            return _replayed(read(sent.read()))
        proof = read(beside.read()) if beside else None
        return render_template("verify.html", checked=_checked(sent, proof), states=STATES)
    except (UploadRefused, ReceiptInvalid, ListUnreadable) as error:
        return render_template("verify.html", trouble=str(error)), 400


@blueprint.get("/list.json")
def known() -> Response:
    """For each ``id`` whether the archive has it; with a ``digest`` for each, whether its text is still the same."""
    ids, digests = request.args.getlist("id"), request.args.getlist("digest")
    return _listed(identified(archive(), ids, digests[: len(ids)]))


@blueprint.post("/list.json")
def listed() -> Response:
    """The same for each row of a list or a receipt that is sent as ``file``."""
    return _listed(items(archive(), uploaded()))


def _kept(name: str) -> Receipt:
    found = shortlinks().find(name)
    if found is None:
        abort(404)
    return found


def file(made: Receipt) -> Response:
    """A receipt as a download."""
    answer = Response(write(made), mimetype="application/json")
    answer.headers.set("Content-Disposition", "attachment", filename=f"baoku-{name_of(made)}.receipt.json")
    return answer


def _replayed(made: Receipt, name: str = "") -> str:
    return render_template("again.html", name=name, again=_again(made), reasons=REASONS)


def _again(made: Receipt) -> Again:
    done = replay(archive(), made)
    return Again(
        done=done,
        sentence=told.verdict(done),
        notes=list(told.notes(done)),
        facts=told.facts(made),
        changes=[(change, done.name(change)) for change in done.changes[:MOST_SHOWN]],
        url=search_url(made.request),
    )


def _checked(file: BinaryIO, proof: Receipt | None) -> Checked:
    verdict = verify_file(file)
    if proof:
        verdict = proved(verdict, file, proof)
    file.seek(0)
    rows = list(islice(items(archive(), file), MOST_ROWS))
    others = [item for item in rows if item.state != KNOWN]
    counts = Counter(item.state for item in rows)
    return Checked(verdict, counts, others[:MOST_SHOWN], list(_limits(rows, others)))


def _limits(rows: list[Item], others: list[Item]) -> Iterator[str]:
    """What a comparison leaves open, in words."""
    if any(item.state == KNOWN and not item.read for item in rows):
        yield UNREAD
    if len(rows) == MOST_ROWS:
        yield Message("清单很长，只对照了前 {rows} 行；全部请用 baoku import-list", rows=MOST_ROWS)
    if len(others) > MOST_SHOWN:
        yield Message("这里列出前 {shown} 行，一共 {all} 行", shown=MOST_SHOWN, all=len(others))


def _listed(found: Iterable[Item]) -> Response:
    rows = list(islice(found, MOST_ROWS + 1))
    return jsonify(ok=True, complete=len(rows) <= MOST_ROWS, rows=[_row(item) for item in rows[:MOST_ROWS]])


def _row(item: Item) -> dict[str, Any]:
    article = archive().article(item.id) if item.id else None
    return {
        "number": item.number,
        "id": item.id,
        "state": item.state,
        "differs": list(item.differs),
        "text_compared": item.read,
        "title": article.headline if article else item.headline,
        "date": date_words(article.date) if article else "",
        "source": str(newspaper_words(article.source)) if article else "",
        "url": url_for("pages.article", identity=item.id) if article else None,
    }
