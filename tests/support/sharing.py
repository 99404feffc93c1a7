"""What applications of many tests share because making it anew costs more than the tests.

An analysis process, compiled templates, and what was read of catalogues.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from types import CodeType
from typing import Any

import pytest
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache

from feedback_app import context
from feedback_app.analysis_process import AnalysisProcess
from feedback_app.catalogues import Catalogues
from feedback_app.config import Config


class SharedAnalysis(AnalysisProcess):
    """An application's analysis process, with its own rules, that asks the one of all tests.

    Args:
        ask: asks that one.
        own: the one that the application would have.
    """

    def __init__(self, ask: Callable[..., object], own: AnalysisProcess) -> None:
        super().__init__(own.rules)
        self._shared = ask

    def _ask(self, name: str, *args: Any, **kwargs: Any) -> object:
        return self._shared(name, *args, **kwargs)


class CompiledTemplates(BytecodeCache):
    """Keeps what a template was compiled to, for as long as its source stays the same."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was kept of the same source."""
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it."""
        assert bucket.code is not None
        self._kept[bucket.key, bucket.checksum] = bucket.code


class ReadCatalogues(Catalogues):
    """An application's own catalogues, of which each file is read when the first of all tests asks for it.

    What follows from them for a survey is each application's own, for a test may have another survey of the same name.

    Args:
        first: those that read the files, of a folder that no test writes to.
    """

    def __init__(self, first: Catalogues) -> None:
        super().__init__(first.folder)
        self._first = first
        self._read, self._has_reviews = first._read, first._has_reviews

    @cached_property
    def texts(self) -> dict[str, bool]:
        """As they were read."""
        return self._first.texts


@contextmanager
def shared(analysis: AnalysisProcess, templates: CompiledTemplates) -> Iterator[None]:
    """Applications that are made within the block share these."""
    made = context.analysis_process

    def analysis_process(config: Config) -> AnalysisProcess:
        return SharedAnalysis(analysis._ask, made(config))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(context, "analysis_process", analysis_process)
        patch.setattr(Flask, "jinja_options", {"bytecode_cache": templates})
        yield
