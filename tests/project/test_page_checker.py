"""The checker of pages fails when it should."""

from __future__ import annotations

import pytest
from flask import Flask, Response

from tests.support.pages import PageChecker

GOOD = """<!doctype html><html lang="en"><head><title>Help</title>
<meta name="viewport" content="width=device-width, initial-scale=1"></head>
<body><main><h1>Help</h1><form method="post"><label for="a">A</label><input id="a" name="a">
<button>Send</button></form><p><a href="#a">Up</a></p></main></body></html>"""
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def checker(document: str = GOOD, headers: dict[str, str] = HEADERS) -> PageChecker:
    app = Flask(__name__)

    @app.get("/<path:address>")
    def answer(address: str) -> Response:
        return Response(document, headers=headers, content_type="text/html; charset=utf-8")

    return PageChecker(app.test_client())


def test_a_good_page_passes() -> None:
    assert checker().get("/help").heading == "Help"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('<html lang="en">', "<html>", "no lang"),
        ("<h1>Help</h1>", "<h2>Help</h2>", "0 h1"),
        ("<h1>Help</h1>", "<h1>Help</h1><h1>More</h1>", "2 h1"),
        ("<h1>Help</h1>", "<h1> </h1>", "empty"),
        ("<h1>Help</h1>", "<h1>Help</h1><h3>More</h3>", "skip a level"),
        ("<title>Help</title>", "", "0 title"),
        ("initial-scale=1", "maximum-scale=1", "zooming"),
        ('<label for="a">A</label>', "", "no label"),
        ('<label for="a">A</label>', '<label for="a"></label>', "no label"),
        ('<label for="a">A</label>', '<label for="a">A</label><label for="b">B</label>', "names 'b'"),
        ("<h1>Help</h1>", '<h1 id="a">Help</h1>', "used 2 times"),
        ("<button>", '<input type="radio" name="r" aria-label="R"><button>', "no legend"),
        ("<button>Send</button>", "<button></button>", "no words"),
        ('href="#a"', 'href="#gone"', "#gone"),
        ("<p>", '<p><img src="/x.png">', "alternative text"),
        ("<p>", "<p><svg></svg>", "drawing"),
        ("<p>", '<p style="color: red">', "security policy"),
        ("<p>", '<p onclick="go()">', "security policy"),
        ("<p>", '<p><img alt="" src="https://elsewhere.example/x.png">', "another host"),
    ],
)
def test_a_fault_in_a_document_is_found(old: str, new: str, fault: str) -> None:
    assert old in GOOD
    with pytest.raises(AssertionError, match=fault):
        checker(GOOD.replace(old, new)).get("/help")


@pytest.mark.parametrize(
    ("address", "headers", "fault"),
    [
        ("/help", {"Set-Cookie": "a=1"}, "sets a cookie"),
        ("/help", {"Vary": "Cookie"}, "looks at a cookie"),
        ("/staff/results", {}, "kept by a cache"),
        ("/help", {"X-Content-Type-Options": "no"}, "nosniff"),
        ("/help", {"Referrer-Policy": "unsafe-url"}, "Referrer-Policy"),
        ("/help", {"Content-Security-Policy": "default-src 'unsafe-inline'"}, "lets anything in"),
    ],
)
def test_a_fault_in_a_header_is_found(address: str, headers: dict[str, str], fault: str) -> None:
    with pytest.raises(AssertionError, match=fault):
        checker(headers={**HEADERS, **headers}).get(address)


def test_a_staff_page_may_have_a_cookie() -> None:
    checker(headers={**HEADERS, "Set-Cookie": "a=1", "Cache-Control": "no-store"}).get("/staff/results")
