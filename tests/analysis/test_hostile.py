"""Whatever was written arrives in every format as harmless text."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from io import BytesIO

import openpyxl
import pytest
from docx import Document
from hypothesis import given, settings
from lxml import etree

from analysis.report import FORMATS, ReportInput, SurveyInput, charts, write
from analysis.report.content import Bar, Chart
from analysis.report.linting import lint
from analysis.words.harmless import harmless
from surveys.schema import QuestionType
from tests.analysis.alone import findings
from tests.analysis.published import question, survey, tallies
from tests.analysis.reports import COUNCIL, YEAR
from tests.support.hostile import MANY_EMOJIS, TEXTS, texts

#: The worst of them, and all in one.
NAMES = {
    what: TEXTS[what]
    for what in (
        "a formula",
        "a tab first",
        "an override left open",
        "null bytes",
        "lone surrogates",
        "an entity",
    )
} | {"all": " ".join(TEXTS.values())}
TALLIES = tallies([{"safe": "yes"}] * 30 + [{"safe": "no"}] * 12)


def report(*words: str, council: str = COUNCIL, asked: str | None = None) -> ReportInput:
    """A report of one survey, with words as a quote, as the council's name, or as every text of the survey."""
    words_question = question("helps", type=QuestionType.WORDS, options=(), headline=None, positive=())
    made = survey(question("safe"), words_question, key="wellbeing")
    if asked is not None:
        options = tuple(replace(option, text=asked) for option in made.questions[0].options)
        safe = replace(made.questions[0], text=asked, title=asked, headline=asked, options=options)
        made = replace(made, title=asked, questions=(safe, replace(words_question, text=asked)))
    part = SurveyInput(
        made, findings(made, TALLIES, YEAR), tuple(("helps", each) for each in words or ("the dog",))
    )
    return ReportInput(YEAR, council, dt.date(2023, 10, 4), (part,))


class _Text(HTMLParser):
    """What a browser shows of a page, and every element it makes."""

    def __init__(self) -> None:
        super().__init__()
        self.shown, self.tags = "", set[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.shown += "\n" if tag == "br" else ""

    def handle_data(self, data: str) -> None:
        self.shown += data


def shown(file_format: str, content: bytes) -> str:
    """All that a reader sees of a file."""
    if file_format == "html":
        read = _Text()
        read.feed(content.decode("utf-8"))
        assert not read.tags & {"script", "img", "textarea", "x"}
        return read.shown
    if file_format == "xlsx":
        cells = [
            cell
            for sheet in openpyxl.load_workbook(BytesIO(content))
            for row in sheet.iter_rows()
            for cell in row
        ]
        assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
        return "\n".join(str(cell.value) for cell in cells if cell.value is not None)
    document = Document(BytesIO(content))
    tables = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *tables])


def arrived(words: str, text: str) -> bool:
    """Whether words are in a text, whatever became of the blanks between them.

    A spreadsheet's reader leaves Excel's own escapes as they are in the file.
    """
    unescaped = re.sub("_x005F_", "_", text).replace("＿", "_")
    return any(" ".join(harmless(words).split()) in " ".join(one.split()) for one in (text, unescaped))


@cache
def a_picture() -> bytes:
    return charts.png(Chart("A chart", (Bar("One", 50),)))


@pytest.fixture
def no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Charts take most of the time of a report, and hold no words of a child."""
    drawn = a_picture()
    monkeypatch.setattr(charts, "png", lambda _chart: drawn)


@pytest.mark.usefixtures("no_pictures")
@pytest.mark.parametrize("file_format", FORMATS)
def test_words_arrive_and_do_nothing(file_format: str) -> None:
    content = write(report(*TEXTS.values()), file_format)
    text = shown(file_format, content)
    assert [what for what, words in TEXTS.items() if not arrived(words, text)] == []
    assert lint(content, file_format) == []


@pytest.mark.usefixtures("no_pictures")
@pytest.mark.parametrize("what", NAMES)
@pytest.mark.parametrize("file_format", FORMATS)
def test_a_council_s_name_and_a_survey_s_texts_do_nothing(file_format: str, what: str) -> None:
    content = write(report(council=NAMES[what], asked=NAMES[what]), file_format)
    assert arrived(NAMES[what], shown(file_format, content))


@pytest.mark.parametrize("what", ["emojis", "a template", "heaped accents", "a long word"])
def test_a_chart_is_drawn_of_any_text(what: str) -> None:
    content = report(asked=TEXTS[what])
    assert write(content, "docx")


@pytest.mark.usefixtures("no_pictures")
@pytest.mark.parametrize("file_format", FORMATS)
def test_a_hundred_thousand_emojis_arrive(file_format: str) -> None:
    text = shown(file_format, write(report(MANY_EMOJIS), file_format))
    assert text.count("😀") == 100_000


@pytest.mark.usefixtures("no_pictures")
def test_no_cell_holds_more_than_excel_takes() -> None:
    book = openpyxl.load_workbook(BytesIO(write(report(MANY_EMOJIS, council=MANY_EMOJIS), "xlsx")))
    sizes = [
        len(str(c.value).encode("utf-16-le")) // 2 for sheet in book for row in sheet.iter_rows() for c in row
    ]
    heights = [row.height or 0 for sheet in book for row in sheet.row_dimensions.values()]
    assert max(sizes) <= 32_767
    assert max(heights) <= 409


@pytest.mark.usefixtures("no_pictures")
@pytest.mark.parametrize("file_format", FORMATS)
def test_any_text_at_all_arrives(file_format: str) -> None:
    @settings(max_examples=8)
    @given(texts, texts)
    def hold(words: str, name: str) -> None:
        content = write(report(words, council=name, asked=name), file_format)
        assert arrived(words, shown(file_format, content))

    hold()


@pytest.mark.usefixtures("no_pictures")
@pytest.mark.parametrize("what", TEXTS)
def test_a_council_may_have_any_name(what: str) -> None:
    assert write(report("the dog", council=TEXTS[what]), "xlsx")


@given(texts)
def test_what_is_harmless_can_be_written_and_seen_and_turns_nothing_round(words: str) -> None:
    text = harmless(words)
    text.encode("utf-8")
    etree.Element("x").text = text
    kept = {"\n", "\t"}
    assert not [c for c in text if unicodedata.category(c) in ("Cc", "Cs") and c not in kept]
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\ufeff]", text)
    assert harmless(text) == text


@pytest.mark.parametrize("what", ["emojis", "Persian", "a script", "a formula", "quotation marks"])
def test_what_somebody_may_have_meant_stays_as_it_was(what: str) -> None:
    assert harmless(TEXTS[what]) == TEXTS[what]
