"""What a form offers: only what a person's organisations have."""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.forms import BaseForm
from django.forms.models import ModelChoiceField
from django.utils.translation import gettext as _
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.blocks.base import BlockField
from wagtail.permissions import policy_registry

from zenne.core.numbers import key_of
from zenne.people.accounts.models import Person

from .policies import OrganisationPolicy, Who


def limit_choices(form: BaseForm, person: Who, organisations: set[int] | None) -> None:
    """Let every choice in `form` offer only what these organisations have: processes, groups, colleagues, pictures.

    What is chosen already stays valid. Forms inside the form (inline panels) are limited as they are made.
    """
    for name, field in form.fields.items():
        if isinstance(field, ModelChoiceField) and field.queryset is not None:
            offer(field, _offered(form, name, field, person, organisations))
        elif isinstance(field, BlockField):
            _limit_blocks(form, name, field, person, organisations)
    for formset in getattr(form, "formsets", {}).values():
        _limit_formset(formset, person, organisations)


def offer(field: ModelChoiceField, rows: QuerySet[Any]) -> None:
    """Let a field offer these rows and nothing else. A chooser of Wagtail's names whatever row a browser sends when it shows a form again, and breaks on what is no
    number: this one knows what is offered."""
    field.queryset = rows
    if isinstance(field.widget, BaseChooser):
        field.widget.get_instance = partial(_among, rows)


def _among(rows: QuerySet[Any], value: Any) -> Any:
    if value is None or isinstance(value, rows.model):
        return value
    return rows.filter(pk=key_of(str(value))).first()


def _limit_blocks(form: BaseForm, name: str, field: BlockField, person: Who, organisations: set[int] | None) -> None:
    """The same for a long text made of blocks, whose choosers know nobody: what it refers to is looked at once it is read. What cannot be read at all is refused."""
    read, clean = field.widget.value_from_datadict, field.clean
    stood = {key for _model, key, *_rest in field.block.extract_references(form.initial.get(name) or [])}

    def value_from_datadict(data: Any, files: Any, prefix: str) -> Any:
        try:
            return read(data, files, prefix)
        except (KeyError, ValueError, OverflowError):
            return None

    def checked(value: Any) -> Any:
        if value is None:
            raise ValidationError(_("This text could not be read. Open the page again."))
        cleaned = clean(value)
        for model, key, *_rest in field.block.extract_references(cleaned):
            allowed = _allowed(model, person, organisations)
            if allowed is not None and key not in stood and not allowed.filter(pk=key).exists():
                raise ValidationError(_("Choose a picture or a file of your own organisation."))
        return cleaned

    field.widget.value_from_datadict, field.clean = value_from_datadict, checked


def _allowed(model: type[Model], person: Who, organisations: set[int] | None) -> QuerySet[Any] | None:
    """The rows of these organisations; None where there is nothing to keep apart."""
    if organisations is None:
        return None
    if issubclass(model, Person):
        return Person.objects.filter(memberships__organisation_id__in=organisations, is_active=True)
    policy = policy_registry.get_by_type(model, fallback=False)
    if isinstance(policy, OrganisationPolicy):
        return policy.scope(model._default_manager.all(), organisations)
    if policy is not None and hasattr(policy, "collections_user_has_any_permission_for"):
        found: QuerySet[Any] = policy.instances_user_has_any_permission_for(person, ["choose"])
        return found
    return None


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
    allowed = _allowed(offered.model, person, organisations)
    if allowed is None:
        return offered
    chosen = form.initial.get(name) if getattr(form, "instance", None) is not None and form.instance.pk else None  # type: ignore[attr-defined]
    keys = [
        getattr(one, "pk", one) for one in (chosen if isinstance(chosen, (list, tuple, QuerySet)) else [chosen]) if one
    ]
    return offered.filter(Q(pk__in=allowed.order_by().values("pk")) | Q(pk__in=keys))
