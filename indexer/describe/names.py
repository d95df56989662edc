"""Chinese personal names: which strings can be one, and how a printed run of several is split."""

from __future__ import annotations

import re
from collections.abc import Collection
from math import inf

# The hundred most frequent surnames; in a glued run they win over the rarer ones below.
_FREQUENT = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石"
    "金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙黎史陶贺毛段郝顾龚邵万覃武钱戴严莫孔常汤康易乔牛"
)
_RARER = frozenset(
    "仝邸邢臧丰戎昂佘宇寻厉院门尉庞逯雒文温欧施洪翁荀甄曲封芮羿储靳邴糜乌焦巴弓牧隗谷宓蓬仰仲伊宫宁仇栾甘祖符景詹幽司韶郜蓟薄宿怀蒲"
    "邰鄂索咸籍赖卓蔺屠池郁胥闻莘翟贡逄姬申扶冉宰郦雍璩桑濮扈燕冀郏浦尚晏柴瞿阎慕茹习艾鱼向古慎戈庾暨耿匡寇广禄阙殳沃蔚越夔隆巩厍聂晁"
    "敖訾阚那饶沙鞠巢关蒯查荆游竺权盍益桓凌霍虞柯管房裘缪解宗宣贲包诸左吉钮嵇滑裴荣穆萧鲍毕岳齐伍卜平傅皮卞戚喻柏窦章云葛奚鲁昌苗凤花"
    "俞柳酆费廉岑滕殷安乐元祁米贝计项祝闵席麻路娄危童颜梅盛刁骆樊蓝季倪亢褚卫冼楚商岩苑晋狄缑帅涂揭檀楼亓税续车支全水成强时应"
)
SURNAMES = _FREQUENT | _RARER
_COMPOUND = (
    "欧阳尉迟司马上官诸葛皇甫令狐慕容东方夏侯公孙宇文长孙司徒端木独孤南宫呼延申屠闻人淳于太史轩辕赫连澹台钟离拓跋完颜"
)
COMPOUND_SURNAMES = frozenset(_COMPOUND[i : i + 2] for i in range(0, len(_COMPOUND), 2))
_SEPARATORS = re.compile(r"[\s、,/]+")
_HAN = re.compile(r"[㐀-鿿〇]+(?:·[㐀-鿿〇]+)*")
_ADDRESS = ("女士", "先生", "大爷", "大妈", "大娘", "阿姨", "奶奶", "爷爷", "书记", "主任", "老师", "同学", "某某")


def has_surname(text: str) -> bool:
    """Whether ``text`` begins with a surname, single or compound."""
    return bool(text) and (text[:2] in COMPOUND_SURNAMES or text[0] in SURNAMES)


def is_full_name(text: str) -> bool:
    """Whether ``text`` has the form of one name with its surname: 2-3 characters, 3-4 with a compound surname."""
    if not _HAN.fullmatch(text) or text.endswith(_ADDRESS):
        return False
    if "·" in text:
        return max(map(len, text.split("·"))) <= 4
    return len(text) in (3, 4) if text[:2] in COMPOUND_SURNAMES else len(text) in (2, 3) and has_surname(text)


def split_names(text: str, known: Collection[str] = ()) -> list[str] | None:
    """The names in ``text``, which holds nothing else, or None when some part cannot be a name.

    Blanks, 、 and / separate names; a short name padded with blanks (魏 丛, 欧阳 静) is closed up, and glued names are
    cut by their surnames. ``known`` are names that win over every cut, also where they have no surname (锦秀).
    """
    names: list[str] = []
    for run in _runs([part for part in _SEPARATORS.split(text) if part]):
        if run in known or is_full_name(run):
            names.append(run)
        elif len(run) == 2 and _HAN.fullmatch(run):
            names.append(run)  # a pen name, or a given name alone
        elif cut := _cut(run, known):
            names += cut
        else:
            return None
    return names


def _runs(parts: list[str]) -> list[str]:
    """The parts with padded names closed up: single characters join what they are a half of."""
    runs: list[str] = []
    i = 0
    while i < len(parts):
        run = parts[i]
        while i + 1 < len(parts) and _unfinished(run, parts, i):
            i += 1
            run += parts[i]
        runs.append(run)
        i += 1
    return runs


def _unfinished(run: str, parts: list[str], i: int) -> bool:
    if len(parts[i]) == 1:
        begins = parts[i] == run or run in COMPOUND_SURNAMES
        return begins or (len(run) == 2 and len(parts[i + 1]) == 1 and not has_surname(parts[i + 1]))
    return len(parts[i + 1]) == 1 and (run in COMPOUND_SURNAMES or len(run) > len(parts[i]))


def _cut(run: str, known: Collection[str]) -> list[str] | None:
    """The likeliest cut of glued names, by least cost: known names, then frequent surnames, then three characters."""
    best: list[tuple[float, list[str]]] = [(inf, [])] * (len(run) + 1)
    best[0] = (0.0, [])
    for start in range(len(run) - 1):
        cost, names = best[start]
        for end in range(start + 2, min(start + 4, len(run)) + 1):
            total = cost + _cost(run[start:end], known)
            if total < best[end][0]:
                best[end] = (total, [*names, run[start:end]])
    return best[-1][1] or None


def _cost(name: str, known: Collection[str]) -> float:
    if name in known:
        return 0.0
    if not is_full_name(name):
        return inf
    frequent = name[0] in _FREQUENT or name[:2] in COMPOUND_SURNAMES
    return (1.0 if frequent else 1.6) + (0.0 if len(name) > 2 else 0.3)
