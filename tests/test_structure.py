"""How the whole is built: what a serving process carries, and that nothing goes untried or untold."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask

from tests.conftest import ROOT

pytestmark = pytest.mark.slow

#: The signs of harm, and the lists of names and places, take several megabytes once they are read.
HEAVY = (
    *(
        "pandas",
        "numpy",
        "scipy",
        "textblob",
        "nltk",
        "matplotlib",
        "docx",
        "xlsxwriter",
        "openpyxl",
        "alembic",
    ),
    "analysis.words.concern",
    "analysis.words.knowledge",
)
#: Longer than the longest module there is a reason for.
MOST_LINES = 400


def modules_after(tmp_path: Path, code: str) -> set[str]:
    """The packages, and our own modules, that a new process has loaded after running some code."""
    script = f"{code}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "HEARD_ENV": "testing",
        "HEARD_INSTANCE": str(tmp_path),
    }
    ran = subprocess.run(
        [sys.executable, "-c", script], env=environ, capture_output=True, check=True, text=True, timeout=60
    )
    names = json.loads(ran.stdout.splitlines()[-1])
    return {*names, *(name.partition(".")[0] for name in names)}


@pytest.mark.parametrize(
    "code",
    [
        "import wsgi",
        "from feedback_app import create_app; create_app()",
        "from feedback_app import create_app; c = create_app().test_client(); c.get('/'); c.get('/s/x'); c.get('/health')",
        "from feedback_app.cli import server",
    ],
)
def test_a_process_that_serves_carries_nothing_heavy(tmp_path: Path, code: str) -> None:
    assert not modules_after(tmp_path, code) & set(HEAVY)


@pytest.mark.parametrize("package", ["surveys.reading", "surveys.routing", "analysis.releasing.release"])
def test_surveys_and_analysis_know_neither_web_nor_database(tmp_path: Path, package: str) -> None:
    assert not modules_after(tmp_path, f"import {package}") & {
        "flask",
        "sqlalchemy",
        "wtforms",
        "feedback_app",
    }


def test_every_address_is_tried_by_some_test(app: Flask) -> None:
    tried = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "tests").rglob("test_*.py"))
    rules = {str(rule) for rule in app.url_map.iter_rules() if "." in rule.endpoint}
    assert {rule for rule in rules if _fixed_part(rule) not in tried} == set()


def _fixed_part(rule: str) -> str:
    """What a test that asks for an address has to write: its last part that does not vary, or where it begins."""
    parts = [part.partition("<")[0] for part in rule.split("/")]
    return f"/{[part for part in parts if part][-1]}" if any(parts) else "/"


@pytest.mark.parametrize("folder", ["feedback_app", "surveys", "analysis"])
def test_no_module_is_too_long_to_read(folder: str) -> None:
    lengths = {
        file: len(file.read_text(encoding="utf-8").splitlines()) for file in (ROOT / folder).rglob("*.py")
    }
    assert {file: length for file, length in lengths.items() if length > MOST_LINES} == {}
