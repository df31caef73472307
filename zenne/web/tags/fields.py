"""Parts of forms that a template asks for by hand."""

from functools import partial
from typing import Any

from django import template
from django.forms import BoundField, Select
from django.forms.forms import BaseForm
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .. import forms
from ..pieces import piece

register = template.Library()


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """One field with its label, hint and error: `{% field form.title %}`."""
    return bound.as_field_group()


@register.simple_tag
def control(bound: BoundField) -> SafeString:
    """Only the control of a field, in our look. A list to choose from is drawn once for the same options (`web.pieces`)."""
    given, widget = forms.control_attributes(bound), bound.field.widget
    if not (isinstance(widget, Select) and isinstance(widget.choices, list)):
        return bound.as_widget(attrs=given)
    asked = {
        "kind": widget.__class__.__qualname__,
        "name": bound.html_name,
        "attributes": bound.build_widget_attrs(dict(given), widget),
        "own": widget.attrs,
        "id": bound.auto_id,
        "value": bound.value(),
        "options": widget.choices,
    }
    return piece("control", asked, partial(bound.as_widget, attrs=given))


@register.filter
def shape(bound: BoundField) -> str:
    """Which part of field.html draws this field."""
    return forms.shape(bound)


@register.filter
def tiles_of(bound: BoundField) -> list[dict[str, Any]]:
    return forms.choices(bound)


@register.filter
def counted(bound: BoundField) -> int | None:
    return forms.most_characters(bound)


@register.simple_tag
def error_summary(form: BaseForm) -> SafeString:
    """What has to be corrected, first thing on the page, each with a link to its field. Nothing when nothing is wrong."""
    return render_to_string("web/forms/error_summary.html", {"form": form, "faults": forms.faults(form)})


@register.simple_block_tag
def draft(content: str, url: str) -> SafeString:
    """Around a form: what is typed is sent to `url` after each pause, and it is said when it was saved."""
    return render_to_string("web/components/draft.html", {"content": content, "url": url})


@register.simple_block_tag
def upload(content: str) -> SafeString:
    """Around a form with `hx-post` and files: shows how far they are."""
    return render_to_string("web/components/upload.html", {"content": content})


@register.simple_tag
def place_picker(
    lat: BoundField, lon: BoundField, label: str, areas: str = "", tiles: str = "", credit: str = ""
) -> SafeString:
    """A map on which to point out a place; it writes the two fields, which stay there for who has no map."""
    given = {"lat": lat, "lon": lon, "label": label, "areas": areas, "tiles": tiles, "credit": credit}
    return render_to_string("web/forms/place_picker.html", given)
