"""The rule of an activity stands still once it has opened, and anybody can check that it did."""

import hashlib
import json

import pytest

from tests.people.organisations.factories import member
from zenne.participation.processes import actions
from zenne.participation.processes.enums import Action
from zenne.participation.processes.errors import Faulty, ReasonNeeded
from zenne.participation.processes.frozen import canonical, digest, rule_of
from zenne.participation.processes.models import Activity, RuleVersion
from zenne.people.access.answers import NotAllowed
from zenne.people.access.enums import Level
from zenne.people.history import queries as history
from zenne.people.organisations.enums import Role

from .factories import AFTER, BEFORE, CLOSES, DURING, OPENS, draft, only_activity, published

WHY = {"fr": "Parce que"}


@pytest.fixture
def opened(jette, kind) -> Activity:
    process = published(jette, kind=kind)
    actions.freeze_due(now=DURING)
    return only_activity(process)


def test_the_rule_is_kept_word_for_word_with_its_fingerprint(opened):
    version = opened.rule_versions.get()
    assert (version.number, version.frozen_at, opened.frozen_at) == (1, DURING, DURING)
    assert json.loads(version.text) == {
        "activity": opened.pk,
        "kind": "trial",
        "opens_at": "2020-06-04T22:00:00Z",
        "closes_at": "2020-06-21T22:00:00Z",
        "permissions": {
            "propose": {"level": "confirmed", "group": None, "area": None, "minimum_age": None, "questions": []},
            "support": {"level": "everyone", "group": None, "area": None, "minimum_age": None, "questions": []},
        },
        "rule": {"most": 3},
    }
    assert version.digest == hashlib.sha256(version.text.encode()).hexdigest()
    assert history.about(opened).filter(event="activity.frozen").get().details == {"digest": version.digest}


def test_the_spelling_of_a_rule_never_changes():
    rule = {"b": [2, None, True], "a": "Été à Jette"}
    assert canonical(rule) == '{"a":"Été à Jette","b":[2,null,true]}'
    assert digest(canonical(rule)) == "9f7fa75c2c88fc992d0a23d033b774c612e06b44665aa96f7c324d73e9abac34"


def test_the_same_rule_read_again_gives_the_same_fingerprint(opened):
    assert canonical(rule_of(only_activity(opened.process))) == opened.rule_versions.get().text


def test_nothing_is_frozen_before_it_opens_nor_in_a_draft(jette, kind):
    published(jette, kind=kind)
    assert actions.freeze_due(now=BEFORE) == 0
    draft(jette)
    assert actions.freeze_due(now=DURING) == 1


def test_freezing_twice_is_freezing_once(opened):
    assert actions.freeze_due(now=AFTER) == 0
    actions.ensure_frozen(opened, now=AFTER)
    assert RuleVersion.objects.count() == 1


def test_the_first_write_freezes_what_the_clock_has_not_yet(jette, kind):
    activity = only_activity(published(jette, kind=kind))
    assert actions.ensure_frozen(activity, now=BEFORE).frozen_at is None
    assert actions.ensure_frozen(activity, now=OPENS).frozen_at == OPENS


def test_words_are_no_rules(opened, manager):
    actions.edit_activity(opened, values={"title_fr": "Vos idées"}, by=manager, now=DURING)
    assert not opened.process.changes.exists()


def test_who_may_take_part_changes_with_a_public_reason(opened, manager):
    values = {"level": Level.VERIFIED, "minimum_age": 16}
    with pytest.raises(ReasonNeeded):
        actions.set_permission(opened, action=Action.PROPOSE, values=values, by=manager, now=DURING)
    actions.set_permission(opened, action=Action.PROPOSE, values=values, by=manager, now=DURING, reason=WHY)
    change = opened.process.changes.get()
    assert (change.subject, change.activity, change.reason_fr) == ("permissions", opened, "Parce que")
    assert [change.after["permissions"]["propose"][key] for key in ("level", "minimum_age")] == ["verified", 16]
    second = opened.rule_versions.get(number=2)
    assert (second.change, second.text == canonical(rule_of(only_activity(opened.process)))) == (change, True)


def test_a_rule_that_opened_unseen_is_frozen_before_it_changes(jette, kind, manager):
    activity = only_activity(published(jette, kind=kind))
    actions.set_permission(
        activity, action=Action.PROPOSE, values={"level": Level.STAFF}, by=manager, now=DURING, reason=WHY
    )
    assert [version.number for version in activity.rule_versions.all()] == [1, 2]


def test_before_opening_permissions_move_freely(jette, kind, manager):
    activity = only_activity(published(jette, kind=kind))
    actions.set_permission(activity, action=Action.PROPOSE, values={"level": Level.STAFF}, by=manager, now=BEFORE)
    assert not activity.process.changes.exists()


def test_a_kind_changes_its_own_settings_through_the_same_door(opened, manager, limit):
    with pytest.raises(ReasonNeeded), actions.changing_settings(opened, by=manager, now=DURING):
        limit["most"] = 5
    with actions.changing_settings(opened, by=manager, now=DURING, reason=WHY):
        limit["most"] = 7
    change = opened.process.changes.get()
    assert (change.subject, change.before["rule"], change.after["rule"]) == ("rule", {"most": 5}, {"most": 7})


def test_only_actions_of_the_kind_get_a_permission(opened, manager):
    with pytest.raises(Faulty):
        actions.set_permission(
            opened, action=Action.COMMENT, values={"level": Level.STAFF}, by=manager, now=DURING, reason=WHY
        )


def test_a_group_is_named_and_of_the_same_organisation(opened, manager):
    with pytest.raises(Faulty) as refused:
        actions.set_permission(
            opened, action=Action.PROPOSE, values={"level": Level.GROUP}, by=manager, now=DURING, reason=WHY
        )
    assert refused.value.field == "group"


def test_editors_do_not_set_permissions(opened, jette):
    with pytest.raises(NotAllowed):
        actions.set_permission(
            opened, action=Action.PROPOSE, values={}, by=member(jette, Role.EDITOR), now=DURING, reason=WHY
        )


def test_each_change_continues_the_chain(opened, manager):
    actions.extend_window(opened.phase, closes_at=CLOSES.replace(day=25), reason=WHY, by=manager, now=DURING)
    actions.extend_window(opened.phase, closes_at=CLOSES.replace(day=28), reason=WHY, by=manager, now=DURING)
    versions = list(opened.rule_versions.all())
    assert [version.number for version in versions] == [1, 2, 3]
    assert len({version.digest for version in versions}) == 3
