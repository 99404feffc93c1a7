"""A page compressed once is, in every copy, the page that its receipt belongs in."""

from __future__ import annotations

import gzip
import zlib

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from feedback_app.young_people.packed import PackedPage

GAP = "@@gap@@"


def test_a_page_without_gaps_unpacks_to_itself() -> None:
    assert gzip.decompress(PackedPage("<p>naïve</p>").gzip()) == "<p>naïve</p>".encode()


@given(
    parts=st.lists(st.text(st.characters(codec="utf-8", exclude_characters="@\0")), min_size=1, max_size=4),
    filling=st.binary(min_size=7, max_size=7),
)
def test_every_gap_is_filled_and_nothing_else_changes(parts: list[str], filling: bytes) -> None:
    page = PackedPage(GAP.join(parts), GAP)
    assert gzip.decompress(page.gzip(filling)) == filling.join(part.encode() for part in parts)


def test_one_page_makes_copies_that_differ() -> None:
    page = PackedPage(f"<input value='{GAP}'>", GAP)
    assert [gzip.decompress(page.gzip(filling)) for filling in (b"aaaaaaa", b"bbbbbbb")] == [
        b"<input value='aaaaaaa'>",
        b"<input value='bbbbbbb'>",
    ]


def test_what_comes_after_a_gap_refers_back_to_what_came_before_it() -> None:
    text = "".join(f"<p>Question {number}</p>" for number in range(500))
    page = PackedPage(text + GAP + text, GAP)
    assert len(page.gzip(b"0123456")) < 1.2 * len(zlib.compress(text.encode(), 9))


def test_a_page_longer_than_deflate_looks_back_is_whole() -> None:
    text = "".join(f"<p>{number}</p>" for number in range(20_000))
    page = PackedPage(f"{text}{GAP}{text}{GAP}end", GAP)
    assert gzip.decompress(page.gzip(b"0123456")).decode() == f"{text}0123456{text}0123456end"


@pytest.mark.parametrize("accepts", ["gzip", "gzip, deflate, br, zstd", "br;q=1.0, gzip;q=0.5", "*"])
def test_a_phone_that_reads_gzip_gets_gzip(client: FlaskClient, address_of_survey: str, accepts: str) -> None:
    answer = client.get(address_of_survey, headers={"Accept-Encoding": accepts})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert b'name="receipt"' in gzip.decompress(answer.data)


@pytest.mark.parametrize("accepts", ["", "identity"])
def test_a_phone_that_does_not_read_gzip_gets_the_page_as_it_is(
    client: FlaskClient, address_of_survey: str, accepts: str
) -> None:
    answer = client.get(address_of_survey, headers={"Accept-Encoding": accepts})
    assert "Content-Encoding" not in answer.headers
    assert b'name="receipt"' in answer.data


def test_two_phones_get_two_receipts(client: FlaskClient, address_of_survey: str) -> None:
    pages = [client.get(address_of_survey, headers={"Accept-Encoding": "gzip"}).data for _ in range(2)]
    assert gzip.decompress(pages[0]) != gzip.decompress(pages[1])


def test_there_is_no_session_on_a_young_persons_page(app: Flask) -> None:
    from flask import session

    with app.test_request_context("/help"), pytest.raises(RuntimeError):
        session["who"] = "anybody"
