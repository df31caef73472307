"""What stands around every page, the same for everybody: asked along with the organisation of the host, so that it costs no question of its own."""

from collections.abc import Callable

from django.db.models.expressions import Combinable

from zenne.core.registry import Registry

Make = Callable[[], Combinable]

surroundings: Registry[Make] = Registry("surroundings")


def register(name: str, make: Make) -> None:
    """Have pages find under `request.surroundings[name]` what the expression that `make` gives finds in the database, a moment old at most."""
    surroundings.register(name, make)
