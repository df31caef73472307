"""Who of the staff saw whose personal data: written down, shown to administrators and to the person.

The first test opens every screen of every registered viewset: one that shows a resident's address without an entry fails, so a new screen
cannot be forgotten.
"""

import io
import json
import re
import zipfile
from contextlib import suppress
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse
from django.utils.translation import override
from wagtail.admin import urls as wagtailadmin_urls

from tests.people.organisations import factories as make
from tests.people.organisations.test_isolation import addresses, ours, samples, signed_in
from zenne.people.access.actions import save_group
from zenne.people.access.models import Group
from zenne.people.accounts.models import Person
from zenne.people.accounts.queries import personal_archive
from zenne.people.history.actions import record_read
from zenne.people.history.kinds import READ
from zenne.people.history.models import Entry
from zenne.people.organisations.enums import Role

pytestmark = pytest.mark.django_db
BORN = 1907


@pytest.fixture
def jette(now):
    """An organisation with one thing of everything, a member, and a group of two residents."""
    house = make.organisation("Jette")
    residents = [make.person("Amina Benali"), make.person("Bob Claes")]
    group = save_group(
        group=Group(organisation=house, name="Voisins"), members=residents, by=make.member(house, Role.MANAGER), now=now
    )
    made = samples(house) | {Group: group}
    return house, made, residents


def read_people(by):
    kind = ContentType.objects.get_for_model(Person)
    return set(Entry.objects.filter(event="person.read", actor=by, about_type=kind).values_list("about_id", flat=True))


def screens(made):
    """The address of every screen of the back office that is ours, with its name: of viewsets, and those that stand alone."""
    for viewset in ours():
        for name, parts in addresses(viewset):
            if parts and viewset.model not in made:
                continue
            keys = dict.fromkeys(parts, made[viewset.model].pk) if parts else {}
            with suppress(NoReverseMatch):
                address = reverse(viewset.get_url_name(name), kwargs=keys)
                yield f"{type(viewset).__name__}.{name}", address
                if name == "index":
                    yield f"{type(viewset).__name__}.{name}, as a file", f"{address}?export=csv"
    yield from standing_alone(get_resolver(wagtailadmin_urls))


def standing_alone(resolver, above="/manage/"):
    for entry in resolver.url_patterns:
        address = f"{above}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from standing_alone(entry, address)
        elif entry.callback.__module__.startswith("zenne.") and not re.search(r"[<(^$?\\]", address):
            yield entry.name or address, address


def test_every_screen_that_shows_who_somebody_is_writes_it_down(jette):
    """An e-mail address or a year of birth: no screen shows it without an entry."""
    house, made, _residents = jette
    Person.objects.update(birth_year=BORN)
    faults, opened = [], 0
    reader = make.member(house, Role.ADMIN)
    client = signed_in(reader)
    others = list(Person.objects.exclude(pk=reader.pk))
    for name, address in dict.fromkeys(screens(made)):
        Entry.objects.filter(event=READ).delete()
        answer = client.get(address)
        opened += answer.status_code == 200
        text = (b"".join(answer) if answer.streaming else answer.content) if answer.status_code == 200 else b""
        shown = {person.pk for person in others if person.email.encode() in text}
        if unread := shown - read_people(reader):
            faults.append(f"{name} shows {len(unread)} people without an entry")
        if re.search(rb"\b%d\b" % BORN, text) and not read_people(reader):
            faults.append(f"{name} shows when somebody was born without an entry")
    assert opened > 60
    assert not faults, "\n".join(faults)


def test_one_look_an_hour_is_one_entry(jette, now):
    house, _made, residents = jette
    reader = make.member(house, Role.ADMIN)
    look = {"by": reader, "what": "group", "organisation": house}
    assert record_read(residents, now=now, **look) == 2
    assert record_read(residents, now=now + timedelta(minutes=59), **look) == 0
    assert record_read(residents, now=now + timedelta(minutes=61), **look) == 2
    assert record_read(residents, now=now, **{**look, "what": "membership"}) == 2
    assert record_read([reader], now=now, **look) == 0, "one's own data is nobody's business"


def test_administrators_see_who_looked_and_others_do_not(jette, now):
    house, made, _residents = jette
    manager = make.member(house, Role.MANAGER, name="Curieuse Dupont")
    signed_in(manager).get(reverse("group:edit", args=[made[Group].pk]))
    address = reverse("organisation:reads", args=[house.pk])
    page = signed_in(make.member(house, Role.ADMIN)).get(address)
    assert page.status_code == 200
    assert "Curieuse Dupont" in page.text and "Amina Benali" in page.text and "amina" not in page.text
    assert signed_in(manager).get(address).status_code == 302
    assert signed_in(make.member(make.organisation("Ixelles"), Role.ADMIN)).get(address).status_code == 302


def test_the_person_finds_it_in_the_download_of_their_data(jette, now):
    house, made, (amina, _bob) = jette
    signed_in(make.member(house, Role.MANAGER, name="Curieuse Dupont")).get(
        reverse("group:edit", args=[made[Group].pk])
    )
    with override("fr"):
        archive = zipfile.ZipFile(io.BytesIO(personal_archive(amina, now)))
    (entry,) = json.loads(archive.read("reads.json"))["data"]
    assert (entry["organisation"], entry["screen"]) == (house.slug, "group")
    assert "Curieuse" not in archive.read("reads.json").decode()
