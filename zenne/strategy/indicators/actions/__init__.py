"""The verbs. Keyword-only, `by=` says who (None: the platform itself), `now=` says when; one transaction each."""

from .defining import activate, change, define, delete_draft, freeze, retire
from .importing import discard_file, discard_forgotten, read_file, write_file
from .measuring import discard, measure, publish, publish_all, revise, send_back, validate

__all__ = [
    "activate",
    "change",
    "define",
    "delete_draft",
    "discard",
    "discard_file",
    "discard_forgotten",
    "freeze",
    "measure",
    "publish",
    "publish_all",
    "read_file",
    "retire",
    "revise",
    "send_back",
    "validate",
    "write_file",
]
