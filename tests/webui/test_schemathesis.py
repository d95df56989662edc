"""Schemathesis asks everything that the document allows, and what it does not: each answer is one that it promises."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis import Case

from search.archive import Archive
from tests.webui.conftest import ARTICLES
from webui.api.document import document
from webui.api.operation import OPERATIONS
from webui.app import create_app

EXAMPLES = 8
REFUSED = ["400", "404", "405", "414"]
CONFIG = schemathesis.Config.from_dict(
    {
        "generation": {"deterministic": True, "max-examples": EXAMPLES},
        "checks": {
            # A query may be refused once it is read, a list may be gone, an address too long: no schema can say which.
            "positive_data_acceptance": {"expected-statuses": ["2xx", "410", *REFUSED]},
            "negative_data_rejection": {"expected-statuses": REFUSED},
        },
    }
)
FOLDER = TemporaryDirectory()
"""The tests are made of the document before any fixture is; the archive is put there by one."""
INDEX = Path(FOLDER.name) / "index"
schema = schemathesis.openapi.from_wsgi("/api/openapi.json", create_app({"INDEX": INDEX}), config=CONFIG)


@pytest.fixture(scope="module", autouse=True)
def archive() -> Iterator[None]:
    Archive.create(INDEX).add(ARTICLES)
    yield
    FOLDER.cleanup()


def test_the_document_is_valid_openapi() -> None:
    schema.validate()
    assert schema.specification.version.startswith("3.1")
    assert len(document()["paths"]) == len(OPERATIONS)


@schema.parametrize()
@settings(derandomize=True, deadline=None, max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
def test_every_answer_is_one_that_is_promised(case: Case) -> None:
    # The test client reads no gzip.
    case.call_and_validate(headers={"Accept-Encoding": "identity"})
