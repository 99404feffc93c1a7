// The service worker: a survey that was opened once opens without signal, and what waits is sent when there is signal.
// What it keeps are pages as Heard sent them, before anybody answered, and the style and script that they name.

import { endSession, isForStaff, refusal } from "./handed_over.js";
import { sendWaiting, waiting } from "./queue.js";

/** Changed when what is kept changes its form; others are dropped. */
const CACHE = "heard-1";
/** So many pages are kept: a visit needs some of each round in each language. The one kept longest ago goes first. */
const MOST_PAGES = 120;
/** A line that brings nothing for so long is as good as none. */
const PATIENCE_MS = 2_500;
/** The pages that are kept, by where they are and what they call themselves. */
const KEPT = [
  [/^\/s\/\w+$/, "survey"],
  [/^\/s\/\w+\/conversation$/, "conversation"],
  [/^\/visit$/, "visit"],
  [/^\/handed-over$/, "handed_over"],
];

const here = (address) => new URL(address, location);
const kindOf = ({ origin, pathname }) => origin === location.origin && KEPT.find(([place]) => place.test(pathname))?.[1];

/** A page's address without what tells nothing about what is on it. */
function plain(address) {
  const { pathname, searchParams } = here(address);
  const told = ["lang", "wording"].filter((name) => searchParams.has(name)).map((name) => [name, searchParams.get(name)]);
  return pathname + (told.length ? `?${new URLSearchParams(told)}` : "");
}

// What is kept -------------------------------------------------------------------------------------------------

const find = async (address, options) => (await caches.open(CACHE)).match(address, { ignoreVary: true, ...options });

/** The page at an address; else, in another wording or language, one of the same survey. */
const findPage = async (address) => (await find(plain(address))) ?? find(here(address).pathname, { ignoreSearch: true });

const namesIn = (text) => [...text.matchAll(/ (?:src|href)="(\/static\/[^"]+)"/g)].map(([, name]) => name.replaceAll("&amp;", "&"));

/** A page as it is kept: without a receipt, so that none is used twice, and without what no longer holds once it is unpacked. */
function copyOf({ status, headers }, text) {
  const kept = new Headers(headers);
  for (const name of ["Content-Encoding", "Content-Length", "Transfer-Encoding"]) kept.delete(name);
  return new Response(text.replace(/( name="receipt" value=")[^"]*/g, "$1"), { status, headers: kept });
}

let turn = Promise.resolve();

/** One change of what is kept after another. */
const inTurn = (change) => (turn = turn.then(change, change));

/** Keeps a page that Heard sent, or forgets what it says is over. Anything else changes nothing. */
async function learn(address, response) {
  if (response.redirected || !response.headers.get("Content-Type")?.startsWith("text/html")) return;
  const text = await response.text();
  const name = /<main\b[^>]*\sdata-page="(\w+)"/.exec(text)?.[1];
  if (response.status === 200 && name === kindOf(here(address))) await inTurn(() => keep(plain(address), response, text).then(sweep));
  else if (response.status === 410 && name === "closed") await inTurn(() => close(address, response, text));
  else if (["unknown", "not_open_yet"].includes(name)) await inTurn(() => drop(here(address).pathname));
}

/** What a page names is there before the page. */
async function keep(address, response, text) {
  const cache = await caches.open(CACHE);
  for (const name of namesIn(text)) if (!(await find(name))) await cache.add(name);
  await cache.delete(address);
  await cache.put(address, copyOf(response, text));
}

async function close(address, response, text) {
  await drop(here(address).pathname);
  await keep(here(address).pathname, response, text);
  await sweep();
}

/** Fetches pages and keeps them, for a visit without signal; whether all are there. */
async function keepAll(pages) {
  for (const page of pages) {
    const response = await fetch(page, { credentials: "omit", cache: "no-store" });
    const text = await response.text();
    if (response.status !== 200 || !text.includes(` data-page="${kindOf(here(page))}"`)) return false;
    await inTurn(() => keep(plain(page), response, text));
  }
  await inTurn(sweep);
  return true;
}

const drop = async (pathname) => (await caches.open(CACHE)).delete(pathname, { ignoreSearch: true });

/** Drops the pages that are too many, and then whatever no page names. */
async function sweep() {
  const cache = await caches.open(CACHE);
  const all = await cache.keys();
  const pages = all.filter(({ url }) => kindOf(here(url)));
  for (const page of pages.splice(0, pages.length - MOST_PAGES)) await cache.delete(page);
  const texts = await Promise.all(pages.map(async (page) => (await cache.match(page, { ignoreVary: true }))?.text() ?? ""));
  const named = new Set(texts.flatMap(namesIn));
  for (const { url } of all) if (!kindOf(here(url)) && !named.has(url.slice(location.origin.length))) await cache.delete(url);
}

// Answering ----------------------------------------------------------------------------------------------------

const isWhole = ({ ok, status }) => ok || status === 404 || status === 410;

/** The page as it is now where that comes in time; else as it was kept. */
async function freshOrKept(event) {
  const { request } = event;
  const fresh = fetch(request);
  event.waitUntil(fresh.then((response) => learn(request.url, response.clone())).catch(() => {}));
  const kept = await findPage(request.url);
  if (!kept) return fresh;
  const inTime = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, kept));
  return Promise.race([fresh.then((response) => (isWhole(response) ? response : kept), () => kept), inTime]);
}

const keptOrFresh = async (request) => (await find(request.url)) ?? fetch(request);

/** A page of the staff's; without signal, the page for visits in its place. */
async function freshOrVisit(request) {
  const isPage = request.method === "GET" && request.mode === "navigate" && (await find("/visit"));
  return isPage ? fetch(request).catch(() => Response.redirect("/visit", 303)) : fetch(request);
}

async function forStaff(event) {
  const refused = await refusal(event.request);
  if (refused) return refused;
  const isKept = event.request.mode === "navigate" && kindOf(here(event.request.url));
  return isKept ? freshOrKept(event) : freshOrVisit(event.request);
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const address = here(request.url);
  if (address.origin !== location.origin) return;
  if (isForStaff(address)) return event.respondWith(forStaff(event));
  if (request.mode === "navigate") event.waitUntil(endSession());
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && kindOf(address)) event.respondWith(freshOrKept(event));
  else if (request.mode === "navigate") event.waitUntil(sendWaiting().catch(() => {}));
  else if (address.pathname.startsWith("/static/")) event.respondWith(keptOrFresh(request));
});

// Beginning, and sending ---------------------------------------------------------------------------------------

// A page brings the style and script that it was made with, so a new worker may take over an old page at once.
addEventListener("install", () => skipWaiting());

const asked = new Set();

/** Keeps a page that is open and came before there was a worker: it is asked for once more. */
async function keepOpened(url) {
  const address = plain(url);
  if (!kindOf(here(url)) || asked.has(address)) return;
  asked.add(address);
  const options = { credentials: "omit", cache: "no-store" };
  if (!(await find(address))) await fetch(address, options).then((response) => learn(url, response)).catch(() => {});
  asked.delete(address);
}

/** Drops what older workers kept. */
async function begin() {
  for (const name of await caches.keys()) if (name !== CACHE) await caches.delete(name);
  await clients.claim();
  await Promise.all((await clients.matchAll({ type: "window" })).map(({ url }) => keepOpened(url)));
}

addEventListener("activate", (event) => event.waitUntil(begin()));

/** Fails while something is left that can be sent, so that the browser tries again. */
async function sendAll() {
  const isEnded = await endSession();
  await sendWaiting();
  if (!isEnded || (await waiting()).number) throw new Error("not yet");
}

addEventListener("sync", (event) => event.tag === "heard" && event.waitUntil(sendAll()));

addEventListener("message", (event) => {
  const [port] = event.ports;
  if (event.data?.opened) event.waitUntil(keepOpened(event.data.opened));
  if (event.data?.keep) event.waitUntil(keepAll(event.data.keep).catch(() => false).then((isDone) => port.postMessage(isDone)));
});
