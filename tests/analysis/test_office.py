"""What an office suite makes of the documents: it opens them, and its PDF carries nothing but the second it was made."""

from __future__ import annotations

import dataclasses
import os
import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader, PdfWriter

from analysis.report import ReportInput, write
from analysis.report.linting import Found, lint
from tests.analysis.bad_files import good
from tests.analysis.reports import COUNCIL, report_input
from tests.analysis.test_hostile import NAMES, report
from tests.support.hostile import TEXTS

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for LibreOffice's own files. Skips where there is none."""
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice is not installed")
    return tmp_path_factory.mktemp("office")


def converted(office: Path, content: bytes, kind: str, to: str) -> bytes:
    """A document as LibreOffice saves it."""
    file = office / f"report.{kind}"
    file.write_bytes(content)
    command = ["soffice", f"-env:UserInstallation={(office / 'profile').as_uri()}", "--headless"]
    subprocess.run(
        [*command, "--convert-to", to, "--outdir", str(office), str(file)],
        check=True,
        capture_output=True,
        timeout=180,
        env={**os.environ, "HOME": str(office)},
    )
    return (office / f"report.{to.partition(':')[0]}").read_bytes()


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_the_pdf_of_a_report_carries_the_second_it_was_made_and_no_more(office: Path, kind: str) -> None:
    pdf = converted(office, good(kind), kind, "pdf")
    assert lint(pdf, "pdf") == [Found("time", "/CreationDate")]
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    writer.metadata = {"/Title": "What children and young people told us"}
    out = BytesIO()
    writer.write(out)
    assert lint(out.getvalue(), "pdf") == []


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_hostile_texts_open_as_text(office: Path, kind: str) -> None:
    content = write(report(*TEXTS.values(), council=NAMES["a formula"], asked=NAMES["a formula"]), kind)
    pages = PdfReader(BytesIO(converted(office, content, kind, "pdf"))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for seen in ("=HYPERLINK(", "@SUM(1)", "<script>alert(1)</script>", "_x0041_", "she said no way"):
        assert seen in text
    assert not [page for page in pages if "/Annots" in page]


def last_lines(pdf: bytes) -> list[str]:
    """The last line above the foot of each page."""
    pages = [page.extract_text().strip().splitlines() for page in PdfReader(BytesIO(pdf)).pages]
    return [
        [line.strip() for line in lines if " of " not in line or "Page" not in line][-1] for lines in pages
    ]


@pytest.mark.parametrize(
    "of",
    [
        report_input(),
        report_input(wellbeing_words=tuple(f"the dog and {number} other things" for number in range(40))),
        dataclasses.replace(report_input(), is_demonstration=True, council=" ".join([COUNCIL] * 20)),
        dataclasses.replace(report_input(), surveys=report_input().surveys[::-1]),
        dataclasses.replace(report_input(), surveys=report_input().surveys[:1] * 3),
    ],
    ids=["published", "many quotes", "a long opening", "the other way round", "three surveys"],
)
def test_no_heading_stands_alone_at_the_foot_of_a_page(office: Path, of: ReportInput) -> None:
    content = write(of, "docx")
    styles = ("Heading 1", "Heading 2", "Caption", "Asked")
    paragraphs = [p for p in Document(BytesIO(content)).paragraphs if p.style and p.style.name in styles]
    # A picture is no line, so the last one may be what stands over it.
    over = {p.text.strip() for p in paragraphs if not p.text.startswith("Figure")}
    assert "Every question" in over
    assert not over & set(last_lines(converted(office, content, "docx", "pdf")))
