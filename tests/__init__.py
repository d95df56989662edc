"""The tests; a package, so that ``python -m tests.e2e.chromium`` finds what they share."""
