"""What changes an organisation and who works for it. `by=None` is the platform itself: the command line and the demonstration."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Collection

from zenne.core import mail
from zenne.core.errors import Conflict, Invalid
from zenne.core.languages import LANGUAGES
from zenne.people.accounts.models import Person
from zenne.people.accounts.queries import person_with_email
from zenne.people.history.actions import record

from .boards import lacking
from .enums import Role
from .errors import AlreadyThere, LastAdministrator, NoInvitation, NotComplete, NotYours, OtherAddress
from .models import Invitation, Membership, Organisation
from .queries import digest
from .rules import may_manage, require_manager, require_platform

INVITATION_LASTS = timedelta(days=14)
#: What only a platform administrator may change: it decides where an organisation stands, not how it looks.
OF_THE_PLATFORM = ("kind", "parent_id", "slug", "host")


@transaction.atomic
def create_organisation(*, organisation: Organisation, by: Person | None, now: datetime) -> Organisation:
    """Keep a new organisation, not yet live, with a collection of its own for pictures and files."""
    require_platform(by)
    _check_languages(organisation)
    organisation.created_at, organisation.opened_at = now, None
    organisation.collection = Collection.get_first_root_node().add_child(name=_collection_name(organisation))
    organisation.save()
    record("organisation.created", by=by, now=now, about=organisation, organisation=organisation)
    return organisation


@transaction.atomic
def change_organisation(*, organisation: Organisation, by: Person | None, now: datetime) -> Organisation:
    """Keep what was changed on `organisation`. Where it stands is the platform's to change. Once it is live its address stays, and
    what the checklist requires cannot be taken away again.
    """
    require_manager(by, organisation)
    before = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    names = [
        field.attname
        for field in organisation._meta.concrete_fields
        if field.attname not in ("created_at", "opened_at")
    ]
    changed = [name for name in names if getattr(before, name) != getattr(organisation, name)]
    if any(name in OF_THE_PLATFORM for name in changed):
        require_platform(by)
    if before.live and "slug" in changed:
        raise Invalid(_("The address of a live organisation stays: people have kept it."))
    _check_languages(organisation)
    if before.live:
        already = {str(words) for words in lacking(before)}
        if worse := [words for words in lacking(organisation) if str(words) not in already]:
            raise NotComplete(worse)
    organisation.created_at, organisation.opened_at = before.created_at, before.opened_at
    organisation.save()
    if organisation.collection and organisation.collection.name != _collection_name(organisation):
        Collection.objects.filter(pk=organisation.collection.pk).update(name=_collection_name(organisation))
    if changed:
        record(
            "organisation.changed",
            by=by,
            now=now,
            about=organisation,
            organisation=organisation,
            details={"changed": changed},
        )
    return organisation


@transaction.atomic
def open_organisation(*, organisation: Organisation, by: Person | None, now: datetime) -> None:
    """Make it public. Raises NotComplete, which says every missing part, until the checklist's required lines are done."""
    require_manager(by, organisation)
    locked = Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    if locked.live:
        return
    if wanting := lacking(locked):
        raise NotComplete(wanting)
    locked.opened_at = now
    locked.save(update_fields=["opened_at"])
    organisation.opened_at = now
    record("organisation.opened", by=by, now=now, about=locked, organisation=locked)


@transaction.atomic
def invite(*, organisation: Organisation, email: str, role: Role | str, by: Person | None, now: datetime) -> Invitation:
    """Keep a place for an address and write to it. An open invitation for the same place is replaced: only the newest link works."""
    require_manager(by, organisation)
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
    address, role = email.strip().lower(), Role(role)
    known = person_with_email(address)
    if known and Membership.objects.filter(organisation=organisation, person=known, role=role).exists():
        raise AlreadyThere
    open_ones = Invitation.objects.filter(
        organisation=organisation, email=address, role=role, accepted_at=None, withdrawn_at=None
    )
    open_ones.update(withdrawn_at=now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=address,
        role=role,
        digest=digest(token),
        invited_by=by,
        invited_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    record("member.invited", by=by, now=now, about=invitation, organisation=organisation, details={"role": role})
    language = known.language if known else (by.language if by else organisation.languages[0])
    context = {
        "organisation": organisation,
        "role": role,
        "by": by,
        "token": token,
        "expires_at": invitation.expires_at,
        "email": address,
    }
    transaction.on_commit(
        lambda: mail.send(
            "people/organisations/mail/invitation", to=address, language=language, context=context, now=now
        )
    )
    return invitation


@transaction.atomic
def accept_invitation(*, token: str, by: Person, now: datetime) -> Organisation:
    """Join. Raises NoInvitation when the link is not good any more, OtherAddress when the account has another e-mail address."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .filter(digest=digest(token))
        .first()
    )
    if invitation is None:
        raise NoInvitation
    if invitation.email != by.email.lower():
        raise OtherAddress(invitation.email, by.email)
    if invitation.accepted_at is not None and works_already(by, invitation):
        return invitation.organisation  # the link was opened twice
    if invitation.accepted_at or invitation.withdrawn_at or now >= invitation.expires_at:
        raise NoInvitation
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    Membership.objects.get_or_create(
        organisation=invitation.organisation, person=by, role=invitation.role, defaults={"since": now}
    )
    record(
        "member.joined",
        by=by,
        now=now,
        about=invitation.organisation,
        organisation=invitation.organisation,
        details={"role": invitation.role},
    )
    return invitation.organisation


def works_already(person: Person, invitation: Invitation) -> bool:
    return Membership.objects.filter(organisation=invitation.organisation, person=person, role=invitation.role).exists()


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Person | None, now: datetime) -> None:
    """Take the place back. Raises Conflict when it was taken in the meantime."""
    require_manager(by, invitation.organisation)
    locked = Invitation.objects.select_for_update(of=("self",)).get(pk=invitation.pk)
    if locked.accepted_at:
        raise Conflict(_("This invitation was accepted already."))
    if locked.withdrawn_at is None:
        locked.withdrawn_at = now
        locked.save(update_fields=["withdrawn_at"])
        record(
            "member.uninvited",
            by=by,
            now=now,
            about=locked,
            organisation=invitation.organisation,
            details={"role": locked.role},
        )


@transaction.atomic
def change_roles(
    *, organisation: Organisation, person: Person, roles: Iterable[Role | str], by: Person | None, now: datetime
) -> None:
    """Give a person exactly these roles here; none at all removes them. The last administrator stays one."""
    wanted = {Role(role) for role in roles}
    leaving_oneself = by is not None and by.pk == person.pk and not wanted
    if not (leaving_oneself or by is None or may_manage(by, organisation)):
        raise NotYours
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)  # one at a time, or two leave together
    memberships = Membership.objects.filter(organisation=organisation)
    held = {Role(role) for role in memberships.filter(person=person).values_list("role", flat=True)}
    if Role.ADMIN in held - wanted and not memberships.filter(role=Role.ADMIN).exclude(person=person).exists():
        raise LastAdministrator
    if held == wanted:
        return
    memberships.filter(person=person, role__in=held - wanted).delete()
    for role in sorted(wanted - held):
        Membership.objects.create(organisation=organisation, person=person, role=role, since=now)
    event = "member.removed" if not wanted else "member.roles-changed" if held else "member.added"
    details: dict[str, object] = {"person": person.pk, "before": sorted(held), "after": sorted(wanted)}
    record(event, by=by, now=now, about=organisation, organisation=organisation, details=details)


def remove_member(*, organisation: Organisation, person: Person, by: Person | None, now: datetime) -> None:
    """Somebody stops working here. Raises LastAdministrator when nobody would be left in charge."""
    change_roles(organisation=organisation, person=person, roles=(), by=by, now=now)


def _collection_name(organisation: Organisation) -> str:
    return organisation.name or organisation.slug


def _check_languages(organisation: Organisation) -> None:
    promised = list(dict.fromkeys(organisation.languages))
    if not promised or any(language not in LANGUAGES for language in promised):
        raise Invalid(_("Promise at least one of the platform's languages."))
    organisation.languages = [language for language in LANGUAGES if language in promised]
