"""What everyone reads of reports and takes of data."""

import csv
import hashlib
import io
import json
from datetime import timedelta

import pytest

from tests.participation.comments.factories import comment
from tests.participation.ideas import factories as ideas
from tests.visitors import streamed
from zenne.opendata.exports.models import Terms
from zenne.participation.ideas import actions as idea_actions
from zenne.participation.ideas.queries import figures_of
from zenne.participation.processes.enums import ProcessState
from zenne.participation.processes.models import Process
from zenne.participation.reporting import actions

from . import factories as make
from .factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return ideas.call()


def base(process, language="fr"):
    return f"/{language}/processes/{process.slug}/"


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_a_published_report_reads_as_page_pdf_and_data(client, call, language):
    ideas.idea(call, title="Des <b>bancs</b> & de l'ombre {{ 7*7 }}")
    report = make.published(call.process)
    address = f"{base(call.process, language)}reports/{report.number}/"
    page = client.get(address)
    assert page.status_code == 200 and "Des &lt;b&gt;bancs&lt;/b&gt;" in page.text and "{{ 7*7 }}" in page.text
    edition = report.editions.get(language=language)
    assert edition.digest in page.text
    data = client.get(f"{address}report.json")
    assert hashlib.sha256(data.content).hexdigest() == edition.digest
    assert json.loads(data.content)["language"] == language
    pdf = client.get(f"{address}report.pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert hashlib.sha256(b"".join(pdf.streaming_content)).hexdigest() == edition.pdf_digest


@pytest.mark.usefixtures("paper")
def test_a_page_asks_the_database_for_the_report_and_never_for_its_figures(client, call, django_assert_num_queries):
    report = make.published(call.process)
    address = f"{base(call.process)}reports/{report.number}/"
    before = client.get(address).text
    with django_assert_num_queries(PAGE):
        client.get(address)
    for _number in range(3):
        ideas.idea(call)
    with django_assert_num_queries(PAGE):
        after = client.get(address).text
    assert before == after


PAGE = 4


@pytest.mark.usefixtures("paper")
def test_what_is_not_public_is_not_there(client, call):
    report = make.made(call.process)
    for ending in ("", "report.pdf", "report.json"):
        assert client.get(f"{base(call.process)}reports/{report.number}/{ending}").status_code == 404
    assert client.get(f"{base(call.process)}reports/{10**12}/").status_code == 404


@pytest.mark.usefixtures("paper")
def test_a_withdrawn_report_is_gone_and_says_why(client, call):
    report = make.published(call.process)
    manager = ideas.staff(call.process.organisation)
    actions.withdraw_report(report, reason={"fr": "Une erreur de calcul."}, by=manager, now=NOW)
    page = client.get(f"{base(call.process)}reports/1/")
    assert page.status_code == 410 and "Une erreur de calcul." in page.text
    assert client.get(f"{base(call.process)}reports/1/report.pdf").status_code == 404
    assert "Une erreur" not in client.get(f"{base(call.process)}reports/").text


@pytest.mark.usefixtures("paper")
def test_the_process_leads_to_its_reports_and_its_data(client, call):
    report = make.published(call.process, title="Ce que vous avez dit", title_fr="Ce que vous avez dit")
    page = client.get(base(call.process)).text
    assert report.get_absolute_url() in page and f"{base(call.process)}data/" in page
    assert report.get_absolute_url() in client.get(f"{base(call.process)}reports/").text


def test_the_data_are_those_of_the_pages_and_say_their_licence(client, call):
    idea = ideas.idea(call, title="=HYPERLINK(1)")
    idea_actions.support(idea, by=ideas.resident("Bob"), now=NOW)
    comment(idea)
    page = client.get(f"{base(call.process)}data/")
    assert page.status_code == 200 and "creativecommons.org/licenses/by/4.0" in page.text
    lines = list(csv.DictReader(io.StringIO(streamed(client.get(f"{base(call.process)}data/ideas.csv")))))
    figures = figures_of(call.process)
    assert (figures.ideas, figures.supports) == (len(lines), sum(int(line["supports"]) for line in lines))
    assert lines[0]["title"] == "'=HYPERLINK(1)"
    Terms.objects.create(organisation=call.process.organisation, licence="CC0-1.0")
    data = json.loads(streamed(client.get(f"{base(call.process)}data/comments.json")))
    assert (data["licence"], data["count"], len(data["items"])) == ("CC0-1.0", 1, 1)
    assert "publicdomain/zero" in client.get(f"{base(call.process)}data/").text


def test_days_with_few_supports_are_hidden(client, call):
    idea = ideas.idea(call)
    for day, people in ((0, 3), (1, 12), (2, 30)):
        for number in range(people):
            person = ideas.resident(f"P{day}{number}")
            idea_actions.support(idea, by=person, now=NOW + timedelta(days=day))
    rows = json.loads(streamed(client.get(f"{base(call.process)}data/supports.json")))["items"]
    assert [row["supports"] for row in rows] == [30, None, None]
    assert [row["hidden"] for row in rows] == ["", "yes", "yes"]


def test_data_for_staff_and_of_drafts_are_nobodys(client, call):
    for name in ("ideas.desk", "desk", "no-such"):
        assert client.get(f"{base(call.process)}data/{name}.csv").status_code == 404
    Process.objects.filter(pk=call.process.pk).update(state=ProcessState.DRAFT, published_at=None)
    for address in ("data/", "data/ideas.csv", "data/ideas.json", "reports/"):
        assert client.get(f"{base(call.process)}{address}").status_code == 404


def test_excel_gets_semicolons(client, call):
    content = b"".join(client.get(f"{base(call.process)}data/ideas.csv?excel").streaming_content)
    assert content.startswith(b"\xef\xbb\xbfnumber;")
