"""What a run of the indexer did, as numbers and as the closing report in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexer.misreadings import Misreading
from indexer.review import Review
from indexer.sources.reject import Reject
from indexer.versions import Changes, Joined
from search.article import Article
from search.labels import LOST_LABELS
from search.letters import letter_codes

_NAMED = 10
_BEATS = 4


@dataclass
class Report:
    """The account of one run; the counts of articles are those of the files that were read in it.

    ``again`` counts the files read earlier that were read again because another extraction of the page has come or
    gone, ``outdated`` are those that could not be. ``gone`` counts indexed files that are no longer there, ``kept`` the
    articles of pages that now hold no story;
    ``unread`` are the origins of files and folders that could not be read;
    ``absent`` are the files that a manifest lists and that are not there; ``duplicates`` and ``completed`` count the
    whole archive, ``versions`` is what has changed in it; ``misreadings`` are the names in the whole archive that were
    merged, and those that might have been; ``review`` is what an editor should look at.
    """

    files: int = 0
    unchanged: int = 0
    pages: int = 0
    articles: int = 0
    removed: int = 0
    undated: int = 0
    without_street: int = 0
    cut: int = 0
    duplicates: int = 0
    completed: int = 0
    again: int = 0
    gone: int = 0
    kept: int = 0
    versions: Changes = field(default_factory=Changes)
    outdated: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    misreadings: list[Misreading] = field(default_factory=list)
    review: Review = field(default_factory=Review)

    def lines(self) -> Iterator[str]:
        """The report as a person reads it, most important first."""
        yield f"文件 {self.files} 个：新增或有变 {self.pages} 个，未变跳过 {self.unchanged} 个"
        if self.again:
            yield f"早先收的版面里，另一份（同一版的另一次提取）新来了或不在了的，重读 {self.again} 个"
        if self.pages or self.again:
            missing = f"日期未注明 {self.undated}，街道未注明 {self.without_street}，文字残缺 {self.cut}"
            yield f"收入文章 {self.articles} 篇：{missing}"
        yield from self.review.lines()
        completed = f"，{self.completed} 篇缺的文字据其他版本补在旁边" if self.completed else ""
        yield f"全库有 {self.duplicates} 篇是同一报道的其他版本（搜索时并为一篇）{completed}"
        yield from _shown("本次并入", "篇", [_joined(one) for one in self.versions.joined])
        yield from _shown("本次补全", "处", [line for one in self.versions.completed for line in _completed(one)])
        yield from misreading_lines(self.misreadings)
        if self.removed:
            yield f"移出索引 {self.removed} 篇"
        if self.gone:
            yield f"有 {self.gone} 个已索引的文件不在磁盘上了；要移出它们的文章，请加 --prune"
        if self.kept:
            yield f"已没有报道的版面，原有 {self.kept} 篇保留，要移出请加 --prune"
        if self.outdated:
            yield f"另一份有变、却未能重读的早先版面 {len(self.outdated)} 个，仍照原样：{_names(self.outdated)}"
            yield "  原因：文件不在了，或文件、清单、词表与收入时不同；请把它们再收一次"
        if self.absent:
            yield f"清单里有 {len(self.absent)} 个文件不在：{_names(self.absent)}"
        if self.rejects:
            yield f"未收 {len(self.rejects)} 项："
            yield from (f"  {reject}" for reject in self.rejects)


def _names(names: Sequence[str]) -> str:
    return "、".join(names[:_NAMED]) + (" 等" if len(names) > _NAMED else "")


def misreading_lines(found: Sequence[Misreading]) -> Iterator[str]:
    """Which names were merged, by what evidence and how to undo it, and which look-alikes were left apart."""
    merged = [item for item in found if not item.doubt]
    if merged:
        yield f"认错的姓名自动归并 {len(merged)} 个（凭字形和跑口，请编辑过目）："
        yield from (f"  {item.printed} → {item.name}：{_evidence(item)}" for item in merged)
        first = merged[0]
        yield f'  不是一个人的，在 reporters.toml 里写 different = [["{first.printed}", "{first.name}"]]，再收一次'
        yield f'  确是一个人的，写进标准姓名那一行："{first.name}" = ["{first.printed}"]'
    doubtful = [f"{item.printed}/{item.name}（{item.doubt}）" for item in found if item.doubt]
    if doubtful:
        more = " 等" if len(doubtful) > _NAMED else ""
        yield f"姓名形近、没有归并的 {len(doubtful)} 对：{'、'.join(doubtful[:_NAMED])}{more}"


def _evidence(item: Misreading) -> str:
    parts = [f"{item.stories} 篇归入（{item.name} 原有 {item.of} 篇）"]
    if item.beat:
        parts.append(f"同写{'、'.join(item.beat[:_BEATS])}")
    if item.versions:
        parts.append(f"{item.versions} 篇的另一版本署 {item.name}")
    return "，".join(parts)


def _shown(words: str, unit: str, lines: Sequence[str]) -> Iterator[str]:
    """The first of the lines under their number."""
    if lines:
        yield f"{words} {len(lines)} {unit}：" + (f"（列出前 {_NAMED} {unit}）" if len(lines) > _NAMED else "")
        yield from (f"  {line}" for line in lines[:_NAMED])


def _joined(one: Joined) -> str:
    files = f"{one.version.source.file} → {one.leader.source.file}"
    return f"《{one.version.headline}》{files}，{one.overlap} 字相同 ({one.version.id} joins {one.leader.id})"


def _completed(article: Article) -> Iterator[str]:
    for part in article.completed_from:
        length, what = len(letter_codes(part.text)), LOST_LABELS[part.what]
        yield f"《{article.headline}》{what}补 {length} 字，据 {part.id}，重叠 {part.overlap} 字 ({article.id})"
