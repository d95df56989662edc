"""Text as it is compared: folding, with a way back to the printed text.

Folding looks at one character at a time (a base with its combining marks counts as one), so that the
folded form of a piece cut out of a text stands literally in the folded form of that text. This is what
makes a quoted search exact; conversion by phrases, which is better for reading, would break it.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import opencc
from numpy.typing import NDArray

from search.article import Article

FOLD_VERSION = 2
"""Counted up with every change of folding or of what is searchable: an older index no longer answers exactly."""

_SAME = {"“”„‟〝〞「」『』＂": '"', "‘’‚‛": "'", "—–―‐‑−─": "-", "·•・‧": "·"}
_PUNCTUATION = {ord(char): one for group, one in _SAME.items() for char in group}
# Soft hyphen, zero-width characters, direction marks, word joiner, byte order mark, variation selectors.
_INVISIBLE = "\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef"
_HAN = "\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"


def _ranges(codes: Iterable[int]) -> str:
    """Ascending code points as the inside of a regular expression's character class."""
    spans: list[list[int]] = []
    for code in codes:
        if spans and spans[-1][1] == code - 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in spans)


def _joins_its_base(code: int) -> bool:
    # Half-width voicing marks are letters by category and become marks only by NFKC.
    return unicodedata.category(unicodedata.normalize("NFKC", chr(code))[0]) in ("Mn", "Mc", "Me")


# Marks beyond the basic plane belong to scripts that no newspaper mixes in; without them the test is fast.
_MARKS = _ranges(code for code in range(0x300, 0x10000) if _joins_its_base(code))
INVISIBLES = re.compile(f"[{_INVISIBLE}]")
"""Characters that no reader sees; folding drops them."""
_MARK = re.compile(f"[{_MARKS}]")
_MARK_OR_INVISIBLE = re.compile(f"[{_MARKS}{_INVISIBLE}]")
_CLUSTER = re.compile(rf"[^\s{_MARKS}][{_MARKS}]+")
_PIECE = re.compile(rf"\s+|[^\s{_MARKS}]+(?![{_MARKS}])|[^\s{_MARKS}][{_MARKS}]+|[{_MARKS}]")
_WIDE = re.compile(f"[{_HAN}]")
# The blank stands first, which lets the search leap from blank to blank. The inverse of _keeps_blank on both sides.
_NEEDLESS = re.compile(rf" (?<=[\W_{_HAN}] )(?<![ {_MARKS}] ) *(?=[\W_{_HAN}])(?![ {_MARKS}])")
_BLANKS = re.compile("  +")
_TO_SIMPLIFIED = opencc.OpenCC("t2s")


class _Table(dict[int, str]):
    """Folded form by code point, filled as characters are met; fit for str.translate."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = form = " " if char.isspace() else _fold_unit(char)
        if len(form) == 1 and form < _OTHER and code < len(_ONE_FOR_ONE) and not (is_mark(char) or _is_half(char)):
            _ONE_FOR_ONE[code] = ord(form)
        return form


_TABLE = _Table()
_OTHER = "\uffff"
_UNIT = np.dtype("<u2")
_ONE_FOR_ONE = np.full(0x10000, ord(_OTHER), _UNIT)
"""The folded unit of UTF-16 for the characters of _TABLE that fold one for one wherever they stand; else _OTHER.

Whole texts are folded by it: str.translate takes some thirty times as long.
"""
_DOTS = "..."
_SHORT = 40
"""Characters up to which str.translate is the quicker one."""


def _fold_unit(unit: str) -> str:
    """One character, or a base and its marks, folded until nothing changes any more.

    What NFKC would turn into a blank and a mark (´ and the like) stays as it is: it is no white space.
    """
    previous = None
    while unit != previous:
        previous = unit
        normal = unicodedata.normalize("NFKC", unit)
        if " " in normal:
            return unit if len(unit) == 1 else "".join(_TABLE[ord(char)] for char in unit)
        unit = _WIDE.sub(_simplified, normal.translate(_PUNCTUATION).lower())
    return unit


def _simplified(han: re.Match[str]) -> str:
    return str(_TO_SIMPLIFIED.convert(han[0]))


def _keeps_blank(char: str) -> bool:
    """Whether white space beside this folded character means something: letters and digits, not Chinese."""
    return (char.isalnum() and not _WIDE.match(char)) or is_mark(char)


def _is_half(char: str) -> bool:
    """Whether it is a surrogate, which in UTF-16 may be half of another character."""
    return "\ud800" <= char <= "\udfff"


def is_mark(char: str) -> bool:
    """Whether the character combines with the one before it."""
    return _MARK.match(char) is not None


# Blanks are taken out of a text before its characters are met one by one.
" \n\r\t\u3000".translate(_TABLE)


def fold(text: str) -> str:
    """The form in which texts are compared: NFKC, lower case, simplified, one kind of quotes and dashes.

    White space between Chinese characters or punctuation is dropped, elsewhere a run of it is one blank.
    Folding twice changes nothing, and ``fold(a) in fold(b)`` whenever a is a piece of b.
    """
    forms = _each_folded(text).strip(" ")
    return _BLANKS.sub(" ", _NEEDLESS.sub("", forms)) if " " in forms else forms


def _each_folded(text: str) -> str:
    """Every visible character, or base with its marks, in its folded form; white space as blanks."""
    if len(text) > _SHORT:
        # The one common character that folds to several.
        text = text.replace("…", _DOTS)
        forms = _one_for_one(text)
        if forms is not None:
            return forms
    if _MARK_OR_INVISIBLE.search(text):
        text = _CLUSTER.sub(lambda cluster: _fold_unit(cluster[0]), INVISIBLES.sub("", text))
    return text.translate(_TABLE)


def _one_for_one(text: str) -> str | None:
    """Each character folded where all of them fold one for one wherever they stand."""
    forms: str = _ONE_FOR_ONE.take(_units(text)).tobytes().decode("utf-16-le")
    return None if _OTHER in forms else forms


def _units(text: str) -> NDArray[np.uint16]:
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), _UNIT)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and the way back.

    ``offsets[i]`` is the index in the printed text of the character that folded character i came from;
    one more entry at the end holds the length of the printed text. Offsets never decrease.
    """

    text: str
    offsets: Sequence[int]


def folded(text: str) -> Folded:
    """The same text as ``fold`` gives, with its offsets; for texts that are to be shown."""
    return _folded_whole(text) or _folded_piecewise(text)


def _folded_whole(text: str) -> Folded | None:
    """The whole text at once; None when some character folds to several or depends on its neighbours."""
    forms = _one_for_one(text.replace("…", _DOTS))
    if forms is None:
        return None
    if "…" not in text and " " not in forms:
        return Folded(forms, range(len(text) + 1))
    places = np.arange(len(text) + 1)
    if "…" in text:
        places = np.repeat(places, np.append(np.where(_units(text) == ord("…"), len(_DOTS), 1), 1))
    kept = np.ones(len(places), dtype=bool)
    for start, end in _dropped_blanks(forms):
        kept[start:end] = False
    return Folded(_units(forms)[kept[:-1]].tobytes().decode("utf-16-le"), places[kept].data)


def _dropped_blanks(forms: str) -> Iterator[tuple[int, int]]:
    """Which blanks of a text, folded but for them, stand for nothing: at its ends, beside Chinese, behind another."""
    yield 0, len(forms) - len(forms.lstrip(" "))
    yield len(forms.rstrip(" ")), len(forms)
    yield from (match.span() for match in _NEEDLESS.finditer(forms))
    yield from ((match.start() + 1, match.end()) for match in _BLANKS.finditer(forms))


def _folded_piecewise(text: str) -> Folded:
    pieces = [""]
    offsets = array("L")
    blank: Sequence[int] = ()
    for form, indexes in _folded_pieces(text):
        if form == " ":
            blank = indexes
            continue
        if blank and offsets and (_keeps_blank(pieces[-1][-1]) or _keeps_blank(form[0])):
            pieces.append(" ")
            offsets.extend(blank)
        blank = ()
        pieces.append(form)
        offsets.extend(indexes)
    offsets.append(len(text))
    return Folded("".join(pieces), offsets)


def _folded_pieces(text: str) -> Iterator[tuple[str, Sequence[int]]]:
    """Folded pieces, each run of white space as one blank, with the printed index of every folded character."""
    visible = INVISIBLES.sub("", text)
    positions: Sequence[int] = range(len(text))
    if len(visible) < len(text):
        positions = [index for index, char in enumerate(text) if not INVISIBLES.match(char)]
    for match in _PIECE.finditer(visible):
        printed, indexes = match[0], positions[match.start() : match.end()]
        if printed.isspace():
            yield " ", indexes[:1]
        elif _CLUSTER.match(printed):
            form = _fold_unit(printed)
            yield form, [indexes[0]] * len(form)
        elif len(form := printed.translate(_TABLE)) == len(printed):
            yield form, indexes
        else:
            yield form, [index for char, index in zip(printed, indexes, strict=True) for _ in _TABLE[ord(char)]]


def searchable(article: Article) -> dict[str, str]:
    """The folded text of an article by part: title, kicker, subtitle, body, captions, byline, section.

    Paragraphs of the body join; captions are kept apart by line feeds, which no folded string contains, and so
    are the byline and the names of people that it lacks.
    """
    byline = fold(article.byline or "")
    return {
        "title": fold(article.title or ""),
        "kicker": fold(article.kicker or ""),
        "subtitle": fold(article.subtitle or ""),
        "body": fold(article.body),
        "captions": "\n".join(fold(caption) for caption in article.captions),
        "byline": "\n".join((byline, *_unsigned(article, byline))),
        "section": fold(article.section or ""),
    }


def _unsigned(article: Article, byline: str) -> list[str]:
    """The folded names of an article's people, as printed and canonical, that its folded byline does not contain."""
    names = (fold(form) for name in article.people for form in (article.names_printed.get(name, name), name))
    return [name for name in dict.fromkeys(names) if name not in byline]
