"""The checker through which every page goes: what is true of all of them is asked here and nowhere else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

STAFF = "/staff"
_UNSEEN = dict.fromkeys(range(0x2066, 0x206A))
#: Form controls that show their own name, or nothing.
_UNLABELLED = ("hidden", "submit", "button", "reset", "image")


class Page:
    """A page that has passed every check, to be asked about.

    Attributes:
        response: what was answered.
        tree: the document.
    """

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.tree: Any = html.document_fromstring(response.get_data(as_text=True))
        # What a script may show later is not on the page yet.
        for template in self.tree.xpath("//template"):
            template.drop_tree()

    @property
    def text(self) -> str:
        """All that a reader sees, with single spaces."""
        return words_of(self.one("//body"))

    @property
    def heading(self) -> str:
        """The words of its one ``h1``."""
        return words_of(self.one("//h1"))

    def all(self, xpath: str) -> list[Any]:
        """Every element that an XPath finds."""
        found: list[Any] = self.tree.xpath(xpath)
        return found

    def one(self, xpath: str) -> Any:
        """The only element that an XPath finds; fails where there is none, or are several."""
        found = self.all(xpath)
        assert len(found) == 1, f"{len(found)} elements match {xpath}"
        return found[0]

    def value(self, name: str) -> str:
        """What the field of this name holds."""
        return str(self.one(f"//input[@name='{name}']/@value"))


class PageChecker:
    """Fetches pages and checks each.

    Args:
        client: the test client; it stays signed in, or out, as the test left it.
    """

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def get(self, address: str, status: int = 200, **options: Any) -> Page:
        """The page at an address, redirects followed, every check passed."""
        return self.check(self.client.get(address, follow_redirects=True, **options), status)

    def post(self, address: str, data: dict[str, Any], status: int = 200, **options: Any) -> Page:
        """The page that answers a form, redirects followed, every check passed."""
        return self.check(self.client.post(address, data=data, follow_redirects=True, **options), status)

    def check(self, response: TestResponse, status: int = 200) -> Page:
        """The page of an answer, every check passed."""
        assert response.status_code == status, f"{response.request.path}: {response.status}"
        assert response.content_type == "text/html; charset=utf-8"
        page = Page(response)
        faults = [*faults_of_document(page), *faults_of_headers(response)]
        assert not faults, f"{response.request.path}: " + "; ".join(faults)
        return page


def words_of(element: Any) -> str:
    """An element's words with single spaces, without scripts and without marks of direction, which nobody sees."""
    parts = element.xpath(".//text()[not(ancestor::script or ancestor::style or ancestor::template)]")
    return " ".join(" ".join(parts).translate(_UNSEEN).split())


def faults_of_document(page: Page) -> Iterator[str]:
    """What is wrong with a document, in words; nothing where all is well."""
    yield from _faults_of_frame(page)
    yield from _faults_of_names(page)
    yield from _faults_of_controls(page)
    yield from _faults_of_content(page)


def faults_of_headers(response: TestResponse) -> Iterator[str]:
    """What is wrong with the headers of a page, in words."""
    headers, path = response.headers, response.request.path
    policy = headers.get("Content-Security-Policy", "")
    for part in ("default-src", "form-action", "frame-ancestors 'none'", "base-uri"):
        if part not in policy:
            yield f"the content security policy lacks {part}"
    if "unsafe-" in policy or "*" in policy:
        yield "the content security policy lets anything in"
    if headers.get("X-Content-Type-Options") != "nosniff":
        yield "X-Content-Type-Options is not nosniff"
    if headers.get("Referrer-Policy") not in ("no-referrer", "same-origin"):
        yield "Referrer-Policy tells other sites where a reader came from"
    if not is_staff_address(path):
        yield from _faults_of_anonymity(response)
    elif "no-store" not in headers.get("Cache-Control", ""):
        yield "a staff page may be kept by a cache"


def is_staff_address(path: str) -> bool:
    """Whether a page is for staff; all others are for young people and carry no cookie."""
    return path == STAFF or path.startswith(STAFF + "/")


def _faults_of_anonymity(response: TestResponse) -> Iterator[str]:
    if response.headers.getlist("Set-Cookie"):
        yield "a young person's page sets a cookie"
    if "cookie" in response.headers.get("Vary", "").lower():
        yield "a young person's page looks at a cookie"


def _faults_of_frame(page: Page) -> Iterator[str]:
    if not page.all("//html[string-length(@lang) > 1]"):
        yield "html has no lang"
    for name in ("h1", "title", "main"):
        if (count := len(page.all(f"//{name}[not(ancestor::svg)]"))) != 1:
            yield f"{count} {name} elements"
    if not all(words_of(element) for element in page.all("//h1 | //title[not(ancestor::svg)]")):
        yield "h1 or title is empty"
    levels = [int(element.tag[1]) for element in page.all("//h1|//h2|//h3|//h4|//h5|//h6")]
    if any(after > before + 1 for before, after in pairwise(levels)):
        yield f"headings skip a level: {levels}"
    viewport = "".join(page.all("//meta[@name='viewport']/@content"))
    if "width=device-width" not in viewport or "scal" in viewport.replace("initial-scale", ""):
        yield "the viewport does not follow the device, or forbids zooming"


def _faults_of_names(page: Page) -> Iterator[str]:
    ids = Counter(page.all("//@id"))
    yield from (f"id {name!r} is used {count} times" for name, count in ids.items() if count > 1)
    for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
        for names in page.all(f"//@{attribute}"):
            yield from (
                f"{attribute} names {name!r}, which is not there" for name in names.split() if name not in ids
            )
    for address in page.all("//a/@href[starts-with(., '#')]"):
        if len(address) > 1 and address[1:] not in ids:
            yield f"a link leads to {address}, which is not there"


def _faults_of_controls(page: Page) -> Iterator[str]:
    skipped = " or ".join(f"@type='{kind}'" for kind in _UNLABELLED)
    for control in page.all(f"//input[not({skipped})] | //select | //textarea"):
        if not _is_labelled(page, control):
            yield f"{control.tag} {control.get('name')!r} has no label"
    for control in page.all("//input[@type='radio']"):
        if not control.xpath("ancestor::fieldset[legend] | ancestor::*[@role='radiogroup']"):
            yield f"the choices {control.get('name')!r} have no legend"
    for button in page.all("//button | //a[@href]"):
        if not (
            words_of(button) or button.get("aria-label") or button.xpath(".//img[@alt!='']|.//svg/title")
        ):
            yield f"a {button.tag} has no words"


def _is_labelled(page: Page, control: Any) -> bool:
    if control.get("aria-label") or control.get("aria-labelledby"):
        return True
    labels = control.xpath("ancestor::label") + [
        label for label in page.all("//label[@for]") if label.get("for") == control.get("id")
    ]
    return any(words_of(label) or label.xpath(".//img[@alt!='']") for label in labels)


def _faults_of_content(page: Page) -> Iterator[str]:
    if page.all("//img[not(@alt)]"):
        yield "a picture has no alternative text"
    for drawing in page.all("//svg[not(ancestor::svg)]"):
        if drawing.get("aria-hidden") != "true" and drawing.get("role") != "img":
            yield "a drawing is neither hidden from screen readers nor named as a picture"
    if page.all("//@style | //@*[starts-with(name(), 'on')] | //style"):
        yield "styles or scripts stand in the markup, where the security policy stops them"
    for address in page.all("//script/@src | //link/@href | //img/@src | //form/@action | //iframe/@src"):
        if urlsplit(address).netloc:
            yield f"{address} is fetched from another host"
    if page.all("//form[@method='get']//textarea"):
        yield "a form puts somebody's words into an address"
