"""References in every form, against golden files that were read by a person; and what they must never do."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from search.article import Article, PublicationDate, Source
from search.citation import FORMS, STYLES
from search.citation.gbt7714 import gbt7714_2015, gbt7714_2025
from search.citation.reference import interval, iso, known_days, reference

GOLDEN = Path(__file__).parent / "citations"
PAGE = Source("05.txt", ((1, 9),), "05", "晨光报")


def days(first: str, last: str, source: str) -> PublicationDate:
    return PublicationDate(date.fromisoformat(first), date.fromisoformat(last), source)


DAY = days("2022-05-22", "2022-05-22", "masthead")
PLAIN = Article(
    "a1",
    PAGE,
    title="小巷里的月季花开了",
    kicker="柳荫街道办好事",
    subtitle="三十户居民合力改造旧花坛",
    reporters=("林小禾",),
    correspondents=("高山",),
    date=DAY,
    streets=("柳荫街道",),
    topics=("民生服务",),
)
CASES = {
    "reporter-and-correspondent": PLAIN,
    "nobody": replace(PLAIN, reporters=(), correspondents=(), kicker=None, subtitle=None),
    "four-reporters": replace(PLAIN, reporters=("林小禾", "周一川", "沈砚", "欧阳知秋"), correspondents=()),
    "inferred-interval": replace(PLAIN, date=days("2022-05-22", "2022-06-03", "inferred")),
    "inferred-over-new-year": replace(PLAIN, date=days("2021-12-30", "2022-01-02", "inferred")),
    "interval-of-the-manifest": replace(PLAIN, date=days("2022-05-01", "2022-05-31", "manifest")),
    "no-title-no-date": Article(
        "a2", PAGE, body="路灯修好了，巷子里又亮堂起来，老人都说夜里出门不怕了。", complete=False
    ),
    "letter-in-a-column": Article(
        "a3",
        replace(PAGE, page="第A02版"),
        title="路灯能不能早点亮？",
        section="读者来信",
        kind="letter",
        authors=("云玉梅",),
        date=DAY,
    ),
    "photo": Article("a4", PAGE, title="雪后", kind="photo", photographers=("石磊", "石磊"), date=DAY),
    "odd-characters": Article(
        "2022/05 {x}", Source("x.txt"), title='50%的"A&B_#{c}"\n~新\\旧^', authors=("J. Smith and Co",), date=DAY
    ),
}


def every_form(article: Article) -> str:
    """All styles and forms below one another, as a golden file has them."""
    cited = reference(article, f"http://baoku.example/article/{article.id}")
    written = {name: write(cited) for name, write in STYLES.items()}
    written |= {form.name: form.write(cited).replace("\r\n", "\n") for form in FORMS.values()}
    return "\n".join(f"== {name}\n{text.rstrip(chr(10))}\n" for name, text in written.items())


@pytest.mark.parametrize("case", CASES)
def test_golden(case: str) -> None:
    assert every_form(CASES[case]) == (GOLDEN / f"{case}.txt").read_text("utf-8")


def test_the_example_of_the_standard() -> None:
    article = Article(
        "x",
        Source("", (), "15", "中国青年报"),
        title="数字革命与竞争国际化",
        authors=("丁文祥",),
        date=days("2000-11-20", "2000-11-20", "masthead"),
    )
    cited = reference(article, "")
    assert gbt7714_2015(cited) == "丁文祥. 数字革命与竞争国际化[N]. 中国青年报, 2000-11-20(15)."
    assert gbt7714_2025(cited) == "丁文祥. 数字革命与竞争国际化[N]. 中国青年报，2000-11-20（15）."


def test_what_a_reader_has_to_look_up_is_named() -> None:
    assert reference(PLAIN, "").lacking == ()
    assert reference(CASES["inferred-interval"], "").lacking == ("确切日期",)
    assert reference(Article("x", Source("x.txt"), body="一"), "").lacking == ("报纸名", "版次", "确切日期")


@pytest.mark.parametrize(
    ("when", "known", "whole"),
    [
        (DAY, "2022-05-22", "2022-05-22"),
        (days("2022-05-22", "2022-05-22", "inferred"), "2022-05", "2022-05-22"),
        (days("2022-05-01", "2022-05-31", "manifest"), "2022-05", "2022-05-01/2022-05-31"),
        (days("2022-05-22", "2022-06-22", "inferred"), "2022", "2022-05-22/2022-06-22"),
        (days("2021-05-22", "2022-05-22", "inferred"), "", "2021-05-22/2022-05-22"),
        (PublicationDate(), "", ""),
    ],
)
def test_no_guess_is_told_as_a_date(when: PublicationDate, known: str, whole: str) -> None:
    assert iso(known_days(when)) == known
    assert interval(when) == whole


def test_a_line_of_ris_is_one_line() -> None:
    written = FORMS["ris"].write(reference(CASES["odd-characters"], ""))
    lines = written.split("\r\n")
    assert lines[0] == "TY  - NEWS"
    assert lines[-2:] == ["ER  - ", ""]
    assert "\n" not in written.replace("\r\n", "")
    assert all(line[2:6] == "  - " for line in lines[:-1])


def test_a_bibtex_entry_is_balanced_and_names_stay_whole() -> None:
    written = FORMS["bib"].write(reference(CASES["odd-characters"], "http://x/{y}"))
    plain = written.replace(r"\{", "").replace(r"\}", "")
    assert plain.count("{") == plain.count("}")
    assert "author = {{J. Smith and Co}}" in written
    assert written.startswith("@article{baoku:2022-05--x-,\n")


def test_csl_json_leaves_out_what_is_unknown() -> None:
    (item,) = json.loads(FORMS["csl.json"].write(reference(CASES["no-title-no-date"], "http://x")))
    assert set(item) == {"id", "type", "title", "container-title", "page", "language", "note", "URL"}
    assert item["type"] == "article-newspaper"
