from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """Who may do an action, from the widest to the narrowest door."""

    EVERYONE = "everyone", _("Everyone, without an account")
    CONFIRMED = "confirmed", _("Anyone with a confirmed e-mail address")
    VERIFIED = "verified", _("Residents whose identity was checked")
    GROUP = "group", _("Members of a group")
    STAFF = "staff", _("Staff of the organisation")


class Question(TextChoices):
    """What an activity may need to know of a person before they take part. Each is asked once, for all activities."""

    RESIDENCE = "residence", _("Where do you live?")
    BIRTH_YEAR = "birth-year", _("In what year were you born?")
    GENDER = "gender", _("What is your gender?")
    LANGUAGE = "language", _("Which language do you prefer?")
