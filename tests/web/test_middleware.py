import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from zenne.core.errors import Conflict, Remedy
from zenne.web.middleware import PageMiddleware

ERROR = Conflict("Somebody else answered first.", remedies=(Remedy("See the answer", "/fr/answer/"),))


def refused(**headers: str) -> HttpResponse:
    request = RequestFactory().post("/fr/ideas/", headers=headers)
    request.htmx = HtmxDetails(request)
    request.user = AnonymousUser()
    request.organisation = None
    response = PageMiddleware(lambda _request: HttpResponse()).process_exception(request, ERROR)
    assert response is not None
    return response


def test_a_person_reads_a_page_with_the_next_step(db):
    response = refused(Accept="text/html,*/*;q=0.8")
    assert response.status_code == 409
    assert "Somebody else answered first." in response.text
    assert 'href="/fr/answer/"' in response.text
    assert "<html" in response.text


def test_a_program_reads_a_problem_document():
    response = refused(Accept="application/json")
    assert response.status_code == 409
    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content)["type"] == "urn:zenne:conflict"


def test_htmx_gets_a_toast_and_the_page_stays(db):
    response = refused(Accept="*/*", **{"HX-Request": "true"})
    assert response["HX-Retarget"] == "#toasts"
    assert "<html" not in response.text
    assert "Somebody else answered first." in response.text


def test_other_exceptions_are_bugs_and_pass():
    request = RequestFactory().get("/")
    assert PageMiddleware(lambda _request: HttpResponse()).process_exception(request, ValueError()) is None


def test_a_request_knows_its_moment(now):
    seen = {}

    def view(request):
        seen["now"] = request.now
        return HttpResponse()

    PageMiddleware(view)(RequestFactory().get("/"))
    assert seen["now"] == now


@pytest.mark.parametrize("name", ["404.html", "403.html", "500.html"])
def test_error_pages_need_no_context(name):
    from django.template.loader import render_to_string

    assert "<h1" in render_to_string(name)
