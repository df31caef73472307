"""Whether a row can stand, said in words where the database would only break."""

from functools import reduce
from operator import and_

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import CheckConstraint, Model, Q

from .errors import Invalid


def require_whole(thing: Model) -> None:
    """Raises Invalid where a value cannot stand: too long, of an unknown kind, twice the same key."""
    try:
        thing.full_clean(validate_constraints=False)
        _require_checked(thing)
    except ValidationError as error:
        told = [
            text if name == NON_FIELD_ERRORS else f"{thing._meta.get_field(name).verbose_name}: {text}"  # type: ignore[union-attr]
            for name, texts in error.message_dict.items()
            for text in texts
        ]
        raise Invalid(" ".join(map(str, told))) from error


def _require_checked(thing: Model) -> None:
    """What Django's `validate_constraints` requires. It asks three questions for each check; all of them stand in one unless it is answered no."""
    checks = [constraint for constraint in thing._meta.constraints if isinstance(constraint, CheckConstraint)]
    if checks:
        together = reduce(and_, (Q(check.condition) for check in checks))
        try:
            CheckConstraint(condition=together, name="together").validate(type(thing), thing)
        except ValidationError:
            thing.validate_constraints()
    errors: dict[str, list[ValidationError]] = {}
    for constraint in thing._meta.constraints:
        if constraint not in checks:
            try:
                constraint.validate(type(thing), thing)
            except ValidationError as error:
                errors = error.update_error_dict(errors)
    if errors:
        raise ValidationError(errors)
