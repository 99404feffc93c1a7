// Words that suggest harm: help is shown there and then, under the question. The phone decides alone, by a list that came with the
// page; nothing is sent for it, and nothing is kept. It looks as analysis/words/phone_signs.py does: one table of cases runs against both.

import { form, part } from "./form.js";

/** Somebody who has written nothing for so long has paused. */
const PAUSE_MS = 1_500;
const TURNED_WITHIN_WORDS = 2;
const APOSTROPHES = /['‘’ʼ`´]/g;
/** Joiners, the Arabic letter that only lengthens a word, and marks of direction. */
const UNSEEN = /[\u200b-\u200f\u0640\u202a-\u202e\u2066-\u2069]/g;
const STRETCHED = /([a-z])\1{2,}/g;

/** What a page holds as its list. It is written backwards: a filter that reads pages for such words must not shut this one. */
export const signsIn = (text) => JSON.parse([...text].reverse().join(""));

/** Small letters and digits with one space between words and at both ends; no apostrophes, no accents. */
function madePlain(words, { alike: [letters, meant], accents }) {
  const small = words.replace(APOSTROPHES, "").normalize(accents ? "NFC" : "NFKD").toLowerCase();
  const bare = (accents ? small : small.replace(/\p{M}/gu, "")).replace(UNSEEN, "");
  const [from, to] = [[...letters], [...meant]];
  const same = [...bare].map((letter) => to[from.indexOf(letter)] ?? letter).join("");
  return ` ${same.replace(/[^\p{L}\p{N}]+/gu, " ").trim()} `;
}

const spelledOut = (text, spellings) => spellings.reduce((so, [short, long]) => so.split(short).join(long), text);

const isTurnedRound = (before, turned) => before.trim().split(" ").slice(-TURNED_WITHIN_WORDS).some((word) => turned.includes(word));

function standsIn(text, phrase, turned) {
  for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1))
    if (!isTurnedRound(text.slice(0, at), turned)) return true;
  return false;
}

function holdsSign(words, signs) {
  const plain = madePlain(words, signs);
  const texts = ["$1", "$1$1"].map((letters) => spelledOut(plain.replace(STRETCHED, letters), signs.spellings));
  return texts.some((text) => signs.phrases.some((phrase) => standsIn(text, phrase, signs.turned)));
}

/** Whether words hold a phrase of one of the languages of a list. */
export const saysHarm = (words, list) => list.some((signs) => holdsSign(words, signs));

/** Questions at which help has been shown: once at each, until everything is wiped. */
let helpedAt = new Set();
/** The box that was last written in, at the question that is shown. */
let written = null;
/** Whether help is due for words that were skipped. */
let isOwed = false;
let lull;

/** Whether help is due for what is written; from then on it has been shown there. */
function becomesDue() {
  const isDue = written && !helpedAt.has(written.name) && saysHarm(written.value, signsIn(part("signs").textContent));
  if (isDue) helpedAt.add(written.name);
  return isDue;
}

/** Says that there is help, to a screen reader as well, and puts it beneath. The focus stays where it is. */
function showHelp() {
  if (part("care").classList.contains("open")) return;
  const more = document.importNode(part("care-more").content, true);
  more.querySelector("[data-lines]").replaceWith(document.querySelector("#help .lines").cloneNode(true));
  part("care").classList.add("open");
  part("care-say").textContent = form.dataset.sayCare;
  part("care").append(more);
}

function putAway() {
  part("care").classList.remove("open");
  part("care-say").textContent = "";
  part("care").replaceChildren(part("care-say"));
}

/** Moves the page up until the help begins to be seen, as far as what was written stays in sight. */
function bringIntoSight() {
  const { bottom } = part("care-say").getBoundingClientRect();
  const hidden = bottom + 16 - part("actions").getBoundingClientRect().top;
  const room = written.getBoundingClientRect().top - document.querySelector(".bar").getBoundingClientRect().bottom - 16;
  const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  if (hidden > 0 && room > 0) scrollBy({ top: Math.min(hidden, room), behavior: isCalm ? "instant" : "smooth" });
}

function pauseHere() {
  if (!becomesDue()) return;
  showHelp();
  bringIntoSight();
}

function waitForPause({ target }) {
  if (!target.matches("textarea")) return;
  written = target;
  clearTimeout(lull);
  lull = setTimeout(pauseHere, PAUSE_MS);
}

/** Skip takes the words away before the question is left, so they are looked at first. */
function lookBeforeSkip({ target }) {
  if (target.closest("[data-skip]")) isOwed = becomesDue();
}

/** What was left without a pause is looked at now: help then stands under what comes next. */
function moveOn() {
  clearTimeout(lull);
  putAway();
  if (becomesDue() || isOwed) showHelp();
  written = null;
  isOwed = false;
}

function closeHelp(event) {
  if (!event.target.closest("[data-care-close]")) return;
  putAway();
  form.querySelector("[data-step]:not([hidden]) h2").focus({ preventScroll: true });
}

/** Shows help once at each question whose words suggest harm, as somebody pauses there or leaves it. */
export function offerHelp(options) {
  if (!part("signs")) return;
  form.addEventListener("input", waitForPause, options);
  form.addEventListener("click", lookBeforeSkip, { capture: true, ...options });
  form.addEventListener("step", moveOn, options);
  form.addEventListener("click", closeHelp);
}

/** Nothing is left of what was found. */
export function forgetSigns() {
  if (!part("signs")) return;
  clearTimeout(lull);
  helpedAt = new Set();
  written = null;
  isOwed = false;
  putAway();
}
