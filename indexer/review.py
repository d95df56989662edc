"""What an editor should look at after a run: the pages whose stories were cut, joined or left without a head or day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from search.article import Article

_NAMED = 10
_LINES = 6


@dataclass
class Review:
    """The doubtful places of the pages read in a run, by file and by what is doubtful; lines are 1-based."""

    places: dict[str, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    undated: dict[str, None] = field(default_factory=dict)

    def add(self, article: Article) -> None:
        """Notes what is doubtful about an article that was cut from a page; ready articles have no lines."""
        spans = article.source.spans
        if not spans:
            return
        found = self.places[article.source.file] if self._is_doubtful(article) else {}
        first = str(spans[0][0])
        if article.title is None:
            found["标题缺失"].append(first)
        if not article.complete:
            found["文字残缺"].append(first)
        if len(spans) > 1:
            found["隔着别的报道接合"].append(
                "+".join(f"{start}–{end}" if end > start else f"{start}" for start, end in spans)
            )
        if not article.date.known:
            self.undated[article.source.file] = None

    def lines(self) -> Iterator[str]:
        """The pages with most doubtful places first, and how to see why each line was read as it was."""
        ranked = sorted(self.places.items(), key=lambda item: -sum(map(len, item[1].values())))
        if ranked:
            more = f"（列出前 {_NAMED} 个）" if len(ranked) > _NAMED else ""
            yield f"请过目的版面 {len(ranked)} 个{more}；逐行的理由见 baoku parse --explain 文件："
        for file, found in ranked[:_NAMED]:
            yield f"  {file}：" + "；".join(f"{what} {_shortened(where)} 行" for what, where in found.items())
        if self.undated:
            names = "、".join(list(self.undated)[:_NAMED]) + (" 等" if len(self.undated) > _NAMED else "")
            yield f"没有日期也推不出日期的版面 {len(self.undated)} 个，可在 manifest.csv 里写明：{names}"

    def _is_doubtful(self, article: Article) -> bool:
        return article.title is None or not article.complete or len(article.source.spans) > 1


def _shortened(places: list[str]) -> str:
    return "、".join(places[:_LINES]) + ("……" if len(places) > _LINES else "")
