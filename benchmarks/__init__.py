"""Measurements of speed, size and memory: ``python -m benchmarks run``; docs/performance.md holds the baseline.

corpus makes the articles, queries chooses what is asked of them, measure runs each measurement in a process of
its own, report writes the tables.
"""
