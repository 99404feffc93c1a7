"""PDF: nothing that runs, is attached, was there before, or lies where nobody sees it."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject, StreamObject

from analysis.report.linting import text
from analysis.report.linting.archives import is_said
from analysis.report.linting.found import Found

#: Programs that make a PDF, which name nobody.
_PROGRAMS: Final = re.compile(
    r"(?:LibreOffice|Writer|Calc|WeasyPrint|pydyf|Skia/PDF|Chromium|cairo|pypdf|Heard|Microsoft.{0,3} (?:Word|Excel))"
    r"(?:[ /]?[\w.:()+/-]+)*(?: for Microsoft 365| LTSC)?"
)
_NAMES: Final = ("/Author", "/Manager", "/Company")
_MADE_WITH: Final = ("/Creator", "/Producer")
_DAYS: Final = ("/CreationDate", "/ModDate")
_PLAIN: Final = frozenset(("/Title", "/Subject", "/Trapped", *_NAMES, *_MADE_WITH, *_DAYS))
#: Keys of any object that must not be there, and what each is.
_NEVER: Final = {
    "/JS": "macro",
    "/JavaScript": "macro",
    "/AA": "macro",
    "/Launch": "macro",
    "/RichMedia": "macro",
    "/XFA": "macro",
    "/EmbeddedFiles": "embedded",
    "/EF": "embedded",
    "/AF": "embedded",
    "/Collection": "embedded",
    "/OCProperties": "hidden",
    "/PieceInfo": "custom_property",
    "/URI": "external",
    "/GoToR": "external",
    "/Thumb": "leftover",
    "/AcroForm": "unknown",
}
#: Kinds of annotation that lead to another place of the same document.
_LINKS: Final = ("/Link",)
_INVISIBLE: Final = 3
_XMP_FREE: Final = re.compile(r"<(?:xmpMM:History|xmpMM:DerivedFrom|photoshop:|exif:|tiff:|stRef:)")
#: Deeper than any document that is made by a program.
_MOST_OBJECTS: Final = 200_000


def of_pdf(content: bytes, known: text.Answers) -> Iterator[Found]:
    """Everything that a .pdf file carries and does not show, as far as it can be looked into."""
    if content.count(b"startxref") > 1:
        yield Found("tracked_change", "the file")
    if content.rstrip(b"\r\n \t")[-5:] != b"%%EOF" or not content.startswith(b"%PDF-"):
        yield Found("archive", "bytes before or after it")
    # What is unusual about a file is said to the log by the library, and here by the findings.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            yield Found("unreadable", "the file")
            return
        yield from _of_reader(reader, known)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, IndexError):
        yield Found("unreadable", "the file")


def _of_reader(reader: PdfReader, known: text.Answers) -> Iterator[Found]:
    shown = "\n".join(page.extract_text() for page in reader.pages)
    yield from _of_information(dict(reader.metadata or {}), shown)
    yield from _of_xmp(reader, shown)
    yield from _of_objects(reader)
    for number, page in enumerate(reader.pages, 1):
        yield from _of_annotations(page, number)
        if _has_unseen_text(page, reader):
            yield Found("hidden", f"page {number}")
    yield from text.of_lines(shown, known, "the text")


def _of_information(information: dict[str, Any], shown: str) -> Iterator[Found]:
    for key, given in information.items():
        value = str(given or "").strip()
        if not value:
            continue
        if key in _NAMES and value != "Heard" and not is_said(value, shown):
            yield Found("name", key)
        if key in _MADE_WITH and not _PROGRAMS.fullmatch(value):
            yield Found("name", key)
        if key in _DAYS and not _is_day(value):
            yield Found("time", key)
        if key not in _PLAIN:
            yield Found("custom_property", key)
        if text.holds_path(value):
            yield Found("path", key)


def _is_day(value: str) -> bool:
    """Whether a time is no finer than a day: midnight, or no time at all."""
    digits = re.sub(r"\D", "", value.partition("Z")[0].partition("+")[0])
    return len(digits) >= 8 and set(digits[8:14]) <= {"0"}


def _of_xmp(reader: PdfReader, shown: str) -> Iterator[Found]:
    stream = reader.root_object.get("/Metadata")
    if stream is None:
        return
    packet = stream.get_object().get_data().decode("utf-8", "replace")
    for name in re.findall(r"<dc:creator>(.*?)</dc:creator>", packet, re.DOTALL):
        author = re.sub(r"<[^>]+>", "", name).strip()
        if author and author != "Heard" and not is_said(author, shown):
            yield Found("name", "XMP, creator")
    for day in re.findall(r"<xmp:(?:CreateDate|ModifyDate|MetadataDate)>([^<]*)<", packet):
        if not _is_day(day):
            yield Found("time", "XMP")
    if text.holds_path(packet):
        yield Found("path", "XMP")
    if _XMP_FREE.search(packet):
        yield Found("custom_property", "XMP")


def _of_objects(reader: PdfReader) -> Iterator[Found]:
    """Keys that must not be there, in every object that the document leads to."""
    seen: set[int] = set()
    waiting: list[Any] = [reader.trailer["/Root"]]
    told: set[str] = set()
    while waiting and len(seen) < _MOST_OBJECTS:
        entry = waiting.pop()
        if isinstance(entry, IndirectObject):
            if entry.idnum in seen:
                continue
            seen.add(entry.idnum)
            entry = entry.get_object()
        if isinstance(entry, DictionaryObject):
            told |= {key for key in entry if key in _NEVER}
            told |= {str(entry[key]) for key in ("/S", "/Subtype") if str(entry.get(key)) in _NEVER}
            if isinstance(entry, StreamObject) and entry.get("/Subtype") == "/Image" and "/Metadata" in entry:
                yield Found("picture", "an image")
            waiting.extend(entry.raw_get(key) for key in entry)
        elif isinstance(entry, ArrayObject):
            waiting.extend(entry)
    yield from (Found(_NEVER[key], key) for key in sorted(told))


def _of_annotations(page: Any, number: int) -> Iterator[Found]:
    for annotation in page.get("/Annots") or ():
        if annotation.get_object().get("/Subtype") not in _LINKS:
            yield Found("comment", f"page {number}")


def _has_unseen_text(page: Any, reader: PdfReader) -> bool:
    """Whether a text is drawn in the mode in which nothing is drawn."""
    contents = page.get_contents()
    if contents is None:
        return False
    operations = ContentStream(contents, reader).operations
    return any(
        operator == b"Tr" and operands and int(operands[0]) == _INVISIBLE for operands, operator in operations
    )
