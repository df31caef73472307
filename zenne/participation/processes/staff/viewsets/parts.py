"""What the lists and forms of everything that belongs to one process share."""

from typing import Any

from django import forms
from django.forms import BaseForm
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.admin.views import generic

from zenne.core.numbers import key_of
from zenne.people.organisations.enums import Role
from zenne.people.organisations.staff import StaffViewSet

from .. import screens

EDITORS = (Role.MANAGER, Role.EDITOR)
MANAGERS = (Role.MANAGER,)


def hidden(field: str) -> FieldPanel:
    """The row that a new part belongs to: given by the address, sent along with the form."""
    return FieldPanel(field, widget=forms.HiddenInput, classname="zenne-hidden")


class _DeletePart(generic.DeleteView):
    def get_success_url(self) -> str:
        return screens.overview_url(self.object.process)


class PartViewSet(StaffViewSet):
    """Something that belongs to one process, reached from its overview and leading back to it."""

    add_to_admin_menu = False
    delete_view_class = _DeletePart
    list_display = ["__str__", "process"]

    def page_of(self, thing: Any) -> str:
        return screens.overview_url(thing.process)

    def prepare(self, form: BaseForm, request: HttpRequest) -> None:
        """A new part is put into the process of the address; one that is there stays in its own."""
        part = form.instance  # type: ignore[attr-defined]
        field = form.fields.get("process")
        if field is None:
            return
        if part.pk:
            field.disabled = True
        elif chosen := _chosen(field, request):
            part.process = chosen


def _chosen(field: Any, request: HttpRequest) -> Any:
    """The row that the address or the form names, among those that may be chosen."""
    named = request.POST.get("process") or request.GET.get("process")
    return field.queryset.filter(pk=key_of(named)).first() if named else None
