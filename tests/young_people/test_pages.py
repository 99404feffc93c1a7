"""What holds for every young person's page."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from feedback_app.help_lines import HelpLinesError, read_help_lines
from feedback_app.young_people import pages
from surveys.pictures import PICTURES
from surveys.schema import Wording
from tests.support.pages import PageChecker, faults_of_headers
from tests.young_people.conftest import MakeRound

STILL = ["/", "/s/any/thanks", "/help", "/stopped", "/privacy", "/accessibility"]


@pytest.mark.parametrize("address", STILL)
def test_a_page_is_whole(page: PageChecker, address: str) -> None:
    page.get(address)


@pytest.mark.parametrize("survey", ["iro_review", "wellbeing", "end_of_placement"])
@pytest.mark.parametrize("wording", list(Wording))
def test_a_survey_is_whole_in_each_wording(
    page: PageChecker, make_round: MakeRound, survey: str, wording: Wording
) -> None:
    opened = page.get(f"{make_round(survey)}?wording={wording}")
    assert opened.all("//form[@method='post'][@autocomplete='off']")
    assert not opened.all("//*[@required]")


@pytest.mark.parametrize("address", STILL)
def test_help_and_a_way_out_are_on_every_page(page: PageChecker, address: str) -> None:
    opened = page.get(address)
    assert opened.all("//header//a[@href='/help']")
    assert opened.all("//header//a[@href='/leave']")


def test_the_promise_and_its_limits_are_read_before_the_first_question(
    page: PageChecker, address_of_survey: str
) -> None:
    text = page.get(address_of_survey).text
    promise = text.index("we cannot come and help you from this form")
    assert promise < text.index("keeping children safe reads") < text.index("Start")


def test_a_survey_is_never_kept_by_a_cache(client: FlaskClient, address_of_survey: str) -> None:
    assert client.get(address_of_survey).headers["Cache-Control"] == "no-store"


def test_the_service_worker_may_answer_for_every_page_and_is_asked_for_each_time(
    client: FlaskClient,
) -> None:
    worker = client.get("/sw.js")
    assert worker.mimetype == "text/javascript"
    assert worker.headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in worker.headers
    assert not [*faults_of_headers(worker)]
    again = client.get("/sw.js", headers={"If-None-Match": worker.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_pages_may_have_a_worker_of_ours_and_no_other(client: FlaskClient) -> None:
    assert "worker-src 'self'" in client.get("/").headers["Content-Security-Policy"].split("; ")


def test_leaving_goes_to_an_ordinary_site_at_once(client: FlaskClient) -> None:
    answer = client.get("/leave")
    assert (answer.status_code, answer.location) == (303, "https://www.bbc.co.uk/weather")


def test_a_follow_up_says_when_it_applies_where_there_is_no_script(
    page: PageChecker, address_of_survey: str
) -> None:
    follow_up = page.get(address_of_survey).one("//fieldset[@data-step='talked_before_why']")
    assert "Only if you answered “No” above." in follow_up.text_content()


def test_rather_not_say_is_offered_on_sensitive_questions(page: PageChecker, make_round: MakeRound) -> None:
    wellbeing = page.get(make_round("wellbeing"))
    assert wellbeing.one("//input[@name='trusted_adult'][@value='prefer_not_to_say']") is not None


@pytest.mark.parametrize("survey", ["iro_review", "wellbeing", "end_of_placement"])
def test_every_easy_question_and_option_has_a_drawing(
    page: PageChecker, make_round: MakeRound, survey: str
) -> None:
    easy = page.get(f"{make_round(survey)}?wording=easy")
    bare = easy.all("//*[@data-kind][not(.//svg[contains(@class, 'picture')])]/@data-step")
    bare += easy.all("//label[contains(@class, 'option')][not(.//svg)]/input/@id")
    assert bare == []


@pytest.mark.parametrize("name", PICTURES)
def test_every_picture_that_a_survey_may_name_is_drawn(app: Flask, name: str) -> None:
    module = app.jinja_env.get_template("young_people/_pictures.html").module
    assert "<svg" in module.picture(name)  # type: ignore[attr-defined]


def test_a_picture_without_a_drawing_shows_nothing(app: Flask) -> None:
    module = app.jinja_env.get_template("young_people/_pictures.html").module
    assert module.picture("unheard_of") == ""  # type: ignore[attr-defined]


def test_only_so_many_pages_are_kept(
    client: FlaskClient, make_round: MakeRound, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_MOST_PAGES", 2)
    for survey in ("iro_review", "wellbeing", "end_of_placement"):
        client.get(make_round(survey))
    assert len(app.extensions["heard_survey_pages"]) <= 2


def test_each_help_line_can_be_tapped(page: PageChecker) -> None:
    links = page.get("/help").all("//main//ul[@class='lines']//a/@href")
    assert links == ["tel:999", "tel:08001111", "sms:85258?body=SHOUT", "tel:116123", "tel:08088005792"]


def test_a_council_may_bring_its_own_help_lines(tmp_path: Path) -> None:
    file = tmp_path / "lines.toml"
    file.write_text(
        '[[line]]\nname = "Fernshire advocacy"\nabout = "On your side."\ncall = "01632 960000"\n'
        'open = "Weekdays."\nlast_checked = "2026-10"\n'
    )
    (line,) = read_help_lines(file)
    assert (line.link, line.checked) == ("tel:01632960000", "October 2026")


GOOD = {"name": "N", "about": "A.", "call": "999", "open": "O.", "last_checked": "2026-10"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": None}, "line 1: name is missing"),
        ({"call": None}, "expected either call or text"),
        ({"text": "85258"}, "expected either call or text"),
        ({"call": "ring us"}, "'ring us' is not a number to ring or text"),
        ({"last_checked": "2026-13"}, "last_checked"),
        ({"fax": "1"}, "fax is not known"),
        ({"word": "two words", "call": None, "text": "85258"}, "one plain word"),
    ],
)
def test_a_help_line_that_is_not_of_its_form_is_named(
    tmp_path: Path, changes: dict[str, str | None], said: str
) -> None:
    lines = [f'{name} = "{value}"' for name, value in {**GOOD, **changes}.items() if value is not None]
    file = tmp_path / "lines.toml"
    file.write_text("\n".join(["[[line]]", *lines]))
    with pytest.raises(HelpLinesError, match=said):
        read_help_lines(file)


@pytest.mark.parametrize("content", ["", "line = 3", "[[line", "\x00"])
def test_a_file_without_help_lines_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "lines.toml"
    file.write_text(content)
    with pytest.raises(HelpLinesError, match=r"lines\.toml"):
        read_help_lines(file)
