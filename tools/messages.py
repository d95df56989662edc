"""Brings the catalogue of the pages up to the texts of the program: ``python -m tools.messages``.

New texts are left without a translation, those that are gone are dropped; the tests fail until every text has one.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
LOCALE = "en"
CATALOGUE = ROOT / "webui" / "translations" / LOCALE / "LC_MESSAGES" / "messages.po"
KEYWORDS = {
    **dict.fromkeys(("_", "Message", "joined", "say"), None),
    "pgettext": ((1, "c"), 2),
    # Chinese has one form for all numbers: it is the singular and the plural of the catalogue.
    **dict.fromkeys(("_n", "Counted", "sayCount"), (1, 1)),
}
"""What the texts are arguments of, in Python, templates and scripts."""
ROOMS = ("search", "webui")
TOPICS = "data/topics.toml"


def extracted() -> Catalog:
    """All texts of the program, each with the files in which it stands."""
    with (ROOT / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    catalogue = Catalog(locale=LOCALE, project="Baoku", copyright_holder="Baoku", charset="utf-8")
    for room in ROOMS:
        found = extract_from_dir(ROOT / room, methods, options, KEYWORDS, directory_filter=lambda _: True)
        for name, _, text, comments, context in found:
            catalogue.add(text, None, [(f"{room}/{name}", None)], auto_comments=comments, context=context)
    for topic in tomllib.loads((ROOT / TOPICS).read_text("utf-8"))["topic"]:
        catalogue.add(topic["label"], locations=[(TOPICS, None)])
    return catalogue


def known() -> Catalog:
    """The catalogue as it is kept."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale=LOCALE)


def main() -> None:
    """Writes the catalogue anew, as text and as the program reads it."""
    catalogue, template = known(), extracted()
    # Without new texts nothing changes.
    template.creation_date = catalogue.creation_date
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, sort_by_file=True, include_lineno=False, width=0)
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, known())
    untranslated = [entry.id for entry in catalogue if entry.id and not all(strings(entry))]
    print(f"{len(catalogue)} 条，未译 {len(untranslated)} 条：", *untranslated, sep="\n")


def strings(entry: Message) -> tuple[str, ...]:
    """The translations of a text: one, or one for each form of the plural."""
    return entry.string if entry.pluralizable else (entry.string,)


if __name__ == "__main__":
    main()
