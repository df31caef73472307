"""Every operation of the description, tried on what is not public and on what is another's."""

import pytest

from tests.opendata.api.factories import NOW, Program
from tests.participation.ideas import factories as ideas
from tests.participation.processes import factories as processes
from tests.people.organisations import factories as organisations
from zenne.opendata.api.description import document
from zenne.participation.comments import actions as comments
from zenne.participation.comments.enums import CommentState
from zenne.participation.comments.models import Comment
from zenne.participation.ideas.enums import Moderation
from zenne.participation.ideas.models import Idea
from zenne.participation.processes.enums import ProcessState
from zenne.people.organisations.enums import Role

pytestmark = pytest.mark.django_db
SECRET = "Zinneke"
BODIES = {
    "send_idea": {"title": "Des arbres", "text": "Dix tilleuls devant la gare, pour l'ombre.", "theme": "green"},
    "correct_idea": {"title": "Changed by another"},
    "write_comment": {"text": "Changed by another"},
    "correct_comment": {"text": "Changed by another"},
}


@pytest.fixture(scope="module")
def hidden(kept, kept_at):
    """Of one organisation: a draft, an idea that staff read first, a hidden comment, an organisation in preparation."""
    theirs = organisations.organisation("Saint-Gilles")
    draft = processes.draft(theirs, **processes.texts(title=SECRET))
    activity = processes.activity(processes.phase(draft), kind="information", **processes.texts(title=SECRET))
    waiting = ideas.idea(ideas.call(organisation=theirs, moderation=Moderation.BEFORE), title=SECRET)
    open_call = ideas.call(organisation=theirs)
    said = comments.comment(ideas.idea(open_call), text=SECRET, language="fr", by=ideas.resident(SECRET), now=NOW)
    Comment.objects.filter(pk=said.pk).update(state=CommentState.HIDDEN, ended_at=NOW)
    in_draft = ideas.call(organisation=theirs)
    written = ideas.idea(in_draft, title=SECRET)
    in_draft.process.__class__.objects.filter(pk=in_draft.process.pk).update(state=ProcessState.DRAFT)
    unborn = organisations.organisation("Unborn", opened_at=None, about=SECRET)
    return {
        "slug": [draft.slug, unborn.slug, in_draft.process.slug],
        "number": [activity.pk, waiting.pk, said.pk, in_draft.pk, written.pk],
        "kind": ["ideas.idea"],
        "code": ["21010"],
    }


@pytest.fixture(scope="module")
def outsiders(kept, kept_at):
    """Who has nothing to do with it: nobody, a resident, the administrator of another organisation."""
    return [Program(), Program(ideas.resident()), Program(ideas.staff(organisations.organisation("Jette"), Role.ADMIN))]


def filled(path, hidden):
    """The address with each hidden thing in its place."""
    found = [path]
    for name, values in hidden.items():
        found = [each.replace(f"{{{name}}}", str(value)) for each in found for value in values]
    return sorted(set(found))


def operations(method):
    return [
        (path, methods[method]["operationId"]) for path, methods in document()["paths"].items() if method in methods
    ]


@pytest.mark.parametrize(("path", "name"), operations("get"))
def test_no_reading_tells_what_is_not_public(hidden, outsiders, path, name):
    for program in outsiders:
        for address in filled(path, hidden):
            answer = program.get(address)
            assert answer.status_code in (200, 401, 404, 410, 422), (address, answer.content)
            assert SECRET not in answer.content.decode(), address


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_no_writing_changes_what_is_not_public_or_is_anothers(hidden, outsiders, method):
    before = [list(model.objects.order_by("pk").values()) for model in (Idea, Comment)]
    for path, name in operations(method):
        for program in outsiders:
            for address in filled(path, hidden):
                answer = program(method.upper(), address, BODIES.get(name))
                assert answer.status_code in (400, 401, 403, 404, 410, 422), (method, address, answer.content)
                assert SECRET not in answer.content.decode(), address
    assert [list(model.objects.order_by("pk").values()) for model in (Idea, Comment)] == before


def test_what_is_public_is_changed_by_its_author_only(now):
    idea = ideas.idea(author=ideas.resident())
    said = comments.comment(idea, text="Bien.", language="fr", by=idea.author, now=NOW)
    staff = Program(ideas.staff(idea.process.organisation))
    for program in (staff, Program(ideas.resident())):
        for method, path, body in (
            ("PATCH", f"/ideas/{idea.pk}", {"title": "Changed"}),
            ("PUT", f"/ideas/{idea.pk}/withdrawal", None),
            ("PATCH", f"/comments/{said.pk}", {"text": "Changed"}),
            ("DELETE", f"/comments/{said.pk}", None),
        ):
            answer = program(method, path, body)
            assert (answer.status_code, answer.json().get("reason")) == (403, "not-yours"), path
