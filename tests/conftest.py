"""What all tests share: hypothesis without a clock, and the same examples again in CI."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("baoku", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("baoku")
