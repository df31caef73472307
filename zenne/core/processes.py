"""Children that may not outlive their parent, however it ends."""

import ctypes
import signal
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1
_prctl = getattr(ctypes.CDLL(None), "prctl", None)


def ended_by(wanted: signal.Signals) -> Callable[[], None]:
    """What a child calls before it becomes a program (`preexec_fn`): Linux then sends it `wanted` when its parent is gone."""

    def arrange() -> None:
        if _prctl:
            _prctl(_PR_SET_PDEATHSIG, wanted)

    return arrange
