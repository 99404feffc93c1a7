"""What young people send that must be found nowhere afterwards, in whatever form it might have been written down."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from feedback_app.store.ballot_box import new_receipt

#: Shorter pieces than this are found by chance among ciphertext.
_LEAST = 7


@dataclass(frozen=True)
class Planted:
    """One young person's phone, and what it sends.

    Attributes:
        address: its own network address; it really sends from there.
        forwarded: the address that a proxy in front would tell.
        code: as it is printed on the slip, and typed.
        words: an answer in their own words.
        contact: what they write to be contacted.
    """

    address: str
    forwarded: str
    agent: str
    code: str
    words: str
    contact: str
    receipt: str

    @classmethod
    def number(cls, number: int, code: str) -> Planted:
        """Somebody who can be told from everybody else by every one of these."""
        return cls(
            address=f"127.19.84.{number + 1}",
            forwarded=f"203.0.113.{number + 1}",
            agent=f"Zqphone/{number}.77 (Wexfordmodel-{number}; like nothing else)",
            code=code,
            words=f"gravyxylophone{number}fern and my quokka{number}biscuit said no",
            contact=f"Persimmon{number}Oakenshaw rings 0770090{number:04d}",
            receipt=new_receipt(),
        )

    @property
    def texts(self) -> list[str]:
        """Everything, whole and in parts that mean something."""
        plain = "".join(c for c in self.code if c.isalnum())
        halves = [self.receipt[:11], self.receipt[11:]]
        pieces = [plain[i : i + _LEAST] for i in range(len(plain) - _LEAST + 1)]
        return [
            self.address,
            self.forwarded,
            self.agent,
            *self.agent.split()[:2],
            self.code,
            plain,
            *pieces,
            self.receipt,
            *halves,
            self.words,
            *[word for word in (*self.words.split(), *self.contact.split()) if len(word) >= _LEAST],
        ]

    @property
    def printed_groups(self) -> list[str]:
        """The groups of letters in which a code is printed: too short to be looked for among ciphertext."""
        return self.code.split("-")


def as_written(text: str) -> Iterator[bytes]:
    """A text as it may stand in a file: plainly, in lower case, in an address, in hexadecimal, in base64, or in UTF-16."""
    for one in {text, text.lower()}:
        plain = one.encode()
        yield plain
        yield quote(one).encode()
        yield plain.hex().encode()
        yield one.encode("utf-16-le")
        yield from _in_base64(plain)


def _in_base64(plain: bytes) -> Iterator[bytes]:
    """As base64 has it wherever it begins, without the letters at the ends that depend on its neighbours."""
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + plain).rstrip(b"=")
        kept = encoded[-(-before * 4 // 3) : len(encoded) - 1]
        if len(kept) >= _LEAST:
            yield kept
            yield kept.translate(bytes.maketrans(b"+/", b"-_"))


def found(texts: Iterable[str], held: bytes) -> set[str]:
    """Which of these stand in some bytes, in whatever form."""
    return {text for text in texts if any(form in held for form in as_written(text))}
