"""Tests that run the product the way its users do: a browser, a wheel."""
