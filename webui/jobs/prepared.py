"""Long exports on the web: ordered by a form, followed on a page of their own, cancelled, downloaded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flask import Blueprint, Response, abort, current_app, redirect, render_template, request, send_file, url_for
from werkzeug.datastructures import MultiDict

from search.export import EXPORTS
from webui import params, view
from webui.accounts.records import audit
from webui.downloads import FORMAT, TEXT, articles_address, attachment, export_url, file_name
from webui.jobs.desk import desk
from webui.jobs.job import DONE, Job, Order, is_long
from webui.links import search_url, with_state
from webui.shelf import archive

blueprint = Blueprint("prepared", __name__)


@blueprint.post("/export")
def order() -> Response:
    """Orders a long list and leads to its page; leads to the download of a short one."""
    wanted = _wanted(request.form)
    if wanted is None:
        return _to(export_url(params.read(request.form).request))
    if not desk().most or not is_long(wanted.form, archive().listed(wanted.request).total):
        return _to(with_state(url_for("downloads.export"), _state(wanted)))
    return _to(_page(desk().order(wanted)))


@blueprint.get("/export/<name>")
def job(name: str) -> str | tuple[str, int]:
    """How far the file is, and the way to it; of a job that is gone, the way to order it again."""
    found = desk().find(name)
    wanted = found.order if found else _wanted(request.args)
    asked = wanted.request if wanted else params.read(request.args).request
    page = render_template(
        "job.html",
        job=found,
        form=EXPORTS[wanted.form] if wanted else None,
        asked=asked,
        chips=view.chips(asked),
        state=_state(wanted) if wanted else (),
        direct=with_state(url_for("downloads.export"), _state(wanted)) if wanted else export_url(asked),
        here=with_state(url_for("prepared.job", name=name), _state(wanted)) if wanted else "",
        back=search_url(asked),
        again=export_url(asked),
        before=desk().before(found) if found else 0,
        size=found.path.stat().st_size if found and found.state == DONE else 0,
    )
    return page if found else (page, 404)


@blueprint.post("/export/<name>")
def cancel(name: str) -> Response:
    """Ends a job and leads back to its page, which says so."""
    found = desk().find(name)
    if found is None:
        abort(404)
    desk().cancel(found)
    return _to(_page(found))


@blueprint.get("/export/<name>/file")
def file(name: str) -> Response:
    """The finished file, with its length."""
    found = desk().find(name)
    if found is None or found.state != DONE:
        abort(404)
    form = EXPORTS[found.order.form]
    audit().took(found.order.form, found.total // form.readings)
    answer = send_file(found.path, mimetype=form.media_type)
    answer.headers["Content-Disposition"] = attachment(file_name(form, found.order.request.query), form)
    answer.cache_control.no_transform = True
    return answer


def _wanted(args: MultiDict[str, str]) -> Order | None:
    """The list that parameters name; None where they name no format."""
    form, _ = params.choice(args, FORMAT, tuple(EXPORTS))
    if not form:
        return None
    asked = replace(params.read(args).request, page=1)
    return Order(Path(current_app.config["INDEX"]), asked, form, args.get(TEXT) == "1", articles_address())


def _state(wanted: Order) -> list[tuple[str, str]]:
    """The parameters by which the same list is had again, also when the job is gone."""
    return [*params.write(wanted.request), (FORMAT, wanted.form), *([(TEXT, "1")] if wanted.text else [])]


def _page(found: Job) -> str:
    return with_state(url_for("prepared.job", name=found.name), _state(found.order))


def _to(address: str) -> Response:
    return redirect(address, 303)  # type: ignore[return-value]
