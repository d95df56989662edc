"""RO-Crate 1.1: what is in a bundle, in schema.org's words (https://www.researchobject.org/ro-crate/1.1/)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from search.export.form import Wanted, facts, made
from search.listed import Listed
from search.media_types import media_type

_CONTEXT = "https://w3id.org/ro/crate/1.1/context"


def crate(listed: Listed, wanted: Wanted, files: Mapping[str, int]) -> dict[str, Any]:
    """The metadata document of a bundle whose files, apart from the texts, are these by name and size in bytes."""
    told = "；".join(f"{name}：{value}" for name, value in facts(listed, wanted).items() if value)
    parts = [{"@id": name} for name in (*files, "texts/")]
    return {
        "@context": _CONTEXT,
        "@graph": [
            {
                "@id": "ro-crate-metadata.json",
                "@type": "CreativeWork",
                "about": {"@id": "./"},
                "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            },
            {
                "@id": "./",
                "@type": "Dataset",
                "name": f"报库检索结果：{listed.request.query or '全部'}（{listed.total} 篇）",
                "description": told,
                "datePublished": made(wanted).isoformat(timespec="seconds"),
                "license": "版权属于原报纸和作者 (rights remain with the newspaper and the authors)",
                "hasPart": parts,
            },
            *(_file(name, size) for name, size in files.items()),
            {"@id": "texts/", "@type": "Dataset", "name": "全文，一篇一个文件"},
        ],
    }


def _file(name: str, size: int) -> dict[str, Any]:
    return {
        "@id": name,
        "@type": "File",
        "name": name,
        "contentSize": str(size),
        "encodingFormat": media_type(name),
    }
