"""Proofs that a box of ballots is the one that was counted. What they show and what not: docs/methods/proofs.md."""
