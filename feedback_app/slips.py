"""Slips of paper, one for each single-use code: the code in large letters, the link in words, and both together as a QR code.

The QR code's address carries the code after ``#``, which no browser sends to a server: it is in no server's log.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import segno
from jinja2 import Environment, PackageLoader
from markupsafe import Markup

from feedback_app.static_files import FOLDER


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip: the code as it is printed, in its groups, and the drawing that leads to the survey with it."""

    code: str
    qr: Markup

    @property
    def groups(self) -> list[str]:
        """The code's groups of letters, in order."""
        return self.code.split("-")


def slips(address: str, codes: Iterable[str]) -> Iterator[Slip]:
    """A slip for each code, in the given order.

    Args:
        address: the whole link of the round.
        codes: as they are printed.
    """
    mask = None
    for code in codes:
        # Every mask can be read; which is best is decided by the link, which all have in common. To try them takes longest.
        made = segno.make(f"{address}#{code}", error="m", micro=False, mask=mask)
        mask = made.mask
        yield Slip(code, drawing(made))


def drawing(code: segno.QRCode) -> Markup:
    """A QR code as a drawing in a page; what it says is written beside it, so it is hidden from screen readers."""
    svg = code.svg_inline(border=4, omitsize=True, svgclass="qr", lineclass=None, dark="#000", light="#fff")
    # Its text is drawn as squares: nothing that anybody typed is in the markup.
    return Markup(svg.replace("<svg ", '<svg aria-hidden="true" ', 1))  # noqa: S704


def document(title: str, address: str, codes: Iterable[str]) -> str:
    """Slips as an HTML document of its own, to be printed from a file.

    Args:
        title: what the survey is called for young people.
        address: the whole link of the round.
        codes: as they are printed.
    """
    environment = Environment(loader=PackageLoader("feedback_app"), autoescape=True)
    style = Markup((FOLDER / "slips.css").read_text(encoding="utf-8"))  # noqa: S704  # our own file
    return environment.get_template("staff/slips.html").render(
        title=title, address=address, slips=slips(address, codes), style=style
    )
