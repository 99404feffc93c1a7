// When the script fails, the page goes on as the plain form it was made as, with every answer still in it.

import { form } from "./form.js";
import { journey } from "./steps.js";

const wiring = new AbortController();

/** For every listener that makes the form more than a form: a failure takes them all away. */
export const whileWhole = { signal: wiring.signal };

/** Gives the plain form back, at the step where it was. */
export function giveBack() {
  if (wiring.signal.aborted) return;
  wiring.abort();
  for (const element of form.querySelectorAll("[data-step], [data-plain]")) element.hidden = false;
  for (const element of form.querySelectorAll("[data-script], [data-trail], [data-actions], [data-answers], [data-listen]"))
    element.hidden = true;
  form.querySelector("[data-send]").disabled = false;
  form.classList.remove("begun");
  form.querySelector(`[data-step="${journey.here}"]`)?.scrollIntoView();
}

/** Runs something, and gives the plain form back where it, or anything later, fails. */
export function guard(run) {
  addEventListener("error", giveBack, whileWhole);
  addEventListener("unhandledrejection", giveBack, whileWhole);
  try {
    run();
  } catch (error) {
    giveBack();
    throw error;
  }
}
