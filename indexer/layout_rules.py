"""What the pages of one newspaper print around their stories: column heads, labels, slogans, furniture."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from indexer.prose import bare
from search import toml
from search.errors import BaokuError
from search.reference import reference_folder

LONGEST_OUTSIDE = 120
"""Characters of a line beyond which it is text."""
_NUMBERED = re.compile(r"[(（][一二三四五六七八九十\d]+[)）]$")
_TRADITIONAL = "責編輯電話熱線郵廣導圖訂閱發詳見轉點擊號統內國監製"
_SIMPLIFIED = str.maketrans(_TRADITIONAL, "责编辑电话热线邮广导图订阅发详见转点击号统内国监制")
_IS_TRADITIONAL = re.compile(f"[{_TRADITIONAL}]")


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
            lists = toml.loads(text)
            rules = cls(
                frozenset(map(bare, lists["columns"])),
                frozenset(map(bare, lists["labels"])),
                tuple(map(bare, lists["slogans"])),
                tuple(map(bare, lists["slogan_words"])),
                tuple(lists["furniture"]),
                hashlib.sha256(text.encode()).hexdigest()[:12],
            )
            rules.is_furniture("")
        except KeyError as error:
            raise BaokuError(f"{path} 缺少 {error.args[0]} 这一项 (an entry is missing)") from None
        except (OSError, ValueError, TypeError, re.error) as error:
            raise BaokuError(f"{path} 不能使用：{error} (the layout rules cannot be read)") from None
        return rules

    @cached_property
    def _furniture(self) -> re.Pattern[str]:
        return re.compile("|".join(f"(?:{pattern})" for pattern in self.furniture), re.IGNORECASE)

    def is_furniture(self, line: str) -> bool:
        if len(line) > LONGEST_OUTSIDE:
            return False
        simplified = line.translate(_SIMPLIFIED) if _IS_TRADITIONAL.search(line) else line
        return self._furniture.fullmatch(simplified) is not None

    def sounds_like_slogan(self, text: str, words: str) -> bool:
        """Whether a line, bare in ``words``, is short, holds a word that only slogans have, and bears no number."""
        return len(words) <= 16 and any(word in words for word in self.slogan_words) and not _NUMBERED.search(text)

    def is_whole_slogan(self, words: str) -> bool:
        """Whether bare words are a slogan of the list from its beginning to its end."""
        return words in self.slogans

    def is_slogan(self, words: str) -> bool:
        """Whether bare words are a slogan, or at least six characters of the beginning of one."""
        return words in self._slogan_beginnings

    @cached_property
    def _slogan_beginnings(self) -> frozenset[str]:
        least = [(slogan, max(6, int(0.4 * len(slogan)) + 1)) for slogan in self.slogans]
        return frozenset(slogan[:end] for slogan, first in least for end in range(first, len(slogan) + 1))
