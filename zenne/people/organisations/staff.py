"""The back office's foundation: a policy that keeps organisations apart, and the one base class of every staff screen.

    class ThemeViewSet(StaffViewSet):
        model = Theme
        policy = OrganisationPolicy("process__organisation", roles=(Role.MANAGER,))
        panels = [FieldPanel("process"), *translated_panels("title"), FieldPanel("icon")]
        list_display = ["__str__", "process"]
        update = save_with(actions.save_theme, as_="theme")

Whatever such a viewset shows, offers, exports, saves or deletes is limited to the organisations in which the person has one of the roles.
tests/people/organisations/test_isolation.py tries every address of every registered viewset across two organisations.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property
from typing import Any, Literal

from django.contrib.admin.utils import unquote
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import transaction
from django.db.models import Model, ProtectedError, Q, QuerySet, RestrictedError
from django.forms import BaseForm
from django.forms.models import ModelChoiceField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import BaseListingView, BaseObjectMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import BasePermissionPolicy
from wagtail.permissions import policy_registry

from zenne.core.errors import Spoken
from zenne.core.languages import LANGUAGES, attribute, text_in
from zenne.people.accounts.models import Person
from zenne.people.history import queries as history
from zenne.people.history.actions import record

from .enums import Role
from .models import Membership, Organisation

Who = Person | AnonymousUser
Roles = tuple[Role, ...] | Literal["platform", "nobody"]
Verb = Callable[..., Model]

#: Every member of the organisation; only platform administrators; nobody at all (the screen does not offer it).
ANY_MEMBER: Roles = ()
PLATFORM: Roles = "platform"
NOBODY: Roles = "nobody"


def held_roles(person: Who) -> dict[int, set[str]]:
    """The roles a person holds, by organisation. Asked once per request: the answer stays on the request's own person."""
    if not isinstance(person, Person) or not person.is_active:
        return {}
    if not hasattr(person, "_held_roles"):
        held: dict[int, set[str]] = {}
        for organisation, role in Membership.objects.filter(person_id=person.pk).values_list("organisation_id", "role"):
            held.setdefault(organisation, set()).add(role)
        person._held_roles = held  # type: ignore[attr-defined]
    return person._held_roles  # type: ignore[attr-defined]


class OrganisationPolicy(BasePermissionPolicy):
    """Who may do what with the rows of one model, told by the organisation each row leads to.

    `path` is the way to it in Django's words: `"organisation"`, `"process__organisation"`, `""` for the organisation itself, None for rows
    of the whole platform (areas): members of any organisation in a role have them all.
    `roles` hold for view, add, change and delete; any of these, or an action of your own (`moderate=(Role.MODERATOR,)`), can be
    given roles of its own. An administrator fills every role of the house; `PLATFORM` and `NOBODY` stand in for roles.
    Rows that no path leads from (a comment on anything): override `scope` and `organisation_of`.
    """

    def __init__(self, path: str | None, *, roles: Roles = ANY_MEMBER, **actions: Roles) -> None:
        super().__init__(None)
        self.path = path
        self.roles: dict[str, Roles] = {"view": roles, "add": roles, "change": roles, "delete": roles, **actions}

    def bind(self, model: type[Model]) -> None:
        """Make this the policy of `model`, for our own screens and Wagtail's."""
        self._model_or_name = model
        policy_registry.register(model, value=self)

    # Which organisations

    def organisations(self, person: Who, *actions: str) -> set[int] | None:
        """The ids of the organisations in which a person may do any of `actions`; None is: all of them."""
        known = [self.roles[action] for action in actions if self.roles.get(action, NOBODY) != NOBODY]
        if not known or not person.is_active or not isinstance(person, Person):
            return set()
        if person.is_superuser:
            return None
        return {
            organisation
            for organisation, held in held_roles(person).items()
            for roles in known
            if not isinstance(roles, str) and (not roles or held & {*roles, Role.ADMIN})
        }

    def scope(self, queryset: QuerySet[Any], organisations: Iterable[int]) -> QuerySet[Any]:
        """`queryset` of this model, limited to rows of these organisations."""
        if self.path is None:
            return queryset if organisations else queryset.none()
        return queryset.filter(**{f"{self.path or 'pk'}__in": list(organisations)})

    def organisation_of(self, thing: Model) -> int | None:
        """The id of the organisation that `thing` leads to; None when it leads nowhere yet."""
        if not self.path:
            return thing.pk if self.path == "" else None
        *steps, last = self.path.split("__")
        try:
            for step in steps:
                thing = getattr(thing, step)
            return getattr(thing, f"{last}_id", None) if thing is not None else None
        except ObjectDoesNotExist:
            return None

    def within(self, queryset: QuerySet[Any], person: Who, *actions: str) -> QuerySet[Any]:
        """`queryset` limited to the rows with which a person may do any of `actions`."""
        organisations = self.organisations(person, *actions)
        return queryset if organisations is None else self.scope(queryset, organisations)

    # Wagtail's questions

    def user_has_permission(self, user: Who, action: str) -> bool:
        return self.user_has_any_permission(user, [action])

    def user_has_any_permission(self, user: Who, actions: Iterable[str]) -> bool:
        organisations = self.organisations(user, *actions)
        return organisations is None or bool(organisations)

    def user_has_permission_for_instance(self, user: Who, action: str, instance: Model) -> bool:
        organisations = self.organisations(user, action)
        if organisations is None or self.path is None:
            return organisations is None or bool(organisations)
        return self.organisation_of(instance) in organisations

    def instances_user_has_any_permission_for(self, user: Who, actions: Iterable[str]) -> QuerySet[Any]:
        return self.within(self.model._default_manager.all(), user, *actions)

    def users_with_any_permission(self, actions: Iterable[str]) -> QuerySet[Person]:
        return self._people(actions, Membership.objects.all())

    def users_with_any_permission_for_instance(self, actions: Iterable[str], instance: Model) -> QuerySet[Person]:
        memberships = Membership.objects.all()
        if self.path is not None:
            memberships = memberships.filter(organisation_id=self.organisation_of(instance))
        return self._people(actions, memberships)

    def _people(self, actions: Iterable[str], memberships: QuerySet[Membership]) -> QuerySet[Person]:
        known = [roles for action in actions if (roles := self.roles.get(action, NOBODY)) != NOBODY]
        if not known:
            return Person.objects.none()
        working = [roles for roles in known if not isinstance(roles, str)]
        if not working:
            memberships = memberships.none()
        elif all(working):
            memberships = memberships.filter(role__in={Role.ADMIN, *(role for roles in working for role in roles)})
        return Person.objects.filter(
            Q(is_superuser=True) | Q(pk__in=memberships.values("person_id")), is_active=True
        ).order_by("id")


def limit_choices(form: BaseForm, person: Who, organisations: set[int] | None) -> None:
    """Let every choice in `form` offer only what these organisations have: processes, groups, colleagues, pictures.

    What is chosen already stays valid. Forms inside the form (inline panels) are limited as they are made.
    """
    for name, field in form.fields.items():
        if isinstance(field, ModelChoiceField) and field.queryset is not None:
            field.queryset = _offered(form, name, field, person, organisations)
    for formset in getattr(form, "formsets", {}).values():
        _limit_formset(formset, person, organisations)


def _limit_formset(formset: Any, person: Who, organisations: set[int] | None) -> None:
    add_fields = formset.add_fields

    def limited(form: BaseForm, index: int | None) -> None:
        add_fields(form, index)
        limit_choices(form, person, organisations)

    formset.add_fields = limited


def _offered(
    form: BaseForm, name: str, field: ModelChoiceField, person: Who, organisations: set[int] | None
) -> QuerySet[Any]:
    offered: QuerySet[Any] = field.queryset
    if organisations is None:
        return offered
    if issubclass(offered.model, Person):
        allowed = Person.objects.filter(memberships__organisation_id__in=organisations, is_active=True)
    else:
        policy = policy_registry.get_by_type(offered.model, fallback=False)
        if isinstance(policy, OrganisationPolicy):
            allowed = policy.scope(offered.model._default_manager.all(), organisations)
        elif policy is not None and hasattr(policy, "collections_user_has_any_permission_for"):
            allowed = policy.instances_user_has_any_permission_for(person, ["choose"])
        else:
            return offered
    chosen = form.initial.get(name) if getattr(form, "instance", None) is not None and form.instance.pk else None  # type: ignore[attr-defined]
    keys = [
        getattr(one, "pk", one) for one in (chosen if isinstance(chosen, (list, tuple, QuerySet)) else [chosen]) if one
    ]
    return offered.filter(Q(pk__in=allowed.order_by().values("pk")) | Q(pk__in=keys))


# What every view of a staff viewset wears


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
    def get_base_queryset(self) -> QuerySet[Any]:
        policy: OrganisationPolicy = self.viewset.policy
        queryset = policy.within(super().get_base_queryset(), self.request.user, *self.actions_asked)  # type: ignore[misc,attr-defined]
        steps = "__".join(policy.path.split("__")[:-1]) if policy.path else ""
        return queryset.select_related(steps) if steps else queryset

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        ordered = super().order_queryset(queryset)  # type: ignore[misc]
        given = getattr(ordered, "query", None) and ordered.query.order_by
        return ordered.order_by(*given, "-pk") if given else ordered

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
        self.viewset.prepare(form, self.request)  # type: ignore[attr-defined]
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        action = "add" if isinstance(self, generic.CreateView) else "change"
        if not self.viewset.policy.user_has_permission_for_instance(self.request.user, action, form.instance):  # type: ignore[attr-defined]
            form.add_error(None, _("This belongs to an organisation you do not work for."))
            return self._refused(form)
        try:
            return super().form_valid(form)  # type: ignore[misc]
        except Spoken as refusal:
            form.add_error(None, str(refusal.message or refusal.headline))
            return self._refused(form)

    def get_success_buttons(self) -> list[Any]:
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
        Column("event", label=gettext_lazy("What")),
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


_WEARS: tuple[tuple[type, type], ...] = (
    (generic.IndexView, _ScopedIndex),
    (generic.CreateView, _ScopedForm),
    (generic.EditView, _ScopedForm),
    (generic.DeleteView, _ScopedDelete),
)


def _wearing(view_class: type) -> type:
    wear = next((wear for kind, wear in _WEARS if issubclass(view_class, kind)), _Scoped)
    return type(view_class.__name__, (wear, view_class), {"__module__": view_class.__module__})


def _actions_of(view: Any) -> list[str]:
    if action := getattr(view, "permission_required", None):
        return [action]
    return list(getattr(view, "any_permission_required", None) or ["change"])


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


def _exports(column: Any) -> bool:
    return isinstance(column, str) or isinstance(getattr(column, "accessor", None), str)


class StaffViewSet(ModelViewSet):
    """A model's screens in the back office: list, create, edit, delete, history, export; limited to the person's organisations.

    Give `model`, `policy`, `panels` and what Wagtail's ModelViewSet knows (`list_display`, `list_filter`, `list_export`, `icon`, `menu_order`,
    ...). Writing goes through three verbs to override: `create(form, by=, now=)`, `update(form, by=, now=)`, `remove(thing, by=,
    now=)`; a `core.errors.Spoken` that they raise is shown beside the form. A view of your own is registered through
    `self.construct_view(MyView)`: a `pk` in its address is then looked up within the person's organisations.
    """

    policy: OrganisationPolicy
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
        return super().construct_view(_wearing(view_class), **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Without `usage`: it would name rows of other organisations that refer to a shared thing."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "usage"]

    def register_permissions(self) -> None:
        """Nothing to register: rights follow from membership, not from Django's permission rows."""

    def prepare(self, form: BaseForm, request: HttpRequest) -> None:
        """A last touch on a create or edit form before it is shown or read."""

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


# Text in several languages


class LanguagePanel(FieldPanel):
    """One field in one language. Says so when a promised text is missing; hides a language that nobody promised.

    An `optional` text is missing only where another language has it.
    """

    def __init__(self, field: str, language: str, *, optional: bool = False, **kwargs: Any) -> None:
        super().__init__(attribute(field, language), **kwargs)
        self.field, self.language, self.optional = field, language, optional

    def clone_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().clone_kwargs()
        kwargs.pop("field_name")
        return {**kwargs, "field": self.field, "language": self.language, "optional": self.optional}

    class BoundPanel(FieldPanel.BoundPanel):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            name = get_language_info(self.panel.language)["name_local"].capitalize()
            lacking = self.instance.pk and not text_in(self.instance, self.panel.field, self.panel.language).strip()
            self.promised = self.panel.language in promised_languages(self.instance)
            if self.panel.optional and not any(text_in(self.instance, self.panel.field, code) for code in LANGUAGES):
                lacking = False
            self.heading = " · ".join((name, _("missing"))) if lacking and self.promised else name
            if self.bound_field is not None:
                self.bound_field.label = self.heading
                self.bound_field.field.widget.attrs["lang"] = self.panel.language

        def is_shown(self) -> bool:
            said = text_in(self.instance, self.panel.field, self.panel.language)
            return super().is_shown() and (self.promised or bool(said))


def promised_languages(thing: Model) -> tuple[str, ...]:
    """The languages promised by the organisation of `thing`; all of them while it has none."""
    if not hasattr(thing, "_promised"):
        policy = policy_registry.get_by_type(type(thing), fallback=False)
        key = policy.organisation_of(thing) if isinstance(policy, OrganisationPolicy) else None
        organisation = (
            thing if isinstance(thing, Organisation) and thing.pk else Organisation.objects.filter(pk=key).first()
        )
        thing._promised = tuple(organisation.languages) if organisation else LANGUAGES  # type: ignore[attr-defined]
    return thing._promised  # type: ignore[attr-defined]


def translated_panels(*fields: str, heading: Any = None, **kwargs: Any) -> list[Panel]:
    """One group per field with a box per language: `title` becomes title_fr, title_nl and title_en. `kwargs` go to each box
    (`widget=`, `optional=True`)."""
    return [TranslatedPanel(field, heading=heading, box=kwargs) for field in fields]


class TranslatedPanel(MultiFieldPanel):
    """The languages of one field together, under the field's own name."""

    def __init__(self, field: str, *, box: dict[str, Any] | None = None, **kwargs: Any) -> None:
        kwargs.pop("children", None)
        self.field, self.box = field, box or {}
        super().__init__([LanguagePanel(field, language, **self.box) for language in LANGUAGES], **kwargs)

    def clone_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().clone_kwargs()
        return {**kwargs, "field": self.field, "box": self.box}

    def on_model_bound(self) -> None:
        super().on_model_bound()
        if not self.heading:
            self.heading = capfirst(self.model._meta.get_field(self.field).verbose_name)
