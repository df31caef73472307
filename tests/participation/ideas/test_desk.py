"""The back office of ideas: the list, one idea, many at once, keying in, exports and settings; each role within its bounds."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from tests.people.organisations.factories import organisation
from tests.visitors import streamed
from zenne.opendata.exports.enums import ExportState, Failure
from zenne.opendata.exports.models import Export
from zenne.participation.ideas import actions
from zenne.participation.ideas.enums import Channel, IdeaState, Moderation
from zenne.participation.ideas.models import Idea, Tag
from zenne.people.organisations.boards import desks
from zenne.people.organisations.enums import Role
from zenne.people.organisations.queries import organisations_of

from . import factories as make
from .factories import NO, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
EVERYBODY = [Role.ADMIN, Role.MANAGER, Role.MODERATOR, Role.EDITOR]
LIST = "idea:index"
NONSENSE = ("nonsense", "9" * 30, "²", "-1", "'")
HOME = "/manage/"


@pytest.fixture
def jette():
    return organisation("Jette", languages=["fr", "nl"])


@pytest.fixture
def call(jette):
    return make.call(organisation=jette)


@pytest.fixture
def reading(jette):
    """A call whose ideas are read before they are public."""
    return make.call(organisation=jette, moderation=Moderation.BEFORE)


@pytest.fixture
def as_role(jette, client_for):
    people = {}

    def sign_in(role):
        if role not in people:
            people[role] = make.staff(jette, role, name=role.label)
        client = client_for(people[role])
        client.person = people[role]
        return client

    return sign_in


@pytest.fixture
def desk(as_role):
    return as_role(Role.MANAGER)


def listed(client, **asked) -> list[str]:
    answer = client.get(reverse(LIST), asked)
    assert answer.status_code == 200
    return [idea.title for idea in answer.context["object_list"]]


def page(idea: Idea) -> str:
    return reverse("idea:edit", args=[idea.pk])


def now_of(idea: Idea) -> Idea:
    return Idea.objects.get(pk=idea.pk)


def waiting(call, days: int, **fields) -> Idea:
    """An idea that has been public for that many days."""
    idea, then = make.idea(call, **fields), NOW - timedelta(days=days)
    Idea.objects.filter(pk=idea.pk).update(submitted_at=then, published_at=then)
    return now_of(idea)


# The list


@pytest.mark.parametrize("role", EVERYBODY)
def test_every_member_opens_the_list_and_an_idea(as_role, call, role):
    idea = make.idea(call)
    client = as_role(role)
    assert listed(client) == [idea.title]
    assert client.get(page(idea)).status_code == 200


def test_somebody_who_works_nowhere_does_not_enter(client_for, call):
    idea = make.idea(call)
    client = client_for(make.resident())
    for address in (reverse(LIST), page(idea), reverse("idea:enter"), reverse("exports:list")):
        assert client.get(address).status_code in (302, 403)


def test_the_list_shows_no_idea_of_another_organisation(desk, call):
    make.idea(make.call(organisation=organisation("Ixelles")))
    assert listed(desk) == []


def test_an_empty_list_says_what_to_do_next(desk, call):
    assert reverse("idea:enter") in desk.get(reverse(LIST)).text
    make.idea(call)
    assert "channel=paper" not in desk.get(reverse(LIST), {"channel": "paper"}).text
    assert listed(desk, channel="paper") == []


def test_the_list_is_narrowed_by_everything_an_idea_has(desk, call, jette):
    plain = waiting(call, 80, title="Un banc")
    colleague = make.staff(jette, name="Collègue")
    green = call.process.themes.get(slug="green")
    other = make.on_paper(call, title="Meer bomen in de straat", language="nl", theme=green, by=desk.person)
    actions.assign(other, to=colleague, by=desk.person, now=NOW)
    actions.tag(other, add=["école"], by=desk.person, now=NOW)
    actions.answer_idea(other, body={"fr": "Oui."}, by=desk.person, now=NOW)
    actions.change_status(other, to=IdeaState.ADMISSIBLE, by=desk.person, now=NOW)
    tag = Tag.objects.get()
    ours, theirs = [plain.title], [other.title]
    assert listed(desk, theme=green.pk) == theirs
    assert listed(desk, state="admissible") == theirs
    assert listed(desk, channel="paper") == listed(desk, language="nl") == listed(desk, tag=tag.pk) == theirs
    assert listed(desk, assigned="nobody") == ours
    assert listed(desk, assigned="somebody") == listed(desk, assigned=colleague.pk) == theirs
    assert listed(desk, assigned="me") == []
    assert listed(desk, answer="none") == listed(desk, answer="late") == ours
    assert listed(desk, answer="given") == theirs
    assert listed(desk, q="bomen") == listed(desk, q=f"#{other.pk}") == theirs
    assert listed(desk, process=call.process.pk) == theirs + ours


@pytest.mark.parametrize("name", ["process", "theme", "state", "assigned", "tag", "place", "order", "page", "q"])
def test_an_address_that_means_nothing_breaks_nothing(desk, call, name):
    make.idea(call)
    answers = {value: desk.get(reverse(LIST), {name: value}).status_code for value in NONSENSE}
    assert answers == dict.fromkeys(NONSENSE, 200)


def test_the_list_is_ordered_as_asked(desk, call):
    first = make.idea(call, title="Premier", now=NOW - timedelta(days=3))
    second = make.idea(call, title="Deuxième", now=NOW - timedelta(days=2))
    actions.support(second, by=make.resident("Lou"), now=NOW)
    actions.answer_idea(first, body=NO, by=desk.person, now=NOW)
    assert listed(desk) == ["Deuxième", "Premier"]
    assert listed(desk, order="oldest") == ["Premier", "Deuxième"]
    assert listed(desk, order="supported") == ["Deuxième", "Premier"]
    assert listed(desk, order="waiting") == ["Deuxième", "Premier"]


@pytest.mark.parametrize("order", ["newest", "oldest", "waiting", "supported", "discussed"])
def test_pages_follow_each_other_without_a_gap(desk, call, order, monkeypatch):
    monkeypatch.setattr("zenne.participation.ideas.queries.staff.desk_page.__kwdefaults__", {"size": 2})
    author = make.resident()
    titles = {make.idea(call, author=author, now=NOW - timedelta(days=day)).title for day in (5, 4, 4, 2, 1)}
    address, seen = f"{reverse(LIST)}?order={order}", []
    while address:
        context = desk.get(address).context
        seen += [idea.title for idea in context["object_list"]]
        back = context["previous"]
        address = f"{reverse(LIST)}{context['next']}" if context["next"] else ""
    assert len(seen) == 5 and set(seen) == titles
    assert [idea.title for idea in desk.get(f"{reverse(LIST)}{back}").context["object_list"]] == seen[2:4]


def test_late_is_said_in_words(desk, call):
    waiting(call, 61)
    assert "zenne-late" in desk.get(reverse(LIST)).text


def test_the_list_asks_as_often_for_three_as_for_one(desk, call, django_assert_num_queries):
    author = make.resident()
    make.idea(call, author=author)
    desk.get(reverse(LIST))
    with django_assert_num_queries(22):
        desk.get(reverse(LIST))
    for _ in range(2):
        actions.tag(make.idea(call, author=author), add=["a", "b"], by=desk.person, now=NOW)
    with django_assert_num_queries(22):
        desk.get(reverse(LIST))


# One idea


@pytest.mark.parametrize("role", [Role.MANAGER, Role.MODERATOR])
def test_an_idea_is_read_and_published(as_role, reading, role):
    idea = make.idea(reading)
    answer = as_role(role).post(page(idea), {"verb": "status", "status-to": "published"})
    assert answer.url == page(idea) and now_of(idea).state == "published"


def test_an_editor_is_offered_neither_status_nor_merge(as_role, reading):
    idea = make.idea(reading)
    client = as_role(Role.EDITOR)
    keys = [each["key"] for each in client.get(page(idea)).context["verbs"]]
    assert keys == ["assign", "tag", "note"]
    assert client.post(page(idea), {"verb": "status", "status-to": "published"}).status_code == 422
    assert now_of(idea).state == "submitted"


def test_a_moderator_does_not_decide_what_follows(as_role, call):
    idea = make.in_state(IdeaState.ADMISSIBLE, call)
    sent = {"verb": "status", "status-to": "shortlisted"}
    assert as_role(Role.MODERATOR).post(page(idea), sent).status_code == 422
    assert as_role(Role.MANAGER).post(page(idea), sent).status_code == 302


def test_a_refusal_needs_its_reason_in_every_promised_language(desk, reading):
    idea = make.idea(reading)
    sent = {"verb": "status", "status-to": "rejected", "status-reason_fr": "Hors sujet"}
    answer = desk.post(page(idea), sent)
    assert answer.status_code == 422 and "Hors sujet" in answer.text
    assert desk.post(page(idea), {**sent, "status-reason_nl": "Past niet"}).status_code == 302
    change = idea.changes.get(after="rejected")
    assert (change.reason_fr, change.reason_nl) == ("Hors sujet", "Past niet")


def test_reasons_given_before_are_offered_again(desk, reading):
    first, second = make.idea(reading), make.idea(reading)
    sent = {"verb": "status", "status-to": "rejected", "status-reason_fr": "Déjà fait", "status-reason_nl": "Al gedaan"}
    desk.post(page(first), sent)
    change = first.changes.get(after="rejected")
    assert "Déjà fait" in desk.get(page(second)).text
    answer = desk.post(page(second), {"verb": "status", "status-to": "rejected", "use": change.pk})
    form = next(each["form"] for each in answer.context["verbs"] if each["key"] == "status")
    assert (form.initial["to"], form.initial["reason_nl"]) == ("rejected", "Al gedaan")
    assert now_of(second).state == "submitted"


def test_reasons_of_another_process_are_not_offered(desk, reading):
    theirs = make.in_state(IdeaState.REJECTED)
    change = theirs.changes.get(after="rejected")
    answer = desk.post(page(make.idea(reading)), {"verb": "status", "use": change.pk})
    assert answer.status_code == 200 and NO["fr"] not in answer.text


@pytest.mark.parametrize("role", [Role.MANAGER, Role.MODERATOR, Role.EDITOR])
def test_an_answer_is_looked_at_before_it_is_published(as_role, call, role):
    idea, client = make.idea(call), as_role(role)
    sent = {"verb": "answer", "answer-body_fr": "Nous le ferons."}
    looked = client.post(page(idea), {**sent, "preview": "1"})
    assert looked.context["preview"]["texts"] == [("fr", "Nous le ferons.")] and looked.context["preview"]["missing"]
    assert not idea.answers.exists()
    client.post(page(idea), sent)
    client.post(page(idea), {**sent, "answer-body_fr": "C'est fait."})
    assert [answer.body_fr for answer in idea.answers.all()] == ["C'est fait.", "Nous le ferons."]
    assert "Nous le ferons." in client.get(page(idea)).text


def test_an_empty_answer_is_no_answer(desk, call):
    idea = make.idea(call)
    assert desk.post(page(idea), {"verb": "answer", "answer-body_fr": "  "}).status_code == 422


@pytest.mark.parametrize("role", EVERYBODY)
def test_every_member_notes_tags_and_assigns(as_role, call, role):
    idea, client = make.idea(call), as_role(role)
    client.post(page(idea), {"verb": "note", "note-text": "À voir avec les écoles"})
    client.post(page(idea), {"verb": "tag", "tag-add": "école, été"})
    client.post(page(idea), {"verb": "assign", "assign-to": client.person.pk})
    assert "À voir avec les écoles" in client.get(page(idea)).text
    assert [tag.name for tag in idea.tags.order_by("name")] == ["école", "été"]
    assert now_of(idea).assigned_to == client.person
    client.post(page(idea), {"verb": "tag", "tag-remove": "école"})
    client.post(page(idea), {"verb": "assign", "assign-to": ""})
    assert idea.tags.count() == 1 and now_of(idea).assigned_to is None


def test_an_idea_is_assigned_to_colleagues_only(desk, call):
    stranger = make.staff(organisation("Ixelles"))
    idea = make.idea(call)
    assert desk.post(page(idea), {"verb": "assign", "assign-to": stranger.pk}).status_code == 422


def test_an_idea_moves_to_another_call_and_theme(desk, call, jette):
    idea, other = make.idea(call), make.call(organisation=jette)
    theme = other.process.themes.get(slug="water")
    foreign = make.call(organisation=organisation("Ixelles"))
    assert desk.post(page(idea), {"verb": "move", "move-activity": foreign.pk}).status_code == 422
    assert desk.post(page(idea), {"verb": "move"}).status_code == 422
    desk.post(page(idea), {"verb": "move", "move-activity": other.pk, "move-theme": theme.pk})
    assert (now_of(idea).activity, now_of(idea).theme) == (other, theme)


def test_hiding_goes_through_moderation(as_role, call):
    idea = make.idea(call)
    as_role(Role.EDITOR).post(page(idea), {"verb": "hide", "hide-ground": "commercial"})
    assert now_of(idea).state == "published"
    as_role(Role.MODERATOR).post(page(idea), {"verb": "hide", "hide-ground": "commercial"})
    assert now_of(idea).state == "rejected"


@pytest.mark.parametrize("sent", [{}, {"verb": "nonsense"}, {"verb": "publish"}, {"verb": "complete", "merge": "x"}])
def test_a_button_that_is_not_ours_does_nothing(desk, call, sent):
    idea = make.idea(call)
    assert desk.post(page(idea), sent).status_code in (302, 404)
    assert now_of(idea).state == "published"


def test_two_ideas_are_merged_and_taken_apart(desk, call):
    author, other = make.resident("Lou"), make.resident("Nour")
    source = make.idea(call, author=author, title="Des bancs devant la gare")
    target = make.idea(call, author=other, title="Plus de bancs devant la gare")
    merge_page = reverse("idea:merge", args=[source.pk])
    assert target.title in desk.get(merge_page).text
    assert target.title in desk.get(merge_page, {"q": "bancs"}).text
    sent = {"target": target.pk, "reason_fr": "La même idée", "reason_nl": "Hetzelfde idee"}
    assert desk.post(merge_page, {**sent, "target": ""}).status_code == 422
    assert desk.post(merge_page, {**sent, "reason_nl": ""}).status_code == 422
    assert desk.post(merge_page, sent).url == page(source)
    merge = source.merges_out.get()
    assert desk.post(page(source), {"verb": "complete", "merge": merge.pk}).status_code == 422
    for person in (author, other):
        actions.consent_merge(merge, agreed=True, by=person, now=NOW)
    desk.post(page(source), {"verb": "complete", "merge": merge.pk})
    assert now_of(source).merged_into == target
    assert desk.post(page(target), {"verb": "undo", "merge": merge.pk}).status_code == 422
    reasons = {f"undo-{merge.pk}-reason_fr": "Une erreur", f"undo-{merge.pk}-reason_nl": "Een vergissing"}
    desk.post(page(target), {"verb": "undo", "merge": merge.pk, **reasons})
    assert now_of(source).state == "published"
    assert "Une erreur" in desk.get(page(source)).text


def test_the_page_of_an_idea_asks_as_often_whatever_there_is(desk, call, django_assert_num_queries):
    idea = make.idea(call)
    for _ in range(2):
        actions.add_note(idea, text="Une note", by=desk.person, now=NOW)
        actions.answer_idea(idea, body=NO, by=desk.person, now=NOW)
    desk.get(page(idea))
    with django_assert_num_queries(40):
        desk.get(page(idea))
    for _ in range(3):
        actions.add_note(idea, text="Une note", by=desk.person, now=NOW)
        actions.answer_idea(idea, body=NO, by=desk.person, now=NOW)
    with django_assert_num_queries(40):
        desk.get(page(idea))


# Many at once


def many(client, verb, ideas, **more):
    sent = {"verb": verb, "idea": [idea.pk for idea in ideas], "filter": "order=oldest", **more}
    return client.post(reverse("idea:many"), sent)


def test_each_of_many_succeeds_or_fails_on_its_own(desk, call):
    fine, decided = make.idea(call, title="Un banc"), make.in_state(IdeaState.ON_BALLOT, call, title="Un arbre")
    asked = many(desk, "status", [fine, decided])
    assert asked.status_code == 200 and len(asked.context["ideas"]) == 2
    answer = many(desk, "status", [fine, decided], go="1", **{"status-to": "admissible"})
    assert answer.url == reverse("idea:outcome")
    outcome = desk.get(answer.url)
    assert outcome.context["changed"] == 1
    assert [(url, title) for url, title, _why in outcome.context["refused"]] == [(page(decided), "Un arbre")]
    assert outcome.context["refused"][0][2]
    assert outcome.context["back"].endswith("?order=oldest")
    assert now_of(fine).state == "admissible" and now_of(decided).state == "on_ballot"


@pytest.mark.parametrize(
    ("verb", "sent"),
    [
        ("publish", {}),
        ("answer", {"answer-body_fr": "Merci, nous regardons."}),
        ("tag", {"tag-add": "été"}),
        ("assign", {"assign-to": ""}),
        ("status", {"status-to": "rejected", "status-reason_fr": "Non", "status-reason_nl": "Neen"}),
    ],
)
def test_everything_for_many_works(desk, call, reading, verb, sent):
    pool = [make.idea(reading if verb == "publish" else call) for _ in range(3)]
    assert many(desk, verb, pool).status_code == 200
    assert desk.get(many(desk, verb, pool, go="1", **sent).url).context["changed"] == 3


def test_many_move_together(desk, call, jette):
    other = make.call(organisation=jette)
    pool = [make.idea(call) for _ in range(2)]
    many(desk, "move", pool, go="1", **{"move-activity": other.pk})
    assert all(now_of(idea).activity == other for idea in pool)


def test_what_is_missing_is_asked_again_with_what_was_typed(desk, call):
    pool = [make.idea(call)]
    answer = many(desk, "status", pool, go="1", **{"status-to": "rejected", "status-reason_fr": "Mots gardés"})
    assert answer.status_code == 422 and "Mots gardés" in answer.text


def test_all_of_the_list_is_taken_up_to_the_limit(desk, call, monkeypatch):
    monkeypatch.setattr("zenne.participation.ideas.staff.listing.AT_ONCE", 2)
    for _ in range(3):
        make.idea(call)
    make.on_paper(call)
    sent = {"verb": "tag", "all": "1", "filter": "channel=online"}
    assert len(desk.post(reverse("idea:many"), sent).context["ideas"]) == 2


def test_numbers_beyond_a_thousand_are_numbers_still(desk, call):
    idea = make.idea(call)
    with connection.cursor() as cursor:
        cursor.execute("select setval(pg_get_serial_sequence('ideas_idea', 'id'), 1234567)")
    later = make.idea(call)
    assert later.pk > 1_234_567
    assert f'value="{later.pk}"' in desk.get(reverse(LIST)).text
    assert f'value="{later.pk}"' in many(desk, "tag", [later]).text
    assert desk.get(many(desk, "tag", [idea, later], go="1", **{"tag-add": "x"}).url).context["changed"] == 2


def test_ideas_of_others_are_never_among_the_many(desk, call):
    theirs = make.idea(make.call(organisation=organisation("Ixelles")))
    assert many(desk, "tag", [theirs], go="1", **{"tag-add": "x"}).url.startswith(reverse(LIST))
    assert not theirs.tags.exists()


@pytest.mark.parametrize("sent", [{}, {"verb": "tag"}, {"verb": "note", "idea": "1"}, {"verb": "tag", "idea": "x"}])
def test_nothing_ticked_is_told(desk, call, sent):
    assert desk.post(reverse("idea:many"), sent).url.startswith(reverse(LIST))


def test_an_editor_publishes_none_of_many(as_role, reading):
    pool = [make.idea(reading) for _ in range(2)]
    client = as_role(Role.EDITOR)
    outcome = client.get(many(client, "publish", pool, go="1").url)
    assert outcome.context["changed"] == 0 and len(outcome.context["refused"]) == 2


# On behalf of somebody


def entry(**more):
    given = {
        "channel": "paper",
        "author_name": "Mme Peeters",
        "title": "Un abri pour les vélos",
        "text": "Devant la bibliothèque, avec un toit.",
        "language": "fr",
    }
    return {**given, **more}


def enter(client, call, **more):
    return client.post(f"{reverse('idea:enter')}?call={call.pk}", entry(**more))


@pytest.mark.parametrize("role", EVERYBODY)
def test_every_member_keys_in_what_came_on_paper(as_role, call, role):
    client = as_role(role)
    assert client.get(f"{reverse('idea:enter')}?call={call.pk}").status_code == 200
    answer = enter(client, call)
    made = Idea.objects.get()
    assert answer.url == reverse("idea:entered", args=[made.pk])
    assert (made.channel, made.author_name, made.entered_by) == (Channel.PAPER, "Mme Peeters", client.person)
    assert "channel=paper&amp;language=fr" in client.get(answer.url).text


def test_the_idea_of_somebody_with_an_account_is_theirs(desk, call):
    author = make.resident("Amina")
    assert enter(desk, call, author_name="", author_email="nobody@example.org").status_code == 422
    enter(desk, call, author_name="", author_email=author.email.upper())
    assert Idea.objects.get().author == author


@pytest.mark.parametrize(
    "wrong",
    [{"author_name": ""}, {"title": ""}, {"text": ""}, {"channel": "online"}, {"language": "xx"}, {"theme": "999999"}],
)
def test_what_is_wrong_is_told_and_what_was_typed_stays(desk, call, wrong):
    answer = enter(desk, call, **wrong)
    assert answer.status_code == 422 and not Idea.objects.exists()
    assert "bibliothèque" in answer.text or "text" in wrong


def test_what_looks_alike_is_shown_before_it_is_entered_twice(desk, call):
    before = make.idea(call, title="Un abri pour les vélos", text="Devant la bibliothèque, avec un toit.")
    answer = enter(desk, call)
    assert answer.status_code == 200 and [idea for idea, *_rest in answer.context["alike"]] == [before]
    assert Idea.objects.count() == 1
    assert enter(desk, call, sure="1").status_code == 302
    assert Idea.objects.count() == 2


def test_an_address_in_words_is_chosen_among_places(desk, call):
    answer = enter(desk, call, address="Quelque part")
    assert answer.status_code == 422 and answer.context["searched"]
    place = "Quelque part|4.3275|50.8801"
    assert enter(desk, call, address="Quelque part", place="Autre part|4.3|50.8").status_code == 422
    enter(desk, call, address="Quelque part", place=place)
    made = Idea.objects.get()
    assert (made.address, made.lon, made.lat) == ("Quelque part", 4.3275, 50.8801)


def test_an_idea_may_have_no_place_on_the_map(desk, call):
    enter(desk, call, address="Partout", place="Partout|none")
    assert Idea.objects.get().lat is None


def test_a_place_that_is_none_is_asked_again(desk, call):
    assert enter(desk, call, address="Ici", place="Ici|x|y").status_code == 422
    assert enter(desk, call, address="Ici", place="Ici|2.35|48.85").status_code == 422


def test_files_are_kept_while_the_form_is_corrected(desk, call):
    file = SimpleUploadedFile("plan.txt", b"Un plan, avec des mots.", content_type="text/plain")
    answer = enter(desk, call, title="", given=file)
    (kept,) = answer.context["kept"]
    assert kept.name == "plan.txt"
    enter(desk, call, claim=str(answer.context["claim"]))
    assert [one.upload for one in Idea.objects.get().attachments.all()] == [kept]


def test_a_file_that_cannot_be_taken_is_told(desk, call):
    file = SimpleUploadedFile("virus.exe", b"MZ\x00\x01" * 20)
    assert enter(desk, call, given=file).status_code == 422
    assert not Idea.objects.exists()


def test_one_enters_only_for_calls_of_ones_own(desk, call):
    theirs = make.call(organisation=organisation("Ixelles"))
    assert enter(desk, theirs).url == HOME
    assert not Idea.objects.exists()


def test_which_call_is_asked_where_there_are_several(desk, call, jette):
    other = make.call(organisation=jette)
    answer = desk.get(reverse("idea:enter"))
    assert {one.pk for one in answer.context["calls"]} == {call.pk, other.pk}


# Exports


def test_a_short_list_is_a_file_at_once(desk, call):
    make.idea(call, title="Des bancs")
    answer = desk.post(reverse("exports:list"), {"dataset": "ideas.desk", "sheet": "csv", "filter": "state=published"})
    taken = desk.get(answer.url)
    assert taken.headers["Content-Disposition"].startswith("attachment")
    assert "Des bancs" in streamed(taken)
    assert "no-store" in taken.headers["Cache-Control"]
    assert Export.objects.get().name in desk.get(reverse("exports:list")).text


def test_a_long_list_shows_its_progress(desk, call, monkeypatch):
    monkeypatch.setattr("zenne.opendata.exports.actions.AT_ONCE", 0)
    make.idea(call)
    answer = desk.post(reverse("exports:list"), {"dataset": "ideas.desk", "sheet": "xlsx"})
    export = Export.objects.get()
    assert answer.url == reverse("exports:export", args=[export.pk])
    shown = desk.get(answer.url).text
    assert "<progress" in shown and "data-follows" in shown and "follow.js" in shown
    assert desk.get(reverse("exports:file", args=[export.pk])).url == answer.url
    Export.objects.filter(pk=export.pk).update(state=ExportState.FAILED, failure=Failure.BROKEN)
    assert "data-follows" not in desk.get(answer.url).text


def test_nobody_opens_the_file_of_a_colleague(desk, as_role, call):
    make.idea(call)
    desk.post(reverse("exports:list"), {"dataset": "ideas.desk", "sheet": "csv"})
    export = Export.objects.get()
    other = as_role(Role.ADMIN)
    for name in ("exports:export", "exports:file"):
        assert other.get(reverse(name, args=[export.pk])).status_code == 404
    assert export.name not in other.get(reverse("exports:list")).text


# Settings of the call, the desk


def settings_of(call, **more):
    given = {
        "moderation": "post",
        "comment_moderation": "post",
        "place": "optional",
        "max_photos": "3",
        "max_files": "2",
        "comments": "on",
        "answer_days": "60",
    }
    return {**given, **more}


def test_a_rule_that_has_opened_changes_with_a_public_reason(desk, call):
    address = reverse("idea_call:edit", args=[call.pk])
    assert desk.get(address).status_code == 200
    assert desk.post(address, settings_of(call, answer_days="30")).status_code in (200, 422)
    call.ideation.refresh_from_db()
    assert call.ideation.answer_days == 60
    sent = settings_of(call, answer_days="30", reason_fr="Plus vite", reason_nl="Sneller")
    assert desk.post(address, sent).url == reverse("process:overview", args=[call.process.pk])
    call.ideation.refresh_from_db()
    assert call.ideation.answer_days == 30
    assert call.process.changes.get().reason_nl == "Sneller"


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.EDITOR])
def test_only_managers_change_a_rule(as_role, call, role):
    address = reverse("idea_call:edit", args=[call.pk])
    assert as_role(role).post(address, settings_of(call, answer_days="30")).status_code == 302
    call.ideation.refresh_from_db()
    assert call.ideation.answer_days == 60


def test_the_overview_of_a_process_leads_to_the_settings(desk, call):
    overview = desk.get(reverse("process:overview", args=[call.process.pk]))
    assert reverse("idea_call:edit", args=[call.pk]) in overview.text


def test_the_first_page_counts_what_waits(desk, call, reading, jette):
    make.idea(reading)
    old = waiting(call, 61)
    actions.assign(old, to=desk.person, by=desk.person, now=NOW)
    make.idea(make.call(organisation=organisation("Ixelles")))
    mine = organisations_of(desk.person)
    lines = {key: line for key, line in desks.items() if key.startswith("ideas.")}
    assert {key: line.count(desk.person, mine) for key, line in lines.items()} == {
        "ideas.to-read": 1,
        "ideas.late": 1,
        "ideas.mine": 1,
    }
    for line in lines.values():
        assert len(desk.get(line.url(desk.person, mine)).context["object_list"]) == 1
