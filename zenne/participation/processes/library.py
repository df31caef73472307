"""The files that a process shows: beside its page, and within what it says of itself. Those of a draft are for whoever may read it."""

from django.http import HttpRequest
from wagtail.documents.models import AbstractDocument

from zenne.people.organisations.library import library

from .models import Description, Document
from .rules import may_see


def shows(file: AbstractDocument, request: HttpRequest) -> bool:
    beside = Document.objects.filter(file=file.pk).select_related("process__organisation")
    within = Description.objects.filter(body__contains=[{"type": "file", "value": file.pk}])
    processes = {row.process for row in [*beside, *within.select_related("process__organisation")]}
    key = request.GET.get("preview", "")
    return any(may_see(request.user, process, preview_key=key) for process in processes)


library.register("processes", shows)
