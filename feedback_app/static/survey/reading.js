// Reading aloud, by the phone's own voice. A voice that is not on the phone would send the words to a stranger, so only
// voices on the phone are used (localService); where there is none in the page's language there is no button.

import { form, part } from "./form.js";
import { journey, step } from "./steps.js";

const voices = globalThis.speechSynthesis;
const READ = "h1, .lead, .promise li, h2, .hint:not([hidden]) p:not([hidden]), p.hint, .ask, .option-text, #send > p:first-of-type, .answers dt, .answers dd:not(.change)";

/** The voice to read a language with: one on the phone, of the same country where there is one; else nothing. */
export function voiceFor(language, all) {
  const parts = (code) => code.toLowerCase().split(/[-_]/);
  const [wanted, ...rest] = parts(language);
  const fitting = all.filter((voice) => voice.localService && parts(voice.lang)[0] === wanted);
  const near = (voice) => parts(voice.lang).filter((each) => rest.includes(each)).length + (voice.default ? 0.5 : 0);
  return fitting.sort((one, other) => near(other) - near(one))[0];
}

/** Help that appeared under a question: its sentences, and each line. */
const HELP = ".care.open > p, .care.open a";

let voice;
let round = 0;
let isReading = false;

/** Stops at once. */
export function stopReading() {
  if (!isReading) return;
  round += 1;
  voices.cancel();
  isReading = false;
  mark(null);
  label();
}

function label() {
  const button = part("listen");
  button.hidden = !voice;
  button.classList.toggle("is-reading", isReading);
  const text = button.querySelector("span");
  button.dataset.sayListen ??= text.textContent;
  text.textContent = isReading ? button.dataset.sayQuiet : button.dataset.sayListen;
}

function mark(element) {
  document.querySelector(".being-read")?.classList.remove("being-read");
  const shown = element?.closest(".option") ?? element;
  shown?.classList.add("being-read");
  shown?.scrollIntoView({ block: "nearest" });
}

/** What is read at a step, in order: the question, its help, each option; and who can help, where that is shown. */
function pieces() {
  const first = journey.here === "welcome" ? [document.getElementById("title")] : [];
  const rest = step(journey.here).querySelectorAll(READ);
  return [...first, ...rest, ...form.querySelectorAll(HELP)].filter((element) => element.checkVisibility?.() ?? element.offsetParent);
}

function read() {
  const mine = round;
  const waiting = pieces();
  isReading = true;
  label();
  const readNext = () => {
    if (mine !== round) return;
    const element = waiting.shift();
    if (!element) return stopReading();
    mark(element);
    const words = Object.assign(new SpeechSynthesisUtterance(element.innerText), { voice, lang: voice.lang });
    if (form.classList.contains("survey-easy")) words.rate = 0.85;
    words.onend = readNext;
    words.onerror = () => mine === round && stopReading();
    voices.speak(words);
  };
  readNext();
}

/** The button stands in the welcome, and after it among what stays above every question. */
function putButton(name) {
  stopReading();
  if (name === "welcome") step(name).prepend(part("listen"));
  else part("back").after(part("listen"));
}

function lookForVoice() {
  voice = voiceFor(document.documentElement.lang, voices.getVoices());
  label();
}

/** Offers to read each step aloud, where the phone has a voice for it. */
export function offerReading(options) {
  if (!voices || !part("listen")) return;
  lookForVoice();
  form.addEventListener("step", ({ detail }) => putButton(detail), options);
  form.addEventListener("click", ({ target }) => target.closest("[data-listen]") && (isReading ? stopReading() : read()), options);
  voices.addEventListener?.("voiceschanged", lookForVoice, options);
  addEventListener("pagehide", stopReading);
}
