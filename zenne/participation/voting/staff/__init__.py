"""The back office of votes: `board` (one vote at a glance), `setup` (its rule and its options), `paper` (batches), `reading` (keying in), `desk` (the counter), `results` (the count)."""
