from datetime import datetime

from django.db import transaction

from zenne.people.access.answers import require
from zenne.people.accounts.models import Person
from zenne.people.history import actions as history

from ..models import FlaggedWord, FlagRule
from ..rules import may_serve


@transaction.atomic
def save_rule(rule: FlagRule | FlaggedWord, *, by: Person, now: datetime) -> None:
    """Keep what the platform looks for in an organisation's contributions: the rule, or one word of the list."""
    require(may_serve(by, rule.organisation))
    verb = "changed" if rule.pk else "created"
    rule.save()
    history.record(f"{rule._meta.model_name}.{verb}", by=by, now=now, about=rule, organisation=rule.organisation)
