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


class Verdict(TextChoices):
    KEPT = "kept", _("Stays visible")
    HIDDEN = "hidden", _("Hidden")
    RESTORED = "restored", _("Visible again")
