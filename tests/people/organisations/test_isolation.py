"""Every staff address of every registered viewset, tried from another organisation.

A new viewset is found by itself. Its app offers `make_for(organisation)` in tests/<room>/<app>/factories.py: one thing of each model
its viewsets handle, belonging to that organisation. A viewset without such a thing fails here.
"""

from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec

import pytest
from django.conf import settings
from django.db.models import Model
from django.forms.models import ModelChoiceField, model_to_dict
from django.test import Client
from django.urls import NoReverseMatch, reverse
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.viewsets import viewsets as registered
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import ReferenceIndex

from tests.people.organisations import factories as make
from tests.people.organisations import forgetful
from tests.visitors import signed_in
from zenne.people.organisations.enums import Role
from zenne.people.organisations.models import Invitation, Membership, Organisation
from zenne.people.organisations.staff import OrganisationPolicy, StaffChooserViewSet, StaffViewSet

pytestmark = pytest.mark.django_db

assert wagtailadmin_urls.urlpatterns  # reading the addresses is what registers the viewsets


def ours() -> list[StaffViewSet]:
    """The registered viewsets that are ours, whatever their class. Wagtail's own screen of users is closed (see below)."""
    found = [one for one in registered.viewsets if isinstance(one, ModelViewSet)]
    return [
        one
        for one in found
        if one.model.__module__.startswith("zenne.") and not type(one).__module__.startswith("wagtail.")
    ]


def samples(organisation: Organisation) -> dict[type[Model], Model]:
    """One thing of each model, made by the apps' own factories, belonging to `organisation`."""
    made: dict[type[Model], Model] = {}
    for app in settings.HOUSE:
        name = f"tests.{app.removeprefix('zenne.')}.factories"
        try:
            known = find_spec(name)
        except ModuleNotFoundError:
            known = None
        if known and (maker := getattr(import_module(name), "make_for", None)):
            things = maker(organisation)
            made |= {type(thing): thing for thing in ([things] if isinstance(things, Model) else things)}
    return made


def addresses(viewset: ModelViewSet) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The name of every address of a viewset, with the names of what stands in it."""
    for pattern in viewset.get_urlpatterns():
        yield pattern.name, tuple(pattern.pattern.converters)


def shared(viewset: ModelViewSet) -> bool:
    """Whether its rows belong to the whole platform, so that there is nothing to keep apart."""
    policy = getattr(viewset, "policy", None)
    return (
        isinstance(policy, OrganisationPolicy)
        and policy.path is None
        and type(policy).scope is OrganisationPolicy.scope
    )


def breaches(viewset: ModelViewSet, client: Client, theirs: dict[type[Model], Model]) -> list[str]:
    """What `client`, staff elsewhere, reaches of `theirs` through this viewset. Empty when it is kept apart."""
    found: list[str] = []
    target = theirs[viewset.model]
    kept = model_to_dict(target)
    for name, parts in addresses(viewset):
        try:
            address = reverse(viewset.get_url_name(name), kwargs=dict.fromkeys(parts, target.pk))
        except NoReverseMatch:
            found.append(f"{name}: what stands in its address is not known to this test")
        else:
            found += _reached(client, name, address) if parts else _shown(client, name, address, target, theirs)
    fresh = viewset.model._default_manager.filter(pk=target.pk).first()
    return found if fresh is not None and model_to_dict(fresh) == kept else [*found, "the row was changed"]


def _reached(client: Client, name: str, address: str) -> Iterator[str]:
    """The address of their thing: it is not there, or one is sent home."""
    home = reverse("wagtailadmin_home")
    for method in ("get", "post"):
        answer = getattr(client, method)(address)
        if not (answer.status_code in (403, 404) or (answer.status_code == 302 and answer.url == home)):
            yield f"{method} {name}: {answer.status_code}"


def _shown(client: Client, name: str, address: str, target: Model, theirs: dict[type[Model], Model]) -> Iterator[str]:
    """An address without a thing: what it lists and what its forms and filters offer."""
    context = client.get(address).context or {}
    if any(type(row) is type(target) and row.pk == target.pk for row in context.get("object_list") or ()):
        yield f"{name}: lists it"
    view = context.get("view")
    filters = view.filters if name == "index" and view is not None else None
    for form in (context.get("form"), filters.form if filters else None):
        for field_name, field in getattr(form, "fields", {}).items():
            other = theirs.get(field.queryset.model) if isinstance(field, ModelChoiceField) else None
            if other is not None and field.queryset.filter(pk=other.pk).exists():
                yield f"{name}: offers theirs in {field_name}"


def test_every_screen_of_our_models_is_a_staff_viewset():
    strangers = [type(one).__name__ for one in ours() if not isinstance(one, StaffViewSet)]
    assert not strangers
    choosers = [one for one in registered.viewsets if isinstance(one, ChooserViewSet)]
    loose = [one for one in choosers if getattr(one.model, "__module__", "").startswith("zenne.")]
    assert all(isinstance(one, StaffChooserViewSet) for one in loose)


def test_the_menu_leads_to_the_list_first():
    astray = [
        one.name for one in ours() if one.add_to_admin_menu and one.menu_url != reverse(one.get_url_name("index"))
    ]
    assert not astray


def test_wagtail_follows_only_what_shows_a_file_of_its_library():
    followed = {one.model._meta.label for one in ours() if ReferenceIndex.is_indexed(one.model)}
    assert {"processes.Document", "processes.Process", "decisions.Decision"} <= followed
    assert not followed & {"ideas.Idea", "organisations.Membership", "moderation.Case", "voting.Vote"}


def test_every_viewset_has_something_to_try():
    made = samples(make.organisation("Ixelles"))
    assert not [type(one).__name__ for one in ours() if one.model not in made and not shared(one)]


@pytest.mark.parametrize("role", list(Role))
def test_staff_of_one_organisation_reaches_nothing_of_another(role):
    jette, ixelles = make.organisation("Jette"), make.organisation("Ixelles")
    samples(jette)
    theirs = samples(ixelles)
    client = signed_in(make.member(jette, role))
    found = {
        type(one).__name__: breaches(one, client, theirs) for one in ours() if one.model in theirs and not shared(one)
    }
    assert not {name: faults for name, faults in found.items() if faults}


def test_somebody_without_membership_does_not_enter():
    client = signed_in(make.person("Nobody"))
    for viewset in ours():
        for name, parts in addresses(viewset):
            answer = client.get(reverse(viewset.get_url_name(name), kwargs=dict.fromkeys(parts, 1)))
            assert answer.status_code in (302, 403), (viewset, name)
            assert "login" in getattr(answer, "url", "login")


@pytest.mark.parametrize("role", [Role.MANAGER, Role.MODERATOR, Role.EDITOR])
@pytest.mark.parametrize("screen", ["membership", "invitation"])
def test_only_administrators_manage_members(role, screen):
    jette = make.organisation("Jette")
    mine = {type(thing): thing for thing in make.make_for(jette)}
    client = signed_in(make.member(jette, role))
    assert client.get(reverse(f"{screen}:index")).status_code == 302
    thing = mine[Membership if screen == "membership" else Invitation]
    answer = client.post(reverse(f"{screen}:delete", args=[thing.pk]))
    assert answer.url == reverse("wagtailadmin_home")
    assert type(thing).objects.filter(pk=thing.pk).exists()


@pytest.mark.parametrize(
    "door",
    ["login/", "password_reset/", "users/", "users/new/", "groups/", "groups/new/", "account/"],
)
def test_wagtails_own_ways_to_accounts_are_closed(door):
    assert Client().get(f"/manage/{door}").status_code == 302
    for person in (make.member(make.organisation()), make.platform_admin()):
        answer = signed_in(person).get(f"/manage/{door}")
        assert answer.status_code == 302 and answer.url in (reverse("wagtailadmin_home"), reverse("accounts:profile"))


def test_an_editor_sees_the_organisation_but_does_not_change_it():
    jette = make.organisation("Jette")
    client = signed_in(make.member(jette, Role.EDITOR))
    page = client.get(reverse("organisation:index"))
    assert page.status_code == 200 and reverse("organisation:edit", args=[jette.pk]) not in page.text
    assert client.get(reverse("organisation:edit", args=[jette.pk])).status_code == 302


@pytest.mark.urls("tests.people.organisations.forgetful")
def test_a_viewset_that_is_not_scoped_is_found_out():
    jette, ixelles = make.organisation("Jette"), make.organisation("Ixelles")
    theirs = {type(thing): thing for thing in make.make_for(ixelles)}
    found = breaches(forgetful.planted, signed_in(make.member(jette)), theirs)
    assert "get edit: 200" in found
    assert "index: lists it" in found
    assert "add: offers theirs in organisation" in found
