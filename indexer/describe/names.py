"""Chinese personal names: which strings can be one, and how a printed run of several is split."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from math import inf

# The hundred most frequent surnames, the commonest first: in a glued run the commoner surname wins.
_FREQUENT = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石"
    "金韦贾夏付方邹熊白孟秦邱侯江尹薛闫雷龙黎史陶贺毛段郝顾龚邵万覃武钱戴严莫孔常汤康易乔牛"
)
_RARER = frozenset(
    "谯笪汲钭郤毋乜鄢佴麴揣琚宛鹿仵卯芈苌宦昃仝邸邢臧丰戎昂佘宇寻厉院门尉庞逯雒文温欧施洪翁荀甄曲封芮羿储靳邴糜乌焦巴弓牧隗谷宓蓬仰仲伊宫宁仇栾甘祖符景詹幽司韶郜蓟薄宿怀蒲"
    "邰鄂索咸籍赖卓蔺屠池郁胥闻莘翟贡逄姬申扶冉宰郦雍璩桑濮扈燕冀郏浦尚晏柴瞿阎慕茹习艾鱼向古慎戈庾暨耿匡寇广禄阙殳沃蔚越夔隆巩厍聂晁"
    "敖訾阚那饶沙鞠巢关蒯查荆游竺权盍益桓凌霍虞柯管房裘缪解宗宣贲包诸左吉钮嵇滑裴荣穆萧鲍毕岳齐伍卜平傅皮卞戚喻柏窦章云葛奚鲁昌苗凤花"
    "俞柳酆费廉岑滕殷安乐元祁米贝计项祝闵席麻路娄危童颜梅盛刁骆樊蓝季倪亢褚卫冼楚商岩苑晋狄缑帅涂揭檀楼亓税续车支全水成强时应"
    "尤佟阮丛邬辛隋郎栗禹巫盖丘牟冷迟苟芦代谈边茅湛连师原畅阴桂简麦敬占"
    "纪华舒屈班单庄杭惠井富寿满蒙束幸暴容苍郗昝郄粟谌郇侍衣綦矫邝劳弋睢仉兰伏宾巨靖呼甯闪拜撒佀郐么桐库"
)
# The forms of both in Traditional print, where they differ.
_TRADITIONAL = frozenset(
    "張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蔣葉蘇呂盧鍾譚陸範韋賈鄒閆龍賀顧龔萬錢嚴湯喬豐烏樂習雲儲關鳳衛厲厙婁寧宮尋鞏帥"
    "廣應龐強懷時晉權欒樓歐畢塗溫遊祿稅竇續緱繆聶荊榮蕭藍薊藺計諸貝貢賁費賴車郟酈鈕門閔聞閻闕闞項顏饒駱魚魯鮑齊叢鄔蓋遲蘆談"
    "邊連師暢陰簡麥紀華單莊壽滿賓蘭蒼"
)
SURNAMES = frozenset(_FREQUENT) | _RARER | _TRADITIONAL
_SURNAME_COST = {surname: 1 + rank / 500 for rank, surname in enumerate(_FREQUENT)}
_COMPOUND = (
    "欧阳尉迟司马上官诸葛皇甫令狐慕容东方夏侯公孙宇文长孙司徒端木独孤南宫呼延申屠闻人淳于太史轩辕赫连澹台钟离拓跋完颜"
    "歐陽尉遲司馬諸葛東方公孫長孫獨孤南宮聞人淳於軒轅赫連鍾離完顏"
)
COMPOUND_SURNAMES = frozenset(_COMPOUND[i : i + 2] for i in range(0, len(_COMPOUND), 2))
_MARKS = re.compile("[、,/]")
_LONGEST_RUN = 60
_BODIES = "委联局会部队社校院站所室处厅办团组区街"
"""How the names of offices end."""
_HAN = re.compile(r"[㐀-鿿〇]+(?:·[㐀-鿿〇]+)*")
_ADDRESS = (
    "女士",
    "先生",
    "大爷",
    "大妈",
    "大娘",
    "阿姨",
    "奶奶",
    "爷爷",
    "书记",
    "主任",
    "老师",
    "同学",
    "某某",
    "游客",
)


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

    Blanks, 、 and / separate names; a name padded or torn by blanks (魏 丛, 欧阳 静, 丁亚 琴) is closed up, and glued
    names are cut by their surnames. ``known`` are names that win over every cut, also where they have no surname
    (锦秀).
    """
    names: list[str] = []
    for run in _runs(text):
        found = _names_of(run, known)
        if found is None:
            return None
        names += found
    return names


def readable_names(text: str, known: Collection[str] = (), *, stated: bool = False) -> list[str]:
    """Those names in ``text`` that can be told for certain, whatever else stands between them.

    Where a role says that names follow (``stated``), three characters are one without a surname as well.
    """
    names: list[str] = []
    for run in _runs(text):
        if run in known or has_surname(run):
            names += [name for name in _names_of(run, known) or () if name in known or is_full_name(name)]
        elif stated and len(run) == 3 and _HAN.fullmatch(run) and run[-1] not in _BODIES:
            names.append(run)
    return names


def _names_of(run: str, known: Collection[str]) -> list[str] | None:
    """The names in a run without separators; two characters may be a pen name, or a given name alone."""
    if run in known or is_full_name(run) or (len(run) == 2 and _HAN.fullmatch(run)):
        return [run]
    return _cut(run, known)


def _runs(text: str) -> list[str]:
    """The runs of characters between separators, blanks within names closed up."""
    return [run for piece in _MARKS.split(text) for run in _closed_up(piece.split())]


def _closed_up(parts: Iterable[str]) -> list[str]:
    """The parts between blanks, those joined that are pieces of names."""
    runs: list[str] = []
    padded = False
    for part in parts:
        if runs and _goes_on(runs[-1], part, padded):
            runs[-1] += part
        else:
            runs.append(part)
            padded = len(part) == 1
    return runs


def _goes_on(run: str, part: str, padded: bool) -> bool:
    """Whether ``part`` goes on where ``run`` breaks off; ``padded`` tells that this began with a single character."""
    if len(part) > 1:
        return len(run) == 1 and len(part) == 2
    return padded or run in COMPOUND_SURNAMES or (len(run) == 2 and has_surname(run) and not has_surname(part))


def _cut(run: str, known: Collection[str]) -> list[str] | None:
    """The likeliest cut of glued names, by least cost: known names, frequent surnames, three characters."""
    if len(run) > _LONGEST_RUN:
        return None
    best: list[tuple[float, list[str]]] = [(inf, [])] * (len(run) + 1)
    best[0] = (0.0, [])
    for start in range(len(run) - 1):
        cost, names = best[start]
        if cost == inf:
            continue
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
    surname = 1.0 if name[:2] in COMPOUND_SURNAMES else _SURNAME_COST.get(name[0], 1.6)
    return surname + (0.0 if len(name) > 2 else 0.3)
