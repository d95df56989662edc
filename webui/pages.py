"""The pages for people: the start page, the search and the article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import Blueprint, Response, abort, render_template, request
from markupsafe import Markup

from search.article import Article, Completion
from search.compare import compare
from search.compare import printed as as_printed
from search.entry import Entry
from search.errors import QueryRefused
from search.message import Message
from search.query.terms import Term, Terms
from search.request import SearchRequest
from search.results import Results
from search.story import Story
from search.suggest.alternatives import FEW
from search.text import fold, searchable
from webui import byline, caching, citations, links, metadata, original, params, timeline, view
from webui.downloads import export_url
from webui.shelf import archive
from webui.words import SORT_NAMES, marked

blueprint = Blueprint("pages", __name__)
blueprint.add_app_template_global(links.article_url)
blueprint.add_app_template_global(links.compare_url)
blueprint.add_app_template_global(links.original_url)
blueprint.add_app_template_global(links.value_url)
blueprint.add_app_template_global(links.words_url)


@blueprint.get("/")
def start() -> str:
    """What the archive holds, with the search box; a search when the address asks for one."""
    if params.NAMES.intersection(request.args):
        return search()
    results = archive().answer(SearchRequest(per_page=10))
    return render_template("start.html", stats=archive().stats(), groups=view.groups(results))


@blueprint.get("/search")
def search() -> str:
    """The hits of one page with everything by which they can be narrowed."""
    reading = params.read(request.args)
    freq, unread = params.choice(request.args, links.RELATIVE[0], links.RELATIVE[1:])
    results, notes = _answered(reading.request)
    asked = results.request
    return render_template(
        "search.html",
        results=results,
        asked=asked,
        notes=(*reading.notes, *unread, *notes, *results.notes),
        timeline=_timeline(results, freq),
        # Escaped where it was made, in search.snippet.
        hits=[(hit, Markup(hit.snippet)) for hit in results.hits],
        groups=view.groups(results),
        chips=view.chips(asked),
        profiled=view.profiled(results),
        understood=view.understood(asked),
        besides=view.besides(results),
        unfiltered=view.unfiltered(asked),
        sorts=SORT_NAMES,
        hidden=_hidden(asked),
        page_links=view.page_links(results),
        page_url=view.page_url,
        sizes=view.sizes(asked),
        **_instead(results),
        **_elsewhere(asked),
    )


@blueprint.get("/article/<path:identity>")
def article(identity: str) -> str:
    """One article as it was printed; with ``q`` its matches are marked."""
    entry = archive().entry(identity)
    if entry is None:
        abort(404)
    found_by = _found_by()
    if request.args.get("view") == "original":
        return _beside_original(entry, found_by)
    if other := request.args.get("compare"):
        return _comparison(entry.article, other, found_by)
    terms, printed, url = _terms(found_by.query), _printed_names(entry.article), links.full_url(identity)
    story, similar = _around(identity)
    return render_template(
        "article.html",
        article=entry.article,
        paragraphs=_paragraphs(entry.article, terms.body),
        terms=terms,
        found_by=found_by,
        printed=printed,
        back=links.search_url(found_by) if params.query_string(found_by) else None,
        versions=archive().versions(identity),
        story=story,
        similar=similar,
        byline=byline.linked(entry.article, printed, terms.rest),
        permalink=url,
        cited=citations.box(entry.article, url),
        metadata=metadata.of(entry.article, url),
        has_original=original.offered(),
    )


@blueprint.get("/article/<path:identity>.<any('ris', 'bib', 'csl.json'):form>")
def citation(identity: str, form: str) -> Response | str:
    """The reference to an article as a file; the article itself where its id ends like that."""
    found = archive().article(identity)
    return citations.file(found, links.full_url(identity), form) if found else article(f"{identity}.{form}")


def _beside_original(entry: Entry, found_by: SearchRequest) -> str:
    """The article beside the lines of its page, or the reason why these cannot be shown."""
    rows, reason = original.rows(entry)
    paragraphs = _paragraphs(entry.article, _terms(found_by.query).body)
    return render_template(
        "original.html", article=entry.article, found_by=found_by, rows=rows, reason=reason, paragraphs=paragraphs
    )


def _around(identity: str) -> tuple[Story, list[Article]]:
    """The story line of an article and others like it; an article can be read even when these take too long."""
    try:
        story, similar = archive().story(identity), archive().similar(identity)
    except QueryRefused:
        caching.depends_on_the_moment()
        return Story(), []
    told = {other.id for other in (*story.line, *story.undated)}
    return story, [other for other in similar if other.id not in told]


def _answered(asked: SearchRequest) -> tuple[Results, tuple[str, ...]]:
    """The answer; beyond the last page that of the last page, with a note."""
    results = archive().answer(asked)
    if asked.page <= results.pages:
        return results, ()
    note = Message("页码超出末页，显示的是末页（第 {page} 页）。", page=results.pages)
    return archive().answer(replace(asked, page=results.pages)), (note,)


def _instead(results: Results) -> dict[str, Any]:
    """What may have been meant where little was found, and why nothing was; these have a budget of time."""
    if results.total > FEW:
        return {"meant": (), "why": None, "reasons": ()}
    caching.depends_on_the_moment()
    asked = results.request
    why = None if results.total else archive().why_nothing(asked)
    meant = view.meant(asked, archive().did_you_mean(asked))
    return {"meant": meant, "why": why, "reasons": view.reasons(why) if why else ()}


def _elsewhere(asked: SearchRequest) -> dict[str, str]:
    """The addresses of the same search in other forms."""
    whole = replace(asked, page=1)
    return {
        "atom_url": links.search_url(replace(whole, sort="newest"), "feeds.search_atom"),
        "json_url": links.search_url(asked, "data.search_json"),
        "export_url": export_url(asked),
        "receipt_url": links.search_url(whole, "receipts.receipt"),
        "csv_url": links.search_url(whole, "data.search_csv"),
    }


def _timeline(results: Results, freq: str) -> timeline.Timeline | None:
    everything = SearchRequest(all_versions=results.request.all_versions)
    return timeline.timeline(results, archive().trends([everything])[0].counts, freq == links.RELATIVE[1])


def _hidden(asked: SearchRequest) -> list[tuple[str, str]]:
    """The state that the form has no control for."""
    hidden = SearchRequest(without=asked.without, per_page=asked.per_page, drop=asked.drop)
    return [*params.write(hidden), *links.kept()]


def _found_by() -> SearchRequest:
    """The search that led to an article; an article can be read whatever its address says about that."""
    try:
        return params.read(request.args).request
    except params.ParametersInvalid:
        return SearchRequest()


def _comparison(article: Article, identity: str, found_by: SearchRequest) -> str:
    """The article beside another version of it."""
    other = next((version for version in archive().versions(article.id) if version.id == identity), None)
    if other is None:
        abort(404)
    segments = compare(as_printed(article), as_printed(other))
    return render_template("compare.html", article=article, other=other, segments=segments, found_by=found_by)


def _paragraphs(article: Article, terms: Sequence[Term]) -> list[tuple[str, Markup]]:
    """Each paragraph as printed and with its marks; marked as a whole, for a match may run on into the next one.

    What other versions complete stands in its place, marked as such: a paragraph that has any of it is no printed one.
    """
    if not article.completed_from:
        return list(zip(article.body.split("\n"), marked(article.body, terms).split("\n"), strict=True))
    pieces, at = [], 0
    for completion in article.completed_from:
        pieces += [marked(article.body[at : completion.at], terms), _completed(completion)]
        at = completion.at
    shown = Markup("").join([*pieces, marked(article.body[at:], terms)])
    return [(part.striptags(), part) for part in map(Markup, shown.split("\n"))]


def _completed(completion: Completion) -> Markup:
    """The passage with a mark around each of its lines, since a mark never runs over a line break."""
    lines = [
        Markup('<ins class="completed">{}</ins>').format(line) if line else "" for line in completion.text.split("\n")
    ]
    return Markup("\n").join(lines)


def _printed_names(article: Article) -> set[str]:
    """The names by which a search for exactly these words finds the article; the others are printed otherwise."""
    texts = searchable(article).values()
    names = (*article.correspondents, *article.photographers, *article.communities)
    return {name for name in names if any(fold(name) in text for text in texts)}


def _terms(query: str) -> Terms:
    """What the search marked, what it looked for besides included; nothing where it was refused."""
    try:
        return archive().terms(SearchRequest(query, drop=_found_by().drop))
    except QueryRefused:
        return Terms()
