"""Who of the staff saw whose personal data: written down, shown to administrators and to the person.

The first test opens every screen of every registered viewset: one that shows a resident's address without an entry fails, so a new screen
cannot be forgotten.
"""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from tests.people.organisations import factories as make
from tests.people.organisations.test_isolation import addresses, ours, samples, signed_in
from zenne.people.access.actions import save_group
from zenne.people.access.models import Group
from zenne.people.accounts.models import Person
from zenne.people.accounts.queries import personal_archive
from zenne.people.history.actions import record_read
from zenne.people.history.models import Entry
from zenne.people.organisations.enums import Role

pytestmark = pytest.mark.django_db


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


def test_every_screen_that_shows_an_address_writes_it_down(jette):
    house, made, _residents = jette
    faults, opened = [], 0
    for viewset in ours():
        for name, parts in addresses(viewset):
            if parts and viewset.model not in made:
                continue
            keys = dict.fromkeys(parts, made[viewset.model].pk) if parts else {}
            try:
                address = reverse(viewset.get_url_name(name), kwargs=keys)
            except NoReverseMatch:
                continue
            for query in ("", "?export=csv") if name == "index" else ("",):
                reader = make.member(house, Role.ADMIN)
                answer = signed_in(reader).get(address + query)
                text = b"".join(answer) if answer.streaming else answer.content
                shown = {
                    person.pk
                    for person in Person.objects.exclude(pk=reader.pk)
                    if person.email.encode() in text and answer.status_code == 200
                }
                opened += 1
                if unread := shown - read_people(reader):
                    faults.append(f"{type(viewset).__name__}.{name}{query} shows {len(unread)} people without an entry")
                reader.delete()
    assert opened > 40
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
