// The page on which somebody asks to be contacted. What is typed there leaves the phone by its Send only, is never kept for later, and is
// gone when the page is left or forgotten on a table.

import { SIGNS, WIPE_AFTER } from "./idle.js";

const CHECK_MS = 15_000;
/** A line that answers nothing for so long is as good as none. */
const REACH_MS = 8_000;

const letter = document.querySelector("form[data-contact]");
const fields = [...(letter?.querySelectorAll("input:not([type=hidden]), textarea") ?? [])];
let lastTouch = Date.now();
let isLeaving = false;

const tellWriter = (text) => (letter.querySelector("[data-contact-status]").textContent = text);

/** Whether Heard can be reached: "ok", "no signal" or "failed". Asked first, since a browser that cannot send loses what was typed. */
async function reached() {
  const options = { method: "HEAD", cache: "no-store", credentials: "omit", signal: AbortSignal.timeout?.(REACH_MS) };
  return fetch(letter.action, options).then(({ ok }) => (ok ? "ok" : "failed"), () => "no signal");
}

async function sendLetter(event) {
  event.preventDefault();
  if (isLeaving) return;
  isLeaving = true;
  tellWriter(letter.dataset.saySending);
  const state = await reached();
  if (state === "ok") letter.submit();
  else tellWriter(state === "failed" ? letter.dataset.sayFailed : letter.dataset.sayNoSignal);
  isLeaving = false;
}

function emptyFields() {
  for (const field of fields) field.value = field.defaultValue = "";
}

/** A touch after the time has passed is the next person's: the page begins anew. */
function lookAtClock() {
  if (Date.now() - lastTouch < WIPE_AFTER || !fields.some(({ value }) => value)) return;
  emptyFields();
  location.replace(location.pathname + location.search);
}

function touchedPage() {
  lookAtClock();
  lastTouch = Date.now();
}

/** Wires the form, where the page has one. Without script it is sent by the browser alone. */
export function askToBeContacted() {
  if (!letter) return;
  letter.addEventListener("submit", sendLetter);
  for (const sign of SIGNS) addEventListener(sign, touchedPage, { capture: true, passive: true });
  for (const back of ["visibilitychange", "focus"]) addEventListener(back, lookAtClock);
  setInterval(lookAtClock, CHECK_MS);
  addEventListener("pagehide", emptyFields);
  // A page that a browser kept whole has a number that was used.
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  letter.querySelector(".problems")?.focus();
}
