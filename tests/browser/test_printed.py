"""Staff pages as they leave the printer."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, PdfMargins
from pypdf import PdfReader

from feedback_app.languages import OTHERS
from feedback_app.store import Store
from feedback_app.store.models import Round
from tests.staff.desk import Desk
from tests.support.rounds import slug_of

#: What printers leave free.
PRINTER: PdfMargins = {"top": "12mm", "right": "12mm", "bottom": "12mm", "left": "12mm"}
SURVEYS = ("iro_review", "wellbeing", "end_of_placement")


@pytest.fixture
def worker(app: Flask, store: Store) -> Desk:
    return Desk(app, store).sign_in("participation")


@pytest.fixture
def as_worker(worker: Desk, browser_page: Page) -> Page:
    """The browser, signed in as the worker is."""
    cookie = worker.client.get_cookie("heard_staff", path="/staff")
    assert cookie is not None
    browser_page.context.add_cookies(
        [{"name": "heard_staff", "value": cookie.value, "domain": "127.0.0.1", "path": "/staff"}]
    )
    return browser_page


def in_every_language(store: Store, slug: str) -> None:
    with store.writing() as session:
        found = session.get_one(Round, slug)
        found.languages = " ".join(each.code for each in OTHERS)


@pytest.mark.parametrize("survey", SURVEYS)
def test_a_poster_is_one_page_with_every_language_and_a_code(
    as_worker: Page, make_round: Callable[..., str], store: Store, survey: str
) -> None:
    slug = slug_of(make_round(survey, entry="codes"))
    in_every_language(store, slug)
    as_worker.goto(f"/staff/rounds/{slug}/poster")
    pages = PdfReader(io.BytesIO(as_worker.pdf(format="A4"))).pages
    text = pages[0].extract_text()
    assert "You need a code" in text
    assert "Cymraeg" in text
    assert len(pages) == 1


def test_a_conversation_s_summary_of_every_question_is_one_page(browser_page: Page, app: Flask) -> None:
    """As it stands at the end of the longest survey, with a line for each answer."""
    with app.app_context():
        survey = app.extensions["heard"].store.surveys.get("iro_review")
    said = "".join(f"<div><dt>{each.text}</dt><dd>{each.title}</dd></div>" for each in survey.questions)
    browser_page.goto("/help")
    browser_page.evaluate(
        "(said) => { document.querySelector('main').innerHTML = said; }",
        f'<h1>What was said</h1><div id="said"><h2>{survey.title}</h2><dl class="answers">{said}</dl></div>',
    )
    assert len(PdfReader(io.BytesIO(browser_page.pdf(format="A4", margin=PRINTER))).pages) == 1
