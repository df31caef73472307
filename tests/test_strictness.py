"""The harness itself: each forbidden thing is found, and what is allowed passes."""

import pytest
from django.template import engines

from tests import strictness
from tests.strictness import Strict, faults_of_page


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<style>p { color: red }</style>",
        '<p style="color: red">x</p>',
        '<button type="button" onclick="go()">x</button>',
        '<a href="javascript:go()">x</a>',
        '<form method="post" action="/x"><button>x</button></form>',
    ],
)
def test_a_page_with_inline_code_or_an_open_form_is_refused(html):
    assert faults_of_page(html)


def test_a_form_needs_a_token_only_for_who_has_a_session():
    form = '<form method="post"><input name="text"></form>'
    assert faults_of_page(form, session=True) and not faults_of_page(form, session=False)


@pytest.mark.parametrize(
    "html",
    [
        '<script src="/static/app.js" type="module"></script>',
        '<script type="application/json">{"a": 1}</script>',
        '<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="x"></form>',
        '<form action="/search"><input name="q"></form>',
    ],
)
def test_a_page_without_is_taken(html):
    assert faults_of_page(html) == []


def test_an_undefined_variable_in_one_of_our_templates_is_refused(tmp_path):
    template = engines["django"].from_string("{{ nothing }}")
    template.template.nodelist[0].origin.name = strictness.HOUSE + "/web/templates/web/page.html"
    with pytest.raises(Strict, match="there is no such variable"):
        template.render({})
    strictness.noted.clear()


def test_an_undefined_variable_elsewhere_stays_empty():
    assert engines["django"].from_string("[{{ nothing }}][{{ nothing|default:'x' }}]").render({}) == "[][x]"
