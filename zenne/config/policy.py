"""Which content security policy a page wears: the back office is Wagtail's, whose date and row widgets are inline scripts."""

from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

BACK_OFFICE = "/manage/"


class PolicyMiddleware(CSPMiddleware):
    """The strict policy everywhere; in the back office `BACK_OFFICE_POLICY`, unless a view brings its own."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts: Any = super().get_policy_parts(request, response, report_only)
        if not report_only and parts.config is None and request.path_info.startswith(BACK_OFFICE):
            parts.config = settings.BACK_OFFICE_POLICY
        return parts
