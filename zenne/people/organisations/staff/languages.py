"""Text in several languages, in a form."""

from typing import Any

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.permissions import policy_registry

from zenne.core.languages import LANGUAGES, attribute, text_in

from ..models import Organisation
from .policies import OrganisationPolicy


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
