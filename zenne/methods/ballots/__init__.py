"""Ballots and how they are counted. Method by method: docs/methods/ballots.md."""
