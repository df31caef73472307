"""The back office: everything of a process without a developer, each thing by its verb, each role within its bounds."""

from datetime import date, time

import pytest
from django.urls import reverse

from tests.people.organisations.factories import group, member, organisation
from zenne.participation.processes import actions
from zenne.participation.processes.models import Activity, Folder, FrequentQuestion, News, Phase, Process, Theme
from zenne.participation.processes.staff.forms import as_typed, closing, opening
from zenne.people.organisations.enums import Role

from .factories import (
    BEFORE,
    CLOSES,
    DURING,
    OPENS,
    activity,
    draft,
    manager_of,
    only_activity,
    phase,
    published,
    texts,
)


@pytest.fixture(autouse=True)
def during(clock_shows):
    return clock_shows(DURING)


@pytest.fixture
def desk(client_for, manager):
    return client_for(manager)


def overview(process: Process) -> str:
    return reverse("process:overview", args=[process.pk])


def test_what_is_typed_as_a_day_is_that_whole_day_in_brussels():
    assert opening(date(2020, 6, 5), None) == OPENS
    assert closing(date(2020, 6, 21), None) == CLOSES
    assert closing(date(2020, 6, 21), time(16)).isoformat() == "2020-06-21T14:00:00+00:00"


@pytest.mark.parametrize("hour", [None, time(16, 30)])
def test_a_window_reads_back_as_it_was_typed(hour):
    typed = as_typed(opening(date(2020, 6, 5), hour), closing(date(2020, 6, 21), hour))
    assert typed == {
        "opens_day": date(2020, 6, 5),
        "opens_hour": hour,
        "closes_day": date(2020, 6, 21),
        "closes_hour": hour,
    }


def test_a_manager_makes_a_process_from_nothing_to_public(desk, jette):
    made = desk.post(
        reverse("process:add"),
        {"organisation": jette.pk, "slug": "places", **texts(title="Squares", summary="Shade")},
    )
    process = Process.objects.get(slug="places")
    assert made.url == overview(process)
    for language in ("fr", "nl"):
        body = {"body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "heading", "body-0-id": ""}
        address = f"{reverse('process:description', args=[process.pk])}?language={language}"
        assert desk.post(address, {**body, "body-0-value": "Why"}).status_code == 302
    days = {"opens_day": "2020-06-05", "closes_day": "2020-06-21"}
    desk.post(reverse("process_phase:add"), {"process": process.pk, **texts(title="Call"), **days})
    one = Phase.objects.get(process=process)
    assert (one.opens_at, one.closes_at, one.title_nl) == (OPENS, CLOSES, "Call nl")
    desk.post(reverse("process_activity:add"), {"phase": one.pk, "kind": "information", **texts(title="Read")})
    assert only_activity(process).window() == (OPENS, CLOSES)
    desk.post(overview(process), {"verb": "publish"})
    process.refresh_from_db()
    assert process.state == "published"


def test_the_overview_names_what_is_missing_with_the_way_to_it(desk, jette):
    process = draft(jette, title_nl="")
    page = desk.get(overview(process)).content.decode()
    for address in (reverse("process:edit", args=[process.pk]), f"{reverse('process_phase:add')}?process={process.pk}"):
        assert address in page
    desk.post(overview(process), {"verb": "publish"})
    process.refresh_from_db()
    assert process.state == "draft"


@pytest.mark.parametrize("role", [Role.MANAGER, Role.EDITOR, Role.MODERATOR])
@pytest.mark.parametrize("state", ["draft", "published", "archived"])
def test_every_member_reads_the_overview_in_every_state(client_for, jette, role, state):
    process = published(jette) if state != "draft" else draft(jette)
    if state == "archived":
        actions.archive_process(process, by=manager_of(jette), now=DURING)
    assert client_for(member(jette, role)).get(overview(process)).status_code == 200


def test_an_editor_writes_and_does_not_publish(client_for, jette):
    process, editor = draft(jette), client_for(member(jette, Role.EDITOR))
    phase(process)
    editor.post(overview(process), {"verb": "publish"})
    process.refresh_from_db()
    assert process.state == "draft"
    editor.post(reverse("process_question:add"), {"process": process.pk, **texts(question="Who?", answer="All")})
    assert FrequentQuestion.objects.get().question_fr == "Who? fr"
    assert editor.post(reverse("process_phase:add"), {"process": process.pk}).status_code in (302, 403)
    assert Phase.objects.count() == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"closes_day": "2020-06-04"}, "after it opens"),
        ({"opens_day": "2020-09-01", "closes_day": "2020-09-02"}, "follow each other"),
        ({"opens_day": "soon"}, "opens_day"),
    ],
)
def test_bad_windows_are_told_in_the_form(client_for, jette, manager, given, words):
    manager.language = "en"
    manager.save()
    process = draft(jette)
    one = phase(process)
    phase(process, opens_at=CLOSES, closes_at=None)
    sent = {**texts(title="Call"), "opens_day": "2020-06-05", "closes_day": "2020-06-21", **given}
    page = client_for(manager).post(
        reverse("process_phase:edit", args=[one.pk]), {"process": process.pk, **sent}, headers={"Accept-Language": "en"}
    )
    assert page.status_code in (200, 422)
    assert words in page.content.decode()
    one.refresh_from_db()
    assert (one.opens_at, one.closes_at) == (OPENS, CLOSES)


def test_a_taken_address_is_told_in_the_form(desk, jette):
    draft(jette, slug="places")
    page = desk.post(
        reverse("process:add"), {"organisation": jette.pk, "slug": "places", **texts(title="A", summary="B")}
    )
    assert page.status_code in (200, 422)
    assert Process.objects.count() == 1


def test_dates_of_what_has_opened_change_with_a_reason_only(desk, jette):
    process = published(jette)
    one = process.phases.get()
    address = reverse("process_phase:edit", args=[one.pk])
    assert 'name="reason_nl"' in desk.get(address).content.decode()
    sent = {"process": process.pk, **texts(title="Call"), "opens_day": "2020-06-05", "closes_day": "2020-06-20"}
    assert desk.post(address, sent).status_code in (200, 422)
    assert not process.changes.exists()
    desk.post(address, {**sent, "reason_fr": "Fête", "reason_nl": "Feest"})
    assert process.changes.get().reason_nl == "Feest"


def test_more_time_is_given_on_its_own_page(desk, jette):
    process = published(jette)
    one = process.phases.get()
    address = reverse("process_phase:extend", args=[one.pk])
    assert desk.post(address, {"closes_day": "2020-06-23"}).status_code == 422
    assert desk.post(address, {"closes_day": "2020-06-20", "reason_fr": "Pluie"}).status_code == 422
    assert desk.post(address, {"closes_day": "2020-06-23", "reason_fr": "Pluie"}).url == overview(process)
    assert process.changes.get().after["closes_at"] == "2020-06-23T22:00:00Z"


def test_the_matrix_sets_each_action(desk, jette, kind):
    process = published(jette, kind=kind)
    one, youth = only_activity(process), group(jette)
    address = reverse("process_activity:permissions", args=[one.pk])
    assert desk.get(address).status_code == 200
    sent = {
        "propose-level": "group",
        "propose-group": youth.pk,
        "support-level": "everyone",
        "support-questions": "gender",
    }
    assert desk.post(address, sent).status_code == 422
    assert desk.post(address, {**sent, "reason_fr": "Jeunes"}).url == overview(process)
    kept = {row.action: row for row in one.permissions.all()}
    assert (kept["propose"].group, kept["support"].questions) == (youth, ["gender"])
    assert process.changes.count() == 1


def test_the_matrix_takes_no_group_of_another_organisation(desk, jette, kind):
    one = only_activity(published(jette, kind=kind))
    foreign = group(organisation("Ixelles"))
    sent = {"propose-level": "group", "propose-group": foreign.pk, "support-level": "everyone", "reason_fr": "Non"}
    assert desk.post(reverse("process_activity:permissions", args=[one.pk]), sent).status_code == 422
    assert not one.permissions.exists()


def test_a_copy_is_made_on_its_own_page(desk, jette):
    process = published(jette)
    address = reverse("process:duplicate", args=[process.pk])
    assert desk.post(address, {"slug": process.slug, "begins": "2021-01-11"}).status_code == 422
    made = desk.post(address, {"slug": "again", "begins": "2021-01-11"})
    assert made.url == overview(Process.objects.get(slug="again"))


def test_rows_move_up_and_down(desk, jette, manager):
    process = draft(jette)
    first, second = (
        actions.add_content(process, Theme, values=texts(title=title), by=manager, now=BEFORE)
        for title in ("Water", "Trees")
    )
    desk.post(overview(process), {"verb": "theme", "item": second.pk, "up": "1"})
    assert list(process.themes.all()) == [second, first]
    one = phase(process)
    a, b = activity(one), activity(one)
    desk.post(overview(process), {"verb": "activity", "item": a.pk, "up": "0"})
    assert list(one.activities.values_list("pk", flat=True)) == [b.pk, a.pk]


@pytest.mark.parametrize("sent", [{"verb": "nonsense"}, {"verb": "theme", "item": "x", "up": "1"}, {}])
def test_a_button_that_is_not_ours_does_nothing(desk, jette, sent):
    assert desk.post(overview(draft(jette)), sent).status_code in (302, 404)


def test_news_is_written_published_and_withdrawn(desk, jette):
    process = published(jette)
    desk.post(reverse("process_news:add"), {"process": process.pk, **texts(title="Go", body="On")})
    post = News.objects.get()
    for verb, public in (("publish_news", True), ("withdraw_news", False)):
        desk.post(overview(process), {"verb": verb, "item": post.pk})
        post.refresh_from_db()
        assert (post.published_at is not None and post.withdrawn_at is None) is public


def test_a_theme_is_chosen_by_pictures(desk, jette):
    process = draft(jette)
    assert 'type="radio"' in desk.get(f"{reverse('process_theme:add')}?process={process.pk}").content.decode()
    desk.post(
        reverse("process_theme:add"),
        {"process": process.pk, **texts(title="Water"), "icon": "droplet", "motif": "wave", "hue": "2"},
    )
    theme = Theme.objects.get()
    assert (theme.icon, theme.motif, theme.hue, theme.slug) == ("droplet", "wave", 2, "water-fr")


def test_parts_cannot_be_put_into_a_process_of_others(desk):
    theirs = draft(organisation("Ixelles"))
    desk.post(reverse("process_question:add"), {"process": theirs.pk, **texts(question="Who?", answer="We")})
    assert not FrequentQuestion.objects.exists()


def test_what_has_opened_is_not_deleted(desk, jette):
    one = only_activity(published(jette))
    desk.post(reverse("process_activity:delete", args=[one.pk]))
    assert Activity.objects.filter(pk=one.pk).exists()


def test_a_folder_is_made_and_a_process_filed(desk, jette):
    process = draft(jette)
    desk.post(reverse("process_folder:add"), {"organisation": jette.pk, "slug": "2020", **texts(title="Year")})
    folder = Folder.objects.get()
    sent = {"organisation": jette.pk, "slug": process.slug, **texts(title="A", summary="B"), "folder": folder.pk}
    desk.post(reverse("process:edit", args=[process.pk]), sent)
    process.refresh_from_db()
    assert (process.folder, process.title_fr) == (folder, "A fr")


@pytest.mark.parametrize("name", ["process", "process_folder", "process_phase", "process_activity", "process_news"])
def test_lists_open(desk, jette, name):
    published(jette)
    assert desk.get(reverse(f"{name}:index")).status_code == 200


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_text_of_each_language_has_its_editor(desk, jette, language):
    page = desk.get(f"{reverse('process:description', args=[draft(jette).pk])}?language={language}").content.decode()
    assert "What we keep of these months" in page
    assert 'aria-current="page"' in page
