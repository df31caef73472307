import json
from collections.abc import Mapping
from typing import Any

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.filter
def passkey_options(options: Mapping[str, Any]) -> str:
    """What the browser needs for a passkey, as JSON for an attribute: the template escapes it."""
    return json.dumps(options, cls=DjangoJSONEncoder)
