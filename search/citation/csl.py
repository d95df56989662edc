"""CSL-JSON: an item of type article-newspaper (citation-style-language/schema, csl-data.json)."""

from __future__ import annotations

import json
from typing import Any

from search.citation.reference import Reference, parts


def csl_json(cited: Reference) -> str:
    """A list with the one item, as reference managers import it."""
    return json.dumps([csl_item(cited)], ensure_ascii=False, indent=2) + "\n"


def csl_item(cited: Reference) -> dict[str, Any]:
    """The item without the variables that are unknown; a Chinese name is not parted and therefore ``literal``."""
    item = {
        "id": cited.id,
        "type": "article-newspaper",
        "title": cited.shown_title,
        "author": [{"literal": name} for name in cited.authors],
        "container-title": cited.newspaper,
        "issued": _issued(cited),
        "page": cited.page,
        "section": cited.section,
        "keyword": ", ".join(cited.keywords),
        "language": "zh-CN",
        "note": "；".join(cited.notes),
        "URL": cited.url,
    }
    return {variable: value for variable, value in item.items() if value}


def _issued(cited: Reference) -> dict[str, Any] | None:
    if cited.date.start is None or cited.date.end is None:
        return None
    days = list(dict.fromkeys((parts(cited.date.start), parts(cited.date.end))))
    certain = {} if cited.date_printed else {"circa": True}
    return {"date-parts": [list(day) for day in days], **certain}
