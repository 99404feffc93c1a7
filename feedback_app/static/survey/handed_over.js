// A device that was handed over: until a member of staff signs in again, it shows nothing that is theirs. The session is ended
// at the server; the mark kept here is for what would open without it. For pages and for the service worker.

import { alter, recall } from "./device.js";
import { channel } from "./queue.js";

const MARK = "handed over";
/** What other pages of Heard in this browser are told. */
const TOLD = "handed over";
/** Where a young person is led instead. */
const REFUSED = "/handed-over";
const ASK_MS = 4_000;
const STAFFS = [/^\/+staff(\/|$)/i, /^\/+visit\/?$/i, /^\/+s\/[^/]+\/conversation\/?$/i];
/** What is asked without showing anything: to end the session, and whether anybody is signed in. */
const END = "/staff/handed-over";
const ASK = "/staff/signed-in";
/** What a member of staff needs to sign in. */
const WAY_BACK = [/^\/staff\/sign-in$/, /^\/staff\/forgotten$/, /^\/staff\/set-password\/[^/]+$/];

/** The mark, {address, isSignedOut}: the young person's own page, and whether the server has ended the session. */
export const markOfHandOver = () => recall(MARK);

function pathOf(address) {
  const { pathname } = new URL(address, location);
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}

const isIn = (places, address) => places.some((place) => place.test(pathOf(address)));

/** Whether an address is for staff alone. */
export const isForStaff = (address) => isIn(STAFFS, address);

/** The status of the server's answer; undefined where there is none. */
async function statusOf(method, address) {
  const signal = AbortSignal.timeout?.(ASK_MS);
  const options = { method, signal, credentials: "same-origin", cache: "no-store", redirect: "error" };
  return (await fetch(address, options).catch(() => undefined))?.status;
}

/** Has the server end the staff session, where it has not yet; whether it is ended. A late answer to another page could renew it. */
export async function endSession() {
  const mark = await markOfHandOver();
  if (!mark || mark.isSignedOut) return true;
  if ((await statusOf("POST", END)) !== 204 || (await statusOf("GET", ASK)) !== 401) return false;
  await alter(MARK, (current) => current && { ...current, isSignedOut: true });
  return true;
}

/** Takes the mark away where somebody has signed in since the session was ended; the server says so, no page can. */
async function isGivenBack({ isSignedOut }) {
  if (!isSignedOut || (await statusOf("GET", ASK)) !== 204) return false;
  await alter(MARK, () => undefined);
  return true;
}

/**
 * Hands the device over for a young person's page at an address. Whether it is so: without a worker that refuses what is
 * staff's, only where the server has ended the session.
 */
export async function handOver(address) {
  await alter(MARK, () => ({ address, isSignedOut: false }));
  const isSafe = (await endSession()) || Boolean(navigator.serviceWorker?.controller);
  if (isSafe) channel?.postMessage(TOLD);
  else await alter(MARK, () => undefined);
  navigator.serviceWorker?.ready.then((worker) => worker.sync?.register("heard")).catch(() => {});
  return isSafe;
}

/** What the worker answers in place of what is for staff alone; undefined where it may be shown. */
export async function refusal({ url, mode }) {
  const mark = await markOfHandOver();
  if (!mark || [END, ASK].includes(pathOf(url))) return undefined;
  const isAllowed = isIn(WAY_BACK, url) ? await endSession() : mode === "navigate" && (await isGivenBack(mark));
  if (isAllowed) return undefined;
  return mode === "navigate" ? Response.redirect(REFUSED, 303) : new Response(null, { status: 403 });
}

const cover = (isCovered) => document.documentElement.classList.toggle("gone", isCovered);

async function checkMark() {
  const mark = await markOfHandOver();
  cover(Boolean(mark));
  if (!mark) return;
  if (await isGivenBack(mark)) cover(false);
  else location.replace(REFUSED);
}

/** Covers a page of the staff's whenever it is left, and shows it again only where the device was not handed over since. */
export function keepFromOthers() {
  addEventListener("pagehide", () => cover(true));
  addEventListener("pageshow", checkMark);
  addEventListener("visibilitychange", () => document.hidden || checkMark());
  channel?.addEventListener("message", ({ data }) => data === TOLD && checkMark());
}

/** Where a phone was handed over: leads back to the survey that it was handed over for. */
export async function leadToSurvey() {
  const link = document.querySelector("a[data-handed-over]");
  const mark = link && (await markOfHandOver());
  if (!mark) return;
  addEventListener("online", endSession);
  link.href = mark.address;
  link.closest("p").hidden = false;
}
