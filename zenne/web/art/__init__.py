"""Drawings made by code: a street of façades, cement tiles, the mark, and the picture a shared link shows.

Each is deterministic from its seed, coloured only by tokens (so day, night and every organisation are one drawing), and memoised.
"""
