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


LAMPS = (
    "电工老周这几天把巷子里坏掉的路灯都换上了新灯泡，街坊们搬着凳子围在梯子下面看老周换灯泡，还有人给他递上一碗绿豆",
    "汤消暑。老周换完灯泡又擦亮了灯罩，巷子里的路灯比从前亮得多，夜里下班的街坊再也不用打着手电筒走路。",
    "老周说，路灯的旧电线也一并换过了，这批灯泡能用三年，哪盏路灯不亮，街坊们打一个电话他就上门。",
)
CHOIR = (
    "合唱团在文化站的排练厅里练一支新曲，指挥嫌高音声部不齐，让团员们放下歌谱，闭上眼睛跟着钢琴从第二段重新唱",
    "起。团员们又唱了三遍，指挥这才点头，说高音声部总算合到一处，下个月的合唱比赛可以拿这支新曲去唱。",
    "合唱团的团员大多是退休教师，每周二和周五到排练厅唱歌，嗓子哑了就含一片润喉糖，谁也不肯缺席排练。",
)
BREAD = (
    "面包房的师傅天不亮就开始揉面，烤炉一开，整条街都闻得到麦香，早起的学生排着队等头一炉面包出炉。",
    "师傅说，面粉是今年的新麦磨的，发酵要足四个钟头，少一刻钟面包就不松软，急不得。",
    "收摊以后，没有卖完的面包装进纸袋，送给值夜的保安和环卫工人，师傅从来不收他们的钱。",
)
SNOW = (
    "一场大雪下到后半夜，社区的扫雪队五点钟就出了门，铁锹和竹扫帚在路口堆起一人多高的雪堆。",
    "扫雪队里年纪最大的是七十岁的老兵，他说台阶上的冰最滑，要先撒盐，再用铲子一点一点铲干净。",
    "上班的人出门以前，通往公交站的三条小路都露出了路面，扫雪队员的棉帽上结了一层白霜。",
)
BOOKS = (
    "流动图书车停在学校门口，孩子们挑了绘本坐在草地上读，管理员给每个借书的孩子盖一枚印章。",
    "图书车上有两千册书，每个月换一批，孩子们最爱借的是恐龙和星球，几本绘本已经翻得卷了边。",
    "管理员打算暑假里在图书车旁边办朗读会，让大孩子读给小孩子听，读得好的送一枚书签。",
)
"""Five matters that have hardly a word in common; the first two are cut in a sentence behind their first piece."""


def numbered(*parts: tuple[Label, str], measure: float = 0.0) -> list[Block]:
    """Blocks of one line each, from line 1 on."""
    return [Block(line, line, text, label, "", measure) for line, (label, text) in enumerate(parts, 1)]


def texts(draft: Draft) -> set[str]:
    """The texts of the blocks of a draft."""
    return {block.text for block in draft.blocks}
