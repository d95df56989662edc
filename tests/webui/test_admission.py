"""The gate: no more than so many inside, those who wait in their order, the others told at once."""

from __future__ import annotations

from threading import Thread

import pytest

from webui.admission import Busy, Gate

LONG = 60.0


def test_so_many_are_inside_and_whoever_comes_too_late_is_told_at_once() -> None:
    gate = Gate(2, 1)
    gate.enter(LONG)
    gate.enter(LONG)
    with pytest.raises(Busy):
        gate.enter(0.001)
    waiting = _waiting(gate)
    with pytest.raises(Busy):  # LONG is not waited for: the bench is full
        gate.enter(LONG)
    gate.leave()
    waiting.join(LONG)
    assert gate.length == 0


def test_whoever_waits_longest_is_next_and_nobody_slips_past() -> None:
    gate, order = Gate(1, 8), list[int]()
    gate.enter(LONG)
    threads = [_waiting(gate, lambda n=n: order.append(n)) for n in range(5)]  # type: ignore[misc]
    for place in range(5):
        gate.leave()
        threads[place].join(LONG)
        with pytest.raises(Busy):
            gate.enter(0)
    assert order == list(range(5))


def test_who_gives_up_leaves_no_place_taken() -> None:
    gate = Gate(1, 1)
    gate.enter(LONG)
    for _ in range(3):
        with pytest.raises(Busy):
            gate.enter(0)
    gate.leave()
    gate.enter(LONG)


def _waiting(gate: Gate, then: object = None) -> Thread:
    def come() -> None:
        gate.enter(LONG)
        if callable(then):
            then()

    before = gate.length
    thread = Thread(target=come, daemon=True)
    thread.start()
    while gate.length == before:
        pass
    return thread
