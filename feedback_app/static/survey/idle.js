// A phone that is put down: after 20 minutes what was entered is wiped, with a warning before.

import { end } from "./ending.js";
import { journey } from "./steps.js";

const MINUTE = 60_000;
const WARN_AFTER = 18 * MINUTE;
export const WIPE_AFTER = 20 * MINUTE;
export const SIGNS = ["pointerdown", "keydown", "input", "touchmove", "wheel"];

let last = Date.now();

const dialog = () => document.getElementById("idle");

/** By the clock, not by a timer: a phone that sleeps counts no seconds. */
function look() {
  if (journey.isLeaving || journey.here === "welcome") return;
  const passed = Date.now() - last;
  if (passed >= WIPE_AFTER) wipeAll();
  else if (passed >= WARN_AFTER && !dialog().open) warn();
}

function warn() {
  dialog().showModal();
  dialog().scrollTop = 0;
}

function wipeAll() {
  for (const open of document.querySelectorAll("dialog[open]")) open.close();
  end("idle");
}

/** A touch after the time has passed is the next person's: it wipes, and counts for nothing else. */
function touched() {
  look();
  last = Date.now();
}

/** Wipes what was entered when nobody has touched the phone for 20 minutes, even where it slept meanwhile. */
export function wipeWhenIdle(options) {
  for (const sign of SIGNS) addEventListener(sign, touched, { capture: true, passive: true, ...options });
  for (const back of ["visibilitychange", "resume"]) document.addEventListener(back, look, options);
  for (const back of ["focus", "pageshow"]) addEventListener(back, look, options);
  setInterval(look, MINUTE / 4);
}
