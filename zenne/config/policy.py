"""Which policies a page wears: the content security policy, and what of a device and of our pages others may use.

The back office is Wagtail's, whose date and row widgets are inline scripts.
"""

from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

BACK_OFFICE = "/manage/"
PERMISSIONS = ", ".join(f"{feature}={allowed}" for feature, allowed in settings.PERMISSIONS.items())


class PolicyMiddleware(CSPMiddleware):
    """The strict policy everywhere; in the back office `BACK_OFFICE_POLICY`, unless a view brings its own."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts: Any = super().get_policy_parts(request, response, report_only)
        if not report_only and parts.config is None and request.path_info.startswith(BACK_OFFICE):
            parts.config = settings.BACK_OFFICE_POLICY
        return parts

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return super().process_response(request, response)
