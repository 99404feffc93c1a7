// Leaving: whatever was entered is wiped, and neither Back nor the history shows it.

import { clear, newReceipt, questions } from "./answers.js";
import { form, part } from "./form.js";
import { say } from "./status.js";
import { journey } from "./steps.js";

/** Takes every answer out of the page, and starts afresh. */
export function wipe() {
  if (!form) return;
  for (const { key } of questions) clear(key);
  if (form.elements.code) form.elements.code.value = form.elements.code.defaultValue = "";
  part("answers").replaceChildren();
  part("problems").hidden = true;
  say("");
  newReceipt();
  journey.seen = new Set();
  journey.isMending = false;
}

/** Wipes everything, covers the page, and puts another one in place of it and of the steps behind it. */
export function depart(address) {
  journey.isLeaving = true;
  document.documentElement.classList.add("gone");
  wipe();
  const depth = history.state?.depth ?? 0;
  const go = () => location.replace(address);
  if (!depth) return go();
  addEventListener("popstate", go, { once: true });
  history.go(-depth);
  setTimeout(go, 250);
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
