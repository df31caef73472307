import pytest
from django.http import HttpRequest
from django.template import engines
from django.template.loaders.locmem import Loader
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from zenne.web import htmx

TEMPLATES = {
    "base.html": "<html>{% block main %}empty{% endblock %}</html>",
    "list.html": "{% extends 'base.html' %}{% block main %}<h1>All</h1>{% block list %}{{ word }}{% endblock %}{% endblock %}",
    "child.html": "{% extends 'list.html' %}{% block list %}[{{ block.super }}]{% endblock %}",
}


@pytest.fixture(autouse=True)
def templates(monkeypatch):
    engine = engines["django"].engine
    monkeypatch.setattr(engine, "template_loaders", [Loader(engine, TEMPLATES)])


def asked(**headers: str) -> HttpRequest:
    request = RequestFactory().get("/", headers=headers)
    request.htmx = HtmxDetails(request)
    return request


def test_a_browser_gets_the_page_and_htmx_the_named_block():
    page = htmx.render(asked(), "list.html", {"word": "oui"}, partial="list")
    assert page.text == "<html><h1>All</h1>oui</html>"
    assert page["Vary"] == "HX-Request"
    assert htmx.render(asked(**{"HX-Request": "true"}), "list.html", {"word": "oui"}, partial="list").text == "oui"


def test_a_block_overridden_by_a_child_keeps_its_parent():
    assert htmx.render_block("child.html", "list", {"word": "oui"}) == "[oui]"


def test_a_boosted_visit_wants_the_whole_page():
    request = asked(**{"HX-Request": "true", "HX-Boosted": "true"})
    assert htmx.render(request, "list.html", {"word": "oui"}, partial="list").text.startswith("<html>")


def test_a_block_that_does_not_exist_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="no block 'lost'"):
        htmx.render_block("list.html", "lost", {})
