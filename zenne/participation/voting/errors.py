"""Why a ballot cannot be taken, or a vote not be changed: said in words, with the next step."""

from django.utils.translation import gettext_lazy as _

from zenne.core.errors import Conflict, Invalid

from .enums import Channel


class RuleIsFrozen(Conflict):
    """What people vote on stands still once they vote."""

    code = "rule-is-frozen"

    def __init__(self) -> None:
        super().__init__(
            _(
                "The vote has opened: what is voted on and how it is counted no longer change. A vote with an error is annulled, with a reason."
            )
        )


class NotReady(Conflict):
    """The vote lacks something without which nobody can vote."""

    code = "vote-not-ready"

    def __init__(self) -> None:
        super().__init__(_("This vote is not complete yet, so nobody can vote. The organisation has to finish it."))


class HasPaperBallot(Conflict):
    """The other way round is refused as well: who voted online gets no paper ballot."""

    code = "has-paper-ballot"

    def __init__(self) -> None:
        super().__init__(
            _(
                "You were handed a paper ballot for this vote, so you vote on paper. If you did not receive one, tell the organisation."
            )
        )


class AlreadyVoted(Conflict):
    """What staff at a counter are told."""

    code = "already-voted"

    def __init__(self, channel: Channel) -> None:
        said = {
            Channel.ONLINE: _(
                "This person has voted online. They can still change that ballot, online or here on a screen; they get no paper ballot."
            ),
            Channel.COUNTER: _(
                "This person has voted at a counter. They can still change that ballot, online or here on a screen; they get no paper ballot."
            ),
            Channel.PAPER: _("This person was handed a paper ballot: they vote on paper."),
        }
        super().__init__(said[channel])


class NotStillOpen(Conflict):
    """Sealing before the end."""

    code = "still-open"

    def __init__(self) -> None:
        super().__init__(_("The vote is still open. It closes by the clock."))


class Unfit(Invalid):
    """A ballot that does not follow the rule. `faults` are the sentences, each about one thing."""

    code = "ballot-does-not-fit"

    def __init__(self, faults: "list[str]") -> None:
        super().__init__(" ".join(map(str, faults)))
        self.faults = faults
