"""A plan as a file: its words as records (records.py), read with a line for every fault (nodes.py, reading.py), brought in by the app's own verbs (bringing.py)."""
