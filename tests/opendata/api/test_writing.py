"""Writing with a token: the same actions, rules and words as on the pages."""

import pytest

from tests.opendata.api.factories import Program
from tests.participation.ideas import factories as ideas
from zenne.participation.ideas.models import Idea

pytestmark = pytest.mark.django_db
TREES = {
    "title": "Des arbres sur la place",
    "text": "Il y fait 38 degrés en été : plantons dix tilleuls.",
    "theme": "green",
}


def test_an_idea_is_sent_read_supported_discussed_and_withdrawn(now):
    call = ideas.call()
    author, neighbour = Program(ideas.resident("Amina")), Program(ideas.resident("Bram"))
    sent = author("POST", f"/activities/{call.pk}/ideas", TREES)
    assert sent.status_code == 201, sent.content
    here = sent["Location"]
    assert here.endswith(f"/api/v1/ideas/{sent.json()['id']}")
    assert Program().get(here.partition("/api/v1")[2]).json()["title"] == TREES["title"]
    number = sent.json()["id"]
    voice = neighbour("PUT", f"/ideas/{number}/support")
    assert voice.json() == {"idea": number, "value": 1, "support_count": 1, "oppose_count": 0}
    comment = neighbour("POST", f"/discussions/ideas.idea/{number}/comments", {"text": "Et un banc, s'il vous plaît."})
    assert comment.status_code == 201, comment.content
    listed = Program().get(f"/discussions/ideas.idea/{number}/comments").json()
    assert [item["text"] for item in listed["items"]] == ["Et un banc, s'il vous plaît."]
    assert author("PATCH", f"/ideas/{number}", {"title": "Dix tilleuls"}).json()["title"] == "Dix tilleuls"
    taken_back = author("PUT", f"/ideas/{number}/withdrawal", {"reason": "C'est déjà fait."})
    assert taken_back.json()["state"] == "withdrawn", taken_back.content
    assert author("PUT", f"/ideas/{number}/withdrawal").status_code == 200
    assert Program().get(f"/ideas/{number}").status_code == 410
    assert Idea.objects.get().state == "withdrawn"
