"""The two ways to use a page: with a pointer, and with nothing but the keyboard."""

from __future__ import annotations

from typing import Protocol

import pytest
from playwright.sync_api import Locator, Page

FAR = 120
"""So many presses of Tab lead to anything that matters; what is further away is not within reach."""

HERE = "element => element === document.activeElement"
BEFORE = """element => Boolean(document.activeElement && document.activeElement !== document.body
    && element.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)"""
SHOWN = """element => {
  // The ring of a bar is the edge of its column.
  const ringed = getComputedStyle(element.matches("svg a") ? element.querySelector(".area") : element);
  const ring = element.matches("svg a")
    ? ringed.stroke !== "none" && parseFloat(ringed.strokeWidth) >= 2
    : ringed.outlineStyle !== "none" && parseFloat(ringed.outlineWidth) >= 2;
  const {left, right, top, bottom} = element.getBoundingClientRect();
  const inside = right > 0 && bottom > 0 && left < innerWidth && top < innerHeight;
  return ring && inside && element.matches(":focus-visible");
}"""
"""Whether the element shows that it has the focus, and lies in the window."""


class Hand(Protocol):
    """What a reader does to a page."""

    def press(self, target: Locator) -> None: ...

    def write(self, target: Locator, words: str) -> None: ...

    def to_filters(self) -> None: ...


class Pointer:
    """A mouse or a finger; text is typed."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        target.hover()
        target.click()

    def write(self, target: Locator, words: str) -> None:
        target.click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(words)

    def to_filters(self) -> None:
        """A pointer needs no way there."""


class Keyboard:
    """Tab, Enter, Space and the arrows; wherever it comes to, the focus must be seen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        self.go(target)
        ticked = target.evaluate("element => element.matches('input[type=checkbox], button')")
        self.page.keyboard.press("Space" if ticked else "Enter")

    def write(self, target: Locator, words: str) -> None:
        self.go(target)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(words)

    def to_filters(self) -> None:
        """By the link that keyboards meet first, past the whole list, unless the focus is there already."""
        if not self.page.locator("#filters :focus").count():
            self.press(self.page.get_by_role("link", name="跳到筛选"))

    def go(self, target: Locator) -> None:
        """Tabs there, forwards or backwards as it lies."""
        key = "Shift+Tab" if target.evaluate(BEFORE) else "Tab"
        for _ in range(FAR):
            if target.evaluate(HERE):
                break
            self.page.keyboard.press(key)
        else:
            pytest.fail(f"{target} is not within {FAR} presses of {key}")
        assert target.evaluate(SHOWN), f"{target} has the focus, and it is not to be seen"
