"""Who may fetch a file of an organisation's library: its staff at any time, everyone once something public shows it."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Collection

from tests.participation.advices import factories as advices
from tests.participation.decisions import factories as decisions
from tests.participation.ideas import factories as ideas
from tests.participation.processes import factories as processes
from tests.people.organisations import factories as make
from tests.strategy.governance import factories as governance
from tests.strategy.portfolio import factories as portfolio
from tests.visitors import signed_in
from zenne.participation.processes import actions as of_processes
from zenne.participation.processes.models import Document
from zenne.people.organisations.enums import Role
from zenne.people.organisations.library import library, may_fetch
from zenne.portal.actions import PageText, write_page
from zenne.portal.models import EditorialPage
from zenne.strategy.governance import actions as of_sittings
from zenne.strategy.portfolio import actions as of_plans

pytestmark = pytest.mark.django_db
LANGUAGES = ("fr", "nl", "en")


@pytest.fixture(autouse=True)
def elsewhere(settings, tmp_path, clock_shows):
    settings.MEDIA_ROOT = tmp_path
    clock_shows(decisions.LATER + timedelta(days=30))


def file_of(organisation):
    if organisation.collection is None:
        organisation.collection = Collection.get_first_root_node().add_child(name=str(organisation))
        organisation.save()
    content = ContentFile(b"signed", name="decision.txt")
    return get_document_model().objects.create(title="Signed", file=content, collection=organisation.collection)


@pytest.fixture
def fetched(client):
    """What each reader is answered: everyone, somebody signed in, staff elsewhere, staff of the house."""

    def ask(file, organisation):
        readers = [client, signed_in(make.person("Resident")), signed_in(make.member(make.organisation("Ixelles")))]
        readers.append(signed_in(make.member(organisation, Role.EDITOR)))
        return [reader.get(file.url).status_code for reader in readers]

    return ask


NOBODY_ELSE, EVERYONE = [404, 404, 404, 200], [200, 200, 200, 200]


def test_every_app_that_carries_a_file_says_who_may_fetch_it():
    model = get_document_model()
    carriers = {
        field.model._meta.app_label
        for model_ in apps.get_models()
        for field in model_._meta.fields
        if field.related_model is model
    }
    assert {each for each in carriers if not each.startswith("wagtail")} <= set(library)


def test_a_file_that_nothing_shows_is_for_staff(fetched):
    organisation = ideas.process().organisation
    assert fetched(file_of(organisation), organisation) == NOBODY_ELSE


def test_what_everyone_may_read_is_found_in_one_question(rf, django_assert_num_queries):
    """However many apps show files; of what nothing public shows it is asked whether a draft does."""
    process = ideas.process()
    shown, unseen = file_of(process.organisation), file_of(process.organisation)
    advices.issued(process, file=shown)
    request = rf.get("/")
    request.user = AnonymousUser()
    with django_assert_num_queries(1):
        assert may_fetch(shown, request)
    with django_assert_num_queries(2):
        assert not may_fetch(unseen, request)


def test_a_decision_shows_its_file_from_its_publication_on(fetched):
    made = decisions.prepared()
    organisation = made.organisation
    file = file_of(organisation)
    by = ideas.staff(organisation)
    made = decisions.actions.edit_decision(
        made, values={**decisions.values(organisation), "file": file}, by=by, now=decisions.LATER
    )
    assert fetched(file, organisation) == NOBODY_ELSE
    for ruling in made.rulings.all():
        decisions.actions.rule(ruling, accepted=True, reason=decisions.YES, by=by)
    decisions.actions.publish(made, by=by, now=decisions.LATER)
    assert fetched(file, organisation) == EVERYONE


def test_the_file_of_a_public_decision_is_not_replaced_by_another():
    organisation = make.organisation("Jette")
    file, by = file_of(organisation), ideas.staff(organisation)
    values = decisions.values(organisation, file=file)
    made = decisions.actions.prepare(None, values=values, by=by, now=decisions.LATER)
    client = signed_in(make.member(organisation, Role.EDITOR))
    address = reverse("wagtaildocs:edit", args=[file.pk])
    other = {"title": "Signed", "tags": "", "file": ContentFile(b"Something else.", name="decision.txt")}
    assert client.post(address, other).status_code == 302
    decisions.actions.publish(made, by=by, now=decisions.LATER)
    other["file"] = ContentFile(b"Something else again.", name="decision.txt")
    refused = client.post(address, other)
    assert refused.status_code == 422 and "ne change plus" in refused.text
    file.refresh_from_db()
    assert file.file.read() == b"Something else."


def test_a_file_that_something_shows_is_not_deleted_also_where_wagtail_does_not_follow_it():
    project = portfolio.project()
    organisation = project.plan.organisation
    file = file_of(organisation)
    of_plans.attach(project, values={"file": file}, by=ideas.staff(organisation), now=decisions.LATER)
    client = signed_in(make.member(organisation, Role.EDITOR))
    many = f"{reverse('wagtail_bulk_action', args=['wagtaildocs', 'document', 'delete'])}?id={file.pk}"
    for address in (reverse("wagtaildocs:delete", args=[file.pk]), many):
        assert client.post(address).status_code == 409
    assert type(file).objects.filter(pk=file.pk).exists()


def test_a_folder_of_pictures_holds_no_file(client, tmp_path):
    """Also a web server that hands out that folder as it is has none to give."""
    file = file_of(ideas.process().organisation)
    assert file.file.name.startswith("documents/") and not any(tmp_path.iterdir())
    assert Path(file.file.path).is_relative_to(storages["uploads"].location)
    assert client.get(f"/media/{file.file.name}").status_code == 404


@pytest.mark.parametrize("within", [True, False], ids=["in its text", "beside it"])
def test_files_of_a_draft_are_for_whoever_holds_its_preview_link(client, fetched, within):
    organisation = make.organisation("Jette")
    draft = processes.draft(organisation)
    by, file = processes.manager_of(organisation), file_of(organisation)
    if within:
        body = [{"type": "file", "value": file.pk}]
        of_processes.write_description(draft, language="fr", body=body, by=by, now=processes.BEFORE)
    else:
        of_processes.add_content(
            draft, Document, values={"file": file, "title_fr": "Plan"}, by=by, now=processes.BEFORE
        )
    assert fetched(file, organisation) == NOBODY_ELSE
    page = client.get(draft.get_preview_url()).text
    assert f"{file.url}?preview={draft.preview_key}" in page
    assert client.get(f"{file.url}?preview={draft.preview_key}").status_code == 200
    draft.__class__.objects.update(state="published", published_at=processes.BEFORE)
    assert fetched(file, organisation) == EVERYONE


def test_an_advice_shows_its_file(fetched):
    organisation = ideas.process().organisation
    file = file_of(organisation)
    advices.issued(ideas.process(organisation), file=file)
    assert fetched(file, organisation) == EVERYONE


def test_minutes_show_their_file_once_they_are_public(fetched):
    item = governance.item(governance.sitting())
    sitting = governance.held(item.sitting.body)
    organisation = sitting.body.organisation
    file = file_of(organisation)
    sitting = of_sittings.write_minutes(sitting, minutes=governance.WHY, file=file, by=None, now=governance.AFTER)
    assert fetched(file, organisation) == NOBODY_ELSE
    published = {"state": "published", "published_at": governance.AFTER}
    type(sitting).objects.filter(pk=sitting.pk).update(**published)
    assert fetched(file, organisation) == EVERYONE


def test_a_planned_project_shows_its_documents_with_its_plan(fetched):
    project = portfolio.project(portfolio.plan(published=False), state="ongoing")
    organisation = project.plan.organisation
    file = file_of(organisation)
    values = {"file": file, "title_fr": "Note"}
    of_plans.attach(project, values=values, by=ideas.staff(organisation), now=decisions.LATER)
    assert fetched(file, organisation) == NOBODY_ELSE
    type(project.plan).objects.update(published_at=decisions.LATER)
    assert fetched(file, organisation) == EVERYONE


def test_an_editorial_page_shows_its_files(fetched):
    organisation = ideas.process().organisation
    file = file_of(organisation)
    text = PageText("Aide", "", [{"type": "file", "value": file.pk}])
    write_page("help", dict.fromkeys(LANGUAGES, text), now=decisions.LATER)
    assert fetched(file, organisation) == EVERYONE
    EditorialPage.objects.update(live=False)
    assert fetched(file, organisation) == NOBODY_ELSE
