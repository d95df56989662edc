"""What is printed around the stories: the masthead at the head of the page, slogans between the stories."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from indexer.layout_rules import LayoutRules
from indexer.page import Block, Label, Page
from indexer.prose import bare, width

_HEAD = 10
_NAME = re.compile(r"^\S{0,10}[报報讯訊刊]$|^[\w·]{2,8}$")
_FOLIO = re.compile(r"\d年\d|星期|农历|農曆|第?\d{1,2}版|^[A-Z]?\d{1,2}\s+\S{2,8}$|^\S{2,8}\s+[A-Z]?\d{1,2}$")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_STARTS = (Label.BYLINE, Label.LEAD, Label.CAPTION, Label.CREDIT)
_LONGEST_SLOGAN, _LONGEST_PHRASE = 3, 9


def masthead(page: Page) -> frozenset[str]:
    """The page's own name, number and newspaper as a line can print them, bare."""
    number, name, paper = (plain_numbers(bare(text or "")) for text in (page.number, page.name, page.newspaper))
    return frozenset({paper, name, number + name, paper + name, paper + number + name, name + number} - {""})


def plain_numbers(bare_text: str) -> str:
    """05 and 5 are the same page."""
    return _ZEROS.sub("", bare_text) if "0" in bare_text else bare_text


def clear_margins(blocks: Sequence[Block], rules: LayoutRules) -> list[Block]:
    """The blocks, with what the page prints around its stories labelled as furniture."""
    return _without_slogans(_without_masthead(blocks), rules)


def _without_masthead(blocks: Sequence[Block]) -> list[Block]:
    """Short lines around the day or page number at the head of a page are the names of paper and page."""
    short = (Label.HEADLINE, Label.FURNITURE, Label.SIGNATURE, Label.COLUMN)
    head = list(takewhile(lambda block: block.label in short, blocks[:_HEAD]))
    folio = [place for place, block in enumerate(head) if _FOLIO.search(block.text) and width(block.text) < 40]
    if not folio:
        return list(blocks)
    stop = folio[-1] + 1
    while stop < len(head) and head[stop].label is Label.HEADLINE and re.search("[报報讯訊刊]$", head[stop].text):
        stop += 1
    names = {place for place in range(stop) if place in folio or _NAME.match(head[place].text)}
    return [
        replace(block, label=Label.FURNITURE, why="报头 (masthead)") if place in names else block
        for place, block in enumerate(blocks)
    ]


def _without_slogans(blocks: Sequence[Block], rules: LayoutRules) -> list[Block]:
    """Slogans become furniture, also those that are torn over two or three lines."""
    found = list(blocks)
    for start, stop in _short_runs(blocks):
        for place in _slogans(blocks, start, stop, rules):
            found[place] = replace(blocks[place], label=Label.FURNITURE, why="标语 (slogan)")
    return found


def _short_runs(blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(blocks):
        stop = start
        while stop < len(blocks) and blocks[stop].label is Label.HEADLINE:
            stop += 1
        if stop > start:
            yield start, stop
        start = stop + 1


def _slogans(blocks: Sequence[Block], start: int, stop: int, rules: LayoutRules) -> set[int]:
    """The places of the slogans among consecutive short lines."""
    found: set[int] = set()
    words = [bare(block.text) for block in blocks[start:stop]]
    for first in range(start, stop):
        for last in range(first + 1, min(first + _LONGEST_SLOGAN, stop) + 1):
            joined = "".join(words[first - start : last - start])
            known = rules.is_slogan(joined)
            if last == first + 1:
                known = known or rules.sounds_like_slogan(blocks[first].text, joined)
            if rules.is_whole_slogan(joined) or (known and _stands_alone(blocks, first, last)):
                found |= set(range(first, last))
    if stop == len(blocks) and _is_parallel([block.text for block in blocks[start:stop]]):
        found |= set(range(start, stop))
    return found


def _is_parallel(lines: Sequence[str]) -> bool:
    """Whether the lines are two phrases of equal length: below the last story only a slogan stands so."""
    phrases = [phrase for line in lines for phrase in line.split()]
    return len(phrases) == 2 and len(phrases[0]) == len(phrases[1]) <= _LONGEST_PHRASE


def _stands_alone(blocks: Sequence[Block], start: int, stop: int) -> bool:
    """A headline may begin with the words of a slogan: one line right above a byline or dateline is a headline."""
    after = blocks[stop].label if stop < len(blocks) else None
    return stop - start > 1 or after not in _STARTS
