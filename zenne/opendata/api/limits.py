"""How much anybody may ask: requests per window, per token or, without one, per address."""

from dataclasses import dataclass

from .enums import Budget


@dataclass(frozen=True)
class Limit:
    """At most `requests` in each window of `seconds`. Windows begin at whole multiples of their length since 1970, for everybody at once."""

    requests: int
    seconds: int


LIMITS: dict[Budget, Limit] = {
    Budget.ANONYMOUS: Limit(300, 60),
    Budget.READS: Limit(1200, 60),
    Budget.WRITES: Limit(60, 60),
}
LARGEST_BODY = 256 * 1024
