from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Ground(TextChoices):
    """The published list of reasons for which something may be reported or hidden. The house rules page explains each."""

    HATE = "hate", _("Hate, discrimination or threats")
    PERSONAL = "personal", _("Attack on a person, or private data of somebody")
    FALSE_IDENTITY = "false-identity", _("Pretends to be somebody else")
    ILLEGAL = "illegal", _("Against the law in another way")
    COMMERCIAL = "commercial", _("Advertising or spam")
    OFF_TOPIC = "off-topic", _("Not about this subject")
    DUPLICATE = "duplicate", _("Says the same as another contribution")
    OTHER = "other", _("Another reason")


class Source(TextChoices):
    """How something came before the moderators."""

    REPORT = "report", _("Reported by a resident")
    FLAG = "flag", _("Flagged by the platform")
    READING = "reading", _("Read before it is public")
    STAFF = "staff", _("Noticed by staff")


class CaseState(TextChoices):
    """`open` -> `decided`, or `gone` when the author took the contribution away first."""

    OPEN = "open", _("Waits")
    DECIDED = "decided", _("Decided")
    GONE = "gone", _("Taken away by its author")


class Verdict(TextChoices):
    KEPT = "kept", _("Stays visible")
    HIDDEN = "hidden", _("Hidden")
    RESTORED = "restored", _("Visible again")


class FlagKind(TextChoices):
    """What the platform looks for by itself. A flag never hides anything: it asks a person to look."""

    WORD = "word", _("A word on the list")
    LINKS = "links", _("Many links")
    REPEATED = "repeated", _("The same text again")
    BURST = "burst", _("Much at once from a new account")


class Outcome(TextChoices):
    """What came of an appeal."""

    UPHELD = "upheld", _("The decision stands")
    REVERSED = "reversed", _("The decision is taken back")
