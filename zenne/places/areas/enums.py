from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

#: the key of the question for a district, beside `access.enums.Question`: asked of who named a commune alone, where that does not do
DISTRICT_QUESTION = "district"


class AreaKind(TextChoices):
    """The levels of the map, each inside the one before."""

    REGION = "region", _("Region")
    COMMUNE = "commune", _("Commune")
    DISTRICT = "district", _("District")
    SECTOR = "sector", _("Statistical sector")
    OUTSIDE = "outside", _("Outside the Region")  # one row, for people who live elsewhere; it has no outline


class Spot(TextChoices):
    """What a place of the gazetteer is."""

    STREET = "street", _("Street")
    PARK = "park", _("Park")
    FACILITY = "facility", _("Building or service")
