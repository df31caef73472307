from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def require_order(first: date | None, last: date | None, field: str) -> None:
    """Says beside `field` what the database would only refuse: a last day before the first."""
    if first is not None and last is not None and last < first:
        raise ValidationError({field: _("A period ends after it begins.")})
