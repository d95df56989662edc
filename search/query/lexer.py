"""Cuts a query into tokens: quotations, words, fields, operators and parentheses.

Two strings run side by side: the printed query, and its shape, in which every character is folded, so that
full-width and half-width signs are one. Tokens are found in the shape and carry what was printed as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from search.message import Message
from search.query.dates import read_dates
from search.text import INVISIBLES, fold

FIELDS = {
    **dict.fromkeys(("title", "标题"), "title"),
    **dict.fromkeys(("body", "正文"), "body"),
    **dict.fromkeys(("reporter", "记者"), "reporter"),
    **dict.fromkeys(("street", "街道"), "street"),
    **dict.fromkeys(("topic", "主题"), "topic"),
    **dict.fromkeys(("section", "栏目"), "section"),
    **dict.fromkeys(("kind", "体裁"), "kind"),
    **dict.fromkeys(("community", "社区"), "community"),
    **dict.fromkeys(("page", "版"), "page"),
    **dict.fromkeys(("newspaper", "报纸"), "newspaper"),
    **dict.fromkeys(("date", "日期"), "date"),
}
OPERATORS = {
    **dict.fromkeys(("AND", "与", "與", "&", "&&"), "AND"),
    **dict.fromkeys(("OR", "或"), "OR"),
    **dict.fromkeys(("NOT", "非"), "NOT"),
}
"""Operators when they stand alone; ``|`` and a leading minus are operators anywhere."""
QUOTES = {'"': '"＂', "“": "”", "「": "」", "『": "』", "〝": "〞〟", "＂": '"＂', "”": "”"}
"""What closes a quotation, by what opened it."""

_MINUS = "-－−–"
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_FIELD = re.compile(rf'(?:[^\w ()|"]|_)*({"|".join(FIELDS)}):')
_WORD = re.compile(r'[^ ()|"]+')
_AFTER_DATE = re.compile(r"(?:date|日期): *\(? *$")
_PERIOD = re.compile(r'[0-9][^ ()|"]*(?: - | ?(?:[至到~]|\.{2,}) ?)[0-9今][^ ()|"]*')
"""Two days with blanks around what stands between them; a minus that touches the second one would be a NOT."""
_NEAR = re.compile(r"NEAR|(?i:NEAR)/([0-9]+)")
_MISREAD = re.compile("~[0-9]?(?=[ )|]|$)")


def is_operator(text: str) -> bool:
    """Whether a word that stands alone would be read as an operator."""
    return text in OPERATORS or _NEAR.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Token:
    """``kind`` is one of AND, OR, NOT, NEAR, (, ), FIELD, WORD, QUOTED, END.

    ``text`` is folded (the name for a FIELD, the distance for a NEAR), ``printed`` is as it was typed. ``misread``
    tells that a ~ stands behind it.
    """

    kind: str
    text: str = ""
    printed: str = ""
    misread: bool = False


class Lexer:
    """The tokens of one query; what had to be mended is added to ``repairs``."""

    def __init__(self, query: str, repairs: list[str]) -> None:
        self._repairs = repairs
        self._printed = INVISIBLES.sub("", query)
        if _UNREADABLE.search(self._printed):
            repairs.append(Message("略去了无法识别的字符"))
            self._printed = _UNREADABLE.sub(" ", self._printed)
        shapes = [fold(char) or " " for char in self._printed]
        self._shape = "".join(shapes)
        self._index = [index for index, shape in enumerate(shapes) for _ in shape] + [len(self._printed)]
        self._at = 0

    def tokens(self) -> Iterator[Token]:
        while self._at < len(self._shape):
            sign = self._shape[self._at]
            if sign == " ":
                self._at += 1
            elif sign == '"':
                yield from self._quotation()
            elif sign in "()|":
                self._at += 1
                yield Token("OR" if sign == "|" else sign, printed=sign)
            elif self._is_minus():
                self._at += 1
                yield Token("NOT", printed=sign)
            else:
                yield self._word()

    def _is_minus(self) -> bool:
        before = self._shape[self._at - 1] if self._at else " "
        after = self._shape[self._at + 1 : self._at + 2]
        return self._printed[self._index[self._at]] in _MINUS and before in " (|:-" and after not in ("", " ")

    def _quotation(self) -> Iterator[Token]:
        start = self._index[self._at] + 1
        closing = QUOTES.get(self._printed[start - 1])
        if closing is None or not self._shape[self._at + 1 :].strip():
            self._repairs.append(Message("略去了多余的引号"))
            self._at += 1
            return
        end = self._closing_quote(start, closing)
        inside = self._printed[start:end]
        self._at = self._index.index(min(end + 1, len(self._printed)))
        yield Token("QUOTED", fold(inside), inside, self._misread())

    def _closing_quote(self, start: int, closing: str) -> int:
        """Where the quotation ends: at its own closing mark, else at any other, else at the end of the query."""
        for marks in (closing, "".join(QUOTES.values())):
            found = re.compile(f"[{marks}]").search(self._printed, start)
            if found:
                return found.start()
        self._repairs.append(Message("引号没有闭合，已补在末尾"))
        return len(self._printed)

    def _word(self) -> Token:
        if field := _FIELD.match(self._shape, self._at):
            self._at = field.end()
            return Token("FIELD", FIELDS[field[1]], field[1])
        word = self._period() or _WORD.match(self._shape, self._at)
        assert word, "only blanks, parentheses, bars and quotes are no words"
        printed = self._printed[self._index[word.start()] : self._index[word.end() - 1] + 1]
        self._at = word.end()
        typed = unicodedata.normalize("NFKC", printed)
        if near := _NEAR.fullmatch(typed):
            return Token("NEAR", near[1] or "", printed)
        if mark := _MISREAD.search(word[0]):
            text = word[0][: mark.start()]
            return Token("WORD", fold(text), printed[: len(printed) - len(mark[0])], misread=True)
        return Token(OPERATORS.get(typed, "WORD"), fold(word[0]), printed)

    def _period(self) -> re.Match[str] | None:
        """Two days behind the name of the date field, though blanks part them; what are none is read word by word."""
        before = self._shape[max(0, self._at - 20) : self._at]
        found = _PERIOD.match(self._shape, self._at) if _AFTER_DATE.search(before) else None
        return found if found and read_dates(fold(found[0])) else None

    def _misread(self) -> bool:
        """Whether a ~ follows, which is taken."""
        mark = _MISREAD.match(self._shape, self._at)
        self._at = mark.end() if mark else self._at
        return bool(mark)
