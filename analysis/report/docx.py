"""The report as a Word document."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.shared import Cm, Inches

from analysis.report import charts
from analysis.report.content import Chart, Content, Headline, Quotes, Section
from analysis.report.word_package import packed
from analysis.report.word_pages import begins_page
from analysis.report.word_parts import add_caption, add_picture, add_table, prepare

_PICTURE_WIDTH = Inches(charts.WIDTH_INCHES)


def write(content: Content) -> bytes:
    """The report as a .docx file: real headings, header rows that repeat, pictures with words instead."""
    document = Document()
    prepare(document, content)
    _opening(document, content)
    for number, section in enumerate(content.sections):
        _section(document, section, begins_page=number > 0, tables_begin_page=begins_page(content, section))
    _method(document, content)
    file = BytesIO()
    document.save(file)
    return packed(file.getvalue())


def _opening(document: WordDocument, content: Content) -> None:
    if content.council:
        document.add_paragraph(content.council, style="Council")
    document.add_paragraph(content.title, style="Title")
    document.add_paragraph(content.period, style="Subtitle")
    if content.is_demonstration:
        document.add_paragraph("Demonstration: these are not real answers.", style="Demonstration")
    for paragraph in (*content.about, *content.absent):
        document.add_paragraph(paragraph)


def _section(document: WordDocument, section: Section, *, begins_page: bool, tables_begin_page: bool) -> None:
    heading = document.add_heading(section.title, level=1)
    heading.paragraph_format.page_break_before = begins_page or None
    document.add_paragraph(section.opening).paragraph_format.keep_with_next = True
    for headline in section.headlines:
        _headline(document, headline)
    if section.chart:
        _figure(document, section.chart)
    if section.tables or section.withheld:
        over_tables = document.add_heading("Every question", level=2)
        over_tables.paragraph_format.page_break_before = tables_begin_page or None
    for table in (*section.tables, *section.breakdowns):
        add_table(document, table)
    for sentence in section.withheld:
        document.add_paragraph(sentence, style="Note")
    if section.quotes:
        document.add_heading("In their own words", level=2)
    for quotes in section.quotes:
        _quotes(document, quotes)


def _headline(document: WordDocument, headline: Headline) -> None:
    paragraph = document.add_paragraph(style="List Bullet")
    paragraph.add_run(headline.figure, style="Figure")
    paragraph.add_run(f" {headline.rest}")
    paragraph.add_run(f" ({headline.base})", style="Base")


def _figure(document: WordDocument, chart: Chart) -> None:
    add_caption(document, "Figure", chart.title)
    add_picture(document, charts.png(chart), _PICTURE_WIDTH, chart.in_words)
    if chart.note:
        document.paragraphs[-1].paragraph_format.keep_with_next = True
        document.add_paragraph(chart.note, style="Note")


def _quotes(document: WordDocument, quotes: Quotes) -> None:
    document.add_paragraph(quotes.question, style="Asked")
    for words in quotes.words:
        paragraph = document.add_paragraph(style="Quote")
        for number, line in enumerate(words.splitlines()):
            if number:
                paragraph.add_run().add_break()
            paragraph.add_run(("“" if not number else "") + line)
        paragraph.add_run("”")


def _method(document: WordDocument, content: Content) -> None:
    document.add_heading("How these figures were made", level=1)
    for title, text in content.method:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{title}. ").bold = True
        paragraph.add_run(text)
    made = document.add_paragraph(f"Made on {content.made_on_words}.", style="Note")
    made.paragraph_format.space_before = Cm(0.4)
