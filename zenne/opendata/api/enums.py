"""The rights a token may carry that belong to no app in particular, and the budgets that requests are counted against."""

from enum import StrEnum

READ = "read"
"""Reading what is one's own: the account, ideas in whatever state, what one supports and follows. What is public needs no token."""


class Budget(StrEnum):
    """What a request is counted as."""

    ANONYMOUS = "anonymous"
    READS = "reads"
    WRITES = "writes"
