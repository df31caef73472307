"""What this installation would start with."""

import argparse
from dataclasses import fields

from zenne.config import installation

SUMMARY = "say what the environment sets, and whether one can start from it"
SECRET = {"secret_key", "identity_key", "oidc"}
ADDRESSES = {"database_url", "replica_url", "mail_url", "cache_url"}


def run(_options: argparse.Namespace) -> int:
    values = installation.environment()
    for field in fields(values):
        value = getattr(values, field.name)
        if field.name in SECRET:
            value = "(set)" if value else "(not set)"
        elif field.name in ADDRESSES:
            value = installation.without_password(value) or "(not set)"
        print(f"{field.name:<16}{value}")
    if values.database_url:
        with installation.database(values):
            print("The database answers.")
    print("The environment is safe to start from.")
    return 0
