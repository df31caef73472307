"""How forms look: our renderer, a few widgets, and what field.html needs to know about a field.

FORM_RENDERER = "zenne.web.forms.Renderer" makes `{{ form }}` and `{{ form.title.as_field_group }}` ours. The widgets' own templates stay
Django's, because the back office's forms come through the same renderer.
"""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BoundField, widgets
from django.forms.forms import BaseForm
from django.forms.renderers import DjangoTemplates
from django.template import loader
from django.utils.translation import gettext_lazy as _


class Renderer(DjangoTemplates):
    form_template_name = "web/forms/form.html"
    field_template_name = "web/forms/field.html"

    def get_template(self, template_name: str) -> Any:
        # Ours use the project's tags, so the project's engine reads them.
        if template_name.startswith("web/"):
            return loader.get_template(template_name)
        return super().get_template(template_name)


class Tiles(widgets.RadioSelect):
    """Radios as tiles. `looks`: {value: (icon, category)}; either may be empty."""

    def __init__(self, *args: Any, looks: Mapping[str, tuple[str, int | None]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.looks = dict(looks or {})


class CheckTiles(widgets.CheckboxSelectMultiple):
    """Checkboxes as tiles, like Tiles."""

    def __init__(self, *args: Any, looks: Mapping[str, tuple[str, int | None]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.looks = dict(looks or {})


class Day(widgets.DateInput):
    """A date, by the browser's own picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class Moment(widgets.DateTimeInput):
    """A date and a time, by the browser's own picker."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class Files(widgets.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class ManyFiles(forms.FileField):
    """A field of several files; its clean value is a list."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, (list, tuple)) else [data]
        cleaned = [super(ManyFiles, self).clean(one, initial) for one in given if one]
        if self.required and not cleaned:
            super().clean(None, initial)
        return cleaned


def shape(bound: BoundField) -> str:
    """The part of field.html for this widget: choices, check, files or box."""
    widget = bound.field.widget
    if isinstance(widget, (widgets.RadioSelect, widgets.CheckboxSelectMultiple)):
        return "choices"
    if isinstance(widget, widgets.CheckboxInput):
        return "check"
    if isinstance(widget, widgets.FileInput):
        return "files"
    return "group" if widget.use_fieldset else "box"


def control_attributes(bound: BoundField) -> dict[str, str]:
    """The class of a control, beside those its widget brought."""
    own = str(bound.field.widget.attrs.get("class", ""))
    if shape(bound) in ("files", "check"):
        return {"class": own} if own else {}
    return {"class": f"input {own}".strip()}


def choices(bound: BoundField) -> list[dict[str, Any]]:
    """The options of a radio or checkbox group, with the icon and category a Tiles widget gives them."""
    looks: Mapping[str, tuple[str, int | None]] = getattr(bound.field.widget, "looks", {})
    options = []
    for option in bound.subwidgets:
        icon, category = looks.get(str(option.data["value"]), ("", None))
        options.append({"option": option, "icon": icon, "category": category})
    return options


def most_characters(bound: BoundField) -> int | None:
    """The limit to count down from: long texts have a counter, and short ones that ask for it with `data-counter`."""
    attrs = bound.field.widget.attrs
    most = attrs.get("maxlength") or getattr(bound.field, "max_length", None)
    wanted = isinstance(bound.field.widget, widgets.Textarea) or "data-counter" in attrs
    return int(most) if most and wanted else None


def faults(form: BaseForm) -> list[dict[str, str]]:
    """Every error with the id of what to correct, in the order of the form."""
    found = [{"target": "", "text": str(error)} for error in form.non_field_errors()]
    for bound in form.visible_fields():
        target = bound.id_for_label or (bound.subwidgets[0].id_for_label if bound.subwidgets else bound.auto_id)
        found += [{"target": str(target or bound.auto_id), "text": str(error)} for error in bound.errors]
    return found


class SampleForm(forms.Form):
    """The form of the gallery: one field of every shape."""

    title = forms.CharField(
        label=_("Title"),
        max_length=120,
        help_text=_("A short sentence: what and where."),
        error_messages={"required": _("Give your idea a title.")},
    )
    text = forms.CharField(
        label=_("Description"),
        max_length=1500,
        help_text=_("What would change, and for whom?"),
        widget=forms.Textarea,
        required=False,
    )
    theme = forms.ChoiceField(
        label=_("Theme"),
        choices=[
            ("nature", _("Nature in the city")),
            ("water", _("Water")),
            ("children", _("Children")),
            ("mobility", _("Getting around")),
            ("life", _("Neighbourhood life")),
        ],
        widget=Tiles(
            looks={
                "nature": ("leaf", 1),
                "water": ("droplet", 2),
                "children": ("balloon", 3),
                "mobility": ("bike", 4),
                "life": ("armchair", 5),
            }
        ),
        error_messages={"required": _("Choose a theme.")},
    )
    commune = forms.ChoiceField(
        label=_("Commune"),
        choices=[("", _("Choose")), ("jette", "Jette"), ("saint-gilles", "Saint-Gilles")],
        required=False,
    )
    email = forms.EmailField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    day = forms.DateField(label=_("Day of the visit"), required=False, widget=Day)
    photos = ManyFiles(label=_("Photos"), required=False, help_text=_("JPG or PNG, at most 8 MB each."))
    news = forms.BooleanField(label=_("Write to me when the city answers"), required=False)
