"""Ballots on paper: a batch printed, handed out, read twice by two, settled by a third, reconciled."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from zenne.participation.voting import actions, queries
from zenne.participation.voting.models import PaperBatch, Vote

from .. import decided
from ..processes import Staging
from ..visits import absent

STEP = timedelta(seconds=20)


class PaperVoting:
    """Puts the paper of a vote on the timeline of its process. `vote` finds the vote as it stands."""

    def __init__(
        self, staging: Staging, described: decided.Paper, said: decided.Vote, vote: Callable[[], Vote]
    ) -> None:
        self.staging, self.described, self.said, self.vote = staging, described, said, vote
        self.by = staging.person(said.by)

    @property
    def batch(self) -> PaperBatch:
        return self.vote().batches.get()

    def plan(self) -> None:
        said, add = self.described, self.staging.timeline.add
        add(said.printed_at, self._print)
        counter = self.staging.person(said.at_counter)
        add(said.out_at, lambda now: actions.bring_to_counter(self.batch, by=counter, now=now))
        served = absent(self.said.ballots, self.staging.residents)[: said.handed]
        for place, person in enumerate(served):
            at = said.first_at + (said.last_at - said.first_at) * place / len(served)
            add(at, partial(self._hand_out, person))
        add(said.read_at, self._read)

    def _print(self, now: datetime) -> None:
        said = self.described
        actions.print_batch(self.vote(), language=said.language, printed=said.printed, by=self.by, now=now)

    def _hand_out(self, person: str, now: datetime) -> None:
        guest = queries.Guest(self.staging.person(person))
        actions.hand_out(self.batch, guest=guest, by=self.staging.person(self.described.at_counter), now=now)

    def _read(self, now: datetime) -> None:
        """The box is emptied; each sheet takes a while. What the second reader misread is read once more."""
        said, misread = self.described, self.described.misread
        actions.take_in(self.batch, returned=len(said.lines), by=self.by, now=now)
        for reading, reader in enumerate(said.readers, 1):
            for position, line in enumerate(said.lines, 1):
                keyed = misread.line if (reading, position) == (len(said.readers), misread.position) else line
                by, now = self.staging.person(reader), now + STEP
                actions.key_sheet(self.batch, reading=reading, position=position, line=keyed, by=by, now=now)
        third, line = self.staging.person(said.third), said.lines[misread.position - 1]
        actions.settle_sheet(self.batch, position=misread.position, line=line, by=third, now=now + STEP)
        actions.explain(self.batch, remark=said.remark, by=self.by, now=now + 2 * STEP)
        actions.settle(self.batch, by=self.by, now=now + 3 * STEP)
