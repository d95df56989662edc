"""A running server under load: how much it answers, how fast, how it refuses, and what it takes."""
