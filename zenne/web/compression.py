"""Pages leave compressed. Static files were compressed when they were collected; here is what is made for each request.

A page repeats what was searched for and carries the form's token, which Django masks anew each time: its length tells nothing (BREACH).
"""

import gzip
from collections.abc import Callable

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

SMALLEST = 600
KINDS = ("text/", "application/json", "application/geo+json", "application/problem+json", "image/svg+xml")
QUALITY = {"br": 5, "gzip": 5}  # brotli at 5 gains a tenth on 4 for a millisecond; beyond it, little for much


class CompressionMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not _worthwhile(response):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        accepted = request.headers.get("Accept-Encoding", "")
        if "br" in accepted:
            response.content = brotli.compress(response.content, quality=QUALITY["br"])
            response["Content-Encoding"] = "br"
        elif "gzip" in accepted:
            response.content = gzip.compress(response.content, QUALITY["gzip"], mtime=0)
            response["Content-Encoding"] = "gzip"
        else:
            return response
        response["Content-Length"] = str(len(response.content))
        if (mark := response.get("ETag", "")).startswith('"'):
            response["ETag"] = f"W/{mark}"  # the same thing, in other bytes
        return response


def _worthwhile(response: HttpResponse) -> bool:
    if response.streaming or response.has_header("Content-Encoding") or len(response.content) < SMALLEST:
        return False
    return str(response.get("Content-Type", "")).startswith(KINDS)
