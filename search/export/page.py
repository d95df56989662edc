"""The bundle's page: the list as one HTML file that opens from disk, without scripts and without the network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape

from search.export.form import Wanted, facts
from search.labels import date_words
from search.listed import Listed, Row

_HEAD = """<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark }}
body {{ max-width: 46rem; margin: 2rem auto; padding: 0 1rem; font: 1rem/1.7 "Noto Serif CJK SC", "Songti SC", serif }}
dl {{ display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; font-size: .9rem }}
dd {{ margin: 0; overflow-wrap: anywhere }}
li {{ margin: 1rem 0 }}
p {{ margin: 0; font-size: .9rem }}
</style>
</head>
<body>
<h1>{title}</h1>
<dl>
{facts}
</dl>
<p>同一文件夹里：<a href="list.csv">list.csv</a> <a href="list.xlsx">list.xlsx</a> <a href="list.jsonl">list.jsonl</a>
<a href="references.ris">references.ris</a> <a href="references.bib">references.bib</a>
<a href="manifest-sha256.txt">manifest-sha256.txt</a></p>
<ol>
"""
_TAIL = "</ol>\n</body>\n</html>\n"


def write_page(listed: Listed, wanted: Wanted, text_name: Callable[[int, str], str]) -> Iterator[bytes]:
    """The page; each entry leads to its text beside the page and to its article in the archive."""
    told = (
        f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts(listed, wanted).items() if value
    )
    title = escape(f"报库检索结果：{listed.request.query or '全部'}")
    yield _HEAD.format(title=title, facts="\n".join(told)).encode()
    for number, hit in enumerate(listed.rows(), 1):
        yield _entry(hit, text_name(number, hit.id), wanted.link(hit.id)).encode()
    yield _TAIL.encode()


def _entry(hit: Row, text: str, address: str) -> str:
    article = hit.article
    parts = (date_words(article.date), article.source.newspaper, article.source.page, "、".join(article.people))
    said = escape(" | ".join(filter(None, parts)))
    link = f' | <a href="{escape(address)}">在报库里看</a>' if address.startswith(("http:", "https:")) else ""
    return (
        f'<li><a href="{escape(text)}">{escape(article.headline)}</a>'
        f"<p>{said}{link}</p><p>{escape(hit.snippet)}</p></li>\n"
    )
