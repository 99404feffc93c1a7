"""Takes the pictures and puts them on one sheet for each device: ``python -m tests.contact_sheet FOLDER``."""

from __future__ import annotations

import datetime as dt
import itertools
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

import click
from playwright.sync_api import Browser, sync_playwright

from feedback_app import create_app
from feedback_app.config import Config
from feedback_app.store import rounds, staff
from tests.contact_sheet.scenes import SCENES, Look
from tests.support.browser import chromium, launch, serving
from tests.support.databases import migrate, sqlite_url

_DEVICES = {"phone": (360, 740), "tablet": (800, 1280)}
_DAY = dt.date(2026, 11, 20)
#: The width of a picture on the sheet, in CSS pixels.
_WIDTH = 270

LOOKS = tuple(
    Look(device, size, scheme, language, wording)
    for (device, size), scheme, language, wording in itertools.product(
        _DEVICES.items(), ("light", "dark"), ("en", "ar"), ("standard", "easy")
    )
)


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def take(folder: Path) -> None:
    """Photograph every scene in every look, into FOLDER."""
    executable = chromium()
    if executable is None:
        sys.exit("There is no Chromium here; install one, or say where it is in CHROMIUM")
    folder.mkdir(parents=True, exist_ok=True)
    with _survey() as address, sync_playwright() as playwright:
        browser = launch(playwright, executable)
        for look in LOOKS:
            _photograph(browser, look, address, folder)
            click.echo(look.name)
        for device in _DEVICES:
            _put_together(browser, device, folder)
            click.echo(folder / f"{device}.png")
        browser.close()


@contextmanager
def _survey() -> Iterator[str]:
    """The address of an open survey on a server of its own."""
    with tempfile.TemporaryDirectory() as place:
        config = Config(
            env="testing",
            instance=Path(place),
            database_url=sqlite_url(Path(place) / "heard.sqlite"),
            secret_key="s" * 64,
            words_keys=("A" * 43 + "=",),
            council="Example County Council",
        )
        migrate(config.database_url)
        app = create_app(config, lambda: _DAY)
        parts = app.extensions["heard"]
        slug, _ = rounds.open_round(parts.store, "wellbeing", _DAY, _DAY + dt.timedelta(days=30))
        rounds.set_languages(parts.store, slug, ["ar"])
        # Without somebody who reads what is sent nobody is offered to send it.
        staff.set_password(
            parts.store, staff.add(parts.store, "reader@example.org", ["safeguarding"]), "hash"
        )
        with serving(app) as address:
            yield f"{address}/s/{slug}"
        parts.analysis.close()
        parts.store.close()


def _photograph(browser: Browser, look: Look, address: str, folder: Path) -> None:
    width, height = look.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=2 if look.device == "phone" else 1,
        color_scheme="dark" if look.scheme == "dark" else "light",
        locale="en-GB",
        reduced_motion="reduce",
        has_touch=True,
    )
    page = context.new_page()
    for number, scene in enumerate(SCENES, 1):
        scene.go(page, look, address)
        page.screenshot(path=folder / _file(look, number), animations="disabled")
    context.close()


def _file(look: Look, number: int) -> str:
    return f"{look.name}-{number:02}.png"


def _put_together(browser: Browser, device: str, folder: Path) -> None:
    """One picture of all, a row for each look and a column for each scene."""
    looks = [look for look in LOOKS if look.device == device]
    page = browser.new_page(viewport={"width": len(SCENES) * (_WIDTH + 16) + 32, "height": 800})
    (folder / f"{device}.html").write_text(_sheet(looks), encoding="utf-8")
    page.goto((folder / f"{device}.html").absolute().as_uri())
    page.screenshot(path=folder / f"{device}.png", full_page=True)
    page.close()


def _sheet(looks: list[Look]) -> str:
    rows = "".join(
        f"<h2>{escape(look.name)}</h2><div>"
        + "".join(
            f"<figure><img src='{_file(look, number)}' width='{_WIDTH}' alt=''><figcaption>{escape(scene.name)}</figcaption></figure>"
            for number, scene in enumerate(SCENES, 1)
        )
        + "</div>"
        for look in looks
    )
    style = "body{font:14px sans-serif;margin:16px;background:#ddd}div{display:flex;gap:16px;align-items:start}figure{margin:0}h2{margin:16px 0 8px}"
    return f"<!doctype html><html lang='en'><meta charset='utf-8'><title>Contact sheet</title><style>{style}</style>{rows}</html>"


if __name__ == "__main__":
    take()
