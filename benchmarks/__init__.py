"""Measurements of speed, size and memory: ``python -m benchmarks run`` for the index and its answers, ``parse`` for
the way from pages to articles; docs/performance.md holds the baseline.

corpus makes the articles, queries chooses what is asked of them, measure runs each measurement in a process of
its own, parsing measures the stages of parsing, report writes the tables.
"""
