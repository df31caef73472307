"""Which editorial pages there are: menus show no dead link."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Value
from django.db.models.functions import Concat

from zenne.people.organisations.surrounding import register

from .models import EditorialPage


def _standing() -> ArraySubquery:
    """Language and address of each that is published, as `fr:contact`."""
    live = EditorialPage.objects.live().order_by("path")
    stands = Concat("locale__language_code", Value(":"), "slug", output_field=CharField())
    return ArraySubquery(live.annotate(stands=stands).values("stands"))


register("pages", _standing)
