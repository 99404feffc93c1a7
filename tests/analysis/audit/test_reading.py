"""What Heard wrote is read back as what it shows, whatever the format."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.audit.facts import AuditError, Fact, Figure, FileSays, Kind
from analysis.audit.reading import read
from analysis.audit.report_text import period_of
from analysis.data_formats import as_csv, as_json
from analysis.period import Period
from analysis.report import FORMATS, write
from surveys.reading import BUILT_IN, load_catalogue
from surveys.schema import Survey
from tests.analysis.audit.releases import EVERY_PERIOD, MONTHS, QUARTERS, YEAR, Publisher, World, worlds
from tests.analysis.published import surveys
from tests.analysis.reports import report_input

KNOWN = {survey.key: survey for survey in surveys().values()}


def said(name: str, content: bytes, known: dict[str, Survey] | None = None) -> FileSays:
    return read(name, content, KNOWN if known is None else known)


def without_file(facts: Iterable[Fact]) -> set[Fact]:
    return {replace(fact, file="") for fact in facts}


def single_options(facts: Iterable[Fact]) -> set[Fact]:
    """Without headlines of several options, which only reports have."""
    return {fact for fact in without_file(facts) if len(fact.figure.options) < 2}


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_says_what_the_json_of_its_surveys_says(form: str) -> None:
    given = report_input()
    from_json = [said("a.json", as_json(part.findings).encode()) for part in given.surveys]
    expected = {fact for some in from_json for fact in single_options(some.facts)}
    assert single_options(said(f"a.{form}", write(given, form)).facts) == expected


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_in_a_report_is_left_unread(form: str) -> None:
    assert said(f"a.{form}", write(report_input(), form)).unread == ()


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_in_a_report_of_nothing_is_left_unread(form: str) -> None:
    assert said(f"a.{form}", write(dataclasses.replace(report_input(), surveys=()), form)).unread == ()


def test_rows_say_what_json_says_but_for_the_number_of_responses() -> None:
    for part in report_input().surveys:
        from_json = said("a.json", as_json(part.findings).encode()).facts
        from_rows = said("a.csv", as_csv(part.findings).encode()).facts
        expected = {f for f in without_file(from_json) if f.figure.kind is not Kind.RESPONSES}
        assert without_file(from_rows) == expected


@settings(max_examples=15, suppress_health_check=list(HealthCheck))
@given(worlds(months=MONTHS[::3]), st.sampled_from([YEAR, *QUARTERS]), st.sampled_from(FORMATS))
def test_breakdowns_of_random_surveys_are_read_back(world: World, period: Period, form: str) -> None:
    publisher = Publisher(world)
    publisher.report(period, world.breakdowns, form)
    for by in (None, *world.breakdowns):
        publisher.data(period, by)
    known = {world.survey.key: world.survey}
    report, *data = (said(name, content, known) for name, content in publisher.files)
    assert report.unread == ()
    shown = {(f.figure, f.least, f.most, f.share) for some in data for f in some.facts if f.is_shown}
    of_report = {(f.figure, f.least, f.most, f.share) for f in report.facts if f.is_shown}
    assert {fact for fact in of_report if len(fact[0].options) < 2} <= shown


def test_every_built_in_survey_can_be_told_from_its_report() -> None:
    """Titles, questions and headlines name one thing each."""
    for survey in load_catalogue([BUILT_IN]).current():
        asked = [(q.title, q.options) for q in survey.choice_questions]
        assert len(asked) == len(set(asked))


@pytest.mark.parametrize("period", EVERY_PERIOD)
def test_every_period_is_known_by_its_label(period: Period) -> None:
    assert period_of(period.label) == period


@pytest.mark.parametrize("text", ["", "Northshire", "April 2022 and May 2022", "May 2022 to June 2022"])
def test_other_words_are_no_period(text: str) -> None:
    assert period_of(text) is None


def changed(content: str, **new: object) -> bytes:
    return json.dumps(json.loads(content) | new).encode()


WELLBEING = as_json(report_input().surveys[1].findings)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"hello", "a: this is none of the files that Heard writes"),
        (b"", "a: this is none of the files"),
        (b"\xff\xfe\x00", "a: this is none of the files"),
        (b"{", "a: this is not what `heard results --format json` writes"),
        (b"{}", "a: this is not what `heard results --format json` writes"),
        (b'{"survey": []}', "a: this is not what `heard results --format json` writes"),
        (b"PK\x03\x04 and then nothing", "a: this file is damaged"),
        (changed(WELLBEING, survey="unheard"), "a: there is no survey 'unheard' here"),
        (changed(WELLBEING, to="2022-05"), "a: 2022-04 to 2022-05 is neither one month nor"),
        (changed(WELLBEING, responses=-1), "a: -1 is not a number of people"),
        (changed(WELLBEING, responses="many"), "a: 'many' is not a number of people"),
        (WELLBEING.replace('"93%"', '"94%"').encode(), "a: the percentage 93 stands beside '94%'"),
        (WELLBEING.replace('"93%"', '"most"').encode(), "a: the percentage 93 stands beside 'most'"),
        (b"one,two\n1,2\n", "a: this is not what `heard results --format csv` writes"),
        (
            b"<!doctype html><html><body><p>Hello</p></body></html>",
            "a: this is not a report that Heard wrote",
        ),
    ],
)
def test_what_cannot_be_read_is_one_sentence(content: bytes, message: str) -> None:
    with pytest.raises(AuditError) as refused:
        said("a", content)
    assert str(refused.value).startswith(message)


def repacked(content: bytes, leave_out: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if name != leave_out:
                new.writestr(name, old.read(name))
    return out.getvalue()


@pytest.mark.parametrize(
    ("form", "part"),
    [
        ("docx", "[Content_Types].xml"),
        ("docx", "word/styles.xml"),
        ("xlsx", "xl/worksheets/sheet1.xml"),
        ("xlsx", "[Content_Types].xml"),
    ],
)
def test_a_document_with_a_part_missing_is_refused(form: str, part: str) -> None:
    with pytest.raises(AuditError, match=r"damaged|not a report"):
        said("a", repacked(write(report_input(), form), part))


@pytest.mark.parametrize("form", FORMATS)
def test_a_report_of_a_survey_that_is_not_here_names_it(form: str) -> None:
    with pytest.raises(AuditError, match=r"called “|questions of the sheet"):
        said("a", write(report_input(), form), {"wellbeing": KNOWN["wellbeing"]})


def test_rows_that_are_cut_off_are_refused() -> None:
    rows = as_csv(report_input().surveys[1].findings).splitlines()
    with pytest.raises(AuditError, match="row 3: it has not as many cells"):
        said("a", "\n".join([*rows[:2], rows[2].rpartition(",")[0]]).encode())


def test_a_number_in_a_sentence_that_heard_does_not_write_is_told() -> None:
    page = write(report_input(), "html").replace(b"</h3>", b"</h3><p>Only 3 of them were under ten.</p>", 1)
    assert said("a", page).unread == ("Only 3 of them were under ten.",)


def test_a_hidden_sheet_is_read_like_any_other() -> None:
    import openpyxl

    book = openpyxl.load_workbook(BytesIO(write(report_input(), "xlsx")))
    sheet = book.create_sheet("Wellbeing raw")
    sheet.sheet_state = "hidden"
    for row in book["Wellbeing"].iter_rows(values_only=True, max_row=2):
        sheet.append(["93%" if cell == "93%" else cell for cell in row])
    out = BytesIO()
    book.save(out)
    figure = next(f.figure for f in said("a", out.getvalue()).facts if f.figure.kind is Kind.OPTION)
    assert isinstance(figure, Figure)
    sheet.append(["What they said", 3])
    sheet["A1"] = "Something else"
    book.save(out := BytesIO())
    assert said("a", out.getvalue()).unread == ("the sheet “Wellbeing raw”",)


def test_rows_are_written_with_what_they_are_a_part_of() -> None:
    (first, *_) = csv.DictReader(io.StringIO(as_csv(report_input().surveys[1].findings)))
    assert (first["survey"], first["from"], first["to"], first["by"]) == (
        "wellbeing",
        "2022-04",
        "2023-03",
        "",
    )
