"""Why a lottery cannot do what it was asked: said in words, with the next step."""

from django.utils.translation import gettext_lazy as _

from zenne.core.errors import Conflict, Invalid, NotFound


class WrongStep(Conflict):
    """The lottery, draw or offer stands elsewhere: somebody was faster, or the page is old."""

    code = "wrong-step"

    def __init__(self) -> None:
        super().__init__(
            _("This was done already, or its time has not come. Load the page again to see where it stands.")
        )


class Announced(Conflict):
    """What stood on the letters stands."""

    code = "announced"

    def __init__(self) -> None:
        super().__init__(
            _(
                "The letters are sent: what they say stands. Quotas can still be widened after the feasibility check, with a public reason."
            )
        )


class AnswersClosed(Conflict):
    """After the moment that stands on the letter nobody enters the pool, by whatever channel."""

    code = "answers-closed"

    def __init__(self) -> None:
        super().__init__(_("The time to answer is over. The same holds for everybody, by post, by phone and online."))


class AlreadyAnswered(Conflict):
    """One letter, one answer."""

    code = "already-answered"

    def __init__(self) -> None:
        super().__init__(_("This letter was answered already."))


class UnknownCode(NotFound):
    """No letter has this code."""

    code = "unknown-code"

    def __init__(self) -> None:
        super().__init__(_("No letter has this code. Check each sign; the letters I, L, O and U are never used."))


class OfferOver(Conflict):
    """The seat went to somebody else."""

    code = "offer-over"

    def __init__(self) -> None:
        super().__init__(
            _("This seat can no longer be taken: it was answered already, or the time to confirm is over.")
        )


class Unfit(Invalid):
    """What was given does not fit. `faults` are {name: sentence}."""

    code = "does-not-fit"

    def __init__(self, faults: "dict[str, str]") -> None:
        super().__init__(" ".join(str(words) for words in faults.values()))
        self.faults = faults
