"""Opening and closing rounds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import segno
from lxml import html
from sqlalchemy import update

from feedback_app.store import Store, rounds
from feedback_app.store.models import Round
from tests.staff.desk import Desk
from tests.store.answering import send
from tests.support.pages import Page, words_of

FORM = {"survey": "wellbeing", "opens": "2026-11-20", "closes": "2026-12-20", "entry": "link", "codes": ""}


@pytest.fixture
def worker(desk: Callable[[], Desk]) -> Desk:
    return desk().sign_in("participation")


def open_round(worker: Desk, status: int = 200, **changes: str) -> Page:
    return worker.post("/staff/rounds/open", {**FORM, **changes}, status)


def test_an_opened_round_shows_its_link_and_code_picture(worker: Desk, store: Store) -> None:
    page = open_round(worker)
    slug = rounds.listing(store)[0].slug
    assert page.one("//*[@id='round-address']").text == f"http://localhost/s/{slug}"
    assert page.all("//*[name()='svg'][contains(@class, 'qr')]")


def test_young_people_can_open_the_link(worker: Desk, store: Store) -> None:
    open_round(worker)
    assert worker.client.get(f"/s/{rounds.listing(store)[0].slug}").status_code == 200


def test_codes_are_shown_once(worker: Desk, store: Store) -> None:
    page = open_round(worker, entry="codes", codes="12")
    codes = page.all("//*[@class='slip-code']/strong/@data-code")
    assert len(set(codes)) == 12
    slug = rounds.listing(store)[0].slug
    for address in (f"/staff/rounds/{slug}", "/staff/rounds", f"/staff/rounds/{slug}/poster"):
        text = worker.get(address).text
        assert not any(code in text for code in codes)


def test_a_code_that_was_shown_lets_somebody_in(worker: Desk, store: Store) -> None:
    page = open_round(worker, entry="codes", codes="1")
    code = page.one("//*[@class='slip-code']/strong/@data-code")
    slug = rounds.listing(store)[0].slug
    data = {"receipt": "A" * 22, "code": code, "wording": "standard", "carers_listen": "yes"}
    assert worker.client.post(f"/s/{slug}", data=data).location == f"/s/{slug}/thanks"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"closes": "2026-11-19"}, "The last day is before the first."),
        ({"opens": "2026-10-01", "closes": "2026-10-02"}, "The last day is over already."),
        ({"closes": "soon"}, "Write a day"),
        ({"entry": "codes"}, "Write how many codes to make"),
        ({"entry": "codes", "codes": "0"}, "Write a number from 1"),
        ({"entry": "codes", "codes": "99999"}, "Write a number from 1"),
        ({"entry": "codes", "codes": "many"}, "Write a whole number"),
        ({"survey": "no_such_survey"}, "Choose one of these."),
        ({"survey": ""}, "Choose a survey."),
    ],
)
def test_what_cannot_be_opened_is_said_and_nothing_typed_is_lost(
    worker: Desk, store: Store, changes: dict[str, str], sentence: str
) -> None:
    page = open_round(worker, 422, **changes)
    assert sentence in page.text
    assert page.value("opens") == changes.get("opens", FORM["opens"])
    assert rounds.listing(store) == []


def test_a_closed_round_takes_nobody_new(worker: Desk, store: Store) -> None:
    open_round(worker)
    slug = rounds.listing(store)[0].slug
    assert "Closed" in worker.post(f"/staff/rounds/{slug}/close").text
    assert worker.client.get(f"/s/{slug}").status_code == 410


def test_closing_a_closed_round_is_one_clear_sentence(worker: Desk, store: Store) -> None:
    open_round(worker)
    slug = rounds.listing(store)[0].slug
    worker.post(f"/staff/rounds/{slug}/close")
    assert "This round is closed already." in worker.post(f"/staff/rounds/{slug}/close").text


@pytest.mark.parametrize(("kind", "begins"), [("png", b"\x89PNG"), ("svg", b"<?xml")])
def test_the_code_picture_can_be_taken_away(worker: Desk, store: Store, kind: str, begins: bytes) -> None:
    open_round(worker)
    answer = worker.client.get(f"/staff/rounds/{rounds.listing(store)[0].slug}/qr.{kind}")
    assert answer.data.startswith(begins)


def test_a_poster_says_the_address(worker: Desk, store: Store) -> None:
    open_round(worker)
    slug = rounds.listing(store)[0].slug
    page = worker.get(f"/staff/rounds/{slug}/poster")
    assert page.one("//*[@class='poster-address']").text_content() == f"localhost/s/{slug}"


@pytest.mark.parametrize("address", ["", "/poster", "/qr.png"])
def test_there_is_no_page_of_a_round_that_is_not_there(worker: Desk, address: str) -> None:
    assert worker.client.get(f"/staff/rounds/nothing{address}").status_code == 404


def test_a_poster_says_where_a_code_is_needed(worker: Desk, store: Store) -> None:
    open_round(worker, entry="codes", codes="2")
    slug = rounds.listing(store)[0].slug
    assert "You need a code" in worker.get(f"/staff/rounds/{slug}/poster").text


def slug_of_first(store: Store) -> str:
    return rounds.listing(store)[0].slug


def test_a_slips_picture_carries_its_code_after_the_hash(worker: Desk) -> None:
    page = open_round(worker, entry="codes", codes="3")
    slips = page.all("//li[@class='slip']")
    pictures = {picture.get("d") for slip in slips for picture in slip.xpath(".//*[@stroke]")}
    codes = page.all("//strong/@data-code")
    assert pictures == {drawn(f"http://localhost/s/{rounds_slug(page)}#{code}", codes[0]) for code in codes}


def rounds_slug(page: Page) -> str:
    return str(page.all("//*[@class='slip-address']")[0].text_content()).rpartition("/")[2].strip()


def drawn(address: str, first: str) -> str:
    """The squares of the QR code of an address, under the mask that is best for the first slip's."""
    mask = segno.make(f"{address.partition('#')[0]}#{first}", error="m", micro=False).mask
    svg = segno.make(address, error="m", micro=False, mask=mask).svg_inline(border=4, dark="#000")
    return str(html.fromstring(svg).xpath("//*[@stroke]/@d")[0])


def test_a_slip_says_the_code_in_groups_and_the_link_in_words(worker: Desk, store: Store) -> None:
    page = open_round(worker, entry="both", codes="1")
    code = page.one("//strong/@data-code")
    assert words_of(page.one("//*[@class='slip-code']")) == code.replace("-", " ")
    address = words_of(page.one("//*[@class='slip-address']")).replace(" ", "")
    assert address == f"localhost/s/{slug_of_first(store)}"


def test_slips_are_shown_with_the_word_that_no_copy_is_kept_and_no_cache_keeps_them(worker: Desk) -> None:
    page = open_round(worker, entry="codes", codes="2")
    assert "no copy is kept" in page.text
    assert page.response.headers["Cache-Control"] == "no-store"


def test_more_codes_are_made_on_the_page_of_a_round(worker: Desk, store: Store) -> None:
    open_round(worker, entry="codes", codes="2")
    slug = slug_of_first(store)
    page = worker.post(f"/staff/rounds/{slug}/codes", {"number": "3"})
    codes = page.all("//strong/@data-code")
    assert len(set(codes)) == 3
    assert rounds.listing(store)[0].codes_issued == 5
    assert not any(code in worker.get(f"/staff/rounds/{slug}").text for code in codes)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("", "Write how many codes to make."),
        ("0", "Write a number from 1"),
        ("x", "Write a whole number."),
        ("5000", "4,998 more can be made"),
    ],
)
def test_a_wrong_number_of_codes_is_told_on_the_page(
    worker: Desk, store: Store, number: str, sentence: str
) -> None:
    open_round(worker, entry="codes", codes="2")
    page = worker.post(f"/staff/rounds/{slug_of_first(store)}/codes", {"number": number}, 422)
    assert sentence in page.text
    assert rounds.listing(store)[0].codes_issued == 2


def test_a_round_by_link_offers_no_codes(worker: Desk, store: Store) -> None:
    open_round(worker)
    assert not worker.get(f"/staff/rounds/{slug_of_first(store)}").all("//*[@id='codes']")
    worker.post(f"/staff/rounds/{slug_of_first(store)}/codes", {"number": "1"}, 422)
    assert rounds.listing(store)[0].codes_issued == 0


def test_how_many_codes_were_used_is_told_in_tens(worker: Desk, store: Store) -> None:
    page = open_round(worker, entry="codes", codes="12")
    slug = slug_of_first(store)
    texts = []
    for code in page.all("//strong/@data-code")[:9]:
        send(store, slug, {}, code=code)
        texts.append(worker.get(f"/staff/rounds/{slug}").text + worker.get("/staff/rounds").text)
    assert len(set(texts)) == 1


def test_after_a_restore_a_rounds_page_asks_for_new_codes(worker: Desk, store: Store) -> None:
    open_round(worker, entry="codes", codes="2")
    slug = slug_of_first(store)
    assert "do not work any more" not in worker.get(f"/staff/rounds/{slug}").text
    with store.writing() as session:
        session.execute(update(Round).values(codes_void=2, needs_codes=True))
    assert "do not work any more" in worker.get(f"/staff/rounds/{slug}").text
    assert worker.get("/staff/rounds").one("//a[text()='needs new codes']").get("href").endswith("#codes")
    rounds.make_codes(store, slug, 1)
    assert "do not work any more" not in worker.get(f"/staff/rounds/{slug}").text
    assert "needs new codes" not in worker.get("/staff/rounds").text


def test_voiding_says_first_what_would_be_destroyed_and_that_it_cannot_be_taken_back(
    worker: Desk, store: Store
) -> None:
    open_round(worker, entry="codes", codes="2")
    text = worker.get(f"/staff/rounds/{slug_of_first(store)}/void").text
    for said in (
        "waits in the ballot box",
        "own words",
        "Every code",
        "counted before",
        "cannot be taken back",
    ):
        assert said in text


def test_a_round_is_not_voided_by_somebody_who_did_not_tick_the_box(worker: Desk, store: Store) -> None:
    open_round(worker)
    page = worker.post(f"/staff/rounds/{slug_of_first(store)}/void", {}, 422)
    assert "Tick the box if you are sure." in page.text
    assert rounds.listing(store)[0].state == "open"


def test_a_voided_round_is_closed_for_young_people_and_void_for_staff(worker: Desk, store: Store) -> None:
    open_round(worker)
    slug = slug_of_first(store)
    send(store, slug, {})
    assert "This round is void." in worker.post(f"/staff/rounds/{slug}/void", {"is_sure": "y"}).text
    assert (rounds.listing(store)[0].state, rounds.listing(store)[0].sealed) == ("void", 0)
    page = worker.client.get(f"/s/{slug}")
    assert page.status_code == 410
    assert "This survey has closed" in page.get_data(as_text=True)
    late = worker.client.post(f"/s/{slug}", data={"receipt": "B" * 22, "wording": "standard"})
    assert late.status_code == 410
    assert "Your answers could not be taken" in late.get_data(as_text=True)


def test_only_participation_workers_void_a_round_or_make_codes(
    desk: Callable[[], Desk], worker: Desk, store: Store
) -> None:
    open_round(worker, entry="codes", codes="2")
    slug = slug_of_first(store)
    other = desk().sign_in("board")
    for page in ("void", "codes"):
        data = {"csrf_token": other.token("/staff/"), "is_sure": "y", "number": "1"}
        assert other.client.post(f"/staff/rounds/{slug}/{page}", data=data).status_code == 403
    assert rounds.listing(store)[0].state == "open"
