"""Where a person goes on to, when an address says so: only to a page of ours."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST = 2000


def is_ours(request: HttpRequest, address: str) -> bool:
    """Whether `address` is a path on this host, or its whole address. A bare word is neither, and nothing is made of it."""
    plain = address.startswith(("/", f"{request.scheme}://")) and address.isprintable() and len(address) <= LONGEST
    return plain and url_has_allowed_host_and_scheme(address, {request.get_host()})


def onward(request: HttpRequest, default: str = "/") -> str:
    """What `next` says, posted or in the address, when it is a page of ours; else `default`."""
    address = request.POST.get("next") or request.GET.get("next") or default
    return address if is_ours(request, address) else default
