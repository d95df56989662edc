"""What the pages of one newspaper print around their stories: column heads, labels, slogans, furniture."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from indexer.prose import bare
from search.errors import BaokuError
from search.reference import reference_folder

_NUMBERED = re.compile(r"[(（][一二三四五六七八九十\d]+[)）]$")
_SIMPLIFIED = str.maketrans(
    "責編輯電話熱線郵廣導圖訂閱發詳見轉點擊號統內國監製", "责编辑电话热线邮广导图订阅发详见转点击号统内国监制"
)


@dataclass(frozen=True)
class LayoutRules:
    """What the pages print around their stories: the lists of data/layout.toml."""

    columns: frozenset[str]
    labels: frozenset[str]
    slogans: tuple[str, ...]
    slogan_words: tuple[str, ...]
    furniture: tuple[str, ...]
    version: str
    """Changes with the file."""

    @classmethod
    def load(cls, folder: Path | None = None) -> LayoutRules:
        """The rules of a reference folder.

        Raises:
            BaokuError: the file is missing, broken, or holds a pattern that cannot be used.
        """
        path = (folder or reference_folder()) / "layout.toml"
        try:
            text = path.read_text("utf-8-sig")
            lists = tomllib.loads(text)
            rules = cls(
                frozenset(map(bare, lists["columns"])),
                frozenset(map(bare, lists["labels"])),
                tuple(map(bare, lists["slogans"])),
                tuple(map(bare, lists["slogan_words"])),
                tuple(lists["furniture"]),
                hashlib.sha256(text.encode()).hexdigest()[:12],
            )
            rules.is_furniture("")
        except (OSError, ValueError, KeyError, TypeError, re.error) as error:
            raise BaokuError(f"{path} 不能使用：{error} (the layout rules cannot be read)") from None
        return rules

    @cached_property
    def _furniture(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{pattern})" for pattern in self.furniture), re.IGNORECASE)

    def is_furniture(self, line: str) -> bool:
        return len(line) <= 120 and bool(self._furniture.fullmatch(line.translate(_SIMPLIFIED)))

    def sounds_like_slogan(self, text: str) -> bool:
        """Whether a line is short, holds a word that only slogans have, and is not numbered as a series is."""
        words = bare(text)
        return len(words) <= 16 and not _NUMBERED.search(text) and any(word in words for word in self.slogan_words)

    def is_whole_slogan(self, text: str) -> bool:
        """Whether the text is a slogan of the list from its beginning to its end."""
        return bare(text) in self.slogans

    def is_slogan(self, text: str) -> bool:
        """Whether the text is a slogan, or at least six characters of the beginning of one."""
        words = bare(text)
        begun = (slogan for slogan in self.slogans if slogan.startswith(words))
        return len(words) >= 6 and any(len(words) > 0.4 * len(slogan) for slogan in begun)
