"""A published file, whatever its format, read back into what it says."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Final

from analysis.audit.data_files import read_csv, read_json
from analysis.audit.documents import page_parts, word_parts
from analysis.audit.facts import AuditError, FileSays
from analysis.audit.report_text import ReportReader
from analysis.audit.workbooks import read_workbook
from surveys.schema import Survey

#: A report has a few hundred kilobytes, unpacked a few megabytes.
_LARGEST: Final = 100_000_000


def read(name: str, content: bytes, surveys: Mapping[str, Survey]) -> FileSays:
    """What a file says; its format is told by its content, not by its name.

    Args:
        name: how messages call it.
        content: the file.
        surveys: the newest version of each survey, by key.

    Raises:
        AuditError: it is nothing that Heard writes, is damaged, or is of a survey that is not known.
    """
    if content.startswith(b"PK"):
        return _packed(name, content, surveys)
    try:
        text = content.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise _unknown(name) from None
    if text.startswith("{"):
        return read_json(name, text, surveys)
    if text[:200].lower().startswith(("<!doctype html", "<html")):
        return ReportReader(name, surveys).read(page_parts(name, content))
    if "," in text.partition("\n")[0] and "\x00" not in text:
        return read_csv(name, text, surveys)
    raise _unknown(name)


def _unknown(name: str) -> AuditError:
    return AuditError(
        f"{name}: this is none of the files that Heard writes (.json, .csv, .docx, .xlsx, .html)"
    )


def _packed(name: str, content: bytes, surveys: Mapping[str, Survey]) -> FileSays:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            size = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise AuditError(f"{name}: this file is damaged") from error
    if size > _LARGEST:
        raise AuditError(f"{name}: this file holds more than a report can")
    if "word/document.xml" in names:
        return ReportReader(name, surveys).read(word_parts(name, content))
    if "xl/workbook.xml" in names:
        return read_workbook(name, content, surveys)
    raise _unknown(name)
