"""What an advice may become, as one table; the README's diagram is printed from it."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class AdviceState(TextChoices):
    DRAFT = "draft", pgettext_lazy("advice", "Being prepared")
    ISSUED = "issued", pgettext_lazy("advice", "Waiting for an answer")
    ANSWERED = "answered", pgettext_lazy("advice", "Answered")
    WITHDRAWN = "withdrawn", pgettext_lazy("advice", "Withdrawn")


class Verdict(TextChoices):
    """What a body says of one recommendation."""

    TAKEN = "taken", pgettext_lazy("recommendation", "Taken up")
    PARTLY = "partly", pgettext_lazy("recommendation", "Taken up in part")
    REFUSED = "refused", pgettext_lazy("recommendation", "Refused")


A = AdviceState
TRANSITIONS: dict[AdviceState, tuple[AdviceState, ...]] = {
    A.DRAFT: (A.ISSUED,),
    A.ISSUED: (A.ANSWERED, A.WITHDRAWN),
    A.ANSWERED: (),
    A.WITHDRAWN: (),
}
PUBLIC: tuple[AdviceState, ...] = (A.ISSUED, A.ANSWERED, A.WITHDRAWN)
# What is taken up, even in part, is promised and followed up like any promise.
PROMISED: tuple[Verdict, ...] = (Verdict.TAKEN, Verdict.PARTLY)
