"""What cannot stand is refused in words, and all checks of a row are one question to the database."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.strategy.portfolio import factories as make
from zenne.core.errors import Invalid
from zenne.core.whole import require_whole
from zenne.strategy.portfolio.enums import ProjectState

pytestmark = pytest.mark.django_db


def refusal(thing) -> str:
    with pytest.raises(Invalid) as refused:
        require_whole(thing)
    return str(refused.value)


def test_what_can_stand_passes_with_one_question_for_all_checks():
    project = make.project()
    assert len([each for each in project._meta.constraints if hasattr(each, "condition")]) > 3
    with CaptureQueriesContext(connection) as asked:
        require_whole(project)
    assert sum("_check" in query["sql"] for query in asked.captured_queries) == 1


def test_a_check_that_fails_says_what_django_would_say():
    project = make.project()
    project.state = ProjectState.VALIDATED  # by no decision
    with pytest.raises(ValidationError) as django:
        project.full_clean()
    assert refusal(project) == " ".join(django.value.messages)


def test_a_value_too_long_is_named_with_its_field():
    project = make.project()
    project.slug = "s" * 500
    assert refusal(project).startswith(f"{project._meta.get_field('slug').verbose_name}: ")


def test_twice_the_same_key_is_refused():
    project, other = make.project(), make.project()
    project.plan, project.slug = other.plan, other.slug
    assert refusal(project)
