// What the page says about itself: a line of status, an error at a field, a list of what is to be mended.

import { controls, form, part } from "./form.js";

export function say(text, isFault = false) {
  part("status").textContent = text;
  part("status").classList.toggle("fault", isFault);
}

/** Puts a sentence at a field, or takes it away where it is empty. */
export function setError(name, sentence) {
  const line = form.querySelector(`#error-${name}`);
  if (!line) return;
  line.hidden = !sentence;
  line.querySelector("span").textContent = sentence;
  for (const control of controls(name))
    if (sentence) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
}

export function showProblems() {
  part("problems").hidden = false;
  scrollTo(0, 0);
  part("problems").focus({ preventScroll: true });
}
