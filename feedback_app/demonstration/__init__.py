"""The demonstration: figures one county published for 2022/23, invented conversations since, comments, accounts, rounds.

Everything goes in by the ways that real answers take: files are imported, answers are sealed, and boxes are counted.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
import tempfile
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from flask import Flask
from flask_security.utils import hash_password
from sqlalchemy.exc import SQLAlchemyError

from analysis.period import month_after
from feedback_app import create_app
from feedback_app.catalogues import Catalogues
from feedback_app.config import Config
from feedback_app.context import Heard
from feedback_app.demonstration import safeguarding
from feedback_app.importing.responses import import_responses
from feedback_app.languages import OTHERS
from feedback_app.store import Store, ballot_box, codes, comments, rounds, staff
from feedback_app.store.ballot_box import Submission, new_receipt
from feedback_app.store.opening import open_store
from feedback_app.store.revision import migrate
from surveys.routing import asked
from surveys.schema import Answer, Question, QuestionType, Survey, Wording

DATA: Final = files(__name__) / "data"
#: Address, roles, team.
ACCOUNTS: Final = (
    ("iro@example.org", ("iro",), "North"),
    ("participation@example.org", ("participation",), "Participation"),
    ("participation.two@example.org", ("participation",), "Participation"),
    ("board@example.org", ("board",), ""),
    ("safeguarding@example.org", ("safeguarding",), ""),
    ("safeguarding.two@example.org", ("safeguarding",), ""),
    ("admin@example.org", ("admin",), ""),
)
PUBLISHED: Final = ("iro_review", "wellbeing")
#: Sealed in each open round, so that one more answer and the end of the month make a count.
WAITING: Final = 12
#: Conversations at the end of a placement, in each of the months before this one.
CONVERSATIONS: Final = (14, 12, 17, 13, 16, 15)


class NotADemonstration(Exception):
    """The file holds something else; the message is one sentence."""


def set_up(config: Config) -> str:
    """Fill a database where there is none, and return what to tell whoever started it. A filled one is left as it is.

    Raises:
        NotADemonstration: it holds something else.
    """
    store = open_store(config)
    assert store.file is not None
    if not store.file.exists():
        _fill_file(config, store.file)
    try:
        _check_ours(store)
        migrate(store.engine)
        return _told(config, store)
    finally:
        store.close()


def _check_ours(store: Store) -> None:
    try:
        is_ours = staff.find_by_email(store, ACCOUNTS[0][0]) is not None
    except SQLAlchemyError:
        is_ours = False
    if not is_ours:
        raise NotADemonstration(
            f"{store.file} is not a demonstration's; name another folder with HEARD_INSTANCE, so that nothing real is mixed up"
        )


def _fill_file(config: Config, file: Path) -> None:
    """Fill a file beside, and put it in its place when it is whole: whoever interrupts this can start again."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=file.parent, prefix="filling-") as folder:
        filling = Path(folder) / file.name
        app = create_app(replace(config, database_url=f"sqlite:///{filling.as_posix()}"))
        parts: Heard = app.extensions["heard"]
        migrate(parts.store.engine)
        _fill(app, parts.store)
        parts.store.close()
        filling.replace(file)


def password(store: Store, email: str) -> str:
    """An account's password: the same at every start, other on every machine."""
    digest = store.secrets.keyed_hash("demonstration", email)
    letters = [codes.ALPHABET[byte % len(codes.ALPHABET)].lower() for byte in digest[:12]]
    return "-".join("".join(letters[start : start + 4]) for start in (0, 4, 8))


def _fill(app: Flask, store: Store) -> None:
    chance = random.Random(2023)  # noqa: S311  # the same invented answers at every set-up
    with tempfile.TemporaryDirectory() as folder:
        for key in PUBLISHED:
            survey = store.surveys.get(key)
            import_responses(store, _with_words(Path(folder), key), survey)
        survey = store.surveys.get("end_of_placement")
        import_responses(store, _conversations(Path(folder), store, survey, chance), survey)
    _add_accounts(app, store)
    _work_on_comments(store)
    safeguarding.fill(store, *_ids(store, "safeguarding"))
    for survey in store.surveys.current():
        _open_round(store, survey, chance)


def _said(key: str) -> list[dict[str, str]]:
    told: list[dict[str, str]] = tomllib.loads((DATA / "comments.toml").read_text(encoding="utf-8"))[key]
    return told


def _with_words(folder: Path, key: str) -> Path:
    """The published responses, with the invented comments in some of their rows."""
    rows = list(csv.DictReader((DATA / f"{key}.csv").read_text(encoding="utf-8").splitlines()))
    for row, comment in zip(rows[:: len(rows) // len(_said(key))], _said(key), strict=False):
        row[comment["question"]] = comment["said"]
    return _write(folder / f"{key}.csv", rows)


def _conversations(folder: Path, store: Store, survey: Survey, chance: random.Random) -> Path:
    rows = []
    for back, number in enumerate(CONVERSATIONS, 1):
        month = month_after(store.this_month(), -back)
        rows += [{"month": month, **_flat(_answers(survey, chance))} for _ in range(number)]
    return _write(folder / f"{survey.key}.csv", rows)


def _write(file: Path, rows: list[dict[str, str]]) -> Path:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return file


def _answers(survey: Survey, chance: random.Random) -> dict[str, Answer]:
    """Invented answers: mostly good, some not, some skipped; no words."""
    answers: dict[str, Answer] = {}
    for question in _unanswered(survey, answers):
        if chance.random() > 0.06:
            answers[question.key] = _choice(question, chance)
        else:
            answers[question.key] = None
    return answers


def _unanswered(survey: Survey, answers: dict[str, Answer]) -> Iterator[Question]:
    while left := [
        question
        for question in asked(survey, Wording.STANDARD, answers)
        if question.key not in answers and question.type is not QuestionType.WORDS
    ]:
        yield left[0]


def _choice(question: Question, chance: random.Random) -> Answer:
    weights = [8 if option.value in question.positive else 2 for option in question.options]
    value = chance.choices(question.values, weights)[0]
    return (value,) if question.type is QuestionType.MANY else value


def _flat(answers: dict[str, Answer]) -> dict[str, str]:
    return {
        key: ";".join(value) if isinstance(value, tuple) else value or "" for key, value in answers.items()
    }


def _add_accounts(app: Flask, store: Store) -> None:
    for email, roles, team in ACCOUNTS:
        user_id = staff.add(store, email, roles, team)
        with app.app_context():
            staff.set_password(store, user_id, hash_password(password(store, email)))


def _ids(store: Store, role: str) -> tuple[int, int]:
    """The two accounts that have a role, in the order of ``ACCOUNTS``."""
    found = {row.email: row.id for row in staff.listing(store)}
    first, second = (found[email] for email, roles, _ in ACCOUNTS if role in roles)
    return first, second


def _work_on_comments(store: Store) -> None:
    """Two participation workers have been through some of the comments."""
    first, second = _ids(store, "participation")
    known: dict[str, dict[str, Any]] = {c["said"]: c for key in PUBLISHED for c in _said(key)}
    for row in comments.listing(store, "waiting"):
        comment = known.get(row.words, {})
        if "state" in comment:
            comments.make_safe(store, row.id, comment.get("safe", row.words), first)
        if comment.get("state") == "approved":
            comments.approve(store, row.id, second)


def _open_round(store: Store, survey: Survey, chance: random.Random) -> None:
    today = store.today()
    slug, _ = rounds.open_round(store, survey.key, today, today + dt.timedelta(days=180))
    known = Catalogues()
    drafts = [language.code for language in OTHERS if known.coverage(language, survey).is_whole]
    rounds.set_languages(store, slug, drafts)
    round_ = rounds.find(store, slug)
    for number in range(WAITING):
        how = "conversation" if number % 3 else "self"
        answers = _answers(survey, chance)
        ballot_box.seal(store, Submission(survey, round_, Wording.STANDARD, how, answers, new_receipt()))


def _told(config: Config, store: Store) -> str:
    open_now = [row for row in rounds.listing(store) if row.state == "open"]
    lines = [
        "",
        "Heard: a demonstration. The 2022-23 figures are one county's published ones; all else is invented.",
        "",
        "For young people:",
        *(f"  {config.public_url}/s/{row.slug}   {store.surveys.get(row.survey).title}" for row in open_now),
        "",
        f"For staff, at {config.public_url}/staff/ (address, password):",
        *(f"  {email:32}{password(store, email)}" for email, _, _ in ACCOUNTS),
        "",
        "Answers are counted when their month has ended and ten or more are together. To see your own counted,",
        "answer a survey, sign in as participation@example.org, and press “End the month now”.",
        "To stop, press Ctrl and C.",
        "",
    ]
    return "\n".join(lines)
