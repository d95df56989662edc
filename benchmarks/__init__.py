"""Measurements of speed, size and memory: ``python -m benchmarks run`` for the index and its answers, ``compare`` for
other engines beside it, ``parse`` for the way from pages to articles; docs/performance.md holds the baseline.

corpus makes the articles, queries chooses what is asked of them, measure runs each measurement in a process of
its own (process), compare does so with several engines, parsing measures the stages of parsing, report writes the
tables. ``ranking`` measures not speed but order, on the questions of judged.
"""
