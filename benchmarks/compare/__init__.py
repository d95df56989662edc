"""Baoku beside other search engines, on the same articles, asked the same questions: ``python -m benchmarks compare``.

material makes the articles and cuts their words, questions chooses what is asked, engines has one module for each
engine, serve keeps an engine open in a process of its own, run measures, report writes the tables.
"""
