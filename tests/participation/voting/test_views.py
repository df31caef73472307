"""The pages of a vote, over HTTP: what a resident sees, sends and is told."""

import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from zenne.messaging.outbox.tasks import send_due
from zenne.participation.processes.enums import Action, ProcessState
from zenne.participation.processes.models import Permission
from zenne.participation.voting import marks
from zenne.participation.voting.enums import Channel, Count, Districts, Method
from zenne.participation.voting.models import Ballot, Voter
from zenne.people.access.enums import Level
from zenne.people.organisations.enums import Role
from zenne.places.areas.models import Residence

from .factories import AFTER, CLOSES, NOW, cast, district, option, resident, sealed, staff, vote

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def at(of, page="", language="en") -> str:
    return f"/{language}/processes/{of.process.slug}/votes/{of.pk}/{page}"


def words(response) -> str:
    text = re.sub(r"<(script|template|style)\b.*?</\1>", " ", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_the_page_of_a_vote_shows_its_options_and_leads_to_the_ballot(client_for):
    open_vote = vote(costs=(6_000_000, 4_000_000, 4_000_000))
    said = words(client_for(None).get(at(open_vote)))
    assert "Choice 1" in said and "€60,000" in said and "3 options" in said
    assert "You can vote until 25 June" in said and "€100,000" in said


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
@pytest.mark.parametrize("page", ["", "rule/", "compare/?o=1&o=2", "turnout/", "print/", "receipts/"])
def test_every_public_page_is_there_in_three_languages(client_for, language, page):
    response = client_for(None).get(at(vote(), page, language))
    assert response.status_code == 200
    assert f'lang="{language}"' in response.content.decode()


@pytest.mark.parametrize(("method", "count"), [(method, count) for method in Method for count in Count])
def test_the_rule_is_explained_for_every_ballot_and_every_count(client_for, method, count):
    said = words(client_for(None).get(at(vote(method=method, count=count), "rule/")))
    assert "An example" in said and "The ballots are counted" in said


def test_the_rule_has_its_fingerprint_once_the_vote_is_open(client_for):
    open_vote = vote()
    assert "gets a public fingerprint" in words(client_for(None).get(at(open_vote, "rule/")))
    cast(open_vote)
    assert "SHA-256" in words(client_for(None).get(at(open_vote, "rule/")))


FILLED = {
    Method.APPROVAL: ({"o1": "1", "o3": "1"}, ["1", "3"]),
    Method.SINGLE: ({"one": "2"}, ["2"]),
    Method.POINTS: ({"o1": "7", "o2": "3", "o3": ""}, {"1": 7, "2": 3}),
    Method.SCORE: ({"o1": "5", "o2": "0"}, {"1": 5, "2": 0}),
    Method.RANKING: ({"o1": "2", "o3": "1", "o2": ""}, ["3", "1"]),
    Method.YES_NO: ({"o1": "yes", "o2": "no"}, {"1": "yes", "2": "no", "3": "abstain"}),
}


@pytest.mark.parametrize("method", list(Method))
def test_voting_without_a_script_fill_in_look_once_more_cast_receipt(client_for, method):
    open_vote, person = vote(method=method), resident()
    browser = client_for(person)
    form, choices = FILLED[method]
    assert browser.get(at(open_vote, "ballot/")).status_code == 200
    review = browser.post(at(open_vote, "ballot/"), form)
    assert review.status_code == 200 and "Cast my ballot" in words(review)
    assert not Ballot.objects.exists()
    body = review.content.decode()
    sent = dict(re.findall(r'name="(o\d+|one)" value="([^"]+)"', body.split("Change something")[0].split("again")[0]))
    done = browser.post(at(open_vote, "ballot/cast/"), sent, follow=True)
    assert "Your ballot is in the box" in words(done)
    ballot = Ballot.objects.get()
    assert ballot.content == {"kind": method, "choices": choices}
    assert ballot.leaf in "".join(re.findall(r"<span>([0-9a-f]{4})</span>", done.content.decode()))


def test_a_filled_ballot_travels_in_the_form_and_in_no_address(client_for):
    open_vote = vote()
    answer = client_for(resident()).post(at(open_vote, "ballot/cast/"), {"o1": "1"})
    assert answer.status_code == 302 and answer["Location"] == at(open_vote, "ballot/done/")


def test_beside_the_receipt_a_voter_may_ask_to_hear_what_comes_of_the_vote(client_for):
    open_vote, person = vote(), resident()
    browser = client_for(person)
    cast(open_vote, person)
    follow = reverse("processes:follow", args=[open_vote.process.slug])
    assert f'action="{follow}"' in browser.get(at(open_vote, "ballot/done/")).content.decode()
    assert not open_vote.process.follows.exists(), "nobody follows because they voted"
    browser.post(follow)
    assert open_vote.process.follows.get().person == person


def test_pages_with_a_ballot_are_kept_by_no_browser(client_for):
    open_vote, person = vote(), resident()
    browser = client_for(person)
    cast(open_vote, person)
    for page in ("ballot/", "ballot/done/"):
        assert "no-store" in browser.get(at(open_vote, page))["Cache-Control"]


def test_a_ballot_that_does_not_fit_comes_back_filled_in_with_what_is_wrong(client_for):
    open_vote = vote(costs=(6_000_000, 4_000_000, 4_000_000))
    answer = client_for(resident()).post(at(open_vote, "ballot/"), {"o1": "1", "o2": "1", "o3": "1"})
    assert answer.status_code == 422
    assert "Your choices cost €140,000 together; the budget is €100,000." in words(answer)
    assert len(re.findall(r'name="o\d" value="1" checked', answer.content.decode())) == 3


@pytest.mark.parametrize(
    ("method", "form", "fault"),
    [
        (Method.POINTS, {"o1": "8", "o2": "3"}, "You have 10 points and gave 11."),
        (Method.POINTS, {"o1": "many"}, "write a whole number"),
        (Method.POINTS, {"o1": "-3"}, "write a whole number"),
        (Method.SCORE, {"o1": "6"}, "A score goes from 0 to 5."),
        (Method.RANKING, {"o1": "1", "o2": "1"}, "Two options have rank 1"),
        (Method.APPROVAL, {}, "Choose at least 1 option."),
        (Method.APPROVAL, {"o99": "1"}, "Choose at least 1 option."),
        (Method.YES_NO, {"o1": "perhaps"}, "Choose at least 1 option."),
    ],
)
def test_what_cannot_be_meant_is_said_and_not_guessed(client_for, method, form, fault):
    open_vote = vote(method=method)
    browser = client_for(resident())
    for page in ("ballot/", "ballot/cast/"):
        answer = browser.post(at(open_vote, page), form)
        assert answer.status_code == 422 and fault in words(answer)
    assert not Ballot.objects.exists()


def test_a_blank_ballot_is_looked_at_once_more_too(client_for):
    open_vote = vote()
    browser = client_for(resident())
    assert "A blank ballot" in words(browser.post(at(open_vote, "ballot/"), {"blank": "1"}))
    browser.post(at(open_vote, "ballot/cast/"), {"blank": "1"})
    assert Ballot.objects.get().content["choices"] is None


@pytest.mark.parametrize(("method", "ticked"), [(Method.SINGLE, ("one", "3")), (Method.POINTS, ("o3", "4"))])
def test_who_looks_at_a_blank_ballot_and_thinks_again_finds_what_was_ticked(client_for, method, ticked):
    blank = client_for(resident()).post(at(vote(method=method), "ballot/"), {"blank": "1", **dict([ticked])})
    assert (blank.context["fields"], blank.context["kept"]) == ([("blank", "1")], [ticked])


def test_the_ballot_says_how_much_it_must_and_may_say(client_for):
    made = vote(costs=(100, 200, 300), min_choices=2, max_choices=3, min_spent_percent=20)
    said = words(client_for(resident()).get(at(made, "ballot/")))
    assert "Choose up to 3 options. You choose at least 2 options." in said
    assert "You use at least 20 % of the budget." in said.replace("\xa0", " ")
    divided = vote(method=Method.POINTS, points=10, points_per_option=5)
    said = words(client_for(resident()).get(at(divided, "ballot/")))
    assert "Divide 10 points. One option gets at most 5 of them." in said


def test_a_ballot_can_be_changed_where_it_was_left(client_for):
    open_vote, person = vote(), resident()
    cast(open_vote, person, 2)
    browser = client_for(person)
    page = browser.get(at(open_vote, "ballot/")).content.decode()
    assert re.findall(r'name="(o\d)" value="1" checked', page) == ["o2"] and "Change your ballot" in page
    done = browser.post(at(open_vote, "ballot/cast/"), {"o3": "1"}, follow=True)
    assert "It took the place of the one before" in words(done)


def test_changing_something_before_casting_keeps_what_was_filled_in(client_for):
    open_vote = vote()
    page = client_for(resident()).post(at(open_vote, "ballot/"), {"again": "1", "o1": "1"}).content.decode()
    assert re.findall(r'name="(o\d)" value="1" checked', page) == ["o1"]


def test_who_is_not_signed_in_is_led_there_and_back_to_the_ballot(client_for):
    open_vote = vote()
    answer = client_for(None).get(at(open_vote, "ballot/"))
    assert answer.status_code == 302 and "/account/login/" in answer["Location"] and "ballot" in answer["Location"]


def test_what_was_filled_in_by_somebody_signed_out_meanwhile_is_kept_nowhere():
    open_vote = vote()
    browser = Client()
    answer = browser.post(at(open_vote, "ballot/cast/"), {"o1": "1"}, headers={"origin": "http://testserver"})
    assert answer.status_code == 302 and answer["Location"] == at(open_vote, "ballot/")
    assert "kept-action" not in browser.session


def test_who_may_not_vote_reads_why_and_what_would_help(client_for):
    open_vote = vote()
    Permission.objects.create(activity=open_vote.activity, action=Action.VOTE, level=Level.CONFIRMED, minimum_age=16)
    young = client_for(resident(birth_year=2015)).get(at(open_vote, "ballot/"))
    assert young.status_code == 403 and "from the age of 16" in words(young)


def test_who_votes_on_paper_is_told_so(client_for):
    open_vote, person = vote(), resident()
    mark = marks.account_mark(marks.key_of(open_vote), person.pk)
    Voter.objects.create(vote=open_vote, mark=mark, channel=Channel.PAPER)
    answer = client_for(person).get(at(open_vote, "ballot/"))
    assert answer.status_code == 409 and "you vote on paper" in words(answer)


def test_after_the_end_a_ballot_is_refused_with_the_hour_it_ended(client_for, clock_shows):
    open_vote, person = vote(), resident()
    clock_shows(CLOSES)
    answer = client_for(person).post(at(open_vote, "ballot/cast/"), {"o1": "1"})
    assert answer.status_code == 403 and "One could vote until" in words(answer)


def test_the_first_visit_after_the_end_seals_the_box(client_for, clock_shows):
    open_vote = vote()
    cast(open_vote)
    clock_shows(AFTER)
    assert "being counted" in words(client_for(None).get(at(open_vote)))
    assert not Ballot.objects.exists()


def test_a_receipt_tells_where_its_ballot_is(client_for):
    open_vote, person = vote(), resident()
    anybody = client_for(None)
    first, second = cast(open_vote, person).ballot.leaf, cast(open_vote, person).ballot.leaf
    for code, status, said in (
        (second, 200, "Yes, this ballot is in the box"),
        (first, 200, "This ballot was replaced"),
        ("0" * 64, 404, "There is no ballot with this code"),
    ):
        answer = anybody.get(at(open_vote, f"receipts/{code}/"))
        assert answer.status_code == status and said in words(answer)
    sealed(open_vote)
    proven = words(anybody.get(at(open_vote, f"receipts/{second}/")))
    assert "in the sealed box" in proven and "number 1 of 1" in proven


def test_an_open_box_shows_nothing_of_a_ballot_to_who_holds_its_code(client_for):
    open_vote = vote()
    code = cast(open_vote, None, 2).ballot.leaf
    answer = client_for(None).get(at(open_vote, f"receipts/{code}/"))
    assert "Choice 2" not in words(answer) and "choices" not in words(answer)


def test_a_code_may_be_typed_as_it_is_printed(client_for):
    open_vote = vote()
    code = cast(open_vote).ballot.leaf
    printed = " ".join(code[at : at + 4] for at in range(0, 64, 4)).upper()
    answer = client_for(None).get(at(open_vote, "receipts/"), {"code": printed})
    assert answer.status_code == 302 and code in answer["Location"]
    assert client_for(None).get(at(open_vote, "receipts/"), {"code": "12 34"}).status_code == 422


def test_a_receipt_is_checked_by_hand_as_the_page_says(client_for):
    """The command of the page, run by a shell."""
    import html
    import subprocess

    open_vote = vote()
    code = cast(open_vote).ballot.leaf
    sealed(open_vote)
    page = client_for(None).get(at(open_vote, f"receipts/{code}/")).content.decode()
    command = html.unescape(re.search(r"<code>(printf .*?)</code>", page).group(1))
    assert (
        subprocess.run(
            ["bash", "-c", command.replace("shasum -a 256", "sha256sum")], capture_output=True
        ).stdout.split()[0]
        == code.encode()
    )


@pytest.mark.django_db(transaction=True)
def test_a_receipt_comes_by_mail_with_the_code_and_without_the_choice(client_for, mailbox, clock_shows):
    open_vote, person = vote(), resident()
    client_for(person).post(at(open_vote, "ballot/cast/", "fr"), {"o2": "1"})
    clock_shows(NOW + timedelta(minutes=1))
    send_due()
    letter = mailbox.text()
    assert Ballot.objects.get().leaf in "".join(letter.split())
    assert "Option 2" not in letter and "Keuze 2" not in letter


def test_options_stand_in_an_order_of_ones_own_that_stays(client_for):
    open_vote = vote(options=12)
    orders = set()
    for person in [resident() for _time in range(4)]:
        browser = client_for(person)
        seen = [
            re.findall(r'data-option="(\d+)"', browser.get(at(open_vote, "ballot/")).content.decode())
            for _time in range(2)
        ]
        assert seen[0] == seen[1] and sorted(map(int, seen[0])) == list(range(1, 13))
        orders.add(tuple(seen[0]))
    assert len(orders) == 4
    fixed = vote(options=12, random_order=False)
    page = client_for(resident()).get(at(fixed, "ballot/")).content.decode()
    assert re.findall(r'data-option="(\d+)"', page) == [str(number) for number in range(1, 13)]


@pytest.mark.parametrize(("mode", "shown"), [(Districts.ONE, True), (Districts.ALL, False)])
def test_voters_are_counted_by_group_where_everybody_votes_in_one(client_for, mode, shown):
    of = vote(options=0, districts_mode=mode)
    for number in (1, 2):
        option(of, number, district=district(of, number))
    cast(of, None, 1, district=of.districts.first() if shown else None)
    page = words(client_for().get(at(of, "turnout/")))
    assert ("By group of options" in page) == shown and "1 person has voted" in page


def test_groups_with_budgets_of_their_own_divide_what_these_come_to(client_for):
    """Whatever stands in the vote's own box since before there were groups: nobody counts with it."""
    of = vote(options=0, districts_mode=Districts.ONE, count=Count.GREEDY, budget_cents=10_000_000)
    for number in (1, 2):
        group = district(of, number, budget_cents=4_000_000)
        option(of, number, district=group, cost_cents=1_000_000)
    page = words(client_for().get(at(of)))
    assert "€80,000" in page and "€100,000" not in page


def test_where_one_chooses_a_group_it_is_asked_first(client_for):
    open_vote = vote(districts_mode=Districts.ONE, options=0)
    for number in (1, 2):
        option(open_vote, number, district=district(open_vote, number))
    browser = client_for(resident())
    assert "Where do you want to vote?" in words(browser.get(at(open_vote, "ballot/")))
    page = words(browser.get(at(open_vote, "ballot/?district=2")))
    assert "Choice 2" in page and "Choice 1" not in page
    browser.post(at(open_vote, "ballot/cast/"), {"district": "2", "o2": "1"})
    assert Ballot.objects.get().district.number == 2


def test_a_vote_of_a_draft_is_for_its_staff_and_the_holders_of_its_key(client_for):
    hidden = vote()
    process = hidden.process
    process.state = ProcessState.DRAFT
    process.published_at = None
    process.save()
    assert client_for(None).get(at(hidden)).status_code == 404
    assert client_for(None).get(f"{at(hidden)}?preview={process.preview_key}").status_code == 200
    assert client_for(staff(process.organisation)).get(at(hidden)).status_code == 200


def test_a_vote_has_one_address(client_for):
    one, other = vote(), vote()
    assert client_for(None).get(at(one).replace(one.process.slug, other.process.slug)).status_code == 404


@pytest.mark.parametrize("options", [2, 6])
def test_the_page_of_a_vote_asks_as_much_for_two_options_as_for_six(client_for, django_assert_num_queries, options):
    open_vote = vote(options=options)
    browser = client_for(None)
    browser.get(at(open_vote))
    with django_assert_num_queries(6):
        browser.get(at(open_vote))


# --- no partial result, for anybody ------------------------------------------------------------------------------------------


def everything_anybody_can_read(open_vote, browser, language="en") -> list[str]:
    """The pages of the vote, its process, the numbers, the API, the feeds and the back office, as this browser gets them."""
    slug, pk = open_vote.process.slug, open_vote.pk
    addresses = [
        *(at(open_vote, page) for page in ("", "rule/", "compare/?o=1&o=2", "turnout/", "print/", "receipts/")),
        *(f"/{language}/processes/{slug}/{page}" for page in ("", "numbers/", "rules/", "changes/", "selections/")),
        f"/api/v1/processes/{slug}",
        f"/api/v1/processes/{slug}/activities",
        f"/embed/processes/{slug}/",
        "/manage/",
        f"/manage/process/edit/{open_vote.process.pk}/",
        f"/manage/processes/board/{open_vote.process.pk}/",
        f"/manage/vote/edit/{pk}/",
        f"/manage/votes/{pk}/",
    ]
    found = []
    for address in addresses:
        response = browser.get(address, follow=True)
        if response.status_code == 200:
            found.append(response.content.decode())
    return found


@pytest.mark.parametrize("role", [None, Role.MANAGER, Role.ADMIN])
def test_nobody_sees_a_partial_result_staff_included(client_for, role):
    """Two votes alike in everything but what their ballots say look the same to everybody, on every page."""
    looks = []
    for number in (1, 3):
        open_vote = vote(random_order=False)
        for _time in range(17):
            cast(open_vote, None, number)
        browser = client_for(staff(open_vote.process.organisation, role) if role else None)
        pages = "\n".join(everything_anybody_can_read(open_vote, browser))
        assert "17" in pages  # how many have voted is for all to know
        looks.append(pages)
        leaves = Ballot.objects.filter(vote=open_vote).values_list("leaf", "nonce", "mark")
        assert not [each for row in leaves for each in row if each in pages]
    told = [json.dumps(sorted(re.findall(r">\s*(\d+)\s*<", page))) for page in looks]
    assert told[0] == told[1]


def test_who_named_a_commune_alone_says_their_district_and_gets_its_ballot(client_for, area_of_residence):
    person, area = area_of_residence
    of = vote(districts_mode=Districts.OWN, options=0)
    for number in (1, 2):
        option(of, number, district=of.districts.first() or district(of, 1, area=area))
    Residence.objects.filter(person=person).update(district=None)
    client = client_for(person)
    asked = client.get(f"/en/processes/{of.process.slug}/votes/{of.pk}/ballot/", follow=True)
    assert "In which district do you live?" in asked.text and f"{area.parent.code}:{area.code}" in asked.text
    here = asked.redirect_chain[-1][0]
    assert client.post(here, {"ask": "district", "residence": area.parent.code}).status_code == 422
    given = {"ask": "district", "residence": f"{area.parent.code}:{area.code}", "next": asked.context["next"]}
    ballot = client.post(here, given, follow=True)
    assert "Choice 1" in ballot.text


def test_the_page_of_a_vote_lists_its_options_by_group(client):
    of = vote(districts_mode=Districts.ONE, options=0)
    for number in (1, 2):
        option(of, number, district=district(of, number, budget_cents=number * 1_000_00))
    sections = client.get(f"/en/processes/{of.process.slug}/votes/{of.pk}/").context["sections"]
    assert [(each.title, each.budget_cents, len(each.cards)) for each in sections] == [
        ("District 1", 1_000_00, 1),
        ("District 2", 2_000_00, 1),
    ]
