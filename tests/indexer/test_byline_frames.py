"""Every frame of byline that was met in a count over 304 articles of 186 Chinese local papers, with invented names.

A frame is found where it stands (``lead``: head of a paragraph, ``tail``: its end, ``line``: a line of its own,
``credit``: under a picture) and read as reporters, correspondents, photographers and authors.
"""

from __future__ import annotations

import pytest

from indexer.describe.bylines import is_byline, is_credit, is_name, lead_byline, tail_byline
from indexer.describe.reference import Reference
from indexer.describe.reporters import Names, read_bylines
from indexer.draft import Draft
from indexer.page import Page

AUTHORITY = Reference.load().authority
TEXT = "近日，路灯全部修好了。"


def read(*bylines: str, credits: tuple[str, ...] = ()) -> Names:
    return read_bylines(Draft(Page("page.txt", ()), (), bylines=bylines, credits=credits), AUTHORITY)


def people(names: Names) -> str:
    """The people as they stand in the tables below: R, C, P and A before each list that is not empty."""
    lists = (names.reporters, names.correspondents, names.photographers, names.authors)
    return " ".join(f"{role} {' '.join(found)}" for role, found in zip("RCPA", lists, strict=True) if found)


LEADS = {
    "L1": [("本报讯　(记者　王明)", "R 王明"), ("本报讯   (记者  王明)", "R 王明"), ("本报讯\n(记者 王明)", "R 王明")],
    "L2": [("本报讯(记者 王明)", "R 王明"), ("本报讯（记者王明）", "R 王明"), ("本報訊（記者張明）", "R 张明")],
    "L3": [
        ("本报讯(记者 王明 通讯员 李雷 韩小梅 赵方)", "R 王明 C 李雷 韩小梅 赵方"),
        ("本报讯(记者王明 通讯员李 雷 韩 梅)", "R 王明 C 李雷 韩梅"),
        ("本报讯(记者厉小航 通讯员虞楠)", "R 厉小航 C 虞楠"),
    ],
    "L4": [
        ("本报讯(通讯员 王明 记者 李雷 韩梅)", "R 李雷 韩梅 C 王明"),
        ("本报讯(通讯员 朝阳 振华 记者 谢小平)", "R 谢小平 C 朝阳 振华"),
    ],
    "L5": [("本报讯　(通讯员王明 李雷)", "C 王明 李雷")],
    "L6": [("本报讯(王明)", "R 王明"), ("本报讯(王明 李雷)", "R 王明 李雷")],
    "L7": [
        ("本报讯(江阳日报、江报全媒体记者王明、李雷)", "R 王明 李雷"),
        ("本报讯(新江辅-江阳晚报记者王明)", "R 王明"),
        ("本报讯(江阳晚报融媒体记者/王明)", "R 王明"),
    ],
    "L8": [
        ("本报讯(见习记者 王明)", "R 王明"),
        ("本报讯(记者 王明 实习生 李雷)", "R 王明 李雷"),
        ("本报讯(实习生王明 见习生李雷)", "R 王明 李雷"),
        ("本报讯(全媒体记者 王明 实习生 李雷)", "R 王明 李雷"),
    ],
    "L9": [("本报讯(记者王明　□李雷　韩梅)", "R 王明 C 李雷 韩梅")],
    "L10": [("本报讯【新江阳·江阳晚报通讯员王明】", "C 王明")],
    "L11": [("本报讯(记者 王明 通讯员 李雷 韩梅 文/图)", "R 王明 C 李雷 韩梅 P 王明 李雷 韩梅")],
    "E0": [("本报讯", "")],
    "D1": [
        ("本报8月10日讯(通讯员 王明 李雷)", "C 王明 李雷"),
        ("本报金江讯(通讯员 王明)", "C 王明"),
        ("本报江阳10月19日电(记者王明)", "R 王明"),
    ],
    "O1": [
        ("江阳晚报讯(记者 王明)", "R 王明"),
        ("江阳网讯(记者 王明 摄影报道)", "R 王明 P 王明"),
        ("大河新闻网江阳讯(记者王明)", "R 王明"),
        ("大河新闻网江阳频道讯(记者 王明 实习记者 李雷)", "R 王明 李雷"),
        ("本港讯 (记者 王明)", "R 王明"),
        ("本网山西太原讯(王明 李雷)", "R 王明 李雷"),
        ("江阳晚报讯 (记者王明通讯员李雷文/摄)", "R 王明 C 李雷 P 王明 李雷"),
        ("江北方网讯(江北新报江北方网记者 王明)", "R 王明"),
        ("江阳日报·江声在线3月22日讯(通讯员 王明 李雷 韩梅)", "C 王明 李雷 韩梅"),
        ("江阳晚报网6月3日讯(通讯员王明记者李雷)", "R 李雷 C 王明"),
        ("江陽星報、安江網、掌中江陽訊(王明記者李雷)", "R 李雷 C 王明"),
    ],
    "O0": [("三江传媒网江阳讯:", "")],
    "R1": [
        ("中国江阳网5月11日讯 据江阳晚报报道(记者王明 文/图)", "R 王明 P 王明"),
        ("中国江阳网5月11日讯 据江阳日报报道 (记者 王明 通讯员 李雷)", "R 王明 C 李雷"),
    ],
    "A1": [
        ("新华社太原8月25日电(记者王明、李雷)", ""),
        ("中新网太原5月23日电 (王明)", ""),
        ("人民网济南2月9日电(王明)", ""),
        ("央广网大同7月2日消息(记者王明)", ""),
        ("江阳观察网山西12月1日电(记者 王明)", "R 王明"),
        ("江阳在线专稿(驻内蒙古记者 王明 赤峰台记者 李雷):", "R 王明 李雷"),
        ("内江新闻4月10日电(王明)", "R 王明"),
    ],
    "H1": [
        ("(记者 王明 李雷)", "R 王明 李雷"),
        ("记者 王明)", "R 王明"),
        ("本报讯 (记者 王明 ", "R 王明"),
        ("本报讯 记者 王明 ", "R 王明"),
        ("本报讯 记者王明 通讯员 李雷) ", "R 王明 C 李雷"),
        ("本报记者 王明 ", "R 王明"),
        ("本报讯〔记者 王明〕", "R 王明"),
        ("本报汛（纪者 王明）", "R 王明"),
        ("本报讯（记者 王明 通迅员 李雷）", "R 王明 C 李雷"),
    ],
    "P4": [("本报通讯员王明摄影报道 ", "C 王明 P 王明")],
}
TAILS = {
    "E1": [
        ("(王明 李雷)", "R 王明 李雷"),
        (" 江阳日报全媒体首席记者王明文/图", "R 王明 P 王明"),
        ("(特约记者王明通讯员李雷)", "R 王明 C 李雷"),
    ],
    "O2": [
        ("(记者 王明)", "R 王明"),
        ("(文/王明 李雷)", "R 王明 李雷"),
        ("(文 江阳全媒体记者 王明 供图 江阳局)", "R 王明"),
    ],
    "B1": [
        ("(记者 王明 通讯员 李雷 韩梅)", "R 王明 C 李雷 韩梅"),
        ("(通讯员 王明)", "C 王明"),
        ("(江阳融媒体中心记者 王明 李雷)", "R 王明 李雷"),
        ("(通讯员:王明 二审:李雷 三审:韩梅)", "C 王明"),
        ("(记者王明 通讯员李雷 制作韩梅 审看赵方)", "R 王明 C 李雷"),
        ("(通讯员 王明 责编 李雷)", "C 王明"),
        ("(记者 王明 通讯员 团区委)", "R 王明"),
    ],
    "B2": [
        ("(王明)", "R 王明"),
        ("(王明、李雷)", "R 王明 李雷"),
        ("(李兰婷齐开杨文近)", "R 李兰婷 齐开 杨文近"),
        ("(王明) 7", "R 王明"),
        ("(王明线索:马先生)", "R 王明"),
    ],
    "B3": [("(江阳市老年体协　王明)", "C 王明"), ("(江阳县庄东街道前杨社区 王明)", "C 王明")],
    "N1": [("通讯员王明", "C 王明"), (" 见习记者 王明", "R 王明")],
    "N2": [("/褚雨峰", "R 褚雨峰"), ("●顾和萍", "R 顾和萍"), (" 王明", "A 王明")],
    "P4": [("(吴用 杨燕 晓平 摄影报道)", "R 吴用 杨燕 晓平 P 吴用 杨燕 晓平")],
    "P5": [
        ("(王明、李雷 文/摄)", "R 王明 李雷 P 王明 李雷"),
        ("(记者 王明 通讯员 李雷 文/图/视频)", "R 王明 C 李雷 P 王明 李雷"),
        ("(文·摄影/江阳网首席记者 王明)", "R 王明 P 王明"),
        ("(王明/文 李雷/摄)", "R 王明 P 李雷"),
        ("(文/王明 图/李雷)", "R 王明 P 李雷"),
        ("(文/王明图/李雷)", "R 王明 P 李雷"),
        ("(文 王明)", "R 王明"),
    ],
}
LINES = {
    "W1": [
        ("本报记者　王明", "R 王明"),
        ("本报记者 王明 李雷 通讯员 韩梅", "R 王明 李雷 C 韩梅"),
        ("本报记者 王明通讯员 李雷 韩梅", "R 王明 C 李雷 韩梅"),
        ("江阳晚报记者 王明 通讯员 李雷", "R 王明 C 李雷"),
        ("晚报首席记者王明 通讯员李雷", "R 王明 C 李雷"),
        ("记 者 王明 通讯员 李雷", "R 王明 C 李雷"),
        ("王明 报道", "R 王明"),
        ("本报通讯员王明报道", "C 王明"),
        ("大江报·江视频记者 王明 通讯员 李雷", "R 王明 C 李雷"),
        ("伊一帆 江阳日报记者 康福来", "R 康福来 C 伊一帆"),
    ],
    "W2": [
        ("□ 全媒体记者 王明", "R 王明"),
        ("●本报记者 王明", "R 王明"),
        ("◎记者 王明\n通讯员 李雷 韩梅", "R 王明 C 李雷 韩梅"),
        ("□文/图 江阳晚报记者 王明 李雷", "R 王明 李雷 P 王明 李雷"),
        ("□王明 李雷 报道", "R 王明 李雷"),
        ("□时报记者 王明 李雷", "R 王明 李雷"),
        ("□王明", "R 王明"),
    ],
    "W3": [
        ("■ 王明\n本报讯", "R 王明"),
        ("通 讯 员 王明\n本报讯", "C 王明"),
        ("□记者 王明 文/图", "R 王明 P 王明"),
        ("□本报记者王明报道", "R 王明"),
    ],
    "B2": [("(李小明)", "R 李小明"), ("（王明　李雷）", "R 王明 李雷")],
    "N1": [
        ("通讯员:王明 李雷", "C 王明 李雷"),
        ("值班记者 王明", "R 王明"),
        ("记者:刘   磊   李  妍", "R 刘磊 李妍"),
    ],
    "P5": [
        ("记者 王明 通讯员 李雷 文/图", "R 王明 C 李雷 P 王明 李雷"),
        ("文/图 记者 王明", "R 王明 P 王明"),
        ("记者王明文/图", "R 王明 P 王明"),
    ],
    "M1": [
        ("作者:王明 来源:大同晚报", "A 王明"),
        ("作者:王明 李雷", "A 王明 李雷"),
        ("作者:通讯员 王明", "C 王明"),
        ("作者:王明 通讯员:李雷", "C 李雷 A 王明"),
        ("作者:本报记者 王明 本报通讯员 李雷 《江阳日报》(2024年03月24日 03版)", "R 王明 C 李雷"),
    ],
    "G1": [
        ("本组稿件由实习记者 王明 采写", "R 王明"),
        ("记录人:商报记者 王明", "R 王明"),
        ("本版稿件由王明、李雷采写/本版图片由韩梅提供", "R 王明 李雷"),
    ],
    "T1": [
        ("记者 | 王明", "R 王明"),
        ("责编 | 王明", ""),
        ("记者 王明 责编 李雷", "R 王明"),
        ("监制:王明 监审:李雷 审核:韩梅 责编:赵方 编辑:孙力", ""),
    ],
}
CREDITS = {
    "P1": [
        ("本报记者　王明　摄", "P 王明"),
        ("本报记者王明摄", "P 王明"),
        ("■本报记者 王明 摄", "P 王明"),
        ("本報記者 張明 攝", "P 张明"),
    ],
    "P2": [
        ("王明 摄", "P 王明"),
        ("王明摄", "P 王明"),
        ("(王明 李雷 摄)", "P 王明 李雷"),
        ("李毅王中勋摄", "P 李毅 王中勋"),
        ("高 山杨 军摄", "P 高山 杨军"),
        ("铁琴 摄", "P 铁琴"),
    ],
    "P3": [
        ("记者 王明 李雷/摄", "P 王明 李雷"),
        ("■ 摄影 记者 王明", "P 王明"),
        ("特约摄影\n吕 花摄", "P 吕花"),
        ("本报特约记者 王明 摄", "P 王明"),
        ("通讯员 黄忠 晓龙 摄", "P 黄忠 晓龙"),
        ("晨报记者王明通讯员李雷摄", "P 王明 李雷"),
        ("(江阳日报/江阳网通讯员高士冬郭元晖摄影)", "P 高士冬 郭元晖"),
        ("江阳客户端图片拍客 王明", "P 王明"),
        ("新华社记者 王明 摄", ""),
        ("本报摄影记者 王明", "P 王明"),
        ("本报记者 王明 5月6日摄", "P 王明"),
    ],
    "P4": [
        ("■江阳网记者 王明 摄影报道", "R 王明 P 王明"),
        ("记者 王明 通讯员 李雷摄影报道", "R 王明 C 李雷 P 王明 李雷"),
    ],
    "P5": [("记者 王明 图", "P 王明"), ("图/李雷 韩梅", "P 李雷 韩梅")],
    "G1": [("本版摄影 记者 王明", "P 王明"), ("摄影 | 于 红", "P 于红")],
}


MORE = {
    "writers": [
        ("本报特约撰稿人 王明", "A 王明"),
        ("本报首席评论员 王明", "A 王明"),
        ("文字:王明 摄影:李雷", "R 王明 P 李雷"),
        ("文字记者 王明 摄影记者 李雷", "R 王明 P 李雷"),
        ("记者 王明 摄影 李雷", "R 王明 P 李雷"),
        ("口述:王明 整理:李雷", "R 李雷"),
        ("(王明 供稿)", "R 王明"),
        ("本报记者 王明 文并摄", "R 王明 P 王明"),
        ("社区通讯员 王明", "C 王明"),
        ("学生记者 王明 指导教师 李雷", "C 王明"),
        ("本报评论员", ""),
    ]
}


def cases(frames: dict[str, list[tuple[str, str]]]) -> list[object]:
    return [pytest.param(line, wanted, id=f"{code}-{line}") for code, lines in frames.items() for line, wanted in lines]


@pytest.mark.parametrize(("byline", "wanted"), cases(LEADS))
def test_the_head_of_a_paragraph(byline: str, wanted: str) -> None:
    found, rest = lead_byline(byline + TEXT)
    assert (found, rest) == (byline.strip(" :"), TEXT)
    assert people(read(found)) == wanted


@pytest.mark.parametrize(("byline", "wanted"), cases(TAILS))
def test_the_end_of_a_paragraph(byline: str, wanted: str) -> None:
    assert tail_byline(TEXT + byline) == (TEXT, byline.strip())
    assert people(read(byline.strip())) == wanted


@pytest.mark.parametrize(("byline", "wanted"), cases(LINES | MORE))
def test_lines_of_their_own(byline: str, wanted: str) -> None:
    lines = byline.split("\n")
    assert all(is_byline(line) or is_name(line) for line in lines)
    assert not any(map(is_credit, lines))
    assert people(read(*lines)) == wanted


@pytest.mark.parametrize(("credit", "wanted"), cases(CREDITS))
def test_picture_credits(credit: str, wanted: str) -> None:
    lines = credit.split("\n")
    assert all(map(is_credit, lines))
    assert people(read(credits=tuple(lines))) == wanted


def test_names_behind_a_dateline_that_names_nobody() -> None:
    assert people(read("本报讯", "宋芸 贾乐园")) == "R 宋芸 贾乐园"


def test_a_reader_s_letter() -> None:
    assert people(read("山西大同市　张　滔")) == "A 张滔"
    assert people(read("平城区读者 佟小珍")) == people(read("古城街道居民 佟小珍")) == "A 佟小珍"


@pytest.mark.parametrize(
    ("byline", "wanted"),
    [
        ("记者 有为", "R 有为"),
        ("记者 高兴", "R 高兴"),
        ("本报讯（记者锦秀）", "R 锦秀"),
        ("记者 高在中 高峰 田雨 雷风雨", "R 高在中 高峰 田雨 雷风雨"),
        ("记者 李平文 通讯员 刘乃文 摄影报道", "R 李平文 C 刘乃文 P 李平文 刘乃文"),
        ("通讯员 欧阳静 尉迟雪 诸葛小明", "C 欧阳静 尉迟雪 诸葛小明"),
        ("记者 仝山 邸方 臧力 逯明 雒小雨", "R 仝山 邸方 臧力 逯明 雒小雨"),
        ("记者 丁亚 琴", "R 丁亚琴"),
        ("(记者 单小敏 庄思 通讯员 兰玉)", "R 单小敏 庄思 C 兰玉"),
        ("(记者 斯琴娜 通讯员 团区委)", "R 斯琴娜"),
        ("本报記者 趙啟明", "R 赵启明"),
    ],
)
def test_names_that_read_like_words_and_rare_names(byline: str, wanted: str) -> None:
    assert people(read(byline)) == wanted


@pytest.mark.parametrize(
    "line",
    [
        "责任编辑:王明 校对:李雷",
        "网络编辑:王明",
        "环卫部门供图",
        "(受访者供图)",
        "新华社发(王明 摄)",
        "来源:王明",
        "值班主任 王明",
    ],
)
def test_people_who_did_not_write(line: str) -> None:
    assert people(read(line)) == people(read(credits=(line,))) == ""


@pytest.mark.parametrize(
    "prose",
    [
        "记者在现场看到，路灯全部修好了。",
        "记者从街道办事处获悉，路灯全部修好了。",
        "记者高兴地看到，路灯全部修好了",
        "江阳晚报记者跟随他们走进了小区",
        "区委常委、宣传部长张明参加活动",
        "更好统筹城市更新和社区服务工作",
        "企业提供从设计到安装的一条龙",
        "消息传开，志愿者一下子来了三十多人",
        "通讯员培训班开课了",
        "古镇(gǔzhèn)的夜市(yèshì)",
        "网络通讯",
        "居民 点赞",
    ],
)
def test_prose_is_no_byline(prose: str) -> None:
    assert not is_byline(prose)
    assert not is_credit(prose)
    assert lead_byline(prose) is None
    assert tail_byline(f"{TEXT}{prose}") is None


@pytest.mark.parametrize(
    "text", ["记者 王明 " * 300_000, "(" * 100_000, "记者" * 100_000, " " * 1_000_000, "王明、" * 99_999]
)
def test_a_line_without_end_is_read_at_its_ends_only(text: str) -> None:
    assert not is_byline(text)
    assert not is_credit(text)
    lead_byline(text)
    tail_byline(text)


def test_ten_thousand_bylines() -> None:
    assert len(read(*(f"记者 王{chr(0x4E00 + number)}" for number in range(10_000))).reporters) > 9_000
