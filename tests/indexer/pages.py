"""Made-up pages for the tests of the stages."""

from __future__ import annotations

import random

from indexer.draft import Draft
from indexer.layout import lay_out
from indexer.layout_rules import LayoutRules
from indexer.page import Block, Label, Page
from indexer.segment import segment

RULES = LayoutRules.load()
NEWS = "院子里新装的路灯昨晚亮了，下班回家的人再也不用摸黑走路。"
MORE = "维修队连着干了三天，把旧线全部换成了新线。"
OTHER = "合唱队在排练厅唱了一下午，嗓子哑了也舍不得走。"


def page(*lines: str) -> Page:
    return Page("05.txt", lines)


def blocks(*lines: str) -> list[Block]:
    return lay_out(page(*lines), RULES)


def labels(*lines: str) -> list[Label]:
    return [block.label for block in blocks(*lines)]


def drafts(*lines: str) -> list[Draft]:
    return segment(page(*lines), blocks(*lines))


def made_up_text(seed: int, length: int) -> str:
    """Sentences of random frequent characters, the same for the same seed."""
    chance = random.Random(seed)
    letters = "天地人家园林花草树木山水云雨风雪春夏秋冬红黄蓝绿东西南北前后左右高低远近新旧大小多少长短来去出入开关"
    return "".join("，" if n % 9 == 8 else chance.choice(letters) for n in range(length)) + "。"
