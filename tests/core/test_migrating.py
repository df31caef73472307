import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import OperationWriter

from zenne.core.migrating import CreateModels


@pytest.fixture
def operation():
    key = ("id", models.BigAutoField(primary_key=True))
    egg = ("egg", models.ForeignKey("core.egg", models.CASCADE, null=True))
    hen = ("hen", models.ForeignKey("core.hen", models.CASCADE))
    once = models.UniqueConstraint(fields=["hen"], name="egg_of_one_hen")
    return CreateModels(
        [
            migrations.CreateModel("Hen", [key, egg]),
            migrations.CreateModel("Egg", [key, hen], options={"constraints": [once]}),
        ]
    )


def relations(table):
    with connection.cursor() as cursor:
        return {column: target[1] for column, target in connection.introspection.get_relations(cursor, table).items()}


@pytest.mark.django_db
def test_models_that_refer_to_each_other_are_made_together_and_go_together(operation):
    before, after = ProjectState(), ProjectState()
    assert after.apps.get_models() == [], "what was drawn before"
    operation.state_forwards("core", after)
    assert {model.__name__ for model in after.apps.get_models()} == {"Hen", "Egg"}
    with connection.schema_editor() as editor:
        operation.database_forwards("core", editor, before, after)
    assert (relations("core_hen"), relations("core_egg")) == ({"egg_id": "core_egg"}, {"hen_id": "core_hen"})
    with connection.cursor() as cursor:
        assert "egg_of_one_hen" in connection.introspection.get_constraints(cursor, "core_egg")
    with connection.schema_editor() as editor:
        operation.database_backwards("core", editor, after, before)
    assert not {"core_hen", "core_egg"}.intersection(connection.introspection.table_names())


def test_a_squashed_migration_can_hold_it(operation):
    written, imports = OperationWriter(operation, indentation=0).serialize()
    assert imports >= {"import zenne.core.migrating"}
    assert written.startswith("zenne.core.migrating.CreateModels(") and "name='Hen'" in written
