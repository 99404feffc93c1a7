// Leaving: whatever was entered is wiped, and neither Back nor the history shows it.

import { clear, newReceipt, questions } from "./answers.js";
import { form, part } from "./form.js";
import { forgetSigns } from "./harm.js";
import { say } from "./status.js";
import { journey } from "./steps.js";

/** Takes every answer out of the page, and starts afresh. */
export function wipe() {
  if (!form) return;
  for (const { key } of questions) clear(key);
  if (form.elements.code) form.elements.code.value = form.elements.code.defaultValue = "";
  forgetSigns();
  part("answers").replaceChildren();
  part("problems").hidden = true;
  say("");
  newReceipt();
  journey.seen = new Set();
  journey.trail = ["welcome"];
  journey.isMending = false;
}

/** Wipes everything, goes back over the steps in the history, and then does something in their place. */
export function unwind(then) {
  journey.isLeaving = true;
  wipe();
  const depth = history.state?.depth ?? 0;
  if (!depth) return then();
  let isDone = false;
  const once = () => isDone || ((isDone = true), then());
  addEventListener("popstate", once, { once: true });
  history.go(-depth);
  setTimeout(once, 250);
}

/** Wipes everything, covers the page, and puts another one in place of it and of the steps behind it. */
export function depart(address) {
  document.documentElement.classList.add("gone");
  unwind(() => location.replace(address));
}

/** Shift pressed three times within five seconds leaves, with nothing else pressed between. */
export function leaveByShift() {
  const leave = document.querySelector("[data-leave]");
  let shifts = [];
  addEventListener("keydown", (event) => {
    if (!leave || event.repeat) return;
    shifts = event.key === "Shift" ? [...shifts, Date.now()].filter((time) => time > Date.now() - 5000) : [];
    if (shifts.length >= 3) depart(leave.dataset.leave);
  });
}
