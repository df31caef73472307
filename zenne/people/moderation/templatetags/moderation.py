"""`{% why_kept_out answer %}` beside a refusal: the way to the block that stands behind it, with its reasons and the appeal."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zenne.people.access.answers import Answer

from ..queries import block_behind

register = template.Library()


@register.simple_tag
def why_kept_out(answer: Answer) -> SafeString | str:
    """A link, or nothing where no block refuses."""
    key = block_behind(answer)
    if key is None:
        return ""
    return format_html('<a href="{}">{}</a>', reverse("moderation:block", args=[key]), _("Read why, and how to appeal"))
