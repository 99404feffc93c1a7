"""The forms of the staff pages. Each sentence of an error says what to do."""

from __future__ import annotations

from typing import Final

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectChoice,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from feedback_app.store.comments import REASONS
from feedback_app.store.rounds import MOST_CODES
from feedback_app.store.staff import ROLES

#: How each role is said, and what it is for.
ROLE_TEXTS = {
    "iro": ("IRO", "holds conversations and records them"),
    "participation": ("Participation", "opens rounds, makes comments safe, reads results, writes the report"),
    "board": ("Board", "reads results and reports"),
    "safeguarding": ("Safeguarding", "reads young people’s words for safety"),
    "admin": ("Administrator", "adds people and switches them off; sees no answers"),
}
ENTRIES = {
    "link": "One link for everybody (poster, QR code, message)",
    "codes": "Single-use codes (slips of paper)",
    "both": "Both: the link, and codes for those who have one",
}


_LONG: Final = "This is too long."
#: What WTForms says by itself, said so that somebody knows what to do.
_SENTENCES: Final = {
    "Not a valid choice.": "Choose one of these.",
    "'%(value)s' is not a valid choice for this field.": "Choose among these.",
    "'%(value)s' are not valid choices for this field.": "Choose among these.",
    "Not a valid integer value.": "Write a whole number.",
    "Not a valid date value.": "Write a day, such as 3 11 2026.",
}


class _Sentences:
    """Stands where WTForms looks for translations."""

    def gettext(self, text: str) -> str:
        """Our sentence for WTForms' own."""
        return _SENTENCES.get(text, text)

    def ngettext(self, one: str, several: str, number: int) -> str:
        """WTForms' own: every field with a length has a sentence of its own."""
        return one if number == 1 else several


class StaffForm(FlaskForm):
    """What every form of the staff pages has in common."""

    class Meta(FlaskForm.Meta):
        """How WTForms speaks."""

        def get_translations(self, _form: FlaskForm) -> _Sentences:
            """Our sentences."""
            return _Sentences()


def _printable(text: str | None) -> str:
    """What was typed, without what nobody types: PostgreSQL takes no text with a null byte in it."""
    return "".join(letter for letter in text or "" if letter.isprintable())


class SignInForm(StaffForm):
    """E-mail address and password."""

    email = EmailField(
        "E-mail address",
        [InputRequired("Write your e-mail address."), Length(max=255, message=_LONG)],
        filters=[_printable],
    )
    password = PasswordField(
        "Password", [InputRequired("Write your password."), Length(max=1000, message=_LONG)]
    )


class ForgottenForm(StaffForm):
    """Who asks for a new password."""

    email = EmailField(
        "E-mail address",
        [InputRequired("Write your e-mail address."), Length(max=255, message=_LONG)],
        filters=[_printable],
    )


class SetPasswordForm(StaffForm):
    """A new password. It can be shown while typing, so it is asked for once."""

    password = PasswordField("New password", [InputRequired("Write a new password.")])


class ChangePasswordForm(SetPasswordForm):
    """One's own password, and a new one."""

    old = PasswordField("Your password now", [InputRequired("Write your password as it is now.")])


class BoxesField(SelectMultipleField):
    """Any of several choices, as boxes to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def _roles() -> list[SelectChoice]:
    return [SelectChoice(role, ROLE_TEXTS[role][0]) for role in ROLES]


class PersonForm(StaffForm):
    """What a member of staff may do, and where they work."""

    roles = BoxesField("What they do", [InputRequired("Choose at least one role.")], choices=_roles())
    team = StringField(
        "Team", [Length(max=80, message="A team’s name has at most 80 characters.")], filters=[_printable]
    )


class NewPersonForm(PersonForm):
    """A new account."""

    email = EmailField(
        "E-mail address",
        [InputRequired("Write their e-mail address."), Length(max=255, message=_LONG)],
        filters=[_printable],
    )


class RoundForm(StaffForm):
    """A round to open. The choices of ``survey`` are set by the page."""

    survey = RadioField("Survey", [InputRequired("Choose a survey.")])
    opens = DateField("First day", [InputRequired("Choose the first day.")])
    closes = DateField("Last day", [InputRequired("Choose the last day.")])
    entry = RadioField(
        "How do young people get in?",
        [InputRequired("Choose how young people get in.")],
        choices=[SelectChoice(value, text) for value, text in ENTRIES.items()],
        default="link",
    )
    codes = IntegerField(
        "How many codes",
        [Optional(), NumberRange(1, MOST_CODES, f"Write a number from 1 to {MOST_CODES:,}.")],
    )

    # Which can be turned on depends on the survey: the catalogues say so, and why not.
    languages = BoxesField("Other languages", validate_choice=False)

    def validate_closes(self, field: DateField) -> None:
        """The last day is not before the first."""
        if field.data and self.opens.data and field.data < self.opens.data:
            raise ValidationError("The last day is before the first.")

    def validate_entry(self, field: RadioField) -> None:
        """Codes need a number."""
        if field.data in ("codes", "both") and not self.codes.data and not self.codes.errors:
            self.codes.errors = ["Write how many codes to make."]
            raise ValidationError("Write how many codes to make, or choose one link for everybody.")


class MoreCodesForm(StaffForm):
    """More codes for a round that is open."""

    number = IntegerField(
        "How many more codes",
        [
            InputRequired("Write how many codes to make."),
            NumberRange(1, MOST_CODES, f"Write a number from 1 to {MOST_CODES:,}."),
        ],
    )


class VoidForm(StaffForm):
    """A round to void: what is destroyed cannot be brought back, so a box has to be ticked."""

    is_sure = BooleanField(
        "I have read this. It cannot be taken back.", [InputRequired("Tick the box if you are sure.")]
    )


class LanguagesForm(StaffForm):
    """The languages that are turned on for a round. The choices are set by the page."""

    languages = BoxesField("Languages to turn on", validate_choice=False)


class SafeWordsForm(StaffForm):
    """A comment as it may be published."""

    safe_words = TextAreaField(
        "As it may be published",
        [
            InputRequired("Write the words as they may be published, or withhold the comment."),
            Length(max=4000, message="Use at most 4,000 characters."),
        ],
    )


class WithholdForm(StaffForm):
    """Why a comment is not published."""

    reason = RadioField(
        "Why",
        [InputRequired("Choose why it is withheld.")],
        choices=[SelectChoice(value, text) for value, text in REASONS.items()],
    )
