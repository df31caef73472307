"""What a form offers: only what a person's organisations have."""

from typing import Any

from django.db.models import Q, QuerySet
from django.forms import BaseForm
from django.forms.models import ModelChoiceField
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.permissions import policy_registry

from zenne.core.numbers import whole_number
from zenne.people.accounts.models import Person

from .policies import OrganisationPolicy, Who


def limit_choices(form: BaseForm, person: Who, organisations: set[int] | None) -> None:
    """Let every choice in `form` offer only what these organisations have: processes, groups, colleagues, pictures.

    What is chosen already stays valid. Forms inside the form (inline panels) are limited as they are made.
    """
    for name, field in form.fields.items():
        if isinstance(field, ModelChoiceField) and field.queryset is not None:
            field.queryset = _offered(form, name, field, person, organisations)
            _forget_forged(form, name, field)
    for formset in getattr(form, "formsets", {}).values():
        _limit_formset(formset, person, organisations)


def _forget_forged(form: BaseForm, name: str, field: ModelChoiceField) -> None:
    """Wagtail's choosers look up whatever was sent when they show a form again: what cannot be a key is nothing chosen."""
    if not form.is_bound or not isinstance(field.widget, BaseChooser):
        return
    key = form.add_prefix(name)
    sent = str(form.data.get(key) or "")
    if sent and whole_number(sent) is None:
        form.data = form.data.copy()
        form.data[key] = ""


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
