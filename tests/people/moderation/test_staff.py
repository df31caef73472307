import pytest
from django.urls import reverse

from tests.participation.comments.factories import comment
from tests.participation.ideas import factories as ideas
from tests.people.moderation import factories as make
from zenne.participation.comments.enums import CommentState
from zenne.people.moderation import actions
from zenne.people.moderation.enums import CaseState, Ground, Verdict
from zenne.people.moderation.models import Block, Case, Decision

NOW = make.NOW
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
QUEUE = reverse("moderation_case:index")


def page_of(case):
    return reverse("moderation_case:edit", args=[case.pk])


@pytest.fixture
def house(client_for):
    """One idea in an organisation, and the client of its moderator."""
    idea = ideas.idea()
    return idea, client_for(make.moderator_of(idea.process.organisation))


@pytest.mark.parametrize("many", [1, 3])
def test_the_queue_costs_the_same_for_one_and_for_three(house, django_assert_num_queries, many):
    idea, desk = house
    for number in range(many):
        make.reported(comment(idea, text=f"Remarque {number}"))
    desk.get(QUEUE)
    with django_assert_num_queries(19):
        answer = desk.get(QUEUE)
    assert len(answer.context["rows"]) == many


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("source=report", 1),
        ("source=flag", 0),
        ("ground=hate", 1),
        ("ground=other", 0),
        ("kind=comments.comment", 1),
        ("kind=ideas.idea", 0),
        ("age=week", 0),
        ("state=decided", 0),
        ("state=nonsense&organisation=x&after=1_2", 1),
    ],
)
def test_the_queue_is_narrowed(house, query, found):
    idea, desk = house
    make.reported(comment(idea), ground=Ground.HATE)
    assert len(desk.get(f"{QUEUE}?{query}").context["rows"]) == found


def test_several_reports_are_one_row_with_every_reason(house):
    idea, desk = house
    written = comment(idea)
    make.reported(written, ground=Ground.HATE)
    make.reported(written, ground=Ground.OTHER)
    [row] = desk.get(QUEUE).context["rows"]
    assert len(row.reasons) == 2


def test_looking_shows_it_to_colleagues(house, client_for):
    idea, desk = house
    case = make.reported(comment(idea))
    desk.get(page_of(case))
    colleague = client_for(make.moderator_of(idea.process.organisation, "Jan"))
    [row] = colleague.get(QUEUE).context["rows"]
    assert row.looking is not None
    desk.post(page_of(case), {"leave": "1"})
    [row] = colleague.get(QUEUE).context["rows"]
    assert row.looking is None


def test_deciding_hides_and_goes_back(house):
    idea, desk = house
    written = comment(idea)
    case = make.reported(written)
    bad = desk.post(page_of(case), {"verdict": "hidden", "version": case.version})
    assert bad.status_code == 422
    assert "Rien n’est encore décidé" in bad.text  # above the case: on a phone the form stands far below
    sent = {"verdict": "hidden", "ground": "hate", "text": "Insulte.", "version": case.version}
    assert desk.post(page_of(case), sent).status_code == 302
    written.refresh_from_db()
    assert (written.state, written.hidden_for) == (CommentState.HIDDEN, Ground.HATE)
    assert "Caché\N{NO-BREAK SPACE}: Haine" in desk.get(page_of(case)).text


def test_the_second_to_decide_meets_a_conflict_that_says_what_the_first_decided(house):
    idea, desk = house
    written = comment(idea)
    case = make.reported(written)
    first = make.moderator_of(written, "Eva")
    actions.decide(written, Verdict.KEPT, by=first, now=NOW)
    answer = desk.post(page_of(case), {"verdict": "hidden", "ground": "hate", "version": case.version})
    assert answer.status_code == 409
    assert answer.text.count(f"{first} a décidé avant vous") == 2  # above the case and at the form
    assert Decision.objects.get().verdict == Verdict.KEPT


def test_words_that_changed_since_are_looked_at_again(house):
    from zenne.participation.comments import actions as comments

    idea, desk = house
    written = comment(idea)
    case = make.reported(written)
    comments.edit(written, text="Autre chose.", language="fr", by=written.author, now=NOW)
    answer = desk.post(page_of(case), {"verdict": "hidden", "ground": "hate", "version": case.version})
    assert answer.status_code == 409
    assert not Decision.objects.exists()


def test_those_ticked_are_kept_each_on_its_own(house):
    idea, desk = house
    cases = [make.reported(comment(idea, text=f"Remarque {number}")) for number in range(3)]
    make.reported(cases[2].about)
    sent = [f"{case.pk}-{case.version}" for case in cases]
    desk.post(reverse("moderation_case:keep"), {"case": [*sent, "x-1", "9-9-9"]})
    states = list(Case.objects.order_by("pk").values_list("state", flat=True))
    assert states == [CaseState.DECIDED, CaseState.DECIDED, CaseState.OPEN]


def test_author_of_a_case_is_blocked_without_their_address(house):
    idea, desk = house
    case = make.reported(comment(idea))
    address = f"{reverse('moderation_block:add')}?case={case.pk}"
    assert case.author.email not in desk.get(address).content.decode()
    sent = {"ground": "commercial", "text": "Publicité.", "until": "2026-06-30"}
    assert desk.post(address, sent).status_code == 302
    made = Block.objects.get()
    assert (made.person, made.ends_at.isoformat()) == (case.author, "2026-06-30T22:00:00+00:00")
    assert desk.get(reverse("moderation_block:edit", args=[made.pk])).status_code == 200
    assert desk.post(address, {**sent, "until": "9999-12-31"}).status_code == 422


def test_every_page_of_the_desk_opens(house):
    idea, desk = house
    organisation = idea.process.organisation
    *_rest, appeal, _block, rule, word = make.make_for(organisation)
    names = ["moderation_appeal:index", "moderation_block:index", "moderation_case:figures", "moderation_word:index"]
    addresses = [reverse(name) for name in names] + [
        reverse("moderation_appeal:edit", args=[appeal.pk]),
        reverse("moderation_rule:edit", args=[rule.pk]),
        reverse("moderation_word:edit", args=[word.pk]),
    ]
    assert {address: desk.get(address).status_code for address in addresses} == dict.fromkeys(addresses, 200)


def test_the_queue_can_be_read_in_the_dark(page, live_server, sign_in, axe):
    case = make.reported()
    sign_in(page, make.moderator_of(case.organisation))
    page.emulate_media(color_scheme="dark")
    page.goto(f"{live_server.url}{QUEUE}")
    axe(page, within=".zenne-desk, main form")
