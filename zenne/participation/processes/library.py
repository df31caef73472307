"""The files that a process shows: beside its page, and within what it says of itself. Those of a draft are for whoever may read it."""

from django.http import HttpRequest
from wagtail.documents.models import AbstractDocument

from zenne.people.organisations.library import library

from .models import Description, Document
from .rules import may_see


def shows(file: AbstractDocument, request: HttpRequest) -> bool:
    key = request.GET.get("preview", "")
    beside = Document.objects.filter(file=file.pk)
    within = Description.objects.filter(
        body__contains=[{"type": "file", "value": file.pk}]
    )  # reads every text: asked last
    return any(
        may_see(request.user, row.process, preview_key=key)
        for rows in (beside, within)
        for row in rows.select_related("process__organisation")
    )


library.register("processes", shows)
