"""Every door by which bytes come in."""

from __future__ import annotations

from tests.fuzz import (
    doors_accounts,
    doors_data,
    doors_index,
    doors_kept,
    doors_lists,
    doors_pages,
    doors_queries,
    doors_web,
)
from tests.fuzz.target import Target

TARGETS: dict[str, Target] = {
    target.name: target
    for room in (
        doors_queries,
        doors_pages,
        doors_data,
        doors_lists,
        doors_index,
        doors_web,
        doors_accounts,
        doors_kept,
    )
    for target in room.TARGETS
}
"""By name."""
