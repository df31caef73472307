"""What the portal puts in the menus: the home of a person, search, and the pages that every platform owes its people."""

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zenne.core.languages import current
from zenne.web.navigation import Entry, Place, register


def stands(slug: str):
    """Shown once the page is there in the visitor's language: a menu without dead links."""

    def shown(request: HttpRequest) -> bool:
        return f"{current()}:{slug}" in getattr(request, "surroundings", {}).get("pages", ())

    return shown


register(Entry(Place.ACCOUNT, _("My page"), "portal:me", icon="user", order=10))
register(Entry(Place.FOOTER, _("Near me"), "portal:near", order=-1))
register(Entry(Place.MAIN, _("Search"), "portal:search", icon="search", order=80))
register(
    Entry(
        Place.MAIN,
        _("How it works"),
        "wagtail_serve",
        args=("how-it-works/",),
        order=90,
        shown=stands("how-it-works"),
    )
)
for order, (slug, label) in enumerate(
    {
        "for-organisations": _("For organisations"),
        "charter": _("House rules"),
        "about": _("About this platform"),
        "accessibility": _("Accessibility"),
        "privacy": _("Privacy"),
        "open-source": _("Open source"),
        "contact": _("Contact"),
    }.items()
):
    register(Entry(Place.FOOTER, label, "wagtail_serve", args=(f"{slug}/",), order=order, shown=stands(slug)))
