import re
from datetime import timedelta

import pytest
from django.core import mail

from tests.people.organisations import factories as make
from zenne.core.errors import Conflict, Invalid
from zenne.people.history.models import Entry
from zenne.people.organisations import actions
from zenne.people.organisations.enums import OrganisationKind, Role
from zenne.people.organisations.errors import (
    AlreadyThere,
    LastAdministrator,
    NoInvitation,
    NotComplete,
    NotYours,
    OtherAddress,
)
from zenne.people.organisations.models import Invitation, Membership, Organisation

NOW = make.NOW
pytestmark = pytest.mark.django_db


def new(**fields):
    given = {"kind": OrganisationKind.COMMUNE, "slug": "evere", "name": "Evere", "languages": ["nl", "fr"], **fields}
    return Organisation(**given)


def complete(organisation):
    for field in ("name", "about"):
        for language in organisation.languages:
            setattr(organisation, f"{field}_{language}", f"{field} {language}")
    organisation.email = organisation.privacy_email = "info@example.org"
    organisation.save()


def token_of(letter):
    return re.search(r"/invitation/([^/\s]+)/", letter.body)[1]


def test_a_new_organisation_is_not_live_and_has_a_collection():
    made = actions.create_organisation(organisation=new(), by=make.platform_admin(), now=NOW)
    assert made.opened_at is None and made.collection.name == "Evere"
    assert made.languages == ["fr", "nl"]
    assert Entry.objects.get().event == "organisation.created"


def test_only_the_platform_creates():
    with pytest.raises(NotYours):
        actions.create_organisation(organisation=new(), by=make.member(make.organisation()), now=NOW)


def test_no_language_promised_is_refused():
    with pytest.raises(Invalid):
        actions.create_organisation(organisation=new(languages=[]), by=None, now=NOW)


def test_an_administrator_changes_the_look_but_not_the_standing():
    jette = make.organisation("Jette", opened_at=None)
    admin = make.member(jette)
    jette.brand = "#112233"
    actions.change_organisation(organisation=jette, by=admin, now=NOW)
    jette.refresh_from_db()
    assert jette.brand == "#112233"
    jette.host = "elsewhere.example.org"
    with pytest.raises(NotYours):
        actions.change_organisation(organisation=jette, by=admin, now=NOW)


def test_the_address_of_a_live_organisation_stays():
    jette = make.organisation("Jette")
    jette.slug = "other"
    with pytest.raises(Invalid):
        actions.change_organisation(organisation=jette, by=make.platform_admin(), now=NOW)


def test_a_live_organisation_keeps_what_the_checklist_requires():
    jette = make.organisation("Jette")
    make.member(jette)
    complete(jette)
    jette.email = ""
    with pytest.raises(NotComplete):
        actions.change_organisation(organisation=jette, by=None, now=NOW)


def test_going_live_says_every_missing_part():
    jette = make.organisation("Jette", opened_at=None, languages=["fr", "nl"])
    admin = make.member(jette)
    with pytest.raises(NotComplete) as refusal:
        actions.open_organisation(organisation=jette, by=admin, now=NOW)
    words = " ".join(str(one) for one in refusal.value.missing)
    assert "(NL)" in words and len(refusal.value.missing) >= 4
    jette.refresh_from_db()
    assert jette.opened_at is None


def test_going_live_when_all_is_there():
    jette = make.organisation("Jette", opened_at=None, languages=["fr", "nl"])
    admin = make.member(jette)
    complete(jette)
    actions.open_organisation(organisation=jette, by=admin, now=NOW)
    jette.refresh_from_db()
    assert jette.opened_at == NOW


def test_an_invitation_is_mailed_accepted_once_and_kept_as_digest(django_capture_on_commit_callbacks):
    jette = make.organisation("Jette")
    admin = make.member(jette)
    guest = make.person("Guest")
    with django_capture_on_commit_callbacks(execute=True):
        kept = actions.invite(organisation=jette, email=guest.email.upper(), role=Role.EDITOR, by=admin, now=NOW)
    token = token_of(mail.outbox[0])
    assert mail.outbox[0].to == [guest.email] and token not in kept.digest
    actions.accept_invitation(token=token, by=guest, now=NOW)
    assert actions.accept_invitation(token=token, by=guest, now=NOW) == jette  # opened twice
    assert list(Membership.objects.filter(person=guest).values_list("role", flat=True)) == ["editor"]
    with pytest.raises(AlreadyThere):
        actions.invite(organisation=jette, email=guest.email, role=Role.EDITOR, by=admin, now=NOW)
    actions.remove_member(organisation=jette, person=guest, by=admin, now=NOW)
    with pytest.raises(NoInvitation):
        actions.accept_invitation(token=token, by=guest, now=NOW)


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_the_mail_speaks_the_language_of_the_guest(language, django_capture_on_commit_callbacks):
    guest = make.person("Guest", language=language)
    with django_capture_on_commit_callbacks(execute=True):
        actions.invite(organisation=make.organisation("Jette"), email=guest.email, role=Role.EDITOR, by=None, now=NOW)
    assert f"/{language}/organisations/invitation/" in mail.outbox[0].body


def invited(jette, guest, capture, **times):
    with capture(execute=True):
        actions.invite(organisation=jette, email=guest.email, role=Role.EDITOR, by=None, now=NOW)
    return token_of(mail.outbox[-1])


def test_an_old_a_withdrawn_and_a_replaced_invitation_are_gone(django_capture_on_commit_callbacks):
    jette, guest = make.organisation("Jette"), make.person("Guest")
    first = invited(jette, guest, django_capture_on_commit_callbacks)
    second = invited(jette, guest, django_capture_on_commit_callbacks)
    with pytest.raises(NoInvitation):
        actions.accept_invitation(token=first, by=guest, now=NOW)
    with pytest.raises(NoInvitation):
        actions.accept_invitation(token=second, by=guest, now=NOW + timedelta(days=14))
    actions.withdraw_invitation(invitation=Invitation.objects.order_by("-id").first(), by=None, now=NOW)
    with pytest.raises(NoInvitation):
        actions.accept_invitation(token=second, by=guest, now=NOW)
    assert not Membership.objects.exists()


def test_another_address_is_told(django_capture_on_commit_callbacks):
    guest, other = make.person("Guest"), make.person("Other")
    token = invited(make.organisation("Jette"), guest, django_capture_on_commit_callbacks)
    with pytest.raises(OtherAddress) as refusal:
        actions.accept_invitation(token=token, by=other, now=NOW)
    assert guest.email in str(refusal.value.message) and other.email in str(refusal.value.message)


def test_an_accepted_invitation_cannot_be_withdrawn(django_capture_on_commit_callbacks):
    jette, guest = make.organisation("Jette"), make.person("Guest")
    actions.accept_invitation(token=invited(jette, guest, django_capture_on_commit_callbacks), by=guest, now=NOW)
    with pytest.raises(Conflict):
        actions.withdraw_invitation(invitation=Invitation.objects.get(), by=None, now=NOW)


def test_the_last_administrator_stays():
    jette = make.organisation("Jette")
    admin = make.member(jette)
    with pytest.raises(LastAdministrator):
        actions.remove_member(organisation=jette, person=admin, by=admin, now=NOW)
    with pytest.raises(LastAdministrator):
        actions.change_roles(organisation=jette, person=admin, roles=[Role.EDITOR], by=None, now=NOW)
    make.member(jette)
    actions.remove_member(organisation=jette, person=admin, by=admin, now=NOW)
    assert not Membership.objects.filter(person=admin).exists()


@pytest.mark.parametrize("role", [Role.MANAGER, Role.MODERATOR, Role.EDITOR])
def test_other_roles_cannot_manage_members(role):
    jette = make.organisation("Jette")
    make.member(jette)
    one = make.member(jette, role)
    with pytest.raises(NotYours):
        actions.change_roles(organisation=jette, person=one, roles=[Role.ADMIN], by=one, now=NOW)
    with pytest.raises(NotYours):
        actions.invite(organisation=jette, email="x@example.org", role=Role.ADMIN, by=one, now=NOW)


def test_an_administrator_of_another_organisation_cannot():
    stranger = make.member(make.organisation("Ixelles"))
    with pytest.raises(NotYours):
        actions.invite(
            organisation=make.organisation("Jette"), email="x@example.org", role=Role.ADMIN, by=stranger, now=NOW
        )
