// Answers in words: how much room is left, and whether they fit.

import { form } from "./form.js";
import { setError } from "./status.js";

/** Letters over the limit, as the server counts them; below zero where there is room. */
const excess = (box) => [...box.value].length - form.dataset.limit;

/** Says how much room is left, once there is little. What was too long and fits again is no error any more. */
export function count(box) {
  const left = -excess(box);
  const line = form.querySelector(`#count-${box.name}`);
  line.hidden = left > 200;
  line.classList.toggle("over", left < 0);
  line.textContent = (left < 0 ? form.dataset.sayOver : form.dataset.sayLeft).replace("{n}", Math.abs(left));
  if (left >= 0 && box.hasAttribute("aria-invalid")) setError(box.name, "");
}

/** Whether what a step holds fits; says so at the box where it does not. */
export function isShortEnough(step) {
  const box = step.querySelector("textarea");
  if (!box) return true;
  const over = excess(box);
  setError(box.name, over > 0 ? form.dataset.sayTooLong.replace("{n}", over) : "");
  if (over > 0) box.focus();
  return over <= 0;
}
