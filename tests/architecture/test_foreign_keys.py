from django.apps import apps

from tests.architecture.layers import may_know


def test_foreign_keys_point_downward():
    """A link belongs to the upper side (ARCHITECTURE, corollary 2); import-linter cannot see a foreign key given as a string."""
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model
        if model.__module__.startswith("zenne.") and field.related_model.__module__.startswith("zenne.")
        if not may_know(model._meta.app_config.name, field.related_model._meta.app_config.name)
    ]
    assert not upward, "foreign keys that point up:\n" + "\n".join(upward)
