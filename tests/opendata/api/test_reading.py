"""Reading is open: what is public, in lists that lose nothing, and nothing else."""

from datetime import timedelta

import pytest

from tests.opendata.api.factories import NOW, Program
from tests.participation.ideas import factories as ideas
from tests.participation.processes import factories as processes
from tests.people.organisations import factories as organisations
from zenne.opendata.api.kinds import resources
from zenne.participation.comments import actions as comments
from zenne.participation.ideas import actions
from zenne.participation.ideas.enums import IdeaState, Moderation
from zenne.participation.processes.enums import ProcessState
from zenne.places.areas.models import Area

pytestmark = pytest.mark.django_db
QUERIES = {
    "/organisations": 2,
    "/processes": 4,
    "/activities": 3,
    "/processes/{slug}/activities": 6,
    "/ideas": 3,
    "/processes/{slug}/ideas": 4,
    "/ideas/{number}/statuses": 4,
    "/ideas/{number}/supports": 4,
    "/ideas/{number}/versions": 4,
    "/discussions/ideas.idea/{number}/comments": 5,
    "/areas": 2,
}


def titles(answer):
    return [item["title"] for item in answer.json()["items"]]


def walk(path, program=None):
    """Every item of a list, page after page."""
    found, program = [], program or Program()
    while path:
        answer = program.get(path)
        assert answer.status_code == 200, answer.content
        found += answer.json()["items"]
        path = answer.json()["next"]
    return found


def test_what_staff_write_comes_in_every_language(now):
    process = processes.published(organisations.organisation("Jette"))
    told = Program().get(f"/processes/{process.slug}").json()
    assert told["title"] == {"fr": "Our squares fr", "nl": "Our squares nl", "en": "Our squares en"}
    assert told["links"]["activities"].endswith(f"/api/v1/processes/{process.slug}/activities")
    (activity,) = walk(f"/processes/{process.slug}/activities")
    assert Program().get(f"/activities/{activity['id']}").json()["kind"] == "information"


def test_what_residents_write_comes_in_their_language(now):
    idea = ideas.idea(
        title="Meer bomen", text="Op het plein is het te warm.", language="nl", author=ideas.resident("Bram")
    )
    told = Program().get(f"/ideas/{idea.pk}").json()
    assert (told["title"], told["language"], told["author"]) == ("Meer bomen", "nl", "Bram")
    assert "email" not in str(told)


def test_pages_follow_each_other_and_nothing_is_lost_or_doubled_while_others_write(now):
    call = ideas.call()
    for number in range(5):
        ideas.idea(call, title=f"Idea {number}", now=NOW + timedelta(minutes=number))
    path = f"/processes/{call.process.slug}/ideas?limit=2"
    first = Program().get(path).json()
    ideas.idea(call, title="In between", now=NOW + timedelta(hours=1))
    rest = walk(first["next"])
    assert [item["title"] for item in [*first["items"], *rest]] == [f"Idea {number}" for number in (4, 3, 2, 1, 0)]


def test_things_of_one_moment_are_all_met(now):
    call = ideas.call()
    made = {ideas.idea(call).pk for _turn in range(7)}
    met = [item["id"] for item in walk(f"/processes/{call.process.slug}/ideas?limit=3&sort=supported")]
    assert (len(met), set(met)) == (7, made)


def test_a_cursor_opens_its_own_list_only(now):
    call = ideas.call()
    for _turn in range(2):
        ideas.idea(call)
    path = f"/processes/{call.process.slug}/ideas?limit=1"
    cursor = Program().get(path).json()["next"].partition("cursor=")[2]
    assert Program().get(f"{path}&cursor={cursor}").status_code == 200
    for elsewhere in (f"{path}&sort=supported&cursor={cursor}", f"/processes?cursor={cursor}"):
        refused = Program().get(elsewhere)
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["parameter"] == "cursor"


def test_ideas_are_searched_filtered_and_sorted_as_on_the_page(now):
    call = ideas.call()
    green = call.process.themes.get(slug="green")
    trees = ideas.idea(call, title="Des arbres", theme=green)
    ideas.idea(call, title="Une fontaine")
    actions.support(trees, by=ideas.resident(), now=NOW)
    path = f"/processes/{call.process.slug}/ideas"
    assert titles(Program().get(f"{path}?q=arbre")) == ["Des arbres"]
    assert titles(Program().get(f"{path}?theme=green")) == ["Des arbres"]
    assert titles(Program().get(f"{path}?sort=supported"))[0] == "Des arbres"
    assert titles(Program().get(f"{path}?answered=yes")) == []
    assert titles(Program().get(f"{path}?status=merged")) == []
    assert Program().get(f"{path}?status=nonsense").status_code == 422
    assert titles(Program().get(f"/activities/{call.pk}/ideas?q=fontaine")) == ["Une fontaine"]


def test_the_ideas_of_all_processes_are_one_list_that_a_copy_is_kept_up_to_date_with(now):
    here, there = ideas.call(), ideas.call()
    ideas.idea(here, title="Before")
    later = NOW + timedelta(days=2)
    ideas.idea(there, title="Since", now=later)
    assert [item["title"] for item in walk("/ideas?limit=1")][:2] == ["Since", "Before"]
    asked = f"/ideas?since={(later - timedelta(hours=1)).isoformat().replace('+', '%2B')}"
    assert titles(Program().get(asked)) == ["Since"]
    assert Program().get("/ideas?since=2026-06-01T00:00:00").status_code == 422  # of which clock?


def test_nothing_of_a_draft_is_in_the_lists_of_all_processes(now):
    idea = ideas.idea(title="Early")
    kept = idea.activity
    idea.process.state = ProcessState.DRAFT
    idea.process.save()
    assert titles(Program().get("/ideas")) == []
    assert kept.pk not in [item["id"] for item in walk("/activities")]


def test_activities_of_all_processes_are_listed_by_what_people_do_in_them(now):
    call, other = ideas.call(), processes.published(organisations.organisation("Jette"))
    assert {item["process"] for item in walk("/activities")} == {call.process.slug, other.slug}
    assert [item["id"] for item in walk("/activities?kind=ideation")] == [call.pk]
    assert walk("/activities?kind=unheard_of") == []


def test_the_way_of_an_idea_is_told_with_its_reasons(now):
    idea = ideas.in_state(IdeaState.INADMISSIBLE)
    steps = walk(f"/ideas/{idea.pk}/statuses")
    assert [step["after"] for step in steps] == ["submitted", "published", "inadmissible"]
    assert steps[-1]["reason"] == {"fr": "Parce que non.", "nl": "Daarom niet.", "en": "Because not."}


def test_supports_are_counted_and_nobody_is_named(now):
    idea, somebody = ideas.idea(), ideas.resident("Zoubida")
    actions.support(idea, by=somebody, now=NOW)
    (support,) = walk(f"/ideas/{idea.pk}/supports")
    assert set(support) == {"id", "value", "given_at", "carried"}


def test_a_deleted_comment_with_an_answer_keeps_its_place_and_no_words(now):
    idea, first, second = ideas.idea(), ideas.resident("Amina"), ideas.resident("Bram")
    said = comments.comment(idea, text="Une bêtise.", language="fr", by=first, now=NOW)
    comments.comment(idea, text="Tout à fait.", language="fr", parent=said, by=second, now=NOW)
    comments.delete(said, by=first, now=NOW)
    placeholder, reply = walk(f"/discussions/ideas.idea/{idea.pk}/comments")
    assert (placeholder["state"], placeholder["text"], placeholder["author"]) == ("deleted", None, None)
    assert (reply["parent"], reply["author"]) == (placeholder["id"], "Bram")


def test_every_state_is_listed_with_where_it_leads(now):
    told = {item["state"]: item for item in walk("/statuses")}
    assert set(told) == set(IdeaState.values)
    assert told["submitted"]["needs_reason"] == ["rejected"]
    assert told["published"]["label"]["nl"]


def test_areas_are_read_with_and_without_their_outline(now):
    region = Area.objects.create(kind="region", code="04000", name_fr="Bruxelles", name_nl="Brussel")
    shape = {"type": "Polygon", "coordinates": [[[4.3, 50.8], [4.4, 50.8], [4.4, 50.9], [4.3, 50.8]]]}
    bounds = {"west": 4.3, "south": 50.8, "east": 4.4, "north": 50.9}
    Area.objects.create(
        kind="commune", code="21010", name_fr="Jette", name_nl="Jette", parent=region, outline=shape, **bounds
    )
    (jette,) = walk("/areas?kind=commune&parent=04000")
    assert (jette["parent"], jette["bounds"]) == ({"kind": "region", "code": "04000"}, [4.3, 50.8, 4.4, 50.9])
    assert "outline" not in jette
    assert Program().get("/areas/commune/21010").json()["outline"] == shape


@pytest.mark.parametrize("path", QUERIES)
def test_a_list_costs_the_same_for_one_thing_and_for_three(now, path, django_assert_num_queries):
    call = ideas.call()
    place = {"slug": call.process.slug, "number": 0}

    def add() -> None:
        person = ideas.resident()
        place["number"] = place["number"] or ideas.idea(call, author=person).pk
        idea = ideas.idea(call, author=person) and ideas.Idea.objects.get(pk=place["number"])
        actions.support(idea, by=person, now=NOW)
        actions.edit_idea(idea, title=f"Title {person.pk}", text=idea.text, by=idea.author, now=NOW)
        comments.comment(idea, text=f"Words {person.pk}", language="fr", by=person, now=NOW)
        processes.published(organisations.organisation())
        ideas.call(call.process)
        Area.objects.create(kind="commune", code=str(person.pk), name_fr="x", name_nl="x")

    add()
    Program().get(path.format(**place))  # what a process remembers between requests
    with django_assert_num_queries(QUERIES[path]):
        Program().get(path.format(**place))
    add()
    add()
    with django_assert_num_queries(QUERIES[path]):
        answer = Program().get(path.format(**place))
    assert len(answer.json()["items"]) >= 2


def test_one_idea_costs_few_queries(now, django_assert_max_num_queries):
    path = f"/ideas/{ideas.idea().pk}"
    with django_assert_max_num_queries(12):
        assert Program().get(path).status_code == 200


def test_ones_own_things_are_read_with_a_token(now):
    person, call = ideas.resident(), ideas.call(moderation=Moderation.BEFORE)
    waiting = ideas.idea(call, author=person)
    assert [item["state"] for item in walk("/me/ideas", Program(person))] == ["submitted"]
    assert Program(person).get(f"/ideas/{waiting.pk}").status_code == 200
    assert Program(person, ["ideas:write"]).get(f"/ideas/{waiting.pk}").status_code == 404, "without the right to read"
    assert Program(ideas.resident()).get(f"/ideas/{waiting.pk}").status_code == 404
    assert walk("/me/ideas", Program(ideas.resident())) == []


def test_what_is_sent_to_others_is_what_the_api_answers(now):
    idea = ideas.idea()
    told = resources["ideas"].represent(idea.pk, NOW)
    assert told.model_dump(mode="json")["title"] == Program().get(f"/ideas/{idea.pk}").json()["title"]
    hidden = ideas.idea(ideas.call(moderation=Moderation.BEFORE))
    assert resources["ideas"].represent(hidden.pk, NOW) is None
