"""Pages leave compressed. Static files were compressed when they were collected; here is what is made for each request. What browsers keep for ever (streets,
colours) is made as small as it goes, once in a process.

A page repeats what was searched for and carries the form's token, which Django masks anew each time: its length tells nothing (BREACH).
"""

import gzip
from collections.abc import Callable
from functools import lru_cache

import brotli
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

SMALLEST = 600
KINDS = ("text/", "application/json", "application/geo+json", "application/problem+json", "image/svg+xml")
QUALITY = {"br": 5, "gzip": 5}  # brotli at 5 gains a tenth on 4 for a millisecond; beyond it, little for much
BEST = {"br": 11, "gzip": 9}


class CompressionMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not _worthwhile(response):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        accepted = request.headers.get("Accept-Encoding", "")
        encoding = next((each for each in QUALITY if each in accepted), "")
        if not encoding:
            return response
        for_ever = "immutable" in response.get("Cache-Control", "")
        response.content = (
            _best(response.content, encoding) if for_ever else _packed(response.content, encoding, QUALITY)
        )
        response["Content-Encoding"] = encoding
        response["Content-Length"] = str(len(response.content))
        if (mark := response.get("ETag", "")).startswith('"'):
            response["ETag"] = f"W/{mark}"  # the same thing, in other bytes
        return response


def _packed(content: bytes, encoding: str, quality: dict[str, int]) -> bytes:
    if encoding == "br":
        return brotli.compress(content, quality=quality["br"])
    return gzip.compress(content, quality["gzip"], mtime=0)


@lru_cache(maxsize=128)
def _best(content: bytes, encoding: str) -> bytes:
    return _packed(content, encoding, BEST)


def _worthwhile(response: HttpResponse) -> bool:
    if response.streaming or response.has_header("Content-Encoding") or len(response.content) < SMALLEST:
        return False
    return str(response.get("Content-Type", "")).startswith(KINDS)
