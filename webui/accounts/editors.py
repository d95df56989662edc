"""The editors' room: what the archive needs looked at, its upkeep, who may come in, and what was done."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request

from search.audit import ZONE
from webui.accounts.deeds import EVENTS, deeds, moment, upkeep
from webui.accounts.door import EDITORS, OFF, entrance
from webui.accounts.records import audit
from webui.holdings import gaps
from webui.shelf import archive

blueprint = Blueprint(EDITORS, __name__)


@blueprint.before_request
def _only_with_a_login() -> None:
    if current_app.config["LOGIN"] == OFF:
        abort(404)


@blueprint.get("/editor")
def room() -> Response:
    """What is missing in the archive, when it was looked after, and the accounts."""
    kept = archive()
    stats = kept.stats()
    return _kept_by_nobody(
        render_template(
            "editor/room.html",
            stats=stats,
            gaps=gaps(stats),
            committed=moment(datetime.fromtimestamp(kept.committed, ZONE).isoformat()),
            upkeep=list(upkeep(audit().kept)),
            recorded=audit().kept.kept,
            people=[(one, moment(one.made), moment(one.seen)) for one in entrance().accounts.all()],
        )
    )


@blueprint.get("/editor/audit")
def record() -> Response:
    """The audit log, the newest lines first: all, or those of an ``event``, of a person (``by``), of a ``day``."""
    asked = {name: request.args.get(name, "").strip() for name in ("event", "by", "day")}
    shown = deeds(audit().kept, **asked)
    return _kept_by_nobody(
        render_template("editor/audit.html", shown=shown, asked=asked, events=EVENTS, recorded=audit().kept.kept)
    )


def _kept_by_nobody(page: str) -> Response:
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    return answer
