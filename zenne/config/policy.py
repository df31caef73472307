"""Which policies a page wears: the content security policy, and what of a device and of our pages others may use.

The back office is Wagtail's, whose date fields and choosers are started by inline scripts. Such a **starter** is one call of a known
function with plain data; its digest goes into the policy of the very answer it stands in. Any other inline script stays shut out, and
one that looks like a starter can do no more than start a field.

Its editor of formatted text writes a style element for each paragraph, with a name that chance gives: no digest can be known before. So pages with
an editor, and no others, take style elements; style attributes stay shut out there too (CSP level 3, section 6.1.15).
"""

import base64
import hashlib
import json
import re
from typing import Any

from csp.constants import UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

BACK_OFFICE = "/manage/"
PERMISSIONS = ", ".join(f"{feature}={allowed}" for feature, allowed in settings.PERMISSIONS.items())
EDITOR = re.compile(r'<script src="[^"]*/wagtailadmin/js/draftail\b')
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
STARTER = re.compile(r"\s*(?:init(?:Date|Time|DateTime)Chooser|new [A-Z]\w*Chooser\w*)\((?P<data>.*)\);\s*", re.DOTALL)


def starter_digests(page: str) -> list[str]:
    """The sources, as a policy names them, of the starters in a page: `'sha256-…'` (CSP level 2, section 4.2.3)."""
    starters = {script for script in INLINE.findall(page) if _is_starter(script)}
    digests = (hashlib.sha256(script.encode()).digest() for script in starters)
    return sorted(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def _is_starter(script: str) -> bool:
    """Whether a script calls one starting function with literals and nothing else: what JSON reads cannot call anything."""
    call = STARTER.fullmatch(script)
    if call is None:
        return False
    try:
        json.loads(f"[{call['data']}]")
    except ValueError:
        return False
    return True


def _let_in(page: str, policy: dict[str, list[str]]) -> dict[str, list[str]]:
    """What this page of the back office needs beyond the policy of all."""
    more = {"script-src": [*policy["script-src"], *starter_digests(page)]}
    if EDITOR.search(page):
        more["style-src-elem"] = [*policy["style-src"], UNSAFE_INLINE]
    return more


class PolicyMiddleware(CSPMiddleware):
    """The strict policy everywhere; in the back office `BACK_OFFICE_POLICY` and the starters of the page, unless a view brings its own."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts: Any = super().get_policy_parts(request, response, report_only)
        if not report_only and parts.config is None and request.path_info.startswith(BACK_OFFICE):
            parts.config = settings.BACK_OFFICE_POLICY
            if isinstance(response, HttpResponse) and response.headers.get("Content-Type", "").startswith("text/html"):
                parts.config = parts.config | _let_in(response.content.decode(response.charset), parts.config)
        return parts

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return super().process_response(request, response)
