"""``heard surveys``: list, check and show survey definitions."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import click

from surveys.catalogue import Catalogue
from surveys.data import to_data
from surveys.problems import Problem, SurveyErrors
from surveys.published import check_published, fingerprint
from surveys.reading import BUILT_IN, load_catalogue, read_survey
from surveys.schema import Survey


def folders() -> list[Path]:
    """The built-in definitions, and the council's own where there are any."""
    own = os.environ.get("HEARD_SURVEYS", "").strip()
    return [BUILT_IN, *([Path(own)] if own else [])]


@click.group()
def surveys() -> None:
    """List, check and show survey definitions."""


@surveys.command("list")
def list_surveys() -> None:
    """Every survey there is: key, version, number of questions, title."""
    for survey in installed().current():
        click.echo(f"{survey.key}\t{survey.version}\t{len(survey.questions)}\t{survey.title}")


@surveys.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
def check(files: tuple[Path, ...]) -> None:
    """Check survey FILEs, or everything built in and in HEARD_SURVEYS: every problem, with its file and place."""
    problems: list[Problem] = []
    good: list[Survey] = []
    try:
        good += [] if files else list(load_catalogue(folders()))
    except SurveyErrors as errors:
        problems += errors.problems
    for file in files:
        try:
            good.append(read_survey(file))
        except SurveyErrors as errors:
            problems += errors.problems
    if good and not files:
        problems += check_published(Catalogue(good), folders())
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        sys.exit(2)
    for survey in good:
        wordings = " and ".join(survey.wordings)
        click.echo(
            f"{survey.key} version {survey.version}: {len(survey.questions)} questions, {wordings}: good; "
            f"fingerprint {fingerprint(survey)}"
        )


@surveys.command()
@click.argument("key")
@click.option(
    "--format", type=click.Choice(["json"]), default="json", expose_value=False, help="How to show it."
)
@click.option("--version", type=int, default=None, help="Which version; the newest where not given.")
def show(key: str, version: int | None) -> None:
    """Show the survey KEY (or a survey's FILE) as JSON."""
    try:
        survey = read_survey(Path(key)) if key.endswith(".toml") else _catalogue_get(key, version)
    except SurveyErrors as errors:
        raise click.ClickException(str(errors.problems[0])) from None
    click.echo(json.dumps(to_data(survey), ensure_ascii=False, indent=2))


def installed() -> Catalogue:
    """Every version of every survey, built in or the council's own.

    Raises:
        click.ClickException: a definition is wrong.
    """
    try:
        return load_catalogue(folders())
    except SurveyErrors as errors:
        raise click.ClickException(str(errors.problems[0])) from None


def _catalogue_get(key: str, version: int | None) -> Survey:
    catalogue = load_catalogue(folders())
    try:
        return catalogue.get(key, version)
    except KeyError:
        known = ", ".join(survey.key for survey in catalogue.current())
        which = f"{key!r}" if version is None else f"{key!r} in version {version}"
        raise click.ClickException(f"there is no survey {which}; there are {known}") from None
