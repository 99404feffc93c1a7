"""The scenes of the contact sheet can be reached, so that it shows what there is."""

from __future__ import annotations

from playwright.sync_api import Browser

from feedback_app.store import Store, rounds, staff
from tests.contact_sheet.scenes import SCENES, Look
from tests.support.rounds import add_round, slug_of


def test_every_scene_can_be_reached(browser: Browser, address: str, store: Store) -> None:
    path = add_round(store, "wellbeing")
    rounds.set_languages(store, slug_of(path), ["ar"])
    staff.set_password(store, staff.add(store, "reader@example.org", ["safeguarding"]), "hash")
    look = Look("phone", (360, 740), "light", "ar", "easy")
    with browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True) as context:
        page = context.new_page()
        for scene in SCENES:
            scene.go(page, look, address + path)
        assert page.locator("main[data-page='contact_received']").is_visible()
