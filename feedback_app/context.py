"""What a request needs beside Flask: the settings, the store and the analysis process of the current application."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app

from analysis.settings import read_rules
from feedback_app.analysis_process import AnalysisProcess
from feedback_app.config import Config
from feedback_app.store import Store


@dataclass(frozen=True, slots=True)
class Heard:
    """One application's parts."""

    config: Config
    store: Store
    analysis: AnalysisProcess


def analysis_process(config: Config) -> AnalysisProcess:
    """The analysis process under a council's disclosure rules; it starts when first needed.

    Raises:
        RulesError: a disclosure setting is unknown or laxer than the default.
    """
    return AnalysisProcess(read_rules(config.disclosure) if config.disclosure else None)


def attach(app: Flask, parts: Heard) -> None:
    """Give an application its parts."""
    app.extensions["heard"] = parts


def heard() -> Heard:
    """The parts of the current application."""
    parts = current_app.extensions["heard"]
    assert isinstance(parts, Heard)
    return parts
