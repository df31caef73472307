from django.contrib.auth.models import AnonymousUser

from zenne.people.access.answers import ALLOWED, Answer, Reason, Refused
from zenne.people.accounts.models import Person
from zenne.people.organisations.models import Organisation
from zenne.people.organisations.rules import may_manage

from .enums import TRANSITIONS, SubscriptionState
from .models import Subscription


def may_subscribe(person: Person | AnonymousUser | None, organisation: Organisation) -> Answer:
    """Where what happens in an organisation is told to is its administrators' to decide."""
    return ALLOWED if may_manage(person, organisation) else Refused(Reason.NOT_STAFF)


def may_become(subscription: Subscription, state: SubscriptionState) -> Answer:
    known = TRANSITIONS[SubscriptionState(subscription.state)]
    return ALLOWED if state in known else Refused(Reason.WRONG_STATE)
