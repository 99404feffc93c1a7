"""What a new password must be: long, and not one that is tried first. Nothing about capitals or digits."""

from __future__ import annotations

import unicodedata
from typing import Final

LEAST_CHARACTERS: Final = 12
#: Longer is not safer, and hashing a book costs time.
MOST_CHARACTERS: Final = 200

#: Words that long passwords people choose are made of. A password is refused when nothing else is in it.
_COMMON: Final = (
    "administrator admin password passwort passw0rd p4ssword letmein welcome qwertyuiop qwerty qwertz asdfghjkl asdf zxcvbnm "
    "iloveyou monkey dragon football liverpool arsenal chelsea sunshine princess superman batman charlie summer autumn "
    "winter spring january february march april may june july august september october november december monday friday "
    "council children social worker staff heard review secret login changeme trustno1 abc abcdef one two three and the my is "
    "this 0123456789 1234567890 123456789 12345678 1234567 123456 12345 1234 123 987654321 "
    "2020 2021 2022 2023 2024 2025 2026 2027 2028 2029 2030"
).split()
_LONGEST_FIRST: Final = sorted(_COMMON, key=len, reverse=True)


def normal(password: str) -> str:
    """A password as it is hashed: the same however a keyboard composes an accent."""
    return unicodedata.normalize("NFKC", password)


def problem(password: str, email: str) -> str | None:
    """What is wrong with a new password, as one sentence, or None."""
    password = normal(password)
    if len(password) < LEAST_CHARACTERS:
        return (
            f"Use at least {LEAST_CHARACTERS} characters. Three or four words in a row are easy to remember."
        )
    if len(password) > MOST_CHARACTERS:
        return f"Use at most {MOST_CHARACTERS} characters."
    if _is_email(password, email):
        return "Your e-mail address is the first thing somebody would try. Choose something else."
    if _is_common(password):
        return "This password is among the first that are tried. Choose something else."
    return None


def _is_email(password: str, email: str) -> bool:
    name = email.partition("@")[0].casefold()
    left = password.casefold().replace(email.casefold(), "").replace(name, "") if name else password
    return len(left) < 4


def _is_common(password: str) -> bool:
    left = password.casefold()
    if len(set(left)) < 5:
        return True
    for word in _LONGEST_FIRST:
        left = left.replace(word, "")
    return sum(character.isalnum() for character in left) < 4
