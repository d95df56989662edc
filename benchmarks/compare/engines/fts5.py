"""SQLite's FTS5: fed with words or pairs of characters cut beforehand, or with its own trigrams.

Facets are counted in narrow tables beside it, over the hits, which are first collected in a temporary table.
"""

from __future__ import annotations

import json
import sqlite3
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from benchmarks.compare.engines.base import Answer, Engine
from benchmarks.compare.highlight import highlight
from benchmarks.compare.material import FACETS, Row, pairs, sought_pairs
from benchmarks.compare.questions import PER_PAGE, Question
from search.words import index_words

_BATCH = 2000
_TABLES = "".join(
    f"CREATE TABLE {facet} (number INTEGER, code INTEGER, PRIMARY KEY (number, code)) WITHOUT ROWID;"
    f"CREATE TABLE {facet}_name (code INTEGER PRIMARY KEY, name TEXT UNIQUE);"
    for facet in FACETS
)
_COMMON = f"""
PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE article (number INTEGER PRIMARY KEY, stored TEXT);
CREATE TABLE dated (number INTEGER PRIMARY KEY, day INTEGER);
{_TABLES}
"""
_MAPPED = 1 << 33
_Condition = tuple[str, list[object]]


class Fts5(Engine):
    """What the ways of feeding it have in common; hit number n is the article of row n."""

    def version(self) -> str:
        return f"SQLite {sqlite3.sqlite_version}"

    def build(self, rows: Iterable[Row], folder: Path) -> None:
        base = sqlite3.connect(folder / "index.db")
        base.executescript(_COMMON)
        base.execute(self.table)
        names: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
        numbered = enumerate(rows)
        while batch := list(islice(numbered, _BATCH)):
            self._insert(base, batch, names)
        for facet, codes in names.items():
            base.executemany(f"INSERT INTO {facet}_name VALUES (?, ?)", [(code, name) for name, code in codes.items()])
            base.execute(f"CREATE INDEX {facet}_code ON {facet} (code, number)")
        base.execute("CREATE INDEX dated_day ON dated (day)")
        base.execute("INSERT INTO hay (hay) VALUES ('optimize')")
        base.execute("ANALYZE")
        base.commit()
        base.close()

    def open(self, folder: Path) -> None:
        self.base = sqlite3.connect(f"file:{folder / 'index.db'}?mode=ro", uri=True)
        self.base.executescript(
            f"PRAGMA mmap_size = {_MAPPED}; PRAGMA temp_store = MEMORY;"
            "CREATE TEMP TABLE hit (number INTEGER PRIMARY KEY, score REAL);"
        )
        self.names = {facet: dict(self.base.execute(f"SELECT code, name FROM {facet}_name")) for facet in FACETS}
        self.codes = {facet: {name: code for code, name in names.items()} for facet, names in self.names.items()}

    def answer(self, question: Question) -> Answer:
        if question.form == "everything":
            return self._everything(question)
        total = self._collect(question)
        order = "SELECT number FROM hit ORDER BY score"
        if question.newest:
            order = "SELECT number FROM hit CROSS JOIN dated USING (number) ORDER BY day DESC"
        numbers = [number for (number,) in self.base.execute(f"{order} LIMIT ? OFFSET ?", (PER_PAGE, question.skipped))]
        return Answer(total, self._shown(question, numbers), self._counts("hit CROSS JOIN {facet} USING (number)"))

    def found(self, question: Question) -> set[str]:
        self._collect(question)
        rows = self.base.execute("SELECT stored FROM hit CROSS JOIN article USING (number)")
        return {json.loads(stored)[0] for (stored,) in rows}

    table: str
    """The statement that makes the table ``hay``."""

    @abstractmethod
    def _hay(self, row: Row) -> str:
        """The text that FTS5 is fed with."""

    @abstractmethod
    def _found_by(self, question: Question) -> tuple[str, str, _Condition]:
        """Table with the number as rowid, expression of the score, condition."""

    def _insert(self, base: sqlite3.Connection, batch: list[tuple[int, Row]], names: dict[str, dict[str, int]]) -> None:
        base.executemany("INSERT INTO article VALUES (?, ?)", [(number, row.stored) for number, row in batch])
        base.executemany("INSERT INTO dated VALUES (?, ?)", [(number, row.day) for number, row in batch])
        for facet, codes in names.items():
            found = [(number, name) for number, row in batch for name in row.facets[facet]]
            coded = [(number, codes.setdefault(name, len(codes))) for number, name in found]
            base.executemany(f"INSERT INTO {facet} VALUES (?, ?)", coded)
        base.executemany("INSERT INTO hay (rowid, text) VALUES (?, ?)", [(n, self._hay(row)) for n, row in batch])

    def _collect(self, question: Question) -> int:
        """Put the hits into the temporary table; their number."""
        table, score, (condition, values) = self._found_by(question)
        # Subqueries that name each hit: given a list of numbers instead, SQLite asks FTS5 for each number of the list.
        if question.first and question.last:
            condition += f" AND EXISTS (SELECT 1 FROM dated d WHERE d.number = {table}.rowid AND day BETWEEN ? AND ?)"
            values += [question.first.toordinal(), question.last.toordinal()]
        if question.street:
            condition += f" AND EXISTS (SELECT 1 FROM street s WHERE s.number = {table}.rowid AND code = ?)"
            values.append(self.codes["street"].get(question.street, -1))
        self.base.execute("DELETE FROM hit")
        score = "0" if question.newest else score
        sql = f"INSERT INTO hit SELECT {table}.rowid, {score} FROM {table} WHERE {condition}"
        return self.base.execute(sql, values).rowcount

    def _everything(self, question: Question) -> Answer:
        (total,) = self.base.execute("SELECT count(*) FROM dated").fetchone()
        page = self.base.execute("SELECT number FROM dated LIMIT ? OFFSET ?", (PER_PAGE, question.skipped))
        return Answer(total, self._shown(question, [number for (number,) in page]), self._counts("{facet}"))

    def _counts(self, tables: str) -> dict[str, dict[str, int]]:
        counts: dict[str, dict[str, int]] = {}
        for facet in FACETS:
            rows = self.base.execute(f"SELECT code, count(*) FROM {tables.format(facet=facet)} GROUP BY code")
            counts[facet] = {self.names[facet][code]: count for code, count in rows}
        return counts

    def _shown(self, question: Question, numbers: list[int]) -> list[tuple[str, str | None, str]]:
        shown = []
        for number in numbers:
            (stored,) = self.base.execute("SELECT stored FROM article WHERE number = ?", (number,)).fetchone()
            identity, title, body = json.loads(stored)
            shown.append((identity, title, highlight(body, question.terms)))
        return shown


class Fts5Cut(Fts5):
    """Words or pairs between blanks, in a table that does not keep them; strings are phrases of these."""

    table = "CREATE VIRTUAL TABLE hay USING fts5 (text, content = '', tokenize = 'unicode61 remove_diacritics 0')"

    def __init__(self, by_pairs: bool) -> None:
        self.by_pairs, self.needs_words = by_pairs, not by_pairs
        self.label = f"SQLite FTS5, {'pairs' if by_pairs else 'jieba words'}"

    def open(self, folder: Path) -> None:
        super().open(folder)
        self._sought("平城")

    def _hay(self, row: Row) -> str:
        return " ".join(pairs(row.text)) if self.by_pairs else row.words

    def _found_by(self, question: Question) -> tuple[str, str, _Condition]:
        terms = map(self._prefix if question.form == "prefix" else self._sought, question.terms)
        sought = (" OR " if question.form == "any" else " AND ").join(terms)
        return "hay", "hay.rank", ("hay MATCH ?", [sought])

    def _prefix(self, text: str) -> str:
        return self._sought(text) if self.by_pairs else f"{_quoted(text)} *"

    def _sought(self, text: str) -> str:
        if not self.by_pairs:
            return _quoted(" ".join(index_words(text)))
        found, is_prefix = sought_pairs(text)
        return _quoted(" ".join(found)) + " *" * is_prefix


class Fts5Trigram(Fts5):
    """Its own trigrams, which find strings of three characters and more; for shorter ones all text is looked at."""

    label = "SQLite FTS5, trigram"
    table = "CREATE VIRTUAL TABLE hay USING fts5 (text, tokenize = 'trigram')"

    def _hay(self, row: Row) -> str:
        return row.text

    def _found_by(self, question: Question) -> tuple[str, str, _Condition]:
        word = " OR " if question.form == "any" else " AND "
        if all(len(term) > 2 for term in question.terms):
            return "hay", "hay.rank", ("hay MATCH ?", [word.join(map(_quoted, question.terms))])
        tests: Iterator[str] = ("instr(text, ?) > 0" for _ in question.terms)
        return "hay", "0", (f"({word.join(tests)})", [*question.terms])


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
