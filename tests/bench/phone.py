"""A young person's phone: Chromium with its processor slowed six times, on a line of 400 kbit/s with 400 ms each way and back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from playwright.sync_api import Browser, Page, sync_playwright

from feedback_app.cli.tables import table
from tests.bench import heard_store
from tests.bench.arithmetic import Bar, Spread, median
from tests.bench.problems import BenchError
from tests.bench.relay import HOST, Relay, relay
from tests.bench.servers import heard_server
from tests.support.browser import chromium, launch
from tests.support.databases import sqlite_url

SURVEY = "iro_review"
SLOWER = 6
LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
VISITS = 5
QUICK_VISITS = 2
MOST_KILOBYTES = 50
MOST_REQUESTS = 5
MOST_READ_SECONDS = 3
MOST_ANSWERED_SECONDS = 4
MOST_NEXT_MILLISECONDS = 100

#: Presses Start as soon as it is there, chooses as soon as there is a question, and notes when each has been painted.
_WATCH = """() => {
  const seen = (globalThis.seen = {});
  let done;
  globalThis.answered = new Promise((resolve) => (done = resolve));
  const isShown = (element) => element?.checkVisibility() && element.getBoundingClientRect().top < innerHeight;
  const painted = (name, then = () => {}) => {
    if (name in seen) return;
    seen[name] = 0;
    setTimeout(() => ((seen[name] = performance.now()), then()));
  };
  const look = () => {
    const start = document.querySelector("[data-start]");
    const question = document.querySelector("[data-kind]");
    if (start && isShown(document.getElementById("title"))) painted("welcome", () => start.click());
    if (isShown(question?.querySelector("h2"))) painted("question", () => question.querySelector("label").click());
    if (document.querySelector("form.begun [data-kind] input:checked")) return painted("answered", done);
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}"""
#: Durations of presses of Next, from the finger to the picture.
_TIME_PRESSES = """() => {
  globalThis.presses = [];
  const isNext = ({ name, target }) => name === "click" && target?.closest("[data-next]");
  const keep = (list) => presses.push(...list.getEntries().filter(isNext).map(({ duration }) => duration));
  new PerformanceObserver(keep).observe({ type: "event", durationThreshold: 16 });
}"""
#: Chooses an answer where there is one to choose, lets everything come to rest, and says where Next is.
_CHOOSE = """() => {
  document.querySelector("[data-step]:not([hidden]) input")?.click();
  const { x, y, width, height } = document.querySelector("[data-next]").getBoundingClientRect();
  return new Promise((resolve) => setTimeout(resolve, 400, [x + width / 2, y + height / 2]));
}"""


def measure(folder: Path, *, quick: bool = False) -> list[Bar]:
    """Open a survey for the first time, again and again, go through it, print what was seen, and return the bars.

    Raises:
        BenchError: the page does not do what a young person needs.
    """
    executable = chromium()
    if executable is None:
        click.echo("\nNo phone was measured: there is no Chromium here.")
        return []
    given = heard_store.settings(sqlite_url(folder / "heard.sqlite"), folder)
    with heard_store.opened(given) as store:
        path = heard_store.open_round(store, SURVEY)
        with (
            heard_server(given, folder) as server,
            relay(server.port) as line,
            sync_playwright() as playwright,
        ):
            browser = launch(playwright, executable)
            weight = _weigh(browser, line, path)
            visits = [_first_visit(browser, line, path) for _ in range(QUICK_VISITS if quick else VISITS)]
            presses = _presses(browser, line, path)
            browser.close()
    _print(visits, presses)
    return [*weight, *_bars(visits, presses)]


@contextmanager
def _opened(browser: Browser, line: Relay) -> Iterator[tuple[Page, Any]]:
    """A phone that has never been here, and what drives it."""
    address = f"http://{HOST}:{line.port}"
    with browser.new_context(base_url=address, viewport={"width": 360, "height": 740}) as context:
        page = context.new_page()
        page.set_default_timeout(60_000)
        yield page, context.new_cdp_session(page)


def _weigh(browser: Browser, line: Relay, path: str) -> list[Bar]:
    line.reset()
    with _opened(browser, line) as (page, _driver):
        page.goto(path, wait_until="networkidle")
        page.evaluate("navigator.serviceWorker?.ready.then(() => true)")
        page.wait_for_load_state("networkidle")
        requests, kilobytes = list(line.requests), line.wire_bytes / 1_000
    click.echo(f"\nA first visit in Chromium, headers included: {kilobytes:.1f} kB; {', '.join(requests)}")
    return [
        Bar("first visit in Chromium", kilobytes, MOST_KILOBYTES, unit=" kB"),
        Bar("requests of a first visit", len(requests), MOST_REQUESTS),
    ]


def _first_visit(browser: Browser, line: Relay, path: str) -> dict[str, float]:
    """Seconds from opening the address until each thing could be seen."""
    with _opened(browser, line) as (page, driver):
        _slow_down(driver)
        page.add_init_script(f"({_WATCH})()")
        page.goto(path, wait_until="commit")
        page.evaluate("answered")
        seen: dict[str, float] = page.evaluate("seen")
    return {name: milliseconds / 1_000 for name, milliseconds in seen.items()}


def _slow_down(driver: Any) -> None:
    driver.send("Network.enable")
    driver.send("Network.emulateNetworkConditions", LINE)
    driver.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


def _presses(browser: Browser, line: Relay, path: str) -> Spread:
    """Milliseconds from pressing Next until the next question is painted, through the whole survey."""
    with _opened(browser, line) as (page, driver):
        page.goto(path, wait_until="networkidle")
        page.locator("[data-start]").click()
        driver.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.evaluate(_TIME_PRESSES)
        while page.locator("[data-next]").is_visible():
            page.mouse.click(*page.evaluate(_CHOOSE))
        page.evaluate("new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 500)))")
        presses = page.evaluate("presses")
    if not presses:
        raise BenchError("no press of Next was timed")
    return Spread.of(presses)


def _print(visits: list[dict[str, float]], presses: Spread) -> None:
    names = {
        "welcome": "the welcome is read, and Start pressed at once",
        "question": "the first question is read",
        "answered": "its answer is chosen, with the script at work",
    }
    rows = [
        [
            text,
            f"{median([visit[name] for visit in visits]):.2f}",
            f"{max(visit[name] for visit in visits):.2f}",
        ]
        for name, text in names.items()
    ]
    click.echo(f"\nA first visit on a slow phone, {len(visits)} times; seconds after the address is opened\n")
    click.echo(table(("what", "median", "worst"), rows))
    click.echo(
        f"\nFrom a press to its picture on that phone, {presses.number} presses: "
        f"median {presses.p50:.0f} ms, worst {presses.worst:.0f} ms"
    )


def _bars(visits: list[dict[str, float]], presses: Spread) -> list[Bar]:
    return [
        Bar(
            "first question can be read",
            median([v["question"] for v in visits]),
            MOST_READ_SECONDS,
            unit=" s",
        ),
        Bar("and answered", median([v["answered"] for v in visits]), MOST_ANSWERED_SECONDS, unit=" s"),
        Bar("press to next question", presses.p50, MOST_NEXT_MILLISECONDS, unit=" ms"),
    ]
