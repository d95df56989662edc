"""The words of folded texts: jieba's, cut at the speed of its Rust edition where that is known to give the same.

jieba 0.42.1 is the definition. rjieba agrees with it on Chinese once both know the same words with the same
frequencies; it takes more characters for Chinese, and joins letters and digits that jieba parts. Both differences
are made good here.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import threading
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import cache, cached_property
from importlib import metadata
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import opencc

from search.errors import BaokuError
from search.reference import reference_folder
from search.text import FOLD_VERSION, fold

if TYPE_CHECKING:
    import jieba

Cut = Callable[[str], list[str]]

_REMEMBERED = 1 << 17
"""Words whose parts are remembered: some 30 MB."""

_BLOCK = re.compile(r"([\u4e00-\u9fd5a-zA-Z0-9+#&._%-]+)")
"""What jieba cuts in one go (its re_han_default); all other characters are words of their own."""
_BEYOND_JIEBA = r"\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\ud800-\udfff"
"""Chinese to rjieba but not to jieba, and what no string of Rust can hold."""
_JOINED = re.compile("[a-zA-Z0-9][._-][a-zA-Z0-9]")
_LATIN = re.compile(r"[a-zA-Z0-9]+(?:\.\d+)?%?|[^a-zA-Z0-9]+")
"""How jieba parts a run of characters that are not Chinese (its finalseg.re_skip)."""

# Rare and unknown characters, runs of single ones, names, numbers, joined letters, signs: where cutters differ.
_TRICKY = (
    "龘靐齉一乂乜亍亓亖亘亜的了在是㐀㐁甲䶮乙鿕鿖丙𠀀丁豈",
    "王小二在5日x-51.2a上跑了88.83km，约占3.5%.7的c++和c#，www.a.cn/1.2.3-_4s店江南style1号店",
    "a.5%b-5.5%c..d--e&f.5+#g%h.i_j.-k 9.8.7% 0-1 a_b%c&d.5 -1.5-2.5- .5 t恤 k歌 3d打印",
    "研究生命起源结婚的和尚未结婚的乒乓球拍卖完了下雨天留客天留我不留",
    "欧阳明月与司马青衫、诸葛小曼共赴阿不都热依木·买买提的婚礼々〇零",
)


def words(folded_text: str) -> list[str]:
    """The words of a query: jieba's most likely cut, without what has no letter, digit or Chinese character."""
    return [word for word in cutter().cut(folded_text) if is_searchable(word)]


def index_words(folded_text: str) -> list[str]:
    """The words to be indexed: those of ``words`` and the shorter words within them."""
    by = cutter()
    return list(chain.from_iterable(map(by.parts.__getitem__, by.cut(folded_text))))


def word_frequencies() -> tuple[Mapping[str, int], int]:
    """How often each word of the dictionary occurs, with 0 for mere beginnings of words, and the sum of all.

    The user dictionary that is in force at the call belongs to it.
    """
    tokenizer = cutter().tokenizer
    return tokenizer.FREQ, tokenizer.total


def is_searchable(folded_text: str) -> bool:
    """Whether there is any letter, digit or Chinese character in it."""
    return any(char.isalnum() for char in folded_text)


def analyser_version() -> str:
    """Twelve hex digits that change whenever folding or the cutting of words may have changed."""
    versions = (FOLD_VERSION, unicodedata.unidata_version, opencc.__version__, _version("jieba"))
    seen = repr((versions, _user_words(user_dictionary())))
    return hashlib.sha256(seen.encode()).hexdigest()[:12]


class Cutter:
    """``cut`` gives the words of a folded text as jieba's cut does, ``parts`` what is indexed for a word.

    Both may be used by several threads at once. jieba's dictionary, whose loading takes most of a second, is only
    loaded when it is needed: for parts, and for what rjieba is not trusted with.
    """

    def __init__(self, user_words: tuple[str, ...], agreement: Agreement | None = None) -> None:
        self._user_words = user_words
        self.agreement = agreement or self._agreed()
        fast = rust_cut(self.agreement, self._plain) if self.agreement.holds else None
        self.cut: Cut = fast or self._plain

    @property
    def is_fast(self) -> bool:
        """Whether rjieba cuts."""
        return self.agreement.holds

    @cached_property
    def tokenizer(self) -> jieba.Tokenizer:
        """jieba, with the user's words."""
        with _loading_jieba:
            return _tokenizer(self._user_words)

    @cached_property
    def parts(self) -> Mapping[str, tuple[str, ...]]:
        """The words that are indexed for a word of ``cut``."""
        return _Parts(self.tokenizer.FREQ)

    def _plain(self, text: str) -> list[str]:
        words: list[str] = self.tokenizer.lcut(text)
        return words

    def _agreed(self) -> Agreement:
        """What rjieba has to be told, and whether it then cuts the probes as jieba does."""
        agreement = Agreement.of(self.tokenizer, self._user_words)
        fast = rust_cut(agreement, self._plain)
        holds = fast is not None and all(fast(text) == self._plain(text) for text in _probes(self._user_words))
        return replace(agreement, holds=holds)


@dataclass(frozen=True, slots=True)
class Agreement:
    """What makes rjieba cut as jieba does: the ``frequencies`` of the user's words, how much the sum of all lacks
    (``filler``), and the words that only jieba can cut (``unclear``)."""

    frequencies: Mapping[str, int]
    filler: int
    unclear: Sequence[str]
    holds: bool = True

    @classmethod
    def of(cls, tokenizer: jieba.Tokenizer, user_words: Sequence[str]) -> Agreement:
        """What jieba's dictionary tells.

        Words like c++ are unclear: if their letters were cut one by one, rjieba would still join them.
        """
        known = tokenizer.FREQ
        latin = [word for word in known if len(word) > 1 and word.isascii() and known[word]]
        unclear = [word for word in latin if _BLOCK.fullmatch(word) and _LATIN.findall(word) != [word]]
        # jieba's total counts words twice that are listed twice.
        return cls({word: known[word] for word in user_words}, tokenizer.total - sum(known.values()), unclear)


class _Parts(dict[str, tuple[str, ...]]):
    """The words that cut_for_search gives for a word of cut: words within it of two characters, of three, itself."""

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        super().__init__()
        self._frequencies = frequencies

    def __missing__(self, word: str) -> tuple[str, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        found = [*self._within(word, 2), *self._within(word, 3), word]
        self[word] = parts = tuple(filter(is_searchable, found))
        return parts

    def _within(self, word: str, size: int) -> Iterator[str]:
        if len(word) > size:
            pieces = (word[at : at + size] for at in range(len(word) - size + 1))
            yield from filter(self._frequencies.get, pieces)


def rust_cut(agreement: Agreement, plain: Cut) -> Cut | None:
    """jieba's cut for folded texts by rjieba; ``plain`` is jieba's own. None where rjieba is not installed."""
    rust = _rust()
    if rust is None:
        return None
    for word, frequency in agreement.frequencies.items():
        rust.add_word(word, frequency, None)
    # This word, of no block, makes the sums equal.
    rust.add_word("\n", agreement.filler, None)
    rarities = re.compile("|".join((f"[{_BEYOND_JIEBA}]", *map(re.escape, agreement.unclear))))

    def cut(text: str) -> list[str]:
        if rarities.search(text):
            return list(_cut_blocks(text, rarities, plain, rust.cut))
        return _parted(text, rust.cut(text))

    return cut


def _rust() -> Any:
    """An rjieba that knows no words but its own; None where it is not installed.

    Making one takes a tenth of a second, and rjieba makes one when it is imported: that one is for the first to come.
    """
    try:
        import rjieba
    except ImportError:
        return None
    with suppress(IndexError):
        _taken.pop()
        return rjieba
    return rjieba.Jieba()


_taken = [None]
"""Has an item until the rjieba that is made by importing it belongs to somebody."""


def _cut_blocks(text: str, rarities: re.Pattern[str], plain: Cut, rust: Cut) -> Iterator[str]:
    """The words of a text block by block; blocks with rarities are cut by ``plain``."""
    for place, piece in enumerate(_BLOCK.split(text)):
        if place % 2 == 0:
            yield from piece
        elif rarities.search(piece):
            yield from plain(piece)
        else:
            yield from _parted(piece, rust(piece))


def _parted(text: str, found: list[str]) -> list[str]:
    """rjieba's words of a text with letters and digits parted as jieba does."""
    if not _JOINED.search(text):
        return found
    return [part for word in found for part in (_LATIN.findall(word) if word.isascii() else (word,))]


def _probes(user_words: Sequence[str]) -> Iterator[str]:
    yield from _TRICKY
    yield "，".join(f"在{word}的" for word in user_words[:500])


_loading, _loading_jieba = threading.Lock(), threading.Lock()


def cutter() -> Cutter:
    """The cutter by the user dictionary that is in force.

    Raises:
        BaokuError: the user dictionary is not UTF-8.
    """
    return cutter_with(user_dictionary())


def cutter_with(user_dictionary: Path) -> Cutter:
    """The cutter by a user dictionary.

    Raises:
        BaokuError: the user dictionary is not UTF-8.
    """
    with _loading:
        return _load(user_dictionary)


@cache
def _load(user_dictionary: Path) -> Cutter:
    user_words = _user_words(user_dictionary)
    remembered = _cache_folder() / f"words-{_versions(user_words)}.json"
    with suppress(OSError, ValueError, TypeError, AttributeError):
        return Cutter(user_words, Agreement(**json.loads(remembered.read_bytes())))
    found = Cutter(user_words)
    with suppress(OSError):
        fresh = remembered.with_suffix(f".{os.getpid()}")
        fresh.write_text(json.dumps(asdict(found.agreement), ensure_ascii=False), "utf-8")
        fresh.replace(remembered)
    return found


def _versions(user_words: tuple[str, ...]) -> str:
    """Twelve hex digits that change with whatever an agreement depends on."""
    seen = repr((Path(__file__).read_bytes(), *map(_version, ("jieba", "rjieba")), user_words))
    return hashlib.sha256(seen.encode()).hexdigest()[:12]


def _version(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "none"


def _tokenizer(user_words: Sequence[str]) -> jieba.Tokenizer:
    # Imported late: it takes a noticeable part of a second, which most commands can do without.
    import jieba

    jieba.setLogLevel(logging.CRITICAL)
    tokenizer = jieba.Tokenizer()
    tokenizer.tmp_dir = str(_cache_folder())
    tokenizer.cache_file = f"jieba-{jieba.__version__}.cache"
    tokenizer.initialize()
    for word in user_words:
        # Without a frequency jieba computes the one that keeps the word whole.
        tokenizer.add_word(word)
    return tokenizer


def _cache_folder() -> Path:
    """The user's own cache folder; jieba's default is the shared one for temporary files, open to forgery.

    Where none can be written, jieba does without.
    """
    try:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "baoku"
    except RuntimeError:
        return Path(os.devnull)
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def user_dictionary() -> Path:
    """Where the user dictionary is looked for at present."""
    return reference_folder() / "userdict.txt"


@cache
def _user_words(path: Path) -> tuple[str, ...]:
    """The folded words of a user dictionary, one a line; ``#`` starts a comment. None when there is no file.

    Raises:
        BaokuError: the file is not UTF-8.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError:
        raise BaokuError(f"用户词典 {path} 不是 UTF-8 编码，请另存为 UTF-8 (user dictionary must be UTF-8)") from None
    found = (fold(line.partition("#")[0]) for line in lines)
    return tuple(word for word in found if word)
