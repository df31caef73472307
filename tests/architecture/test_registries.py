from django.conf import settings

from zenne.core import registry


def test_config_reads_the_declarations_of_every_registry():
    """A registry whose name `config` does not list would stay empty without a word."""
    assert registry.declared() <= set(settings.DECLARATIONS)
