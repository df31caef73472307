"""Reports of failed delivery, as mail servers write them (RFC 3464, with the status codes of RFC 3463).

Whose letter came back is read from the address the report was sent to, which only we can make (`envelope.py`). Nothing else of a report
is believed: anybody can write one.
"""

import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

from . import envelope

MOST_BYTES = 1_000_000
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
ADDRESSED = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
#: what speaks of the address itself: every code of the address group, a mailbox closed, a domain that is not there
OF_THE_ADDRESS = re.compile(r"5\.(1\.\d{1,3}|2\.1|4\.4)")
BARE = re.compile(r"55[013]\b")


@dataclass(frozen=True)
class Report:
    letter: int
    status: str
    reason: str

    @property
    def hard(self) -> bool:
        return speaks_of_the_address(self.status)


def speaks_of_the_address(said: str) -> bool:
    """Whether a refusal means that the address is wrong, rather than full, slow or displeased. Without a status code of RFC 3463 the bare
    550, 551 and 553 of SMTP count."""
    if found := STATUS.search(said):
        return OF_THE_ADDRESS.fullmatch(found[1]) is not None
    return BARE.match(said) is not None


def read(raw: bytes, recipient: str = "") -> Report | None:
    """What a report says. None for anything else: other mail, another's letter, a delay, a success."""
    message = message_from_bytes(raw[:MOST_BYTES])
    addresses = [recipient, *(str(value) for name in ADDRESSED for value in message.get_all(name, []))]
    letter = next((number for address in addresses if (number := envelope.letter_of(address)) is not None), None)
    failure = _failure(message)
    if letter is None or failure is None:
        return None
    found = STATUS.search(str(failure.get("Status", "")))
    reason = " ".join(str(failure.get("Diagnostic-Code", "")).split())
    return Report(letter, found[1] if found else "", reason[:300])


def _failure(message: Message) -> Message | None:
    """The group of fields about the recipient whom the letter did not reach."""
    for part in message.walk():
        groups = part.get_payload() if part.get_content_type() == "message/delivery-status" else None
        for group in groups if isinstance(groups, list) else []:
            if isinstance(group, Message) and str(group.get("Action", "")).strip().lower() == "failed":
                return group
    return None
