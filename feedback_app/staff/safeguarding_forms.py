"""The forms of safeguarding readers."""

from __future__ import annotations

from typing import Final

from wtforms import BooleanField, DateField, SelectChoice, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from feedback_app.languages import OTHERS
from feedback_app.staff.forms import BoxesField, StaffForm
from feedback_app.store.reading_queue import DONE

#: Where somebody can tell that it is not English, and no more.
NOT_SURE: Final = "a language I cannot tell"


def _languages() -> list[SelectChoice]:
    names = [language.english for language in OTHERS]
    return [
        SelectChoice("", "No interpreter needed"),
        *(SelectChoice(name, name) for name in names),
        SelectChoice(NOT_SURE, "Another, or not sure"),
    ]


class NotesForm(StaffForm):
    """What a reader did about words."""

    done = BoxesField("What was done", choices=[SelectChoice(key, text) for key, text in DONE.items()])
    never_quote = BooleanField("Never quote these words")
    language = SelectField("Ask an interpreter: which language may it be?", choices=_languages(), default="")
    translation = TextAreaField(
        "What the interpreter said", [Length(max=4000, message="Use at most 4,000 characters.")]
    )


class AbsenceForm(StaffForm):
    """Days on which somebody is away."""

    first = DateField("First day", [InputRequired("Choose the first day.")])
    last = DateField("Last day", [InputRequired("Choose the last day.")])
