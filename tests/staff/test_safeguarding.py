"""What safeguarding readers do with words at their desks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from email.message import EmailMessage

import pytest
from flask import Flask

from feedback_app import context, mail
from feedback_app.config import Smtp
from feedback_app.store import Store, comments, counting, readers, reading_queue, safeguarding_log, staff
from tests.staff.desk import Desk
from tests.store.answering import open_round, send
from tests.support.clock import Clock
from tests.support.pages import Page

WORRYING = "i want to die"


@pytest.fixture
def reader(desk: Callable[[], Desk]) -> Desk:
    return desk().sign_in("safeguarding", email="ruth@example.org")


@pytest.fixture
def cover(desk: Callable[[], Desk]) -> Desk:
    return desk().sign_in("safeguarding", email="sam@example.org")


def write(store: Store, *words: str) -> None:
    slug, _ = open_round(store)
    for each in words:
        send(store, slug, {"what_helps": each})


def item_page(browser: Desk, words: str) -> str:
    """The address of the page on which words are acted on."""
    page = browser.get("/staff/reading")
    return str(page.one(f"//li[contains(., '{words}')]//a[contains(@href, '/staff/reading/')]/@href"))


def quotes(page: Page) -> list[str]:
    return [quote.text for quote in page.all("//blockquote")]


def test_overdue_words_are_under_a_heading_of_their_own_and_first(
    reader: Desk, store: Store, today: Clock
) -> None:
    write(store, "my dog")
    today.move_to("2026-11-25")
    write(store, WORRYING)
    page = reader.get("/staff/reading")
    assert [heading.text for heading in page.all("//form//h2")] == ["Overdue", "May be worrying"]
    assert quotes(page) == ["my dog", WORRYING]
    assert "1 overdue. 2 comments to read now." in page.text


def test_worrying_words_are_never_beyond_the_first_page(reader: Desk, store: Store, today: Clock) -> None:
    write(store, *(f"dog {number}" for number in range(25)))
    today.move_to("2026-11-23")
    write(store, *(f"{WORRYING} {number}" for number in range(22)))
    assert len(quotes(reader.get("/staff/reading"))) == 22
    today.move_to("2026-11-25")
    assert len(quotes(reader.get("/staff/reading"))) == 47
    today.move_to("2026-11-26")
    assert len(quotes(reader.get("/staff/reading"))) == 40
    write(store, *(f"{WORRYING}, {number}" for number in range(25)))
    today.move_to("2026-12-01")
    page = reader.get("/staff/reading")
    assert len([quote for quote in quotes(page) if WORRYING in quote]) == 47
    assert "25 more comments after these." in page.text


def test_what_was_done_is_recorded_and_the_words_can_stay(reader: Desk, store: Store) -> None:
    write(store, WORRYING)
    address = item_page(reader, WORRYING)
    page = reader.post(address, {"done": ["duty", "police"], "language": "", "translation": ""})
    assert "Noted. The words stay here" in page.text
    assert "Told the duty social worker" in page.one("//h1/following-sibling::form//ul[1]").text_content()
    assert {str(each) for each in page.all("//input[@name='done']/@value")} == set(reading_queue.DONE) - {
        "duty",
        "police",
    }
    assert "acted on · never quoted" in reader.get("/staff/reading").text
    assert safeguarding_log.months(store)[0].escalated == {"duty": 1, "police": 1}


def test_words_can_be_noted_and_erased_at_once(reader: Desk, store: Store, today: Clock) -> None:
    write(store, *(WORRYING for _ in range(10)))
    address = str(reader.get("/staff/reading").all("//a[contains(@href, '/staff/reading/')]/@href")[1])
    page = reader.post(address, {"never_quote": "y", "read": "yes"})
    assert page.heading == "Words to read"
    assert len(reading_queue.due(store)) == 9
    today.end_month()
    counting.count(store)
    assert len(comments.listing(store, "withheld")) == 10, "the same words to the same question are the same"


def test_an_interpreters_words_stand_beside_and_too_many_stay_in_the_form(
    reader: Desk, store: Store, today: Clock
) -> None:
    write(store, "كلبي")
    today.move_to("2026-11-23")
    address = item_page(reader, "كلبي")
    reader.post(address, {"language": "Arabic"})
    assert "waiting for an interpreter (Arabic)" in reader.get("/staff/reading").text
    page = reader.post(address, {"language": "Arabic", "translation": "x" * 4001}, 422)
    assert page.one("//textarea").text_content().strip() == "x" * 4001
    reader.post(address, {"language": "Arabic", "translation": "my dog"})
    page = reader.get("/staff/reading")
    assert quotes(page) == ["كلبي", "my dog"]
    assert "waiting for an interpreter" not in page.text


def test_a_language_or_deed_that_is_not_on_the_list_is_refused(reader: Desk, store: Store) -> None:
    write(store, WORRYING)
    address = item_page(reader, WORRYING)
    reader.post(address, {"language": "Sam’s own"}, 422)
    reader.post(address, {"done": "rang Sam"}, 422)
    assert safeguarding_log.months(store) == []


def test_stepping_back_leaves_words_to_the_cover(reader: Desk, cover: Desk, store: Store) -> None:
    write(store, WORRYING)
    address = item_page(reader, WORRYING)
    page = reader.post(f"{address}/step-back")
    assert "It waits for the other readers." in page.text
    assert quotes(page) == []
    assert "not in your list any more" in reader.get(address).text
    assert quotes(cover.get("/staff/reading")) == [WORRYING]


def test_enter_on_a_box_leaves_no_words_to_somebody_else(reader: Desk, store: Store) -> None:
    write(store, WORRYING)
    page = reader.get("/staff/reading")
    inside = page.one("//input[@name='read']/ancestor::form").xpath(".//button[not(@form)]")
    assert [button.text for button in inside] == ["Mark as read and erase from here"]


def test_stepping_back_as_the_last_one_warns_everybody_who_can_mend_it(
    reader: Desk, desk: Callable[[], Desk], store: Store
) -> None:
    write(store, WORRYING)
    page = reader.post(f"{item_page(reader, WORRYING)}/step-back")
    assert "nobody else can read it now" in page.text
    for role in ("admin", "participation"):
        assert "every reader has stepped back" in desk().sign_in(role).get("/staff/").text


def test_administrators_are_told_by_mail_that_nobody_else_can_read_it(
    app: Flask, desk: Callable[[], Desk], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[EmailMessage] = []
    monkeypatch.setattr(mail, "send_soon", lambda _smtp, message: sent.append(message))
    parts = app.extensions["heard"]
    smtp = Smtp(host="mail.example.org", sender="heard@example.org")
    context.attach(app, replace(parts, config=replace(parts.config, smtp=smtp)))
    for name in ("one", "two"):
        staff.add(store, f"{name}@example.org", ["admin"])
    reader = desk().sign_in("safeguarding")
    write(store, WORRYING)
    reader.post(f"{item_page(reader, WORRYING)}/step-back")
    (message,) = sent
    assert message["To"] == "one@example.org, two@example.org"
    assert "nobody else may read them now" in message.get_content()
    assert "die" not in str(message)


def test_words_that_another_has_read_say_so(reader: Desk, cover: Desk, store: Store) -> None:
    write(store, WORRYING)
    address = item_page(reader, WORRYING)
    cover.post(address, {"read": "yes"})
    assert "somebody has read them" in reader.post(address, {"never_quote": "y"}).text
    assert "somebody has read them" in reader.post(f"{address}/step-back").text


@pytest.mark.parametrize("role", ["admin", "participation"])
def test_those_who_can_mend_it_are_warned_when_nobody_reads(desk: Callable[[], Desk], role: str) -> None:
    assert "Nobody has the role Safeguarding" in desk().sign_in(role).get("/staff/").text


@pytest.mark.parametrize("role", ["admin", "participation"])
def test_those_who_can_mend_it_are_warned_when_everybody_is_away_or_words_are_overdue(
    desk: Callable[[], Desk], reader: Desk, store: Store, today: Clock, role: str
) -> None:
    browser = desk().sign_in(role)
    write(store, "my dog")
    assert "away today" not in browser.get("/staff/").text
    ruth = staff.find_by_email(store, "ruth@example.org")
    assert ruth is not None
    readers.add_absence(store, ruth.id, today.day, today.day + dt.timedelta(days=9), ruth.id)
    assert "Everybody who reads words for safety is away today." in browser.get("/staff/").text
    today.move_to("2026-11-25")
    assert "Words of young people are overdue" in browser.get("/staff/").text
    assert "my dog" not in browser.get("/staff/").text


@pytest.mark.parametrize("role", ["iro", "board"])
def test_others_are_not_told_of_it(desk: Callable[[], Desk], store: Store, today: Clock, role: str) -> None:
    write(store, "my dog")
    today.move_to("2026-11-25")
    assert "overdue" not in desk().sign_in(role).get("/staff/").text


def test_the_home_page_and_the_queue_say_whose_duty_it_is(
    reader: Desk, cover: Desk, store: Store, today: Clock
) -> None:
    said = "On duty today: ruth@example.org. Cover: sam@example.org."
    assert said in reader.get("/staff/").text
    assert said in cover.get("/staff/reading").text
    ruth = staff.find_by_email(store, "ruth@example.org")
    assert ruth is not None
    readers.add_absence(store, ruth.id, today.day, today.day, ruth.id)
    assert "On duty today: sam@example.org. Nobody covers." in cover.get("/staff/").text


def test_a_reader_notes_an_absence_and_takes_it_back(reader: Desk, cover: Desk, store: Store) -> None:
    ruth = staff.find_by_email(store, "ruth@example.org")
    assert ruth is not None
    days = {f"reader-{ruth.id}-first": "2026-11-23", f"reader-{ruth.id}-last": "2026-11-27"}
    page = cover.post(f"/staff/readers/{ruth.id}/away", days)
    assert "Away 23 November 2026 to 27 November 2026" in page.text
    page = cover.post(f"/staff/readers/{ruth.id}/not-away/2026-11-23")
    assert "Away 23" not in page.text


def test_days_the_wrong_way_round_stay_in_the_form(reader: Desk, store: Store) -> None:
    ruth = staff.find_by_email(store, "ruth@example.org")
    assert ruth is not None
    days = {f"reader-{ruth.id}-first": "2026-11-27", f"reader-{ruth.id}-last": "2026-11-23"}
    page = reader.post(f"/staff/readers/{ruth.id}/away", days, 422)
    assert "The last day is before the first." in page.text
    assert page.value(f"reader-{ruth.id}-first") == "2026-11-27"
    empty = reader.post(f"/staff/readers/{ruth.id}/away", {}, 422)
    assert "Choose the first day." in empty.text


def test_an_administrator_gives_the_order(
    desk: Callable[[], Desk], reader: Desk, cover: Desk, store: Store
) -> None:
    admin = desk().sign_in("admin")
    sam = staff.find_by_email(store, "sam@example.org")
    assert sam is not None
    page = admin.post(f"/staff/readers/{sam.id}/move-up")
    assert [heading.text for heading in page.all("//ol//h2")] == ["sam@example.org", "ruth@example.org"]
    reader.post(f"/staff/readers/{sam.id}/move-up", status=403)


@pytest.mark.parametrize("address", ["999/away", "999/move-up", "1/not-away/soon"])
def test_a_reader_who_is_none_has_no_page(desk: Callable[[], Desk], address: str) -> None:
    desk().sign_in("safeguarding", "admin").post(f"/staff/readers/{address}", status=404)


def test_the_numbers_hold_no_words(reader: Desk, store: Store, today: Clock) -> None:
    write(store, WORRYING)
    reader.post(item_page(reader, WORRYING), {"done": "police", "read": "yes"})
    page = reader.get("/staff/reading/months")
    assert "Rang the police: 1" in page.text
    assert WORRYING not in page.text
    assert [cell.text for cell in page.all("(//tbody)[1]/tr[1]/td")] == ["1", "0", "1", "0", "0", "0", "0"]
    assert [cell.text for cell in page.all("(//tbody)[2]/tr/*")] == [
        "20 November 2026",
        "ruth@example.org",
        "1",
        "0",
        "0",
    ]
    today.move_to("2026-12-21")
    assert len(reader.get("/staff/reading/months").all("//table")) == 1


def test_an_administrator_sees_of_months_that_have_ended_what_was_read_in_tens(
    reader: Desk, desk: Callable[[], Desk], store: Store, today: Clock
) -> None:
    admin = desk().sign_in("admin")
    write(store, *(f"{WORRYING} {number:02}" for number in range(11)))
    for number in range(10):
        reader.post(item_page(reader, f"{WORRYING} {number:02}"), {"done": "police", "read": "yes"})
    reader.post(item_page(reader, WORRYING), {"done": "lead", "read": "yes"})
    page = admin.get("/staff/reading/months")
    assert (page.one("//tbody/tr[1]/th").text_content(), len(page.all("//table"))) == ("October 2026", 1)
    today.end_month()
    page = admin.get("/staff/reading/months")
    fewer = "fewer than 10"
    assert [cell.text for cell in page.all("//tbody/tr[1]/*")] == [
        "November 2026",
        "10 or more",
        fewer,
        "10 or more",
        *[fewer] * 4,
    ]
    assert "Rang the police: 10 or more" in page.text
    assert "Told the safeguarding lead" not in page.text
