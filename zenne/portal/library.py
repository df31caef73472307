"""The files that editorial pages show."""

from zenne.people.organisations.library import library

from .models import EditorialPage

library.register(
    "portal", lambda file: EditorialPage.objects.live().filter(body__contains=[{"type": "file", "value": file.pk}])
)
