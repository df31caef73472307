"""The base classes of staff screens."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import CollectionMember
from wagtail.permissions import policy_registry

from zenne.people.accounts.models import Person
from zenne.people.history.actions import record, record_read

from ..models import Organisation
from .policies import OrganisationPolicy
from .views import HistoryView, wearing

Verb = Callable[..., Model]
LIST = ("index", "index_results")
HISTORY = ("history", "history_results")


def save_with(action: Callable[..., Any], *, as_: str) -> Verb:
    """A viewset's `create` or `update` that hands the filled thing to one of our actions: `action(<as_>=thing, by=, now=)`.

    The action checks its rule, saves the thing and records history. Many-to-many fields and inline rows follow it.
    """

    def verb(self: "StaffViewSet", form: Any, *, by: Person, now: datetime) -> Model:
        thing: Model = form.save(commit=False)
        action(**{as_: thing}, by=by, now=now)
        form.save_m2m()
        return thing

    return verb


def filled(form: Any, fields: Collection[str]) -> dict[str, object]:
    """What a form says about these fields: the `values=` of our actions."""
    return {name: form.cleaned_data[name] for name in fields if name in form.cleaned_data}


def _exports(column: Any) -> bool:
    return isinstance(column, str) or isinstance(getattr(column, "accessor", None), str)


class StaffViewSet(ModelViewSet):
    """A model's screens in the back office: list, create, edit, delete, history, export; limited to the person's organisations.

    Give `model`, `policy`, `panels` and what Wagtail's ModelViewSet knows (`list_display`, `list_filter`, `list_export`, `icon`, `menu_order`,
    ...). Writing goes through three verbs to override: `create(form, by=, now=)`, `update(form, by=, now=)`, `remove(thing, by=,
    now=)`; a `core.errors.Spoken` that they raise is shown beside the form. A view of your own is registered through
    `self.construct_view(MyView)`: a `pk` in its address is then looked up within the person's organisations. A list that shows e-mail
    addresses names the way from a row to the person, `shows_person = "person"`: each look is written down. `fixed` names the fields that
    never change once the thing is there; `careful`: what two people edit at once is not overwritten (`meanwhile.py`). `screens` names those of
    Wagtail's own pages that there are, such as `(*LIST, *HISTORY)`, where others take the place of the rest; None: all of them.
    """

    policy: OrganisationPolicy
    shows_person = ""
    fixed: tuple[str, ...] = ()
    careful = False
    screens: tuple[str, ...] | None = None
    history_view_class = HistoryView
    copy_view_enabled = False
    sort_order_field = None
    add_to_admin_menu = True
    list_display = ["__str__"]
    icon = "folder-open-inverse"

    def __init__(self, name: str | None = None, **kwargs: Any) -> None:
        super().__init__(name=name, **kwargs)
        self.policy.bind(self.model)

    @cached_property
    def add_to_reference_index(self) -> bool:
        """Whether Wagtail notes at every save what a row refers to (six statements). Only where an image or a file of its library is used is that ever
        asked: the screen `usage` of our own things is closed."""
        fields = self.model._meta.get_fields()
        return any(
            issubclass(field.related_model, CollectionMember)
            for field in fields
            if field.many_to_one and isinstance(field.related_model, type)
        )

    @cached_property
    def list_export(self) -> list[str]:
        """What a spreadsheet holds, unless told otherwise: the columns of the list."""
        return [
            column if isinstance(column, str) else column.accessor for column in self.list_display if _exports(column)
        ]

    @cached_property
    def permission_policy(self) -> OrganisationPolicy:
        return self.policy

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(**{"viewset": self, "usage_url_name": None, **kwargs})

    def construct_view(self, view_class: type, **kwargs: Any) -> Callable[..., HttpResponse]:
        return super().construct_view(wearing(view_class), **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Without `usage`: it would name rows of other organisations that refer to a shared thing."""
        found = [pattern for pattern in super().get_urlpatterns() if pattern.name != "usage"]
        return found if self.screens is None else [pattern for pattern in found if pattern.name in self.screens]

    def register_permissions(self) -> None:
        """Nothing to register: rights follow from membership, not from Django's permission rows."""

    def prepare(self, form: BaseForm, request: HttpRequest) -> None:
        """A last touch on a create or edit form before it is shown or read."""

    def page_of(self, thing: Model) -> str:
        """Where one goes on once a form is saved: the page of the thing, such as its desk; empty: the list."""
        return ""

    def note_reads(self, rows: Iterable[Any], request: HttpRequest, *, file: bool = False) -> None:
        """Write down whose personal data a list or a file of it shows."""
        if not self.shows_person:
            return
        what = f"{self.model_name}.export" if file else str(self.model_name)
        seen: dict[int | None, list[Person]] = {}
        for row in rows:
            seen.setdefault(self.policy.organisation_of(row), []).append(getattr(row, self.shows_person))
        for key, people in seen.items():
            house = Organisation(pk=key) if key else None
            record_read(people, by=request.user, what=what, now=request.now, organisation=house)  # type: ignore[attr-defined]

    @transaction.atomic
    def create(self, form: Any, *, by: Person, now: datetime) -> Model:
        return self._save(form, "created", by, now)

    @transaction.atomic
    def update(self, form: Any, *, by: Person, now: datetime) -> Model:
        return self._save(form, "changed", by, now)

    @transaction.atomic
    def remove(self, thing: Model, *, by: Person, now: datetime) -> None:
        record(f"{self.model_name}.deleted", by=by, now=now, about=thing, organisation=self._organisation(thing))
        thing.delete()

    def _save(self, form: Any, verb: str, by: Person, now: datetime) -> Model:
        thing: Model = form.save()
        details: dict[str, object] = {"changed": sorted(form.changed_data)} if verb == "changed" else {}
        record(
            f"{self.model_name}.{verb}",
            by=by,
            now=now,
            about=thing,
            organisation=self._organisation(thing),
            details=details,
        )
        return thing

    def _organisation(self, thing: Model) -> Organisation | None:
        key = self.policy.organisation_of(thing)
        return Organisation(pk=key) if key else None


class StaffChooserViewSet(ChooserViewSet):
    """A chooser that offers only rows the person's organisations have. `policy` is found by the model."""

    def construct_view(self, view_class: type, **kwargs: Any) -> Callable[..., HttpResponse]:
        return super().construct_view(type(view_class.__name__, (_ScopedChoice, view_class), {}), **kwargs)


class _ScopedChoice:
    def _mine(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        policy = policy_registry.get_by_type(rows.model, fallback=False)
        if not isinstance(policy, OrganisationPolicy):
            raise PermissionDenied
        return policy.within(rows, self.request.user, "view", "change")  # type: ignore[attr-defined]

    def get_object_list(self) -> QuerySet[Any]:
        return self._mine(super().get_object_list())  # type: ignore[misc]

    def get_object(self, pk: Any) -> Model:
        return self._mine(self.model_class.objects.all()).get(pk=pk)  # type: ignore[attr-defined]

    def get_objects(self, pks: list[Any]) -> QuerySet[Any]:
        return self._mine(super().get_objects(pks))  # type: ignore[misc]
