"""A story as it was cut from its page, before anyone has said who, where, when and about what."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.page import Block, Page


@dataclass(frozen=True, slots=True)
class Draft:
    """One story in parts. ``paragraphs`` holds the body with subheads in their place, columns joined."""

    page: Page
    spans: tuple[tuple[int, int], ...]
    title: str | None = None
    kicker: str | None = None
    subtitle: str | None = None
    section: str | None = None
    bylines: tuple[str, ...] = ()
    paragraphs: tuple[str, ...] = ()
    subheads: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    complete: bool = True
    blocks: tuple[Block, ...] = ()

    @property
    def body(self) -> str:
        return "\n".join(self.paragraphs)

    @property
    def headline(self) -> str:
        """All headline lines in reading order, joined by one blank."""
        return " ".join(part for part in (self.kicker, self.title, self.subtitle) if part)
