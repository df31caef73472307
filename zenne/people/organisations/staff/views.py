"""What every view of a staff viewset wears, and the history of a thing."""

from functools import cached_property
from http import HTTPStatus
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, ProtectedError, QuerySet, RestrictedError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import BaseListingView, BaseObjectMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from zenne.core.errors import Spoken
from zenne.people.history import queries as history
from zenne.people.history.kinds import in_words

from .choices import limit_choices
from .meanwhile import carrying, overtaken
from .policies import OrganisationPolicy
from .screens import blame


class _Scoped:
    """Refuses before the view looks anything up. Another organisation's row and one that never was get the same answer."""

    viewset: Any = None

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.actions_asked = _actions_of(self)
        policy: OrganisationPolicy = self.viewset.policy
        if not policy.user_has_any_permission(request.user, self.actions_asked):
            raise PermissionDenied
        if (pk := kwargs.get("pk")) is not None:
            mine = policy.instances_user_has_any_permission_for(request.user, self.actions_asked)
            if not mine.filter(pk=unquote(str(pk))).exists():
                raise PermissionDenied
        super().setup(request, *args, **kwargs)  # type: ignore[misc]


class _ScopedIndex(_Scoped):
    #: One word: what is added stands in the heading beside it, which keeps its place on a phone.
    add_item_label = gettext_lazy("Add")

    def get_base_queryset(self) -> QuerySet[Any]:
        policy: OrganisationPolicy = self.viewset.policy
        queryset = policy.within(super().get_base_queryset(), self.request.user, *self.actions_asked)  # type: ignore[misc,attr-defined]
        steps = "__".join(policy.path.split("__")[:-1]) if policy.path else ""
        return queryset.select_related(steps) if steps else queryset

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        ordered = super().order_queryset(queryset)  # type: ignore[misc]
        given = getattr(ordered, "query", None) and ordered.query.order_by
        return ordered.order_by(*given, "-pk") if given else ordered

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        self.viewset.note_reads(context["object_list"], self.request)  # type: ignore[attr-defined]
        return context

    def as_spreadsheet(self, queryset: QuerySet[Any], spreadsheet_format: str) -> HttpResponse:
        self.viewset.note_reads(queryset, self.request, file=True)  # type: ignore[attr-defined]
        answer: HttpResponse = super().as_spreadsheet(queryset, spreadsheet_format)  # type: ignore[misc]
        return answer

    @cached_property
    def filters(self) -> Any:
        filters = super().filters  # type: ignore[misc]
        if filters:
            limit_choices(
                filters.form,
                self.request.user,
                self.viewset.policy.organisations(self.request.user, *self.actions_asked),
            )
        return filters

    def to_row_dict(self, item: Model) -> dict[str, Any]:
        """A row of a spreadsheet, in plain values. What people wrote must not run as a formula when it is opened."""
        return {field: _plain(value) for field, value in super().to_row_dict(item).items()}  # type: ignore[misc]

    def _may(self, action: str, thing: Model) -> bool:
        return bool(self.viewset.policy.user_has_permission_for_instance(self.request.user, action, thing))  # type: ignore[attr-defined]

    def get_edit_url(self, instance: Model) -> str | None:
        return super().get_edit_url(instance) if self._may("change", instance) else None  # type: ignore[misc]

    def get_delete_url(self, instance: Model) -> str | None:
        return super().get_delete_url(instance) if self._may("delete", instance) else None  # type: ignore[misc]


def _plain(value: Any) -> Any:
    if isinstance(value, (Model, Promise)):
        value = str(value)
    if isinstance(value, (list, tuple)):
        value = ", ".join(str(one) for one in value)
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


class _ScopedForm(_Scoped):
    """Offers only what is the person's own, saves through the viewset's verb, and says a refusal beside the form."""

    def get_initial(self) -> dict[str, Any]:
        given = {name: value for name, value in self.request.GET.items() if name in self.get_form_class().base_fields}  # type: ignore[attr-defined]
        if isinstance(self, generic.CreateView) and "organisation" not in given:
            mine = self.viewset.policy.organisations(self.request.user, "add")
            if mine is not None and len(mine) == 1:
                given["organisation"] = next(iter(mine))
        return {**super().get_initial(), **given} if isinstance(self, generic.CreateView) else super().get_initial()

    def get_form(self, form_class: type[BaseForm] | None = None) -> BaseForm:
        form: BaseForm = super().get_form(form_class)  # type: ignore[misc]
        limit_choices(
            form, self.request.user, self.viewset.policy.organisations(self.request.user, *self.actions_asked)
        )
        for name in self.viewset.fixed if form.instance.pk else ():  # type: ignore[attr-defined]
            form.fields[name].disabled = True
        self.viewset.prepare(form, self.request)  # type: ignore[attr-defined]
        return form

    @property
    def careful(self) -> bool:
        """Whether it is saved only over what it showed."""
        return isinstance(self, generic.EditView) and self.viewset.careful

    def get_template_names(self) -> list[str]:
        names: list[str] = super().get_template_names()  # type: ignore[misc]
        return ["people/organisations/staff/edit.html"] if self.careful else names

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().get(request, *args, **kwargs)  # type: ignore[misc]
        if self.careful:
            carrying(self.form)  # type: ignore[attr-defined]
        return answer

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.careful:
            rows = self.model._default_manager.select_for_update(of=("self",), no_key=True)  # type: ignore[attr-defined]
            get_object_or_404(rows, pk=self.object_pk)  # type: ignore[attr-defined]
        answer: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]
        return answer

    def is_valid(self, form: Any) -> bool:
        if self.careful and overtaken(form, self._as_it_stands(), self.request.POST):  # type: ignore[attr-defined]
            self.produced_error_message = None
            return False
        return bool(super().is_valid(form))  # type: ignore[misc]

    def _as_it_stands(self) -> BaseForm:
        """The form as it is shown to whoever opens it now."""
        given = self.get_form_kwargs()  # type: ignore[attr-defined]
        form: BaseForm = self.get_form_class()(**{**given, "data": None, "files": None})  # type: ignore[attr-defined]
        return form

    def form_invalid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        if hasattr(form, "overtaken"):
            answer.status_code = HTTPStatus.CONFLICT
        return answer

    def form_valid(self, form: Any) -> HttpResponse:
        action = "add" if isinstance(self, generic.CreateView) else "change"
        if not self.viewset.policy.user_has_permission_for_instance(self.request.user, action, form.instance):  # type: ignore[attr-defined]
            form.add_error(None, _("This belongs to an organisation you do not work for."))
            return self._refused(form)
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except Spoken as refusal:
            blame(form, refusal)
            return self._refused(form)

    def get_success_url(self) -> str:
        return self.viewset.page_of(self.object) or super().get_success_url()  # type: ignore[misc, attr-defined]

    def get_success_buttons(self) -> list[Any]:
        """A way to what was saved, unless one arrives there anyway."""
        if self.viewset.page_of(self.object):  # type: ignore[attr-defined]
            return []
        may = self.viewset.policy.user_has_permission_for_instance(self.request.user, "change", self.object)  # type: ignore[attr-defined]
        return super().get_success_buttons() if may else []  # type: ignore[misc]

    def _refused(self, form: Any) -> HttpResponse:
        self.produced_error_code = "validation_error"
        self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
        return self.form_invalid(form)  # type: ignore[attr-defined]

    def save_instance(self) -> Model:
        verb = self.viewset.create if isinstance(self, generic.CreateView) else self.viewset.update
        return verb(self.form, by=self.request.user, now=self.request.now)  # type: ignore[attr-defined]


class _ScopedDelete(_Scoped):
    def delete_action(self) -> None:
        self.viewset.remove(self.object, by=self.request.user, now=self.request.now)  # type: ignore[attr-defined]

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().form_valid(form)  # type: ignore[misc]
        except Spoken as refusal:
            messages.error(self.request, str(refusal.message or refusal.headline))  # type: ignore[attr-defined]
        except (ProtectedError, RestrictedError):
            messages.error(self.request, _("This cannot be deleted: other things still need it."))  # type: ignore[attr-defined]
        return HttpResponseRedirect(reverse(self.viewset.get_url_name("index")))


class HistoryView(PermissionCheckedMixin, BaseObjectMixin, BaseListingView):
    """What was done to one thing, when and by whom, from our own history."""

    any_permission_required = ["view", "change"]
    template_name = "wagtailadmin/generic/listing.html"
    results_template_name = "wagtailadmin/generic/listing_results.html"
    page_title = gettext_lazy("History")
    header_icon = "history"
    paginate_by = 30
    is_searchable = False
    history_url_name = ""
    history_results_url_name = ""
    edit_url_name = ""
    columns = [
        DateColumn("happened_at", label=gettext_lazy("When")),
        Column("event", label=gettext_lazy("What"), accessor=lambda entry: in_words(entry.event)),
        Column("actor", label=gettext_lazy("Who"), accessor=lambda entry: entry.actor or gettext_lazy("The platform")),
    ]

    def get_page_subtitle(self) -> str:
        return str(self.object)

    def get_index_url(self) -> str:
        return reverse(self.history_url_name, args=[self.object.pk])

    def get_index_results_url(self) -> str:
        return reverse(self.history_results_url_name, args=[self.object.pk])

    def get_base_queryset(self) -> QuerySet[Any]:
        return history.about(self.object)


class ReadsView(HistoryView):
    """Which personal data an organisation's staff saw, for its administrators."""

    any_permission_required = ["change"]
    page_title = gettext_lazy("Personal data seen by staff")
    header_icon = "view"
    columns = [
        DateColumn("happened_at", label=gettext_lazy("When")),
        Column("actor", label=gettext_lazy("Who"), accessor=lambda entry: entry.actor or gettext_lazy("Somebody")),
        Column("about", label=gettext_lazy("Whose"), accessor=lambda entry: entry.about or gettext_lazy("Somebody")),
        Column("what", label=gettext_lazy("Where"), accessor=lambda entry: entry.details["what"]),
    ]

    def get_base_queryset(self) -> QuerySet[Any]:
        return history.reads_within(self.object)


_WEARS: tuple[tuple[type, type], ...] = (
    (generic.IndexView, _ScopedIndex),
    (generic.CreateView, _ScopedForm),
    (generic.EditView, _ScopedForm),
    (generic.DeleteView, _ScopedDelete),
)


def wearing(view_class: type) -> type:
    wear = next((wear for kind, wear in _WEARS if issubclass(view_class, kind)), _Scoped)
    return type(view_class.__name__, (wear, view_class), {"__module__": view_class.__module__})


def _actions_of(view: Any) -> list[str]:
    if action := getattr(view, "permission_required", None):
        return [action]
    return list(getattr(view, "any_permission_required", None) or ["change"])
