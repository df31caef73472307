"""From the button in the back office to the page that everybody reads, and the reason of a vote that does not count."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.browser import DESKTOP, PHONE
from tests.participation.voting.factories import cast, sealed, staff, vote
from zenne.core import clock
from zenne.participation.processes.actions import ensure_frozen
from zenne.participation.voting import tasks
from zenne.participation.voting.enums import Completion, Count, ResultState
from zenne.participation.voting.models import Result

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def closed():
    """A budget that ended an hour ago, by the real clock: ten people, two of them blank."""
    now = clock.now()
    costs = (6_000_000, 4_000_000, 4_000_000, 2_500_000)
    settings = {"count": Count.EQUAL_SHARES, "completion": Completion.ADD1U, "basket": False}
    made = vote(costs=costs, opens_at=now - timedelta(days=8), closes_at=now - timedelta(hours=1), **settings)
    then = now - timedelta(days=2)
    ensure_frozen(made.activity, now=then)
    for chosen in [(1, 2)] * 5 + [(3,)] * 3 + [(2, 4)] * 2:
        cast(made, None, *chosen, now=then)
    return sealed(made, now=now)


def test_staff_count_and_publish_and_everybody_reads_why(page, live_server, closed, sign_in, axe, screenshot):
    desk = f"{live_server.url}{reverse('vote:results', args=[closed.pk])}"
    public = f"{live_server.url}/nl/processes/{closed.process.slug}/votes/{closed.pk}/result/"
    assert page.goto(public).status == 404
    sign_in(page, staff(closed.process.organisation))
    page.goto(desk)
    page.locator(".zenne-vote form button").click()
    tasks.count(Result.objects.get().pk)
    page.goto(desk)
    screenshot(page, "voting-results-desk")
    page.locator("button[name=publish]").click()
    expect(page.locator("tbody a[href*='/result/']")).to_be_visible()
    assert Result.objects.get().state == ResultState.PUBLISHED
    page.context.clear_cookies()
    for size in (PHONE, DESKTOP):
        page.set_viewport_size(size)
        assert page.goto(public).status == 200
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        screenshot(page, "voting-result")
        axe(page)
    expect(page.locator("#again")).to_contain_text(Result.objects.get().root)
    with page.expect_download() as taken:
        page.locator("#again a.button").first.click()
    assert taken.value.suggested_filename == f"vote-{closed.pk}.zip"
