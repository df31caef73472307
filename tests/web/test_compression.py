import gzip

import brotli
import pytest
from django.http import HttpResponse, StreamingHttpResponse

from zenne.web.art import street
from zenne.web.compression import SMALLEST, CompressionMiddleware
from zenne.web.views import FOR_EVER

LONG = "<p>Façades</p>" * SMALLEST


def answer(rf, made, **headers):
    return CompressionMiddleware(lambda request: made)(rf.get("/fr/", headers=headers))


@pytest.mark.parametrize(
    ("accepted", "encoding", "read"),
    [("gzip, deflate, br, zstd", "br", brotli.decompress), ("gzip, deflate", "gzip", gzip.decompress)],
)
def test_a_page_leaves_in_the_best_encoding_the_browser_reads(rf, accepted, encoding, read):
    response = answer(rf, HttpResponse(LONG), **{"accept-encoding": accepted})
    assert response["Content-Encoding"] == encoding
    assert read(response.content).decode() == LONG
    assert int(response["Content-Length"]) == len(response.content)
    assert "Accept-Encoding" in response["Vary"]


def test_a_browser_that_reads_no_encoding_gets_plain_words_and_caches_know_it(rf):
    response = answer(rf, HttpResponse(LONG))
    assert response.content.decode() == LONG
    assert "Accept-Encoding" in response["Vary"]


@pytest.mark.parametrize(
    "made",
    [
        HttpResponse("short"),
        HttpResponse(b"\x89PNG" * SMALLEST, content_type="image/png"),
        StreamingHttpResponse([LONG]),
        HttpResponse(LONG, headers={"Content-Encoding": "br"}),
    ],
    ids=["short", "picture", "streamed", "compressed already"],
)
def test_what_would_not_gain_is_left_alone(rf, made):
    before = made.get("Content-Encoding")
    assert answer(rf, made, **{"accept-encoding": "br"}).get("Content-Encoding") == before


def test_a_mark_of_the_plain_bytes_becomes_a_mark_of_the_meaning(rf):
    made = HttpResponse(LONG, headers={"ETag": '"one"'})
    assert answer(rf, made, **{"accept-encoding": "br"})["ETag"] == 'W/"one"'


@pytest.mark.parametrize(
    ("encoding", "size"), [("br", lambda it: len(brotli.compress(it))), ("gzip", lambda it: len(gzip.compress(it)))]
)
def test_what_browsers_keep_for_ever_is_made_as_small_as_it_goes(rf, encoding, size):
    drawn = street.file("rue-du-fort", "calm").encode()
    kept = HttpResponse(drawn, content_type="image/svg+xml", headers={"Cache-Control": FOR_EVER})
    assert len(answer(rf, kept, **{"accept-encoding": encoding}).content) == size(drawn)
