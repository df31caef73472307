"""Long-running roles as children: started, started again when they end, stopped together."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from zenne.config.installation import Fault
from zenne.core.processes import ended_by

LOOK_SECONDS = 0.2
STEADY_SECONDS = 60
LONGEST_PAUSE_SECONDS = 30
GRACE_SECONDS = 25
NICENESS = 15


@dataclass
class Role:
    """One child. `vital`: when it ends before everything was ready, there is no point in going on. `yields`: its work gives way to the others'."""

    name: str
    command: Sequence[str]
    environ: Mapping[str, str] = field(default_factory=dict)
    vital: bool = False
    yields: bool = False
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    next_start: float = 0.0
    pause: float = 1.0

    def start(self) -> None:
        self.process = subprocess.Popen(
            list(self.command),
            env={**os.environ, **self.environ},
            process_group=0,  # not a session: Linux weighs sessions alike, and inside one alone does `yields` mean anything
            preexec_fn=self._begin,
        )
        self.started_at = time.monotonic()

    def _begin(self) -> None:
        ended_by(signal.SIGTERM)()
        if self.yields:
            os.nice(NICENESS)

    def look(self) -> None:
        """Start the child again when it has ended; the pause doubles while it keeps ending."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.next_start:
                self.start()
            return
        if (code := self.process.poll()) is None:
            return
        self.pause = 1.0 if now - self.started_at > STEADY_SECONDS else min(self.pause * 2, LONGEST_PAUSE_SECONDS)
        print(
            f"zenne: {self.name} ended with code {code}; it starts again in {self.pause:.0f} s",
            file=sys.stderr,
            flush=True,
        )
        self.process = None
        self.next_start = now + self.pause

    def tell(self, wanted: signal.Signals) -> None:
        if self.process and self.process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, wanted)


def stop_on_signals() -> None:
    """Let SIGTERM end the program as Ctrl-C does, and let nothing disturb the ending."""

    def stop(_number: int, _frame: object) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)


def supervise(
    roles: Sequence[Role], *, ready: Callable[[], bool], announce: Callable[[], None], tend: Callable[[], None]
) -> None:
    """Keep the roles running until a signal comes; `announce` once, when `ready`; `tend` what they stand on, again and again."""
    announced = False
    try:
        for role in roles:
            role.start()
        while True:
            time.sleep(LOOK_SECONDS)
            if not announced:
                _refuse_dead(roles)
                if ready():
                    announce()
                    announced = True
            tend()
            for role in roles:
                role.look()
    except KeyboardInterrupt:
        print("\nzenne: stopping ...", file=sys.stderr, flush=True)
    finally:
        _stop(roles)


def _refuse_dead(roles: Sequence[Role]) -> None:
    for role in roles:
        if role.vital and role.process and role.process.poll() is not None:
            raise Fault(
                f"The {role.name} ended while starting, with code {role.process.returncode}; its last words are above."
            )


def _stop(roles: Sequence[Role]) -> None:
    for role in roles:
        role.tell(signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    for role in roles:
        if role.process:
            with suppress(subprocess.TimeoutExpired):
                role.process.wait(max(0.1, deadline - time.monotonic()))
            role.tell(signal.SIGKILL)
            role.process.wait()
