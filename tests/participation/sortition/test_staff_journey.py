"""The staff pages of a draw by lot in a browser, on a desk and on a phone: readable, without scrolling sideways, without accessibility faults."""

import pytest
from django.urls import reverse

from tests.browser import DESKTOP, PHONE
from zenne.participation.sortition import actions, planning, proposing
from zenne.participation.sortition.enums import CategoryKind
from zenne.places.areas.enums import AreaKind
from zenne.places.areas.models import Area

from .factories import CHANCE, NOW, checked, chief, committed, design, drawn, lottery, pool, ready

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.usefixtures("now")]


def designed():
    place = Area.objects.create(
        kind=AreaKind.COMMUNE, code="21013", name_fr="Saint-Gilles", name_nl="Sint-Gillis", population=49715
    )
    of = design(quotas={}, size=35, area=place)
    for kind in (CategoryKind.AGE, CategoryKind.GENDER, CategoryKind.EDUCATION):
        actions.add_category(of, proposing.proposal(kind, place), by=chief(of), now=NOW)
    assert planning.PEOPLE_PER_SEAT == 8
    return of


def answered():
    of = lottery()
    pool(of, 9)
    return of


def impossible():
    return checked(quotas={"gender": {"w": (4, 4), "m": (0, 0)}, "age": {"young": (0, 0), "old": (4, 4)}}, people=8)


CUT_OFF = "[...document.querySelectorAll('.zenne-table')].filter(box => box.scrollWidth > box.clientWidth + 1).length"
WAY = (
    (designed, NOW, {"board": "edit", "settings": "settings", "quotas": "quotas", "letters": "letters"}),
    (answered, NOW, {"answers": "answers", "pool": "pool"}),
    (impossible, NOW, {"impossible": "draw"}),
    (ready, NOW, {"ready": "draw"}),
    (committed, CHANCE, {"committed": "draw"}),
    (drawn, CHANCE, {"drawn": "draw", "seats": "seats"}),
)


def test_every_page_of_the_way_is_read_on_a_desk_and_on_a_phone(
    live_server, page, sign_in, axe, screenshot, clock_shows
):
    for make, moment, pages in WAY:
        made = make()
        of = getattr(made, "lottery", made)
        clock_shows(moment)
        sign_in(page, chief(of))
        for name, where in pages.items():
            for size in (DESKTOP, PHONE):
                page.set_viewport_size(size)
                page.goto(live_server.url + reverse(f"lottery:{where}", args=[of.pk]))
                screenshot(page, f"lot-{name}")
                assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
                assert page.evaluate(CUT_OFF) == 0, f"{name}: a table is cut off at {size}"
            axe(page, within=".zenne-lot")
