"""The same content in every format, read back from the files."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
import zipfile
from functools import cache
from html.parser import HTMLParser
from io import BytesIO

import openpyxl
import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.shared import Length

from analysis.period import Period
from analysis.report import FORMATS, ReportError, ReportInput, SurveyInput, write
from analysis.report.content import content
from surveys.reading import load_catalogue
from surveys.schema import Counts
from tests.analysis.alone import findings
from tests.analysis.published import question, survey, tallies
from tests.analysis.reports import COUNCIL, FORMULA, YEAR, report_input

HEADLINES = (
    ("92%", "said that talked_before is so"),
    ("93%", "said that wellbeing_supported is so"),
    ("97%", "said that trusted_adult is so"),
)


@cache
def published_report(file_format: str) -> bytes:
    return write(report_input(), file_format)


def written(of: ReportInput | None, file_format: str) -> bytes:
    return write(of, file_format) if of else published_report(file_format)


def word(of: ReportInput | None = None) -> WordDocument:
    return Document(BytesIO(written(of, "docx")))


def workbook(of: ReportInput | None = None) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(written(of, "xlsx")))


def page(of: ReportInput | None = None) -> str:
    return written(of, "html").decode("utf-8")


def unpacked(file: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(file)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def text(of: ReportInput | None, file_format: str) -> str:
    """All that a reader sees."""
    if file_format == "docx":
        document = word(of)
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    if file_format == "xlsx":
        rows = (row for sheet in workbook(of) for row in sheet.iter_rows(values_only=True))
        return "\n".join(str(cell) for row in rows for cell in row if cell is not None)
    return re.sub(r"<style>.*?</style>|<[^>]+>", "", page(of), flags=re.DOTALL)


@pytest.mark.parametrize("file_format", FORMATS)
def test_every_format_says_the_published_headlines(file_format: str) -> None:
    said = text(None, file_format)
    for figure, rest in HEADLINES:
        assert f"{figure} {rest} (of 1" in said


def test_the_split_of_how_children_attended_is_a_table_in_word() -> None:
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in word().tables]
    assert [
        ["Answer", "Share"],
        ["Attended", "73%"],
        ["Separate talk", "13%"],
        ["Chose not to", "14%"],
        ["Not invited", "0%"],
    ] in tables


def test_the_same_figures_are_numbers_in_the_spreadsheet() -> None:
    rows = list(workbook()["Iro review"].iter_rows(values_only=True))
    assert rows[0][:7] == ("Question", "As asked", "Answer", "Shown", "Percent", "Answered", "Skipped")
    assert [(row[2], row[4], row[5]) for row in rows if row[0] == "How attended"] == [
        ("Attended", 73, 100),
        ("Separate talk", 13, 100),
        ("Chose not to", 14, 100),
        ("Not invited", 0, 100),
    ]


@pytest.mark.parametrize("file_format", FORMATS)
def test_what_is_withheld_is_in_no_format(file_format: str) -> None:
    """Eight said why; seven of the eight is 88%, and all of them 100%."""
    said = text(None, file_format)
    assert "fewer than 10 answered" in said
    assert "100%" not in said.replace("sum to exactly 100%", "").replace("sum to more than 100%", "")


@pytest.mark.parametrize("file_format", FORMATS)
def test_nine_responses_are_not_in_any_format(file_format: str) -> None:
    nine = survey(question("safe"), key="nine")
    found = findings(nine, tallies([{"safe": "yes"}] * 5 + [{"safe": "no"}] * 4), YEAR)
    said = text(ReportInput(YEAR, COUNCIL, dt.date(2023, 10, 4), (SurveyInput(nine, found),)), file_format)
    assert "“Nine” had fewer than 10 responses counted in this time, so nothing of it is shown." in said
    assert not re.search(r"\b(?:56|44)%|\b[59]\b", said.replace("9 in 10", ""))


def test_responses_of_children_s_surveys_are_added_with_care() -> None:
    about = content(report_input()).about[1]
    assert about.startswith("Together we have 291 responses from children and young people: 100 to")
    assert "a child who answered more than one is in each of them" in about


def test_conversations_are_called_conversations_and_not_added_to_children() -> None:
    ending = survey(question("told"), key="end_of_placement", counts=Counts.CONVERSATIONS)
    found = findings(ending, tallies([{"told": "yes"}] * 12), YEAR)
    made = content(ReportInput(YEAR, COUNCIL, dt.date(2023, 10, 4), (SurveyInput(ending, found),)))
    assert made.sections[0].opening == "12 conversations were recorded from April 2022 to March 2023."
    assert not any("heard from" in text or "Together" in text for text in made.about)


def test_a_single_children_s_survey_says_how_many_were_heard_from() -> None:
    only = ReportInput(YEAR, COUNCIL, dt.date(2023, 10, 4), report_input().surveys[1:])
    assert content(only).about[1] == "We have heard from 191 children and young people."


def test_a_band_is_said_in_words_and_not_drawn() -> None:
    safe = survey(question("safe", sensitive=True), question("heard"), key="safety")
    found = findings(
        safe, tallies([{"safe": "yes", "heard": "yes"}] * 90 + [{"safe": "no", "heard": "no"}] * 3), YEAR
    )
    section = content(ReportInput(YEAR, COUNCIL, dt.date(2023, 10, 4), (SurveyInput(safe, found),))).sections[
        0
    ]
    assert (section.headlines[0].figure, section.headlines[0].rest) == (
        "More than 9 in 10",
        "said that safe is so",
    )
    assert section.chart is not None
    assert [bar.percent for bar in section.chart.bars] == [97]
    assert section.chart.note == "Questions whose figure is shown in words are not drawn."


def test_word_has_real_headings_in_order() -> None:
    styles = [
        p.style.name
        for p in word().paragraphs
        if p.style and p.style.name and p.style.name[:5] in ("Title", "Headi")
    ]
    assert styles == [
        "Title",
        *["Heading 1", "Heading 2"],
        *["Heading 1", "Heading 2", "Heading 2"],
        "Heading 1",
    ]


def test_word_repeats_header_rows_and_breaks_no_row() -> None:
    for table in word().tables:
        rows = [row._tr.trPr for row in table.rows]
        assert rows[0].find(qn("w:tblHeader")) is not None
        assert all(row.find(qn("w:cantSplit")) is not None for row in rows)
        assert all(row.find(qn("w:tblHeader")) is None for row in rows[1:])


def test_word_keeps_a_small_table_on_one_page_with_its_notes() -> None:
    noted = [table for table in word().tables if table._tbl.getnext().style == "Note"]
    assert noted
    for table in noted:
        assert all(cell.paragraphs[0].paragraph_format.keep_with_next for cell in table.rows[-1].cells)


def breaks(of: ReportInput) -> list[str]:
    """The headings that begin a page."""
    return [p.text for p in word(of).paragraphs if p.paragraph_format.page_break_before]


def test_word_begins_a_page_with_each_survey_and_with_tables_that_do_not_fit_below_what_leads() -> None:
    assert breaks(report_input()) == ["Every question", "Wellbeing"]


def test_word_puts_the_tables_of_a_short_first_survey_below_its_opening() -> None:
    short = dataclasses.replace(report_input(), surveys=report_input().surveys[1:])
    assert breaks(short) == []


def test_word_tables_begin_where_text_does() -> None:
    for table in word().tables:
        indent, padding = (next(table._tbl.tblPr.iter(qn(f"w:{tag}"))) for tag in ("tblInd", "tblCellMar"))
        assert indent.get(qn("w:w")) == padding.find(qn("w:left")).get(qn("w:w"))


def test_word_pictures_say_in_words_what_they_show() -> None:
    shown = [shape._inline.docPr.get("descr") for shape in word().inline_shapes]
    assert len(shown) == 2
    assert "Said that trusted_adult is so, 97%" in shown[1]


def test_word_is_in_british_english_on_a4() -> None:
    document = word()
    languages = [lang.get(qn("w:val")) for lang in document.styles.element.iter(qn("w:lang"))]
    assert languages == ["en-GB"]
    assert round(Length(document.sections[0].page_width or 0).cm, 1) == 21.0


def test_word_s_properties_are_the_council_s() -> None:
    properties = word().core_properties
    assert properties.title == "What children and young people told us, April 2022 to March 2023"
    assert (properties.author, properties.last_modified_by) == (COUNCIL, COUNCIL)
    assert properties.created == dt.datetime(2023, 10, 4, tzinfo=dt.UTC)
    assert (properties.language, properties.comments) == ("en-GB", "")


def test_without_a_council_the_author_is_heard() -> None:
    assert word(report_input(council="")).core_properties.author == "Heard"


def test_word_numbers_its_pages() -> None:
    footer = word().sections[0].footer._element
    assert [code.text.strip() for code in footer.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize("file_format", ["docx", "xlsx"])
def test_files_name_neither_the_library_nor_a_machine(file_format: str) -> None:
    parts = unpacked(published_report(file_format))
    assert not [name for name in parts if "thumbnail" in name or "chart" in name.lower().replace("media", "")]
    everything = b"".join(body for name, body in parts.items() if not name.endswith(".png"))
    assert not re.search(rb"python-docx|python|/home/|/Users/", everything)


def test_the_spreadsheet_hides_nothing_and_holds_no_formula() -> None:
    for sheet in workbook():
        assert sheet.sheet_state == "visible"
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
        assert not any(column.hidden for column in sheet.column_dimensions.values())


def test_numbers_of_the_spreadsheet_stand_under_their_heads() -> None:
    head, *rows = workbook()["Wellbeing"].iter_rows()
    for column in (4, 5, 6):
        assert {row[column].alignment.horizontal for row in (head, *rows)} == {"right"}


@pytest.mark.parametrize("key", ["iro_review", "wellbeing", "end_of_placement"])
def test_questions_and_answers_of_built_in_surveys_stand_on_one_line_of_the_spreadsheet(key: str) -> None:
    built_in = load_catalogue().get(key)
    first = {each.key: each.options[0].value for each in built_in.choice_questions}
    found = findings(built_in, tallies([first] * 12), YEAR)
    sheet = workbook(ReportInput(YEAR, "", dt.date(2023, 10, 4), (SurveyInput(built_in, found),))).worksheets[
        1
    ]
    long = [
        sheet.cell(row, column).value
        for row in range(2, sheet.max_row + 1)
        for column in (1, 2, 3)
        if sheet.row_dimensions[row].height > 18 and not sheet.cell(row, 8).value
    ]
    assert long == []


@pytest.mark.parametrize("words", [FORMULA, "+44 is my number", "@me", "-1"])
def test_words_that_look_like_a_formula_stay_words(words: str) -> None:
    cells = list(workbook(report_input(wellbeing_words=(words,)))["In their own words"].values)
    assert cells[1][2] == words


def test_quotes_are_given_as_they_were_approved() -> None:
    quotes = [p.text for p in word().paragraphs if p.style and p.style.name == "Quote"]
    assert quotes == ["“the dog”", f"“{FORMULA}”"]


def test_markup_in_words_stays_words_in_html() -> None:
    made = page(report_input(wellbeing_words=("<script>alert(1)</script> & so on",)))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; so on" in made
    assert "<script" not in made


class _Outside(HTMLParser):
    """Whatever an HTML page would fetch or run, its headings, and the ids it has and refers to."""

    def __init__(self) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.references: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "src" in given or tag in ("script", "link", "iframe", "object"):
            self.fetched.append(tag)
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if "id" in given:
            self.ids.append(given["id"])
        if tag == "a":
            self.references.append(given["href"].removeprefix("#"))


def test_html_stands_alone_with_headings_in_order_and_links_that_lead_somewhere() -> None:
    read = _Outside()
    made = page()
    read.feed(made)
    assert read.fetched == []
    assert "url(" not in made
    assert read.headings[0] == 1
    assert all(after - before <= 1 for before, after in zip(read.headings, read.headings[1:], strict=False))
    assert len(set(read.ids)) == len(read.ids)
    assert set(read.references) <= set(read.ids)


def test_html_tables_name_their_columns_and_rows() -> None:
    made = page()
    assert made.count("<caption>") == made.count("<table>") == 3
    assert '<th scope="col">Answered</th>' in made
    assert '<th scope="row">Trusted adult</th>' in made


def test_a_demonstration_says_so_in_every_format() -> None:
    given = report_input()
    demonstration = ReportInput(
        given.period, given.council, given.made_on, given.surveys, is_demonstration=True
    )
    for file_format in FORMATS:
        assert "Demonstration: these are not real answers." in text(demonstration, file_format)


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_report_of_a_time_with_nothing_in_it_says_that_and_why(file_format: str) -> None:
    said = text(ReportInput(YEAR, "", dt.date(2023, 10, 4), ()), file_format)
    assert "This report is about what children and young people in our care said" in said
    assert "Nothing can be shown of this time: no answers were counted in it." in said
    assert "at least 10 are together" in said


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_report_of_something_does_not_say_that_there_is_nothing(file_format: str) -> None:
    assert "Nothing can be shown" not in text(None, file_format)


def test_an_unknown_format_is_a_sentence() -> None:
    with pytest.raises(ReportError, match="'pdf' is not a report format; expected docx, html, xlsx"):
        write(report_input(), "pdf")


def test_findings_of_another_period_are_refused() -> None:
    given = report_input()
    with pytest.raises(ReportError, match="are not those of April 2023 to March 2024"):
        write(ReportInput(Period.year("2023-24"), "", given.made_on, given.surveys), "html")


def test_a_sheet_keeps_its_name_within_what_excel_allows() -> None:
    long = survey(question("safe"), key="a_survey_with_a_very_long_name_and_more")
    also = survey(question("safe"), key="a_survey_with_a_very_long_name_and_less")
    parts = tuple(SurveyInput(s, findings(s, tallies([{"safe": "yes"}] * 12), YEAR)) for s in (long, also))
    names = workbook(ReportInput(YEAR, "", dt.date(2023, 10, 4), parts)).sheetnames
    assert names[1:3] == ["A survey with a very long name", "A survey with a very long na 2"]
