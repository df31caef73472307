"""Drafts: beginning, editing, describing, filing, throwing away."""

import pytest

from tests.people.organisations.factories import member, organisation, person
from zenne.participation.processes import actions
from zenne.participation.processes.errors import AddressIsKept, AddressTaken, Faulty, Incomplete, WrongState
from zenne.participation.processes.models import Process
from zenne.people.access.answers import NotAllowed
from zenne.people.history import queries as history
from zenne.people.organisations.enums import Role

from .factories import BEFORE, DURING, WORDS, draft, published, texts


def test_a_manager_begins_a_draft_in_several_languages(jette, manager):
    values = {"slug": "places", "title_fr": "Nos places", "title_nl": "Onze pleinen"}
    process = actions.create_process(organisation=jette, values=values, by=manager, now=BEFORE)
    process.refresh_from_db()
    assert (process.state, process.title_fr, process.title_nl, process.created_at) == (
        "draft",
        "Nos places",
        "Onze pleinen",
        BEFORE,
    )
    assert history.about(process).get().event == "process.created"


@pytest.mark.parametrize("role", [Role.EDITOR, Role.MODERATOR])
def test_others_on_the_staff_do_not_begin_processes(jette, role):
    with pytest.raises(NotAllowed):
        actions.create_process(organisation=jette, values={"slug": "x"}, by=member(jette, role), now=BEFORE)


def test_staff_of_another_organisation_cannot_touch_it(jette):
    stranger = member(organisation("Ixelles"), Role.ADMIN)
    with pytest.raises(NotAllowed):
        actions.edit_process(draft(jette), values=texts(title="Mine"), by=stranger, now=BEFORE)


def test_an_address_in_use_or_kept_for_folders_is_refused(jette, manager):
    draft(jette, slug="places")
    for slug in ("places", "folders"):
        with pytest.raises(AddressTaken) as refused:
            actions.create_process(organisation=jette, values={"slug": slug}, by=manager, now=BEFORE)
        assert refused.value.field == "slug"


def test_the_address_changes_until_the_first_publication_and_never_after(jette, manager):
    process = actions.edit_process(draft(jette), values={"slug": "first"}, by=manager, now=BEFORE)
    assert process.slug == "first"
    with pytest.raises(AddressIsKept):
        actions.edit_process(published(jette), values={"slug": "second"}, by=manager, now=DURING)


def test_editors_change_words_and_not_the_area_or_address(jette):
    editor = member(jette, Role.EDITOR)
    process = draft(jette)
    assert (
        actions.edit_process(process, values={"title_fr": "Autrement"}, by=editor, now=BEFORE).title_fr == "Autrement"
    )
    with pytest.raises(NotAllowed):
        actions.edit_process(process, values={"slug": "elsewhere"}, by=editor, now=BEFORE)


def test_an_edit_that_changes_nothing_leaves_no_trace(jette, manager):
    process = draft(jette)
    before = history.about(process).count()
    actions.edit_process(process, values={"title_fr": process.title_fr}, by=manager, now=BEFORE)
    assert history.about(process).count() == before


def test_a_public_process_keeps_every_promised_language(jette, manager):
    process = published(jette)
    with pytest.raises(Incomplete):
        actions.edit_process(process, values={"title_nl": ""}, by=manager, now=DURING)
    with pytest.raises(Incomplete):
        actions.write_description(process, language="nl", body=[], by=manager, now=DURING)
    actions.edit_process(process, values={"title_en": ""}, by=manager, now=DURING)  # English was not promised


def test_a_description_is_kept_per_language(jette, manager):
    process = draft(jette)
    body = [*WORDS, {"type": "heading", "value": "Why"}]
    actions.write_description(process, language="fr", body=body, by=manager, now=BEFORE)
    assert [block.block_type for block in process.descriptions.get(language="fr").body] == ["paragraph", "heading"]
    assert process.descriptions.count() == 2


def test_a_process_is_filed_only_with_its_own_organisation(jette, manager):
    process = draft(jette)
    folder = actions.create_folder(
        organisation=jette, values={"slug": "2020", **texts(title="Year")}, by=manager, now=BEFORE
    )
    assert actions.move_to_folder(process, folder=folder, by=manager, now=BEFORE).folder == folder
    other = organisation("Ixelles")
    foreign = actions.create_folder(
        organisation=other, values={"slug": "ix", **texts(title="Year")}, by=member(other), now=BEFORE
    )
    with pytest.raises(Faulty):
        actions.move_to_folder(process, folder=foreign, by=manager, now=BEFORE)
    assert actions.move_to_folder(process, folder=None, by=manager, now=BEFORE).folder is None


def test_a_folder_speaks_every_promised_language(jette, manager):
    with pytest.raises(Incomplete) as refused:
        actions.create_folder(organisation=jette, values={"slug": "2020", "title_fr": "Année"}, by=manager, now=BEFORE)
    assert [(gap.field, gap.language) for gap in refused.value.gaps] == [("title", "nl")]


def test_a_renewed_preview_link_replaces_the_old(jette, manager):
    process = draft(jette)
    old = process.preview_key
    assert actions.renew_preview_link(process, by=manager, now=BEFORE).preview_key != old


def test_only_what_was_never_public_can_be_thrown_away(jette, manager):
    actions.delete_draft(draft(jette, slug="gone"), by=manager, now=BEFORE)
    assert not Process.objects.filter(slug="gone").exists()
    with pytest.raises(WrongState):
        actions.delete_draft(published(jette), by=manager, now=DURING)


def test_residents_follow_once_and_stop(jette):
    process, resident = published(jette), person()
    actions.follow(process, by=resident, now=DURING)
    actions.follow(process, by=resident, now=DURING)
    assert process.follows.count() == 1
    actions.unfollow(process, by=resident, now=DURING)
    actions.unfollow(process, by=resident, now=DURING)
    assert process.follows.count() == 0


def test_a_draft_cannot_be_followed_nor_a_process_without_an_account(jette):
    for process, who in ((draft(jette), person()), (published(jette), None)):
        with pytest.raises(NotAllowed):
            actions.follow(process, by=who, now=DURING)
