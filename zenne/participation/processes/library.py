"""The files that a process shows: beside its page, and within what it says of itself. Those of a draft are for whoever may read it."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from wagtail.documents.models import AbstractDocument

from zenne.people.organisations.library import library, previews

from .enums import ProcessState
from .models import Description, Document, Process
from .rules import may_see


def showing(file: AbstractDocument) -> QuerySet[Process]:
    beside = Document.objects.filter(process=OuterRef("pk"), file=file.pk)
    within = Description.objects.filter(process=OuterRef("pk"), body__contains=[{"type": "file", "value": file.pk}])
    return Process.objects.filter(Q(Exists(beside)) | Q(Exists(within)))


def previewed(file: AbstractDocument, request: HttpRequest) -> bool:
    drafts = showing(file).filter(state=ProcessState.DRAFT).select_related("organisation")
    return any(may_see(request.user, draft, preview_key=request.GET.get("preview", "")) for draft in drafts)


library.register("processes", lambda file: showing(file).exclude(state=ProcessState.DRAFT))
previews.register("processes", previewed)
