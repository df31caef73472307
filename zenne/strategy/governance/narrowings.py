"""Sittings and reviews by plan: `?plan=smart-city-2030`."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from zenne.opendata.api.kinds import Narrowing, narrowings

from .models import Item


def _sittings(rows: QuerySet[Any], slug: str) -> QuerySet[Any]:
    """Those that dealt with the plan, a review of it or a project of it, in public."""
    about = Q(revision__plan__slug=slug) | Q(review__plan__slug=slug) | Q(project__plan__slug=slug)
    return rows.filter(pk__in=Item.objects.filter(about, confidential=False).values("sitting"))


narrowings.register("sittings.plan", Narrowing(_sittings, _("Only those that dealt with this plan.")))
narrowings.register(
    "reviews.plan", Narrowing(lambda rows, slug: rows.filter(plan__slug=slug), _("Only those of this plan."))
)
