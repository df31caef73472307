"""What can go wrong beneath a task through nobody's fault, by kind."""

import errno

from django.db import InterfaceError, OperationalError

LOST_DATABASE = (OperationalError, InterfaceError)
"""The database is gone for now: the task is tried again."""

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS})
"""The numbers of an OSError that say a file cannot be kept: the disk is full, too small for it, or not to be written."""


class Overtaken(Exception):
    """What a worker does is no longer its own: it was cancelled or given up, or another took it over. What this one made is thrown away."""
