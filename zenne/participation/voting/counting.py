"""The bridge to `zenne.methods`: rows become plain data, and back."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

Content = Mapping[str, Any]


def canonical(content: Content) -> bytes:
    """The one spelling of a ballot's content."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def leaf(content: Content, *, channel: str, district: int, nonce: str) -> str:
    """The commitment to one ballot, in hexadecimal."""
    ballot = {"ballot": content, "channel": channel, "district": district, "nonce": nonce}
    return hashlib.sha256(b"\x00" + canonical(ballot)).hexdigest()


def root(leaves: list[str]) -> str:
    """The root of the tree over leaves in their order (RFC 9162, 2.1.1)."""
    return _root([bytes.fromhex(each) for each in leaves]).hex()


def _root(level: list[bytes]) -> bytes:
    if not level:
        return hashlib.sha256().digest()
    while len(level) > 1:
        pairs = [
            hashlib.sha256(b"\x01" + level[at] + level[at + 1]).digest() for at in range(0, len(level) - 1, 2)
        ]
        level = pairs + level[len(pairs) * 2 :]
    return level[0]
