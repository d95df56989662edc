"""Pages that nobody prints: whatever the bytes, a page is cut without an error and no line of it is lost."""

from collections import Counter
from itertools import islice, product

import pytest

from indexer.explain import explain
from indexer.layout import lay_out
from indexer.page import Label
from indexer.segment import segment
from tests.indexer.pages import BREAD, CHOIR, LAMPS, MORE, NEWS, RULES, page

BYLINE = "本报记者 王小满"
LONG = NEWS + MORE
CUT = ("路灯亮了", BYLINE, LAMPS[0], "", "合唱团唱到天黑", BYLINE)


def reporters(count: int) -> list[str]:
    given_names = "晓岚春生石磊伟芳军敏静丽强洋艳勇杰娟涛超秀霞平刚桂英华慧建文辉力明永健"
    pairs = product("王李张刘陈杨赵黄周吴", given_names, given_names)
    return ["本报记者 " + "".join(letters) for letters in islice(pairs, count)]


def stories(*lines: str) -> int:
    """How many stories a page gives; every line with text is in one of them or stands around them."""
    paper = page(*lines)
    blocks = lay_out(paper, RULES)
    drafts = segment(paper, blocks)
    aside = {block.first for block in blocks if block.label in (Label.FURNITURE, Label.COLUMN)}
    held = Counter(block.first for draft in drafts for block in set(draft.blocks))
    owned = {n for draft in drafts for first, last in draft.spans for n in range(first, last + 1)}
    assert sum(last - first + 1 for draft in drafts for first, last in draft.spans) == len(owned)
    assert all(block.first in aside or held[block.first] for block in blocks)
    return len(drafts)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(["院子里新装的路灯昨晚亮了下班回家"] * 100_000, id="100,000 lines of a column"),
        pytest.param(["路灯亮了"] * 30_000, id="30,000 short lines"),
        pytest.param(["路灯亮了", *[LONG] * 20_000], id="20,000 paragraphs"),
        pytest.param([str(number) for number in range(20_000)], id="20,000 numbers"),
        pytest.param(["① 带好证件"] * 20_000, id="20,000 list items"),
        pytest.param(["院子里新装的路灯，" * 190_000], id="one line of 5 MB"),
        pytest.param(["灯" * 1_700_000], id="one line of 5 MB without a mark"),
        pytest.param(reporters(10_000), id="10,000 bylines"),
        pytest.param([BYLINE] * 10_000, id="10,000 times one byline"),
        pytest.param([f"东巷路灯亮了{n}盏" for n in range(10_000)], id="10,000 headlines"),
        pytest.param(["图为新装的路灯。", "王小满摄"] * 5_000, id="10,000 lines of pictures"),
        pytest.param(["便民服务台"] * 10_000, id="10,000 column heads"),
        pytest.param(["停水通知", "老城供水公司", "2023年7月21日"] * 3_000, id="3,000 signatures"),
        pytest.param(["本报讯（记者 王小满）" + NEWS] * 3_000, id="3,000 leads"),
        pytest.param(["（" * 5_000], id="5,000 open brackets in a line"),
        pytest.param(["（记者 王小满"] * 5_000, id="5,000 lines with an open bracket"),
        pytest.param(["“" * 3_000 + "路灯" + "”" * 3_000], id="deep quotes in a line"),
        pytest.param(["“他说", *["‘她说"] * 2_000, *["”"] * 2_000], id="deep quotes over lines"),
        pytest.param(
            ["\0" * 1_000, "路\0灯\x1b[31m亮了。", "\x07\x08", "\x7f\x85\u2028x", NEWS], id="control characters"
        ),
        pytest.param(["。，！？；：、…—" * 20] * 2_000, id="only punctuation"),
        pytest.param(["…", "。", "——", "”", "（", "》"] * 2_000, id="lines of one mark"),
        pytest.param(["\ufeff\u200b\u3000", "\u200b", "\ufeff"] * 500, id="characters without width"),
        pytest.param(["\U0001f600\U00020000" * 50, "e\u0301" * 500, "\ud7ff\ue000"], id="rare planes"),
        pytest.param(["abc def ghi. " * 2_000] * 20, id="another language"),
        pytest.param([" " * 100_000 + "灯" + " " * 100_000], id="a line of blanks"),
        pytest.param(["1234567890" * 5_000, "2023年" * 5_000], id="digits"),
        pytest.param([*LAMPS[:1], *CHOIR[:1], *BREAD] * 100, id="500 paragraphs, most of them cut"),
        pytest.param(["路灯亮了", BYLINE, LAMPS[0]] * 166, id="as many cut stories as a page may have blocks"),
        pytest.param(["路灯亮了", BYLINE, "本报讯 " + NEWS[:-1]] * 3_000, id="3,000 cut stories"),
        pytest.param([LAMPS[0][n % 7 :][:16] for n in range(400)], id="400 lines of a column that never ends"),
        pytest.param([*CUT, *[LAMPS[0][n % 7 :][:16] for n in range(40_000)]], id="40,000 lines below a cut story"),
    ],
)
def test_any_page_is_cut(lines: list[str]) -> None:
    assert stories(*lines) <= len(lines)


@pytest.mark.parametrize("text", ["\0", "\x1b[31m路灯", "\x07", "灯" * 100_000, "\t灯\t亮", "\u202e灯亮了"])
def test_any_page_is_explained_on_lines_of_its_own(text: str) -> None:
    paper = page("路灯亮了", BYLINE, text + NEWS)
    blocks = lay_out(paper, RULES)
    told = [*explain(paper, blocks, segment(paper, blocks))]
    assert len(told) == 2 + len(blocks)
    assert all(len(line) < 200 and line.isprintable() for line in told)


def test_five_thousand_signed_texts_are_as_many_stories() -> None:
    names = reporters(5_000)
    assert stories(*[line for name in names for line in ("路灯亮了", name, LONG)]) == 5_000


def test_ten_thousand_bylines_without_text_are_one_story() -> None:
    assert stories("路灯亮了", *reporters(10_000)) == 1


def test_paragraphs_below_one_headline_are_one_story() -> None:
    assert stories("路灯亮了", *[LONG] * 5_000) == 1
