"""What anybody may send: requests made from the description itself, fitting and unfitting, with and without a token.

No answer is a fault of the server, and none is of a kind that the description does not name.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.opendata.api.factories import NOW, secret_of
from tests.participation.advices import factories as advices
from tests.participation.decisions import factories as decisions
from tests.participation.feasibility import factories as feasibility
from tests.participation.ideas import factories as ideas
from tests.participation.meetings import factories as meetings
from tests.participation.panels import factories as panels
from tests.participation.selections import factories as selections
from tests.participation.sortition.factories import lottery
from tests.participation.voting.factories import counted_vote
from tests.strategy.governance import factories as governance
from tests.strategy.portfolio import factories as portfolio
from zenne.opendata.api import limits
from zenne.participation.comments import actions as comments
from zenne.places.areas.models import Area
from zenne.strategy.portfolio import actions as portfolio_actions

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 5


@pytest.fixture
def open_connection() -> Iterator[None]:
    """A WSGI server closes what it takes for an old connection between requests; this one holds the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def schema(db: None, now: Any, open_connection: None, monkeypatch: pytest.MonkeyPatch) -> Any:
    for budget in limits.LIMITS:
        monkeypatch.setitem(limits.LIMITS, budget, limits.Limit(10**6, 60))
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())


@pytest.fixture
def known(db: None) -> dict[str, Any]:
    """Things that exist, by the name that addresses give them."""
    call = ideas.call(oppose=True, stance=True)
    author = ideas.resident()
    idea = ideas.idea(call, author=author, theme=call.process.themes.first())
    comment = comments.comment(idea, text="Bonne idée !", language="fr", by=author, now=NOW)
    project = portfolio.rich()
    objective = portfolio_actions.write_objective(
        project.plan, slug="air", values=portfolio.words("title", "Air"), by=None, now=NOW
    )
    area = Area.objects.create(kind="commune", code="21010", name_fr="Jette", name_nl="Jette")
    return {
        "author": author,
        "processes": {"slug": call.process.slug},
        "organisations": {"slug": call.process.organisation.slug},
        "areas": {"kind": area.kind, "code": area.code},
        "activities": {"number": call.pk},
        "ideas": {"number": idea.pk},
        "comments": {"number": comment.pk},
        "discussions": {"kind": "ideas.idea", "number": idea.pk},
        "selections": {"number": selections.published([ideas.idea(call)]).pk},
        "studies": {"number": feasibility.answered(ideas.idea(call)).pk},
        "votes": {"number": counted_vote(call.process).pk},
        "meetings": {"number": meetings.meeting().pk},
        "advices": {"number": advices.issued().pk},
        "panels": {"number": panels.panel(call.process).pk},
        "lotteries": {"number": lottery().pk},
        "commitments": {"number": decisions.commitment(ideas.idea(call)).pk},
        "decisions": {"number": decisions.of_body().pk},
        "bodies": {"number": governance.seat().body_id},
        "sittings": {"number": governance.called().pk},
        "plans": {"slug": project.plan.slug},
        "domains": {"number": project.domain_id},
        "objectives": {"number": objective.pk},
        "projects": {"number": project.pk, "version": project.version},
        "indicators": {"slug": project.measures.get().indicator.slug},
        "reviews": {"number": governance.reported().pk},
    }


GOOD = {
    "POST /activities/{number}/ideas": {
        "title": "Des arbres",
        "text": "Dix tilleuls devant la gare, pour l'ombre.",
        "theme": "green",
    },
    "PATCH /ideas/{number}": {"title": "Dix tilleuls"},
    "PUT /ideas/{number}/support": {"value": -1},
    "POST /discussions/{kind}/{number}/comments": {"text": "Et un banc.", "stance": "for"},
    "PATCH /comments/{number}": {"text": "Et deux bancs."},
}


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["fitting", "unfitting"])
@pytest.mark.parametrize("signed", [False, True], ids=["anonymous", "token"])
def test_whatever_is_sent_is_answered_as_described(schema, known, mode, signed):
    headers = {"Accept-Encoding": "identity"}
    if signed:
        headers["Authorization"] = f"Bearer {secret_of(known['author'])}"
    met: set[tuple[str, int]] = set()
    operations = [found.ok() for found in schema.get_all_operations()]
    for operation in operations:
        send_examples(operation, mode, headers, known, met)
    if signed and mode is GenerationMode.POSITIVE:
        never = {operation.label for operation in operations} - {label for label, status in met if status < 300}
        assert not never, "never answered with success, so half of what they answer was not looked at"


def send_examples(
    operation: Any, mode: GenerationMode, headers: dict[str, str], known: dict[str, Any], met: set[tuple[str, int]]
) -> None:
    @given(case=operation.as_strategy(generation_mode=mode), real=st.sampled_from([True, True, False]))
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def tried(case: Any, real: bool) -> None:
        if real:
            lead_to_what_exists(case, operation, known, mode)
        with transaction.atomic():
            answer = case.call_and_validate(headers=headers, checks=CHECKS)
            transaction.set_rollback(True)  # what one request does must not be in the way of the next
        met.add((operation.label, answer.status_code))

    tried()


def lead_to_what_exists(case: Any, operation: Any, known: dict[str, Any], mode: GenerationMode) -> None:
    """Random addresses lead nowhere: take those of things that are there, and where the request is to fit, a body that does."""
    room = operation.path.split("/")[1]
    there = known.get(room, {})
    case.path_parameters = {name: there.get(name, value) for name, value in (case.path_parameters or {}).items()}
    if mode is GenerationMode.POSITIVE:
        if isinstance(case.query, dict):
            for name in ("cursor", "on"):
                case.query.pop(name, None)
        case.body = GOOD.get(operation.label, case.body)
