"""Processes that serve pages import these, and must stay small."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow

HEAVY = ("pandas", "numpy", "textblob", "nltk", "matplotlib", "docx", "xlsxwriter")
LIGHT = (
    "analysis",
    "analysis.period",
    "analysis.findings",
    "analysis.settings",
    "analysis.releasing.asked",
    "analysis.releasing.counted",
    "analysis.releasing.ledger",
    "analysis.audit.outcome",
    "analysis.data_formats",
    "analysis.process",
    "analysis.report",
    "analysis.words.concern",
    "feedback_app.analysis_process",
)


@pytest.mark.parametrize("module", LIGHT)
def test_a_module_of_pages_imports_nothing_heavy(module: str) -> None:
    code = f"import sys, {module}; print([name for name in {HEAVY!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_figures_need_no_matplotlib() -> None:
    code = "import sys, analysis.releasing.release; print('matplotlib' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
