// What has been answered so far. The form's own fields are the only place where answers are.

import { controls, form } from "./form.js";
import { RATHER_NOT, asked } from "./routing.js";
import { setError } from "./status.js";
import { count } from "./words.js";

/** Every question of the page: {key, showIf}, in order. */
export const questions = [...(form?.querySelectorAll("[data-step][data-kind]") ?? [])].map(({ dataset }) => ({
  key: dataset.step,
  showIf: dataset.showIf ? JSON.parse(dataset.showIf) : null,
}));

const isWords = (key) => controls(key)[0].tagName === "TEXTAREA";

function answer(key) {
  const [first] = controls(key);
  if (isWords(key)) return first.value.trim();
  const chosen = controls(key).filter((input) => input.checked).map((input) => input.value);
  return first.type === "checkbox" ? chosen : (chosen[0] ?? null);
}

/** The steps that lie on the way, in order, given the answers so far. */
export function path() {
  const given = Object.fromEntries(questions.map(({ key }) => [key, answer(key)]));
  return ["welcome", ...asked(questions, given), "check"];
}

/** An answer as it is read; empty where there is none. */
export function textOf(key) {
  if (isWords(key)) return controls(key)[0].value.trim();
  return controls(key)
    .filter((input) => input.checked)
    .map((input) => input.closest("label").textContent.trim())
    .join("; ");
}

/** Takes an answer away. */
export function clear(key) {
  for (const control of controls(key)) {
    if (control.tagName === "TEXTAREA") control.value = control.defaultValue = "";
    else control.checked = control.defaultChecked = false;
  }
  setError(key, "");
  if (isWords(key)) count(controls(key)[0]);
}

/** "I'd rather not say" and any other choice put each other out. */
export function standAlone(input) {
  if (input.type !== "checkbox" || !input.checked) return;
  for (const other of controls(input.name))
    if ((input.value === RATHER_NOT) !== (other.value === RATHER_NOT)) other.checked = false;
}

/** A random number made for each survey started: sent twice, it is stored once. */
export function newReceipt() {
  const bytes = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)));
  form.elements.receipt.value = btoa(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}
