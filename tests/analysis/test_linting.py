"""A file carries nothing more than it shows: each thing that could be there is found, and nothing is found in a report."""

from __future__ import annotations

import base64
from functools import partial

import pytest
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject

from analysis.report import FORMATS, ReportError, linting, write
from analysis.report.linting import KINDS, RULES, lint
from tests.analysis import bad_files as bad
from tests.analysis.bad_files import Change, edit, good, in_pdf, part, picture, relation, text
from tests.analysis.reports import report_input

BODY, APP, CORE = "word/document.xml", "docProps/app.xml", "docProps/core.xml"
SHEET, BOOK, STYLES = "xl/worksheets/sheet2.xml", "xl/workbook.xml", "xl/styles.xml"
WORD_LINKS, BOOK_LINKS = "word/_rels/document.xml.rels", "xl/_rels/workbook.xml.rels"
W = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
CHART = (
    '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:val><c:numRef>{}'
    "<c:numCache><c:pt idx='0'><c:v>{}</c:v></c:pt></c:numCache></c:numRef></c:val></c:chartSpace>"
)
SAID_INSTEAD = "yes,no&#10;no,no&#10;yes,yes&#10;"
RECEIPT, CODE = "Zk3vQ9xT1bLw7Rr5cY2aHg", "5f0c2b7a-3d41-4c8e-9b1f-2a6d7e8f9012"
ROWS = (
    ("yes", "no", "attended"),
    ("no", "yes", "not_invited"),
    ("yes", "not_sure", "attended"),
    ("yes", "yes", "attended"),
)


def in_body(xml: str) -> Change:
    return edit(BODY, "<w:body>", f"<w:body>{xml}")


def in_html(markup: str) -> Change:
    return text('<main id="main">', f'<main id="main">{markup}')


def in_head(markup: str) -> Change:
    return text("</title>", f"</title>{markup}")


def word_table(rows: tuple[tuple[str, ...], ...]) -> str:
    cells = ("".join(f"<w:tc>{W.format(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def html_table(rows: tuple[tuple[str, ...], ...]) -> str:
    return (
        "<table>"
        + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
        + "</table>"
    )


def sheet_rows(rows: tuple[tuple[str, ...], ...]) -> str:
    """Rows in the place of all that a sheet holds."""
    return "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>"
        for row in rows
    )


def with_sheet(rows: tuple[tuple[str, ...], ...]) -> Change:
    return part(
        "xl/worksheets/sheet9.xml",
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + sheet_rows(rows).encode()
        + b"</sheetData></worksheet>",
    )


def in_sheet(before: str, after: str) -> Change:
    return edit(SHEET, before, after)


def image_data(kind: str, held: bytes) -> Change:
    return in_html(f'<img alt="" src="data:image/{kind};base64,{base64.b64encode(held).decode()}">')


PNG = (
    b"\x89PNG\r\n\x1a\n" + bad.chunk(b"IHDR", bytes(13)) + bad.chunk(b"IDAT", b"x") + bad.chunk(b"IEND", b"")
)
HEADER = ("talked_before", "role_explained", "how_attended")
OF_RESPONSES = (("id", "role_explained", "age"), *((str(n), "yes", str(n % 4 + 12)) for n in range(5)))

#: kind, the rule that finds it, what it is, and what is done to a good file.
BAD: list[tuple[str, str, str, Change]] = [
    ("docx", "answers", "a table of answers", in_body(word_table((HEADER, *ROWS)))),
    ("docx", "answers", "lines of answers", in_body("".join(W.format(",".join(row)) for row in ROWS))),
    ("docx", "answers", "rows instead of a picture", edit(BODY, 'descr="', f'descr="{SAID_INSTEAD}')),
    ("docx", "chart_cache", "a share that is drawn for nobody", edit(BODY, 'descr="', 'descr="41% said no. ')),
    ("docx", "identifier", "a receipt", in_body(W.format(RECEIPT))),
    ("docx", "identifier", "an id", in_body(W.format(CODE))),
    ("docx", "identifier", "an address", in_body(W.format("from 203.0.113.77"))),
    ("docx", "identifier", "a time of answering", in_body(W.format("2026-11-20T14:05"))),
    ("docx", "hidden", "hidden text", in_body("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p>")),
    ("docx", "hidden", "white text", in_body('<w:p><w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:r></w:p>')),
    ("docx", "hidden", "tiny text", in_body('<w:p><w:r><w:rPr><w:sz w:val="2"/></w:rPr></w:r></w:p>')),
    ("docx", "chart_cache", "a withheld figure in a chart", part("word/charts/chart1.xml", CHART.format("", 41).encode())),
    ("docx", "chart_cache", "the cells of a chart", part("word/charts/chart1.xml", CHART.format("<c:f>S!A1</c:f>", 93).encode())),
    (
        "docx",
        "embedded",
        "a chart's workbook",
        part("word/charts/chart1.xml", b'<c:c xmlns:c="x"><c:externalData id="rId1"/></c:c>'),
    ),
    ("docx", "embedded", "a workbook", part("word/embeddings/Microsoft_Excel_Sheet1.xlsx", b"PK")),
    ("docx", "embedded", "an object", in_body('<w:p><w:r><w:object/></w:r></w:p>')),
    ("docx", "comment", "comments", part("word/comments.xml")),
    ("docx", "comment", "a mark of a comment", in_body('<w:commentRangeStart w:id="0"/>')),
    ("docx", "comment", "a comment in the XML", in_body("<!-- by Jo -->")),
    ("docx", "tracked_change", "an insertion", in_body('<w:p><w:ins w:id="1" w:author="Jo Smith"/></w:p>')),
    ("docx", "tracked_change", "a deletion", in_body('<w:p><w:del w:id="1"><w:r><w:delText>x</w:delText></w:r></w:del></w:p>')),
    ("docx", "tracked_change", "a session's mark", in_body('<w:p w:rsidR="00AB12CD"/>')),
    ("docx", "custom_xml", "custom XML", part("customXml/item1.xml")),
    ("docx", "custom_xml", "a content control", in_body("<w:sdt><w:sdtContent/></w:sdt>")),
    ("docx", "custom_property", "custom properties", part("docProps/custom.xml")),
    ("docx", "custom_property", "variables", edit("word/settings.xml", "<w:zoom", "<w:docVars/><w:zoom")),
    ("docx", "external", "a link", in_body('<w:hyperlink w:anchor="x"/>')),
    ("docx", "external", "a picture from elsewhere", relation(WORD_LINKS, "http://example.org/a.png")),
    ("docx", "external", "a template on a share", relation(WORD_LINKS, "file:///T:/normal.dotm", "")),
    ("docx", "macro", "a program", part("word/vbaProject.bin", b"x")),
    ("docx", "macro", "an ActiveX control", part("word/activeX/activeX1.xml")),
    ("docx", "name", "an author", edit(CORE, "Northshire County Council", "Jo Smith")),
    ("docx", "name", "a company", edit(APP, "</Properties>", "<Company>Acme</Company></Properties>")),
    ("docx", "name", "people", part("word/people.xml")),
    ("docx", "time", "the second it was made", edit(CORE, "2023-10-04T00:00:00Z", "2023-10-04T14:05:09Z")),
    ("docx", "path", "a path", in_body('<w:p><w:r><w:instrText x="C:\\Users\\jo\\a.docx">PAGE</w:instrText></w:r></w:p>')),
    ("docx", "printer", "a printer", part("word/printerSettings1.bin", b"x")),
    ("docx", "formula", "a field that fetches", in_body('<w:p><w:r><w:instrText>INCLUDETEXT "x"</w:instrText></w:r></w:p>')),
    ("docx", "formula", "a field that names the author", in_body('<w:p><w:fldSimple w:instr="AUTHOR"/></w:p>')),
    ("docx", "picture", "words in a picture", picture(lambda png: png[:33] + bad.chunk(b"tEXt", b"Author\0Jo") + png[33:])),
    ("docx", "picture", "Exif in a picture", picture(lambda png: png[:33] + bad.chunk(b"eXIf", b"II*\0") + png[33:])),
    ("docx", "picture", "a time in a picture", picture(lambda png: png[:33] + bad.chunk(b"tIME", bytes(7)) + png[33:])),
    ("docx", "picture", "a file behind a picture", picture(lambda png: png + b"PK\x03\x04")),
    ("docx", "picture", "a photograph", picture(lambda _png: b"\xff\xd8\xff\xe1Exif")),
    ("docx", "unknown", "no picture", picture(lambda _png: b"<svg/>")),
    ("docx", "archive", "a note on the archive", lambda content: bad.packed(bad.parts_of(content), comment=b"by Jo")),
    ("docx", "archive", "bytes in front", lambda content: b"#!/bin/sh\n" + content),
    ("docx", "archive", "bytes behind", lambda content: content + b"x"),
    ("docx", "leftover", "a template's name", edit(APP, "</Properties>", "<Template>Jo.dotm</Template></Properties>")),
    ("docx", "leftover", "keywords", edit(CORE, "<cp:keywords></cp:keywords>", "<cp:keywords>x</cp:keywords>")),
    ("docx", "leftover", "a thumbnail", part("docProps/thumbnail.jpeg", b"\xff\xd8\xff")),
    ("docx", "unknown", "a part of no kind", part("word/notes.txt", b"x")),
    ("docx", "unreadable", "declarations", edit(BODY, "<w:document", "<!DOCTYPE x><w:document")),
    ("docx", "unreadable", "no archive", lambda _content: b"PK\x03\x04 and no more"),
    ("xlsx", "answers", "a sheet of answers", with_sheet((HEADER, *ROWS))),
    ("xlsx", "answers", "a sheet of responses", with_sheet(OF_RESPONSES)),
    ("xlsx", "answers", "a month and an answer each", with_sheet((("month", "how"), *(("2026-09", "yes"),) * 4))),
    ("xlsx", "leftover", "a finer number", in_sheet("<v>73</v>", "<v>73.4042553191489</v>")),
    ("xlsx", "identifier", "a hash", with_sheet((("x",), ("9f86d081884c7d659a2feaa0c55ad015",)))),
    ("xlsx", "hidden", "a hidden sheet", edit(BOOK, '<sheet name="Wellbeing"', '<sheet state="hidden" name="Wellbeing"')),
    ("xlsx", "hidden", "a very hidden sheet", edit(BOOK, '<sheet name="Wellbeing"', '<sheet state="veryHidden" name="Wellbeing"')),
    ("xlsx", "hidden", "a hidden row", in_sheet('<row r="2"', '<row hidden="1" r="2"')),
    ("xlsx", "hidden", "a flat row", in_sheet("<sheetData>", '<sheetData><row r="99" ht="0"/>')),
    ("xlsx", "hidden", "a hidden column", in_sheet("<col ", '<col hidden="true" ')),
    ("xlsx", "hidden", "a format that shows nothing", edit(STYLES, "<fonts", '<numFmts><numFmt numFmtId="99" formatCode=";;;"/></numFmts><fonts')),
    ("xlsx", "hidden", "white letters", edit(STYLES, 'rgb="FF0F4C58"', 'rgb="FFFFFFFF"')),
    ("xlsx", "hidden", "a hidden window", edit(BOOK, "<workbookView ", '<workbookView visibility="hidden" ')),
    ("xlsx", "leftover", "a text of no cell", edit("xl/sharedStrings.xml", "</sst>", "<si><t>Jo said</t></si></sst>")),
    ("xlsx", "leftover", "a list of choices", in_sheet("</sheetData>", "</sheetData><dataValidation/>")),
    ("xlsx", "defined_name", "a name", edit(BOOK, "<definedNames>", '<definedNames><definedName name="raw">Wellbeing!$A$1:$Z$99</definedName>')),
    ("xlsx", "defined_name", "a hidden name", edit(BOOK, "<definedNames>", '<definedNames><definedName name="_xlnm._FilterDatabase" hidden="1">x!$A$1</definedName>')),
    ("xlsx", "chart_cache", "a withheld figure in a chart", part("xl/charts/chart1.xml", CHART.format("", 41).encode())),
    ("xlsx", "pivot_cache", "a pivot's rows", part("xl/pivotCache/pivotCacheRecords1.xml")),
    ("xlsx", "pivot_cache", "a pivot", edit(BOOK, "<definedNames>", "<pivotCaches><pivotCache/></pivotCaches><definedNames>")),
    ("xlsx", "comment", "comments", part("xl/comments1.xml")),
    ("xlsx", "comment", "a thread", part("xl/threadedComments/threadedComment1.xml")),
    ("xlsx", "tracked_change", "earlier versions", part("xl/revisions/revisionLog1.xml")),
    ("xlsx", "external", "another workbook", part("xl/externalLinks/externalLink1.xml")),
    ("xlsx", "external", "a connection", part("xl/connections.xml")),
    ("xlsx", "external", "a link", in_sheet("</sheetData>", '</sheetData><hyperlink ref="A1" location="x"/>')),
    ("xlsx", "external", "a relation outwards", relation(BOOK_LINKS, "http://example.org/")),
    ("xlsx", "name", "who had it open", edit(BOOK, "<workbookPr", '<fileSharing userName="Jo"/><workbookPr')),
    ("xlsx", "name", "who wrote it", edit(CORE, "<dc:creator>Northshire County Council", "<dc:creator>Jo Smith")),
    ("xlsx", "name", "persons", part("xl/persons/person.xml")),
    ("xlsx", "path", "where it lay", edit(BOOK, "<workbookPr", '<absPath url="x"/><workbookPr')),
    ("xlsx", "path", "its place at the foot", in_sheet("</worksheet>", "<headerFooter><oddFooter>&amp;Z&amp;F</oddFooter></headerFooter></worksheet>")),
    ("xlsx", "printer", "a printer", part("xl/printerSettings/printerSettings1.bin", b"x")),
    ("xlsx", "formula", "a formula", in_sheet("<sheetData>", '<sheetData><row r="99"><c r="A99"><f>1+1</f><v>2</v></c></row>')),
    ("xlsx", "formula", "the order of formulas", part("xl/calcChain.xml")),
    ("xlsx", "embedded", "an object", part("xl/embeddings/oleObject1.bin", b"x")),
    ("xlsx", "macro", "a program", part("xl/vbaProject.bin", b"x")),
    ("xlsx", "custom_property", "custom properties", part("docProps/custom.xml")),
    ("xlsx", "unknown", "an extension", in_sheet("</worksheet>", "<extLst/></worksheet>")),
    ("html", "answers", "a table of answers", in_html(html_table((HEADER, *ROWS)))),
    ("html", "answers", "lines of answers", in_html("<pre>" + "\n".join("\t".join(row) for row in ROWS) + "</pre>")),
    ("html", "identifier", "an id", in_html(f"<p>{CODE}</p>")),
    ("html", "macro", "a script", in_html("<script>x()</script>")),
    ("html", "macro", "a handler", in_html('<p onclick="x()">x</p>')),
    ("html", "macro", "a link that runs", in_html('<a href=" java\nscript:x()">x</a>')),
    ("html", "external", "a link outwards", in_html('<a href="https://example.org">x</a>')),
    ("html", "external", "a picture from elsewhere", in_html('<img src="//example.org/a.png">')),
    ("html", "external", "a style from elsewhere", in_head('<link rel="stylesheet" href="#">')),
    ("html", "external", "a font from elsewhere", in_head("<style>@import 'x'</style>")),
    ("html", "external", "a background from elsewhere", in_html('<p style="background:url(x)">x</p>')),
    ("html", "external", "a refresh", in_head('<meta http-equiv="refresh" content="0">')),
    ("html", "answers", "rows instead of a picture", in_html(f'<div role="img" aria-label="{SAID_INSTEAD}"></div>')),
    ("html", "chart_cache", "a share that is drawn for nobody", in_html('<div role="img" aria-label="41%"></div>')),
    ("html", "leftover", "words in the style", in_head("<style>p::after { content: 'Jo' }</style>")),
    ("html", "comment", "a comment", in_html("<!-- by Jo -->")),
    ("html", "comment", "a comment in the style", in_head("<style>/* by Jo */</style>")),
    ("html", "name", "an author", in_head('<meta name="author" content="Jo Smith">')),
    ("html", "name", "a generator", in_head('<meta name="generator" content="Jo’s tool">')),
    ("html", "leftover", "other metadata", in_head('<meta name="keywords" content="x">')),
    ("html", "leftover", "data", in_html('<p data-base="4">x</p>')),
    ("html", "hidden", "a hidden part", in_html("<p hidden>x</p>")),
    ("html", "hidden", "a part that is not displayed", in_html('<p style="display: none">x</p>')),
    ("html", "hidden", "a hidden field", in_html('<input type="hidden">')),
    ("html", "embedded", "a file", in_html('<a href="data:text/csv,yes">x</a>')),
    ("html", "picture", "words in a picture", image_data("png", PNG[:33] + bad.chunk(b"tEXt", b"a\0b") + PNG[33:])),
    ("html", "path", "a place on a computer", in_html('<a href="file:///home/jo/a">x</a>')),
    ("html", "path", "a place in an attribute", in_html('<p class="/home/jo/a">x</p>')),
    ("html", "unknown", "a declaration", text("<head>", "<!doctype html><head>")),
    ("html", "unreadable", "another encoding", lambda content: content + b"\xff"),
    ("pdf", "answers", "lines of answers", lambda _content: bad.pdf(tuple(", ".join(row) for row in ROWS))),
    ("pdf", "identifier", "an id", lambda _content: bad.pdf((CODE,))),
    ("pdf", "name", "an author", in_pdf(lambda w: w.add_metadata({"/Author": "Jo Smith"}))),
    ("pdf", "name", "who made it", in_pdf(lambda w: w.add_metadata({"/Producer": "Jo Smith’s laptop"}))),
    ("pdf", "name", "an author in the XMP", in_pdf(bad.xmp("<dc:creator><rdf:li>Jo Smith</rdf:li></dc:creator>"))),
    ("pdf", "time", "the second it was made", in_pdf(lambda w: w.add_metadata({"/CreationDate": "D:20231004140509Z"}))),
    ("pdf", "time", "a time in the XMP", in_pdf(bad.xmp("<xmp:CreateDate>2023-10-04T14:05:09Z</xmp:CreateDate>"))),
    ("pdf", "custom_property", "a property", in_pdf(lambda w: w.add_metadata({"/Team": "North"}))),
    ("pdf", "custom_property", "an earlier version in the XMP", in_pdf(bad.xmp("<xmpMM:History>x</xmpMM:History>"))),
    ("pdf", "path", "a place on a computer", in_pdf(lambda w: w.add_metadata({"/Subject": "/home/jo/report.docx"}))),
    ("pdf", "path", "a place in the XMP", in_pdf(bad.xmp("<x>C:\\Users\\jo</x>"))),
    ("pdf", "embedded", "an attachment", in_pdf(lambda w: w.add_attachment("rows.csv", b"yes,no"))),
    ("pdf", "macro", "a script", in_pdf(bad.in_root("/OpenAction", bad.action("/JavaScript", "/JS", "x")))),
    ("pdf", "macro", "a program to start", in_pdf(bad.annotation("/Link", A=bad.action("/Launch", "/F", "x")))),
    ("pdf", "external", "a link", in_pdf(bad.annotation("/Link", A=bad.action("/URI", "/URI", "https://example.org")))),
    ("pdf", "comment", "a note", in_pdf(bad.annotation("/Text", Contents=TextStringObject("by Jo")))),
    ("pdf", "hidden", "layers", in_pdf(bad.in_root("/OCProperties", DictionaryObject()))),
    ("pdf", "hidden", "text that is not drawn", lambda _content: bad.pdf(mode=3)),
    ("pdf", "unknown", "a form", in_pdf(bad.in_root("/AcroForm", DictionaryObject({NameObject("/Fields"): ArrayObject()})))),
    ("pdf", "tracked_change", "an earlier version", lambda content: content + b"\nxref\n0 0\ntrailer\n<<>>\nstartxref\n0\n%%EOF"),
    ("pdf", "archive", "bytes behind", lambda content: content + b"\nPK\x03\x04"),
    ("pdf", "unreadable", "a password", in_pdf(lambda w: w.encrypt("x"))),
    ("pdf", "unreadable", "no PDF", lambda _content: b"%PDF-1.7\n%%EOF"),
    ("csv", "answers", "a row a response", lambda _content: "\n".join(map(",".join, (HEADER, *ROWS))).encode()),
    ("csv", "answers", "responses with ages", lambda _content: "\n".join(map(",".join, OF_RESPONSES)).encode()),
    ("csv", "formula", "a formula", text("carers_listen", '"=HYPERLINK(""x"")"')),
    ("csv", "formula", "a formula behind a tab", text("carers_listen", "\t=1")),
    ("csv", "identifier", "a receipt", text("carers_listen", RECEIPT)),
    ("csv", "path", "a path", text("carers_listen", "/home/jo/x")),
    ("csv", "unreadable", "a quotation mark never closed", lambda content: content + b'"'),
    ("json", "answers", "a row a response", lambda _content: b'[{"a":"yes","b":"no"},{"a":"no","b":"no"},{"a":"yes","b":"yes"}]'),
    (
        "json",
        "answers",
        "lists of answers",
        lambda _content: b'[["a","b"],["yes","no"],["no","no"],["yes","yes"],["no","yes"]]',
    ),
    ("json", "answers", "responses with their answers", lambda _content: b'{"rows":[{"answers":{}},{"answers":{}},{"answers":{}}]}'),
    ("json", "identifier", "an id", text("wellbeing", CODE)),
    ("json", "path", "a path", text("wellbeing", "/home/jo/x")),
    ("json", "unreadable", "no JSON", lambda content: content[:-1]),
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_good_file_passes(kind: str) -> None:
    assert lint(good(kind), kind) == []


@pytest.mark.parametrize(("kind", "rule", "what", "change"), BAD, ids=[f"{b[0]}-{b[2]}" for b in BAD])
def test_what_no_reader_sees_is_found(kind: str, rule: str, what: str, change: Change) -> None:
    found = lint(change(good(kind)), kind)
    assert rule in {one.rule for one in found}, (what, found)


def test_every_rule_is_tried() -> None:
    assert {rule for _, rule, _, _ in BAD} == set(RULES)


@pytest.mark.parametrize(("kind", "rule", "what", "change"), BAD, ids=[f"{b[0]}-{b[2]}" for b in BAD])
def test_what_is_found_is_not_repeated(kind: str, rule: str, what: str, change: Change) -> None:
    """The findings go to logs and terminals, where what was found must not be."""
    said = " ".join(map(str, lint(change(good(kind)), kind)))
    assert not [
        secret for secret in ("Jo", "not_invited", RECEIPT, CODE, "203.0", "/home", "Acme") if secret in said
    ]


@pytest.mark.parametrize("file_format", FORMATS)
def test_a_report_that_carries_more_is_held_back(file_format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [linting.Found("macro", "word/vbaProject.bin")]
    monkeypatch.setattr(linting, "lint", lambda _content, _kind, _surveys: found)
    with pytest.raises(
        ReportError, match=r"held back, since it holds more than it shows: word/vbaProject\.bin: is a pro"
    ):
        write(report_input(), file_format)


@pytest.mark.parametrize(
    "words",
    [
        "IreallyMissMyDog2much!",
        "ILoveMyFosterMumSoMuch1",
        "/home/sweet/home",
        "C:\\ is where I live",
        "yes, no, yes",
        "the dog",
        "id",
    ],
)
@pytest.mark.parametrize("file_format", FORMATS)
def test_a_report_is_not_held_back_for_what_a_child_said(file_format: str, words: str) -> None:
    assert write(report_input(wellbeing_words=(words,) * 5), file_format)


def test_bands_are_figures() -> None:
    """Two columns of answers, which pass since each row says how many."""
    for band in (
        "half or fewer",
        "a third or fewer",
        "more than 9 in 10",
        "between 1 in 10 and a quarter",
        "withheld",
    ):
        rows = "".join(f"yes,{option},{band}\n" for option in ("yes", "no", "not_sure"))
        assert lint(f"group,option,shown\n{rows}".encode(), "csv") == []


def test_a_council_s_name_may_be_its_author_since_it_is_shown() -> None:
    renamed = partial(report_input, council="Jo Smith & Sons")
    assert write(renamed(), "docx")
    assert write(renamed(), "xlsx")
