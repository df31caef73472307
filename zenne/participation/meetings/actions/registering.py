"""Places: asked for, confirmed, given back. One meeting at a time is held, so that the last place goes to one."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from zenne.core.counting import count
from zenne.core.errors import TooMany
from zenne.core.languages import LANGUAGES, current
from zenne.participation.processes.actions import ensure_frozen
from zenne.people.access.answers import Reason, Refused, require
from zenne.people.accounts.models import Person

from .. import telling
from ..enums import COMING, Need, RegistrationState
from ..errors import Unclear
from ..models import Meeting, Needs, Registration
from ..rules import is_open, may_arrange, may_change, may_register, takes_guests
from .way import hide_pictures_of, let_in, locked, note

MOST_LETTERS = 10


@dataclass(frozen=True)
class Wishes:
    """What somebody needs to come, and whether they may be recognised in pictures."""

    needs: Collection[str] = ()
    interpretation: str = ""
    words: str = ""
    pictures: bool = False


@transaction.atomic
def register(
    meeting: Meeting, *, person: Person, wishes: Wishes = Wishes(), by: Person | None = None, now: datetime
) -> Registration:
    """A place for a person, or one in the line when there is none. Who has one keeps it, with what they wish now. `by` is staff who registers them."""
    meeting = locked(meeting)
    if by is None or by.pk == person.pk:
        require(may_register(person, meeting, now))
    else:
        require(may_arrange(by, meeting.activity))
        require(is_open(meeting, now))
    ensure_frozen(meeting.activity, now=now)
    found = meeting.registrations.filter(person_id=person.pk).first()
    registration = found or Registration(meeting=meeting, person=person, created_at=now)
    if registration.state not in COMING:
        registration.language = person.language or current()
        _place(registration, meeting, now)
        transaction.on_commit(lambda: telling.placed(registration, now))
    _wish(registration, wishes, now)
    return registration


@transaction.atomic
def register_guest(
    meeting: Meeting, *, name: str, email: str, language: str = "", wishes: Wishes = Wishes(), now: datetime
) -> Registration:
    """Somebody without an account. The place is given when the address is confirmed by the letter that leaves now.

    Who is registered already gets the letter of their place again: the page says the same to everybody, so nobody learns who comes.
    """
    meeting = locked(meeting)
    require(may_register(None, meeting, now) if takes_guests(meeting) else Refused(Reason.NOT_SIGNED_IN))
    name, email = _guest(name, email)
    _hold_off(email)
    ensure_frozen(meeting.activity, now=now)
    registration = meeting.registrations.filter(guest_email__iexact=email).first()
    if registration is not None and registration.state in COMING:
        known = registration
        transaction.on_commit(lambda: telling.placed(known, now))
        return known
    registration = registration or Registration(meeting=meeting, guest_email=email, created_at=now)
    registration.guest_name, registration.created_at = name, now
    registration.language = language if language in LANGUAGES else current()
    registration.state = RegistrationState.UNCONFIRMED
    registration.cancelled_at = None
    _wish(registration, wishes, now)
    transaction.on_commit(lambda: telling.to_confirm(registration, now))
    return registration


@transaction.atomic
def confirm_guest(registration: Registration, *, now: datetime) -> Registration:
    """The guest read the letter: now they get their place, or the next one in the line. Confirming twice changes nothing."""
    meeting = locked(registration.meeting)
    registration = meeting.registrations.get(pk=registration.pk)
    if registration.state != RegistrationState.UNCONFIRMED:
        return registration
    require(is_open(meeting, now))
    _place(registration, meeting, now)
    transaction.on_commit(lambda: telling.placed(registration, now))
    return registration


@transaction.atomic
def enter_guest(
    meeting: Meeting,
    *,
    name: str,
    email: str = "",
    language: str = "",
    wishes: Wishes = Wishes(),
    by: Person,
    now: datetime,
) -> Registration:
    """Staff register somebody who telephones or comes by; without an address if they have none."""
    meeting = locked(meeting)
    require(may_arrange(by, meeting.activity))
    require(is_open(meeting, now))
    name, email = _guest(name, email, address_needed=False)
    found = meeting.registrations.filter(guest_email__iexact=email).first() if email else None
    registration = found or Registration(meeting=meeting, guest_email=email, created_at=now)
    registration.guest_name = name
    registration.language = language if language in LANGUAGES else current()
    if registration.state not in COMING:
        _place(registration, meeting, now)
        if email:
            transaction.on_commit(lambda: telling.placed(registration, now))
    _wish(registration, wishes, now)
    note("meeting.guest_entered", meeting, by, now, registration=registration.pk)
    return registration


@transaction.atomic
def change_registration(registration: Registration, *, wishes: Wishes, now: datetime) -> Registration:
    """Other needs, or another answer about pictures. Taken back, the consent hides at once what shows this person, also after the meeting."""
    meeting = locked(registration.meeting)
    registration = meeting.registrations.get(pk=registration.pk)
    if registration.state == RegistrationState.CANCELLED:
        require(Refused(Reason.WRONG_STATE))
    if meeting.is_over(now):
        wishes = Wishes(pictures=wishes.pictures)
    _wish(registration, wishes, now)
    return registration


@transaction.atomic
def cancel_registration(registration: Registration, *, by: Person | None = None, now: datetime) -> Registration:
    """Give the place back: the first in the line has it in the same moment. `by` is staff, or nobody: the page checked whose it is."""
    meeting = locked(registration.meeting)
    registration = meeting.registrations.select_related("person").get(pk=registration.pk)
    registration.meeting = meeting
    if registration.state == RegistrationState.CANCELLED:
        return registration
    if by is not None and by.pk != registration.person_id:
        require(may_arrange(by, meeting.activity))
        note("meeting.place_taken_back", meeting, by, now, registration=registration.pk)
    require(may_change(registration, now))
    give_back(registration, meeting, now)
    return registration


def give_back(registration: Registration, meeting: Meeting, now: datetime) -> None:
    """The place of a held meeting goes to the next; what was needed is forgotten."""
    registration.state, registration.cancelled_at = RegistrationState.CANCELLED, now
    registration.save(update_fields=["state", "cancelled_at"])
    Needs.objects.filter(registration=registration).delete()
    moved = let_in(meeting, now)
    transaction.on_commit(lambda: telling.let_all_in(moved, now))


def _place(registration: Registration, meeting: Meeting, now: datetime) -> None:
    """A place while there is one, else the end of the line."""
    taken = meeting.registrations.filter(state=RegistrationState.REGISTERED).count()
    free = meeting.capacity is None or taken < meeting.capacity
    registration.state = RegistrationState.REGISTERED if free else RegistrationState.WAITING
    registration.queued_at, registration.cancelled_at = None if free else now, None
    registration.save()


def _wish(registration: Registration, wishes: Wishes, now: datetime) -> None:
    had = registration.pictures
    registration.pictures = wishes.pictures
    registration.save()
    if had and not wishes.pictures:
        hide_pictures_of(registration, now)
    needs = [need.value for need in Need if need.value in set(wishes.needs)]
    words, interpretation = wishes.words.strip()[:1000], " ".join(wishes.interpretation.split())[:60]
    if interpretation and Need.INTERPRETATION not in needs:
        needs.append(Need.INTERPRETATION.value)
    if needs or words:
        given = {"needs": needs, "interpretation": interpretation, "words": words}
        Needs.objects.update_or_create(registration=registration, defaults=given)
    else:
        Needs.objects.filter(registration=registration).delete()


def _hold_off(email: str) -> None:
    """An address gets so many letters of ours in an hour, whoever asks for them. Only its digest is counted."""
    digest = hashlib.sha256(f"{settings.SECRET_KEY}{email.lower()}".encode()).hexdigest()[:32]
    if count(f"meetings:guest:{digest}", 3600) > MOST_LETTERS:
        raise TooMany(_("This address was written to often enough for now. Please wait an hour."))


def _guest(name: str, email: str, *, address_needed: bool = True) -> tuple[str, str]:
    """A tidy name and address on one line each, or Unclear."""
    name, email = " ".join(name.replace("\x00", "").split())[:80], email.strip()
    if not name:
        raise Unclear(_("Give a name."), "name")
    if email or address_needed:
        try:
            validate_email(email)
            Registration._meta.get_field("guest_email").run_validators(email)
        except ValidationError as error:
            raise Unclear(_("Give an e-mail address that exists."), "email") from error
    return name, email
