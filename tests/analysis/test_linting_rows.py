"""Rows of a council's own survey are found, whatever its words are, and tables of figures, themes and quotes pass."""

from __future__ import annotations

import random
from io import BytesIO

import pytest
import xlsxwriter
from docx import Document

from analysis.report import FORMATS, write
from analysis.report.linting import lint
from surveys.schema import Option, QuestionType, Survey
from tests.analysis.bad_files import good, pdf
from tests.analysis.published import question, survey
from tests.analysis.reports import report_input

Table = tuple[tuple[str, ...], ...]

HEADER = ("bedtime", "dinner", "tv")
WORDS = ("often", "never", "rarely", "always", "kin", "home", "red", "blue", "nan", "mum")
#: No survey that is built in has these words.
OFTEN: Table = (
    HEADER,
    ("often", "never", "often"),
    ("never", "never", "rarely"),
    ("rarely", "often", "often"),
    ("often", "often", "never"),
    ("never", "rarely", "rarely"),
)


def as_csv(rows: Table) -> bytes:
    return "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows).encode()


def as_html(rows: Table) -> bytes:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    table = "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"
    return good("html").replace(b"</main>", table.encode() + b"</main>")


def as_docx(rows: Table) -> bytes:
    document = Document(BytesIO(good("docx")))
    table = document.add_table(0, len(rows[0]))
    for row in rows:
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def as_xlsx(rows: Table) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Rows")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def as_json(rows: Table) -> bytes:
    header, *rest = rows
    objects = ("{" + ",".join(f'"{k}":"{v}"' for k, v in zip(header, row, strict=True)) + "}" for row in rest)
    return f"[{','.join(objects)}]".encode()


MADE = {"csv": as_csv, "html": as_html, "docx": as_docx, "xlsx": as_xlsx, "json": as_json}


def looks_like_answers(kind: str, rows: Table, *surveys: Survey) -> bool:
    return "answers" in {found.rule for found in lint(MADE[kind](rows), kind, surveys)}


def own_survey(*options: str) -> Survey:
    offered = tuple(Option(text.casefold(), text) for text in options)
    asked = (
        question(key, type=QuestionType.ONE, options=offered, headline=None, positive=()) for key in HEADER
    )
    return survey(*asked, key="own")


@pytest.mark.parametrize("kind", MADE)
def test_rows_of_words_that_nobody_knows_are_found_by_how_they_repeat(kind: str) -> None:
    assert looks_like_answers(kind, OFTEN)


@pytest.mark.parametrize("kind", MADE)
def test_three_rows_are_found_where_the_survey_is_known(kind: str) -> None:
    """Too few to tell by how they repeat."""
    assert not looks_like_answers(kind, OFTEN[:4])
    assert looks_like_answers(kind, OFTEN[:4], own_survey("Often", "Never", "Rarely"))


@pytest.mark.parametrize("kind", MADE)
def test_rows_below_a_table_of_figures_are_found(kind: str) -> None:
    figures = tuple((f"question {number}", f"{number}%", "100") for number in range(40))
    assert looks_like_answers(kind, (HEADER, *figures, *OFTEN[1:]))


def test_lines_of_them_are_found_in_a_page_and_in_a_pdf() -> None:
    lines = tuple(", ".join(row) for row in OFTEN)
    page = good("html").replace(b"</main>", f"<pre>{chr(10).join(lines)}</pre></main>".encode())
    assert [found.rule for found in lint(page, "html")] == ["answers"]
    assert "answers" in {found.rule for found in lint(pdf(lines), "pdf")}


@pytest.mark.parametrize(
    "rows",
    [
        tuple((str(age), *row) for age, row in zip((0, 12, 14, 11, 9, 13), OFTEN, strict=True)),
        tuple((*row, f"I like it, number {n}") for n, row in enumerate(OFTEN)),
        (("month", "dinner"), *((f"2026-0{n}", word) for n in (4, 5) for word in ("ab", "ba", "ab", "ba"))),
        (("what",), *((word,) for word in ("tea", "tea; milk", "milk", "tea", "tea; milk"))),
        (
            ("a", "b"),
            *((a, b) for a in ("No, nobody asked", "Yes") for b in ("about a week", "more", "more")),
        ),
    ],
    ids=[
        "an age beside them",
        "words beside them",
        "months",
        "several answers in a cell",
        "words for shares",
    ],
)
def test_rows_of_other_shapes_are_found(rows: Table) -> None:
    assert looks_like_answers("csv", rows)


def test_random_rows_of_two_questions_or_more_are_found_nearly_always() -> None:
    """Eight responses or more, each with an age."""
    chance = random.Random(4)
    missed = 0
    for _ in range(300):
        questions = [chance.sample(WORDS, chance.randint(2, 5)) for _ in range(chance.randint(2, 6))]
        rows = [
            [str(chance.randint(8, 17)), *map(chance.choice, questions)] for _ in range(chance.randint(8, 30))
        ]
        table = (tuple(f"q{number}" for number in range(len(rows[0]))), *map(tuple, rows))
        missed += not looks_like_answers("csv", table)
    assert missed <= 3


@pytest.mark.parametrize(
    "rows",
    [
        (("question", "option", "how many"), *((q, o, f"{n}7") for q in "abc" for n, o in enumerate("xyz"))),
        (
            ("team", "question", "option", "how many"),
            *((t, q, o, "17") for t in ("North", "South") for q in "ab" for o in ("yes", "no")),
        ),
        (("theme", "words"), *((t, f"words {n}") for n, t in enumerate(("food", "sleep", "food", "sleep")))),
        (("question", "answer"), *((q, o) for q in "abc" for o in ("often", "never", "rarely"))),
        (("answer", "share"), *((a, "half or fewer") for a in ("often", "never", "often", "never"))),
        (("when", "how many"), *((f"2022-{month:02}", str(month % 2 + 20)) for month in range(4, 12))),
    ],
    ids=["counts", "counts of teams", "themes and quotes", "a list of options", "bands", "numbers"],
)
def test_tables_that_are_no_responses_pass(rows: Table) -> None:
    assert not looks_like_answers("csv", rows, own_survey("Often", "Never", "half or fewer"))


@pytest.mark.parametrize(
    "quotes",
    [
        ("yes",) * 5,
        ("often", "never", "often", "never", "often"),
        ("mum, nan", "nan, mum", "mum, nan", "nan, mum", "mum, nan"),
        ("\n".join(("mum, nan", "nan, mum") * 3),),
        ("\n".join(("yes, no", "no, yes") * 3),),
    ],
)
@pytest.mark.parametrize("file_format", FORMATS)
def test_a_report_is_not_held_back_for_words_that_children_repeat(
    file_format: str, quotes: tuple[str, ...]
) -> None:
    assert write(report_input(wellbeing_words=quotes), file_format)
