"""Lists that programs read page by page: all pages show the archive as it was when the first one was given.

Within one state of the archive the order of hits is fixed, so a page number neither skips nor repeats any of them. A
key to go on from (the score and id of the last hit) would: every commit changes the scores of all hits.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from search.archive import Archive
from search.errors import BaokuError
from search.results import Results
from webui import params
from webui.shelf import archive, shelf


class ListGone(BaokuError):
    """The archive has changed since a token was given, and the state that it belongs to is no longer kept."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What an address asks for: its parameters or those of its token, the archive to ask, notes on what was mended."""

    args: MultiDict[str, str]
    archive: Archive
    notes: tuple[str, ...] = ()


def turn(args: MultiDict[str, str]) -> Turn:
    """The page that ``next`` stands for, or the parameters themselves.

    Raises:
        ListGone: there is a token, but its state of the archive is gone.
    """
    meant, notes = params.expand(args)
    if meant is args:
        return Turn(args, archive().now(), notes)
    moment = shelf().moment(meant[params.STATE])
    if moment is None:
        raise ListGone(
            "馆藏在翻页期间有了变动，这份结果的后几页已不可得；请从第一页重新开始 (the list is gone, start again)."
        )
    return Turn(meant, moment, notes)


def following(results: Results, moment: Archive) -> str | None:
    """The token of the next page; None on the last one and beyond."""
    asked = results.request
    if asked.page >= results.pages:
        return None
    return params.token(replace(asked, page=asked.page + 1), shelf().keep(moment))
