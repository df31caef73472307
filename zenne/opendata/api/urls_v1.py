"""/api/v1/: the addresses of every app's operations."""

from .service import addresses

urlpatterns = addresses()
