from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Gender(TextChoices):
    """Asked only where an activity needs it; the last answer is as good as any."""

    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    OTHER = "other", _("Another answer")
    UNSAID = "unsaid", _("I would rather not say")


class Purpose(TextChoices):
    """What a person may consent to, each apart from the others (GDPR article 6(1)(a) and recital 43)."""

    NEWS = "news", _("News about other participation processes")
    STATISTICS = "statistics", _("My birth year, gender and district in anonymous statistics")
    CONTACT = "contact", _("Being contacted by the organisation about what I wrote")


class IdentityMethod(TextChoices):
    """How somebody showed who they are. The order is that of strength, weakest first."""

    COUNTER = "counter", _("At a counter")
    LETTER = "letter", _("By a code in a letter")
    OIDC = "oidc", _("itsme or eID")
