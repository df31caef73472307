"""Addresses that only take what is sent. Whoever comes to one by itself, by reloading, by going back or after signing in, is led to the page it belongs to."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse

View = Callable[..., HttpResponse]


def sent_from(page: str, *names: str, anchor: str = "", **fixed: str) -> Callable[[View], View]:
    """For a view that is only posted to: `page` is the name of the address it is sent from, `names` those of its own parameters that this one has too.

    Nothing is looked up for it: whether there is such a page, and for whom, the page says. Stands above every other decorator that asks something of the visitor.
    """

    def around(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method == "POST":
                return view(request, *args, **kwargs)
            if request.method not in ("GET", "HEAD"):
                return HttpResponseNotAllowed(["POST"])
            address = reverse(page, kwargs={name: kwargs[name] for name in names} | fixed)
            return HttpResponseRedirect(f"{address}#{anchor}" if anchor else address)

        return door

    return around
