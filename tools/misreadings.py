"""Makes data/misreadings.txt: for every common Chinese character the characters that look like it in print.

Run by hand, not by the product: ``python -m tools.misreadings --song FONT --hei FONT [PAGES...]``. Needs Pillow, a
font of the Song and one of the Hei kind with Simplified glyphs (made with Noto Serif CJK and Noto Sans CJK, SIL Open
Font License 1.1), and NumPy. The same fonts give the same file.

Each glyph is drawn on a square and described by histograms of oriented gradients (Dalal and Triggs, Histograms of
oriented gradients for human detection, 2005): its strokes by direction in 8 x 8 cells, blurred so that a shift by a
pixel or two hardly matters. Two characters are compared as wholes and by their halves, since most misreadings
exchange one component of a character or lose it: left, right, top and bottom, and the whole of one squeezed into a
half of the other. Of equally similar ones the more frequent character is named first, for so an OCR engine guesses.

What is known outweighs what is computed: the groups of data/lookalikes.toml, and exchanges met between two
extractions of one page (PAGES: folders of pages, by default the sample archive).
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import permutations
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from indexer.sources.decode import decode
from indexer.twins import likeness, page_print
from search.compare import compare
from search.forms.table import FILE
from search.letters import as_text, letter_codes
from search.reference import reference_folder
from search.text import fold
from search.words import word_frequencies

Grey = NDArray[np.float32]

SIDE, CELLS, DIRECTIONS = 32, 8, 8
INDEX_SC = 2
"""The place of the Simplified faces in Noto's font collections."""
NEIGHBOURS = {True: 24, False: 10}
"""How many a character of the first level of GB 2312 has, and one of the second."""
RARE = """
镕喆玥珪劼昉囧珺蹚垵珮祐赟旻堃曌燊嬛邨垚栃祎昺塆筼渟滉燚奭玒琇碁晞磻璠釆姸慜犇玹玘瑀瑄璟婳芃翀翯昰晧
暕暻杺梣棽沄湜皞翙
"""
"""Beyond GB 2312: in names of people and places."""
HALVES = {"left": np.s_[:, :, :5], "right": np.s_[:, :, 3:], "top": np.s_[:, :5], "bottom": np.s_[:, 3:]}
PART_SHARE, FREQUENT = 0.7, 0.15
"""What the likest half counts beside the whole, and what frequency adds at most."""
KNOWN = 9
"""The weight of what is known; what is computed weighs from 1 to 8."""
LEAST, MOST = 0.7, 0.95
"""The likeness that weighs 1, and the one that weighs 8."""


def characters() -> str:
    """The Chinese characters of GB 2312 that folding leaves as they are, and RARE."""
    rows = (bytes((high, low)) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF))
    standard = (row.decode("gb2312", "ignore") for row in rows)
    return "".join(dict.fromkeys(char for char in (*standard, *RARE) if char.strip() and fold(char) == char))


def drawn(chars: str, font: Path, width: float = 1, height: float = 1, at: tuple[float, float] = (0, 0)) -> Grey:
    """Each character on a square of SIDE pixels, 0 white and 1 black, or squeezed into a part of it."""
    em = SIDE * 2 - 6
    face = ImageFont.truetype(str(font), em, index=INDEX_SC)
    size = round(SIDE * width), round(SIDE * height)
    left, top = round(SIDE * at[0]), round(SIDE * at[1])
    glyphs = np.zeros((len(chars), SIDE, SIDE), np.float32)
    for glyph, char in zip(glyphs, chars, strict=True):
        image = Image.new("L", (SIDE * 2, SIDE * 2))
        ImageDraw.Draw(image).text((3, SIDE * 2 - 3 - 0.12 * em), char, font=face, fill=255, anchor="ls")
        glyph[top : top + size[1], left : left + size[0]] = np.asarray(image.resize(size, Image.Resampling.BOX)) / 255
    return glyphs


def described(glyphs: Grey) -> Grey:
    """The gradients of each glyph by cell and direction: glyph x row x column x direction."""
    down, right = np.gradient(_blurred(glyphs, 0.7), axis=(1, 2))
    direction = np.arctan2(down, right) % (2 * np.pi) / (2 * np.pi) * DIRECTIONS
    lower, beyond = direction.astype(int) % DIRECTIONS, direction % 1
    cells = np.empty((len(glyphs), CELLS, CELLS, DIRECTIONS), np.float32)
    for way in range(DIRECTIONS):
        share = (lower == way) * (1 - beyond) + ((lower + 1) % DIRECTIONS == way) * beyond
        smooth = _blurred(np.hypot(down, right) * share, 1.5)
        cells[..., way] = smooth.reshape(len(glyphs), CELLS, SIDE // CELLS, CELLS, SIDE // CELLS).mean((2, 4))
    return np.sqrt(cells)


def _blurred(glyphs: Grey, sigma: float) -> Grey:
    reach = int(3 * sigma + 0.5)
    steps = np.arange(-reach, reach + 1)
    weights = np.exp(-(steps**2) / (2 * sigma**2))
    for axis in (1, 2):
        padded = np.pad(glyphs, [(0, 0) if other != axis else (reach, reach) for other in range(3)])
        windows = (padded.take(range(step, step + SIDE), axis) for step in range(2 * reach + 1))
        glyphs = sum(window * weight for window, weight in zip(windows, weights / weights.sum(), strict=True))
    return glyphs.astype(np.float32)


def likeness_of(chars: str, fonts: Sequence[Path]) -> Grey:
    """How much each character looks like each other one, from 0 to 1."""
    whole = [described(drawn(chars, font)) for font in fonts]
    halves = [_mean(_correlated(cells[half], cells[half]) for cells in whole) for half in HALVES.values()]
    part = np.maximum.reduce(halves)
    for name, half in HALVES.items():
        squeezed = [described(drawn(chars, font, *_place(name))) for font in fonts]
        lost = _mean(_correlated(small[half], cells[half]) for small, cells in zip(squeezed, whole, strict=True))
        part = np.maximum.reduce([part, lost, lost.T])
    return (1 - PART_SHARE) * _mean(_correlated(cells, cells) for cells in whole) + PART_SHARE * part


def _place(half: str) -> tuple[float, float, tuple[float, float]]:
    """Width, height and corner of a whole character that is squeezed into a half."""
    wide = half in ("top", "bottom")
    corner = 0.35 if half in ("right", "bottom") else 0.0
    return (1, 0.65, (0, corner)) if wide else (0.65, 1, (corner, 0))


def _correlated(one: Grey, other: Grey) -> Grey:
    return _standard(one) @ _standard(other).T


def _standard(cells: Grey) -> Grey:
    rows = cells.reshape(len(cells), -1)
    rows = rows - rows.mean(1, keepdims=True)
    return rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)


def _mean(arrays: Iterable[Grey]) -> Grey:
    listed = list(arrays)
    return sum(listed[1:], listed[0]) / len(listed)


def known_pairs(groups: Iterable[str], chars: str) -> set[tuple[str, str]]:
    """Every two different characters of a group, both ways."""
    known = frozenset(chars)
    return {pair for group in groups for pair in permutations(dict.fromkeys(group), 2) if known.issuperset(pair)}


def exchanged(pages: Iterable[Path]) -> Counter[str]:
    """How often two extractions of one page, which lie in one folder, have two characters for one another."""
    texts = {str(path): decode(path.read_bytes()) for path in pages}
    like = likeness({name: page_print(text).sample for name, text in texts.items()})
    twins = {tuple(sorted((name, other))) for name, others in like.items() for other in others}
    return Counter(pair for one, other in sorted(twins) for pair in _slips(texts[one], texts[other]))


def _slips(one: str, other: str) -> Iterator[str]:
    for segment in compare(one, other):
        left, right = as_text(letter_codes(segment.a)), as_text(letter_codes(segment.b))
        if segment.slip and len(left) == len(right):
            yield from ("".join(sorted(pair)) for pair in zip(left, right, strict=True) if pair[0] != pair[1])


def table(chars: str, alike: Grey, known: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """For each character its neighbours with their weights, the heaviest first."""
    frequencies, _ = word_frequencies()
    often = np.log1p([frequencies.get(char, 0) for char in chars]).astype(np.float32)
    favoured = alike + FREQUENT * often / often.max()
    np.fill_diagonal(favoured, -1)
    order = np.argsort(-favoured, axis=1, kind="stable")
    rows: dict[str, dict[str, int]] = {char: {} for char in chars}
    for one, other in sorted(known):
        rows[one][other] = KNOWN
    for number, char in enumerate(chars):
        for place in order[number, : NEIGHBOURS[_is_frequent(char)]].tolist():
            rows[char].setdefault(chars[place], _weight(alike[number, place]))
    return rows


def _is_frequent(char: str) -> bool:
    return b"\xb0" <= char.encode("gb2312", "ignore")[:1] < b"\xd8"


def _weight(likeness: float) -> int:
    return int(np.clip(round(1 + 7 * (likeness - LEAST) / (MOST - LEAST)), 1, 8))


def line(char: str, neighbours: Mapping[str, int]) -> str:
    """A line of the file: the character, then its neighbours by weight, the heaviest first."""
    weights = sorted(set(neighbours.values()), reverse=True)
    groups = (f"{weight}{''.join(other for other in neighbours if neighbours[other] == weight)}" for weight in weights)
    return " ".join((char, *groups))


HEADER = """\
# 形近误识表：一个字在报纸上可能被认成哪些字。词后面加 ~ 检索时用它（见 docs/query-language.md）。
#
# 一行一个字：先是这个字，后面一组组是形近的字，每组前面的数字是分量，9 最重：人工列出或在同一版面的两次识别之间见过的；
# 8 到 1 由字形算出，越大越像。可以增行、删行、改分量；同一个字可以有几行，合起来算。# 开头的行是说明。
#
# 来源：由 tools/misreadings.py 算出，字形取自 Noto Serif CJK SC 和 Noto Sans CJK SC（SIL OFL 1.1），
# 只用来比较，不含在内；加上 lookalikes.toml 的各组和 tools/lookalikes.txt 的字对。这个表的许可同本项目。
"""


@click.command()
@click.option("--song", required=True, type=click.Path(exists=True, path_type=Path), help="宋体字库")
@click.option("--hei", required=True, type=click.Path(exists=True, path_type=Path), help="黑体字库")
@click.argument("folders", nargs=-1, type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(song: Path, hei: Path, folders: Sequence[Path]) -> None:
    """重算 data/misreadings.txt；FOLDERS 里同一版面的几次识别告诉哪些字真被认错过，缺省为 data/sample。"""
    chars = characters()
    alike = likeness_of(chars, (song, hei))
    place = {char: number for number, char in enumerate(chars)}
    known = known_pairs([*_groups(), *Path(__file__).with_name("lookalikes.txt").read_text("utf-8").split()], chars)
    for folder in folders or (reference_folder() / "sample",):
        for pair, times in sorted(exchanged(sorted(folder.rglob("*.txt"))).items()):
            seen = all(char in place for char in pair) and alike[place[pair[0]], place[pair[1]]] >= LEAST
            click.echo(f"{pair} {times}{'' if seen else ' (not alike)'}", err=True)
            known |= set(permutations(pair)) if seen else set()
    lines = (line(char, neighbours) for char, neighbours in table(chars, alike, known).items())
    (reference_folder() / FILE).write_text(HEADER + "\n".join(lines) + "\n", "utf-8")


def _groups() -> Sequence[str]:
    groups: Sequence[str] = tomllib.loads((reference_folder() / "lookalikes.toml").read_text("utf-8"))["groups"]
    return groups


if __name__ == "__main__":
    main()
