import pytest

from zenne.web.addresses import onward


@pytest.mark.parametrize("address", ["/fr/processes/", "/fr/?a=1&b=%C3%A9#x", "http://testserver/fr/me/"])
def test_a_page_of_ours_is_gone_on_to(rf, address):
    assert onward(rf.get("/", {"next": address})) == address
    assert onward(rf.post("/", {"next": address})) == address


@pytest.mark.parametrize(
    "address",
    [
        "NaN",
        "me",
        "..",
        "//evil.example/",
        "/\\evil.example",
        "///evil.example",
        "https://evil.example/",
        "http://testserver@evil.example/",
        "javascript:alert(1)",
        "data:text/html,x",
        "/fr/\r\nSet-Cookie: a=1",
        "/\x00",
        "/" + "x" * 3000,
        "",
    ],
)
def test_anything_else_leads_to_the_first_page(rf, address):
    assert onward(rf.get("/", {"next": address})) == "/"
    assert onward(rf.post("/", {"next": address}), "/fr/me/") == "/fr/me/"
