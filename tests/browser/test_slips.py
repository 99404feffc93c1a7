"""Slips as they leave the printer: ten on a sheet, none cut in two."""

from __future__ import annotations

import io

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from feedback_app import slips

CODES = [f"{first}{second}C-DEF-GHJ" for first in "ACDEF" for second in "34679"]
ADDRESS = "https://heard.a-council-with-quite-a-long-name.gov.uk/s/k4tr9mxa"


@pytest.fixture
def sheets(browser: Browser) -> list[str]:
    """What is read on each sheet of 25 slips, without blanks."""
    with browser.new_context() as context:
        page = context.new_page()
        page.set_content(slips.document("How are things where you live at the moment?", ADDRESS, CODES))
        pdf = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    return ["".join(each.extract_text().split()) for each in pdf.pages]


def test_ten_slips_stand_on_a_sheet_and_no_slip_on_two(sheets: list[str]) -> None:
    assert len(sheets) == 3
    on = [[code for code in CODES if code.replace("-", "") in sheet] for sheet in sheets]
    assert [len(codes) for codes in on] == [10, 10, 5]
    assert [code for codes in on for code in codes] == CODES
    for sheet, codes in zip(sheets, on, strict=True):
        assert sheet.count("Itworksonce.") == sheet.count("Scanthis") == len(codes)
        assert sheet.count(ADDRESS.partition("://")[2]) == len(codes)


def test_a_slip_fits_its_place_whatever_the_link_is(browser: Browser) -> None:
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.set_content(slips.document("How are things where you live at the moment?", ADDRESS, CODES))
        page.emulate_media(media="print")
        over = page.eval_on_selector_all(
            ".slip",
            "(all) => all.filter((e) => e.scrollHeight > e.clientHeight || e.scrollWidth > e.clientWidth).length",
        )
    assert over == 0
