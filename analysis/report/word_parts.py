"""Parts of a Word document that python-docx leaves to its user: styles, language, captions, tables, alternative text."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any, Final

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Length, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph

from analysis.report.content import Content, Table
from analysis.report.word_package import strip

FONT: Final = "Arial"
LANGUAGE: Final = "en-GB"
TEAL: Final = RGBColor(0x0F, 0x4C, 0x58)
INK: Final = RGBColor(0x1D, 0x2B, 0x30)
GREY: Final = RGBColor(0x4A, 0x5A, 0x60)
_TINT: Final = "E6EFF1"
_LINE: Final = "C5D3D7"
_TEXT_WIDTH: Final = Cm(16)
#: Twentieths of a point at either side of a cell's text.
_CELL_PADDING: Final = "90"
#: A document's property may have no more characters.
_PROPERTY_LENGTH: Final = 255
#: A table of no more rows is kept on one page.
_KEPT_TOGETHER_ROWS: Final = 12


def prepare(document: WordDocument, content: Content) -> None:
    """A4, styles, language, footer and properties; nothing of the library's own template shows."""
    _page(document)
    _styles(document)
    _language(document)
    _properties(document, content)
    strip(document)
    _footer(document, content)


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _page(document: WordDocument) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(2.2), Cm(2.2)
    section.footer_distance = Cm(1.1)


def _font(
    style: ParagraphStyle | CharacterStyle, points: float, colour: RGBColor, *, bold: bool = False
) -> None:
    style.font.name, style.font.size, style.font.bold, style.font.italic = FONT, Pt(points), bold, False
    style.font.color.rgb = colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), FONT)


def _paragraph_style(
    document: WordDocument,
    name: str,
    points: float,
    colour: RGBColor,
    spacing: tuple[float, float, float],
    *,
    bold: bool = False,
) -> ParagraphStyle:
    """A paragraph style, made where the template has none. ``spacing``: points before, points after, line height."""
    styles = document.styles
    known = name in [style.name for style in styles]
    style = styles[name] if known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    assert isinstance(style, ParagraphStyle)
    _font(style, points, colour, bold=bold)
    for tag in ("w:spacing", "w:kern"):
        for old in style.element.rPr.findall(qn(tag)):
            style.element.rPr.remove(old)
    before, after, line = spacing
    shape = style.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), line
    shape.widow_control = True
    for border in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        style.element.pPr.remove(border)
    return style


def _styles(document: WordDocument) -> None:
    for style in list(document.styles):
        if style.type is WD_STYLE_TYPE.TABLE and style.name != "Normal Table":
            style.delete()
    _paragraph_style(document, "Normal", 11, INK, (0, 8, 1.25))
    _paragraph_style(document, "Council", 11, GREY, (0, 4, 1.1), bold=True)
    _paragraph_style(document, "Title", 23, TEAL, (0, 4, 1.05), bold=True)
    _paragraph_style(document, "Subtitle", 14, GREY, (0, 14, 1.1))
    _paragraph_style(document, "Heading 1", 18, TEAL, (22, 8, 1.1), bold=True)
    _paragraph_style(document, "Heading 2", 13, TEAL, (18, 6, 1.1), bold=True)
    _paragraph_style(
        document, "Caption", 10, INK, (12, 5, 1.15), bold=True
    ).paragraph_format.keep_with_next = True
    _paragraph_style(document, "Note", 9.5, GREY, (4, 3, 1.2))
    boxed = _paragraph_style(document, "Demonstration", 12, TEAL, (0, 12, 1.2), bold=True)
    boxed.paragraph_format.left_indent = boxed.paragraph_format.right_indent = Cm(0.25)
    _lines(boxed, "4", "0F4C58", "top", "left", "bottom", "right")
    _paragraph_style(
        document, "Asked", 10.5, INK, (10, 4, 1.15), bold=True
    ).paragraph_format.keep_with_next = True
    _paragraph_style(document, "Cell", 10, INK, (0, 0, 1.15))
    _paragraph_style(document, "Footer", 8.5, GREY, (0, 0, 1.0))
    bullet = _paragraph_style(document, "List Bullet", 11, INK, (0, 5, 1.2))
    bullet.paragraph_format.left_indent, bullet.paragraph_format.first_line_indent = Cm(0.6), Cm(-0.6)
    quote = _paragraph_style(document, "Quote", 11, INK, (0, 7, 1.25))
    quote.paragraph_format.left_indent = Cm(0.5)
    quote.paragraph_format.keep_together = True
    _lines(quote, "18", "7FB3BD", "left")
    for name, points, colour, bold in (("Figure", 12, TEAL, True), ("Base", 9.5, GREY, False)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        assert isinstance(style, CharacterStyle)
        _font(style, points, colour, bold=bold)


def _lines(style: ParagraphStyle, size: str, colour: str, *sides: str) -> None:
    """Lines at some sides of a paragraph; ``size`` in eighths of a point."""
    borders = _element("w:pBdr")
    for side in sides:
        space = "10" if len(sides) == 1 else "6"
        borders.append(_element(f"w:{side}", val="single", sz=size, space=space, color=colour))
    style.element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _language(document: WordDocument) -> None:
    styles = document.styles.element
    for properties in styles.iter(qn("w:rPrDefault")):
        rpr = properties.find(qn("w:rPr"))
        for old in rpr.findall(qn("w:lang")):
            rpr.remove(old)
        rpr.append(_element("w:lang", val=LANGUAGE, eastAsia=LANGUAGE, bidi="ar-SA"))
    for theme in document.settings.element.iter(qn("w:themeFontLang")):
        theme.set(qn("w:val"), LANGUAGE)


def _properties(document: WordDocument, content: Content) -> None:
    properties = document.core_properties
    made = dt.datetime.combine(content.made_on, dt.time(), tzinfo=dt.UTC)
    properties.title = f"{content.title}, {content.period}"
    properties.subject = "What children and young people in care said"
    properties.author = properties.last_modified_by = (
        " ".join(content.council.split())[:_PROPERTY_LENGTH] or "Heard"
    )
    properties.created = properties.modified = made
    properties.language = LANGUAGE
    properties.comments = properties.keywords = properties.category = ""
    properties.revision = 1


def _field(paragraph: Paragraph, instruction: str, shown: str) -> None:
    """A field that Word updates, with what it shows until then."""
    for kind, text in (
        ("begin", None),
        (None, instruction),
        ("separate", None),
        (None, shown),
        ("end", None),
    ):
        run = paragraph.add_run()
        if kind:
            run._r.append(_element("w:fldChar", fldCharType=kind))  # noqa: SLF001  # python-docx has no fields
        elif text == instruction:
            code = OxmlElement("w:instrText")
            code.set(qn("xml:space"), "preserve")
            code.text = f" {instruction} "
            run._r.append(code)  # noqa: SLF001  # python-docx has no fields
        else:
            run.text = shown


def _footer(document: WordDocument, content: Content) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    style = document.styles["Footer"]
    assert isinstance(style, ParagraphStyle)
    stops = style.paragraph_format.tab_stops
    stops.clear_all()
    stops.add_tab_stop(_TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{content.title}, {content.period}\tPage ")
    _field(paragraph, "PAGE", "1")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES", "1")


def add_caption(document: WordDocument, label: str, title: str) -> None:
    """A numbered caption, such as ``Table 2: …``, which Word can list."""
    codes = document.element.body.iter(qn("w:instrText"))
    number = 1 + sum(f"SEQ {label} " in code.text for code in codes)
    paragraph = document.add_paragraph(f"{label} ", style="Caption")
    _field(paragraph, f"SEQ {label} \\* ARABIC", str(number))
    paragraph.add_run(f": {title}")


def add_picture(document: WordDocument, png: bytes, width: Length, in_words: str) -> None:
    """A picture with alternative text."""
    shape = document.add_picture(BytesIO(png), width=width)
    properties = shape._inline.docPr  # noqa: SLF001  # python-docx has no alternative text
    properties.set("descr", in_words)
    properties.set("title", "Chart")
    properties.set("name", f"Chart {properties.get('id')}")


def add_table(document: WordDocument, table: Table) -> None:
    """A captioned table: its header row repeats, no row is broken over two pages, notes stand under it.

    Where it is small, all of it stays on one page with the first of its notes.
    """
    add_caption(document, "Table", table.title)
    made = document.add_table(rows=1 + len(table.rows), cols=len(table.header))
    made.alignment = WD_TABLE_ALIGNMENT.LEFT
    _shape(made, table)
    widths = _widths(table)
    is_kept = len(table.rows) <= _KEPT_TOGETHER_ROWS
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for number, row in enumerate((table.header, *table.rows)):
        _row(made.rows[number], row, widths, is_header=number == 0)
        if is_kept and (number < len(table.rows) or table.notes):
            for cell in made.rows[number].cells:
                cell.paragraphs[0].paragraph_format.keep_with_next = True
    for note in table.notes:
        document.add_paragraph(note, style="Note")


def _shape(made: WordTable, table: Table) -> None:
    made.autofit = False
    properties = made._tbl.tblPr  # noqa: SLF001  # python-docx sets neither borders, padding, look nor description
    # Without it the text of the first column stands where text does, and the table's edge left of that.
    indent = _element("w:tblInd", w=_CELL_PADDING, type="dxa")
    borders = _element("w:tblBorders")
    for side in ("top", "bottom"):
        borders.append(_element(f"w:{side}", val="single", sz="8", space="0", color="0F4C58"))
    borders.append(_element("w:insideH", val="single", sz="4", space="0", color=_LINE))
    padding = _element("w:tblCellMar")
    sides = (("top", "70"), ("left", _CELL_PADDING), ("bottom", "70"), ("right", _CELL_PADDING))
    for side, width in sides:
        padding.append(_element(f"w:{side}", w=width, type="dxa"))
    for look in properties.findall(qn("w:tblLook")):
        properties.remove(look)
    look = _element(
        "w:tblLook", val="0020", firstRow="1", lastRow="0", firstColumn="1", lastColumn="0", noVBand="1"
    )
    in_words = _element("w:tblDescription", val=f"{table.title}. Columns: {', '.join(table.header)}.")
    properties.find(qn("w:tblLayout")).addprevious(indent)
    for part in (borders, padding, look, _element("w:tblCaption", val=table.title), in_words):
        properties.append(part)


def _widths(table: Table) -> list[Emu]:
    """The first column takes what the figures leave; two columns are kept close together."""
    columns = len(table.header) - 1
    figures = Cm(4.5) if columns == 1 else Emu(min(Cm(2.1), int(Cm(10.5) / columns)))
    if columns > 1 and any(len(cell) > 12 for row in table.rows for cell in row[1:]):
        figures = Emu(min(Cm(2.6), int(Cm(11.5) / columns)))
    first = Cm(9) if columns == 1 else Emu(_TEXT_WIDTH - figures * columns)
    return [Emu(first), *[Emu(figures)] * columns]


def _row(row: _Row, texts: tuple[str, ...], widths: list[Emu], *, is_header: bool) -> None:
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001  # python-docx has no repeated header rows
    properties.append(_element("w:cantSplit"))
    if is_header:
        properties.append(_element("w:tblHeader"))
    for number, (cell, text, width) in enumerate(zip(row.cells, texts, widths, strict=True)):
        cell.width = width
        paragraph = cell.paragraphs[0]
        paragraph.style = "Cell"
        paragraph.paragraph_format.keep_with_next = is_header or None
        run = paragraph.add_run(text)
        run.bold = is_header or None
        if number:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if is_header:
            _shade(cell)
        elif text == "withheld":
            run.font.color.rgb = GREY


def _shade(cell: _Cell) -> None:
    cell._tc.get_or_add_tcPr().append(_element("w:shd", val="clear", color="auto", fill=_TINT))  # noqa: SLF001  # as above
