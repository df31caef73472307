"""Compile the translations."""

import argparse

SUMMARY = "compile the translations (also done by `run` and `prepare`)"


def run(_options: argparse.Namespace) -> int:
    from zenne.config import catalogues

    done = catalogues.compile_stale()
    print(f"{done} catalogues compiled.")
    return 0
