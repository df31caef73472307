"""The public pages of a draw by lot: what is drawn, the commitment, the day of the draw, and all that leads there."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.translation import override

from zenne.methods.lottery.verdict import verify
from zenne.opendata.exports.kinds import Wish, datasets
from zenne.participation.sortition import actions, codes, showing
from zenne.participation.sortition.enums import LotteryState
from zenne.participation.sortition.models import Draw

from .factories import CHANCE, NOW, chief, committed, drawn, invitation, lottery, pool, resident, yes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def page(client, name, of, *more, language="en", **asked):
    address = reverse(f"sortition:{name}", args=[of.process.slug, of.pk, *more]).replace("/fr/", f"/{language}/", 1)
    return client.get(address, asked)


def test_before_the_letters_leave_the_page_says_so_and_shows_the_quotas(client):
    made = lottery(state=LotteryState.FRAMED, invited_at=None)
    said = page(client, "page", made).content.decode()
    assert "The letters have not left yet." in said
    assert "exactly 2 seats" in said
    assert "1 to 3 seats" in said
    assert "In the pool" not in said


def test_the_page_shows_letters_answers_and_no_group_of_fewer_than_ten(client):
    made = lottery()
    pool(made, 24)  # 12 women, 12 men; 8 of them old
    invitation(made)
    said = page(client, "page", made).content.decode()
    assert "25" in said
    assert "fewer than 10 or hidden" in said
    assert ">12<" in said
    assert ">8<" not in said
    assert ">16<" not in said  # young: could be computed from the total


@pytest.mark.parametrize("people", [4, 24])
def test_the_page_asks_the_database_as_often_for_a_small_pool_as_for_a_large_one(
    client, django_assert_num_queries, people
):
    made = lottery()
    pool(made, people)
    page(client, "page", made)
    with django_assert_num_queries(10):
        page(client, "page", made)


def test_a_draft_is_found_by_nobody(client):
    made = lottery()
    made.process.state = "draft"
    made.process.save()
    for name in ("page", "answer"):
        assert page(client, name, made).status_code == 404


def test_a_draw_that_is_not_committed_has_no_page(client):
    draw = committed()
    Draw.objects.filter(pk=draw.pk).update(state="ready")
    for name in ("draw", "commitment", "hall", "text", "bundle"):
        assert page(client, name, draw.lottery, 1).status_code == 404


def test_the_commitment_stands_with_its_fingerprint_its_odds_and_its_files(client):
    draw = committed()
    said = page(client, "commitment", draw.lottery, 1).content.decode()
    assert draw.commitment_digest in said
    assert "People of the pool by their odds" in said
    for name in ("commitment.json", "pool.csv", "quotas.csv", "distribution.csv"):
        assert name in said


def test_the_file_of_the_commitment_has_the_fingerprint_that_is_published(client):
    draw = committed()
    content = page(client, "file", draw.lottery, 1, "commitment.json").content
    assert hashlib.sha256(content).hexdigest() == draw.commitment_digest
    assert json.loads(content)["draw"] == 1
    assert page(client, "file", draw.lottery, 1, "pool.csv").content.startswith(b"id,age,gender")
    assert page(client, "file", draw.lottery, 1, "names.csv").status_code == 404


def test_before_the_moment_the_day_counts_down_and_shows_no_number(client, clock_shows):
    draw = committed()
    clock_shows(draw.due_at - timedelta(hours=1))
    said = page(client, "draw", draw.lottery, 1).content.decode()
    assert f'until="{draw.due_at.isoformat()}"' in said
    assert "data-lot" not in said
    assert 'hx-trigger="every 10s"' in said


def test_after_the_draw_panel_reserve_seed_and_ticket_stand_there(client, clock_shows):
    draw = drawn()
    clock_shows(draw.drawn_at)
    said = page(client, "draw", draw.lottery, 1).content.decode()
    assert said.count("data-lot") == 4
    for number in (*draw.panel, *draw.reserve):
        assert f">{number}<" in said
    assert draw.seed in said
    assert "hx-trigger" not in said
    assert "Personne" not in said


def test_htmx_is_answered_with_the_part_that_changes_alone(client):
    draw = committed()
    address = reverse("sortition:draw", args=[draw.lottery.process.slug, draw.lottery.pk, 1])
    part = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="live"')
    assert "<html" not in part


def test_the_view_for_a_hall_is_dark_and_leads_nowhere_else(client):
    draw = drawn()
    said = page(client, "hall", draw.lottery, 1).content.decode()
    assert 'data-scheme="dark"' in said
    assert said.count("<a ") == 1
    assert "auto" in said


def test_as_plain_text_it_says_the_same(client):
    draw = drawn()
    answer = page(client, "text", draw.lottery, 1)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    said = answer.content.decode()
    assert draw.commitment_digest in said
    assert ", ".join(map(str, draw.panel)) in said
    assert ", ".join(map(str, draw.reserve)) in said


def test_the_file_to_check_a_draw_is_there_once_it_is_drawn_and_is_verified(client, tmp_path):
    draw = drawn()
    content = b"".join(page(client, "bundle", draw.lottery, 1).streaming_content)
    path = tmp_path / "lot.zip"
    path.write_bytes(content)
    verify(path)


def test_an_annulled_draw_stays_readable_with_its_reason(client):
    draw = drawn()
    reason = {"fr": "Erreur", "nl": "Fout", "en": "A quota was wrong"}
    actions.annul(draw, reason=reason, by=chief(draw.lottery), now=CHANCE)
    assert "A quota was wrong" in page(client, "draw", draw.lottery, 1).content.decode()
    assert "A quota was wrong" in page(client, "page", draw.lottery).content.decode()


def test_the_process_feed_search_and_sitemap_lead_to_it(client):
    draw = drawn()
    of = draw.lottery
    process_page = client.get(reverse("processes:page", args=[of.process.slug])).content.decode()
    assert reverse("sortition:draw", args=[of.process.slug, of.pk, 1]) in process_page
    feed = client.get(reverse("sortition:feed", args=[of.process.slug])).content.decode()
    assert feed.count("<entry") == 2
    found = client.get(reverse("portal:search"), {"q": "tirage"}).content.decode()
    assert reverse("sortition:page", args=[of.process.slug, of.pk]) in found
    sitemap = client.get(reverse("sitemap-section", args=["lotteries", 1])).text
    assert f"/lots/{of.pk}/<" in sitemap
    assert f"/lots/{of.pk}/draws/1/<" in sitemap


def test_other_software_reads_numbers_and_never_a_person(client):
    draw = drawn()
    listed = client.get("/api/v1/lotteries").json()
    assert [each["id"] for each in listed["items"]] == [draw.lottery.pk]
    one = client.get(f"/api/v1/lotteries/{draw.lottery.pk}")
    said = one.json()
    assert said["draws"][0]["panel"] == draw.panel
    assert said["figures"] == {"letters": 12, "returned": 0, "yes": 12, "no": 0}
    assert "Personne" not in one.content.decode()
    assert client.get("/api/v1/lotteries/999999").status_code == 404
    assert client.get(f"/api/v1/processes/{draw.lottery.process.slug}/lotteries").json()["items"][0]["size"] == 4


def test_datasets_hold_quotas_and_numbers(client):
    draw = drawn()
    wish = Wish(asked={"process": str(draw.lottery.process.pk)}, now=NOW)
    quotas = list(datasets["lottery-quotas"].rows(wish))
    assert len(quotas) == datasets["lottery-quotas"].count(wish) == 4
    numbers = list(datasets["lottery-numbers"].rows(wish))
    assert len(numbers) == datasets["lottery-numbers"].count(wish) == 12
    assert {row[3] for row in numbers if row[5] == 1} == set(draw.panel)


def test_everybody_sees_their_own_number_and_odds_with_their_code(client, clock_shows):
    draw = drawn()
    of = draw.lottery
    letter = of.invitations.get(answer__number=draw.panel[0])
    clock_shows(draw.drawn_at)
    opened = page(client, "answer", of, code=codes.code_of(letter))
    assert opened.status_code == 302
    assert "code" not in opened["Location"]
    said = page(client, "answer", of).content.decode()
    assert f"You were drawn: number {draw.panel[0]}" in said
    assert "about 1 in" in said
    mine = page(client, "draw", of, 1).content.decode()
    assert "is-mine" in mine


def test_with_an_account_one_needs_no_code(client_for, clock_shows):
    of = lottery()
    person = resident()
    yes(of, by=person)
    clock_shows(NOW)
    said = page(client_for(person), "answer", of).content.decode()
    assert "You are in the pool" in said


@pytest.mark.parametrize(
    ("tickets", "said"),
    [
        (0, "none"),
        (124_000, "12.4% – about 1 in 8"),
        (400_000, "40% – about 4 in 10"),
        (688_300, "68.83% – about 7 in 10"),
        (990_000, "99%"),
    ],
)
def test_odds_are_said_as_people_say_them(tickets, said):
    with override("en"):
        assert showing.odds_words(tickets) == said
