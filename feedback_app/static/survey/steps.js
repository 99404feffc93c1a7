// Moving through the survey, one step at a time: the welcome, each question that is asked, the check.

import { path } from "./answers.js";
import { form, part } from "./form.js";
import { isShortEnough } from "./words.js";

const steps = [...(form?.querySelectorAll("[data-step]") ?? [])];
const title = document.title;

/**
 * Where somebody is. isMending: a change was asked for from the check, so Next leads back there. trail: the step at each depth of
 * the browser's history, which itself holds numbers only: it may outlive the page, and a follow-up's name would tell an answer.
 */
export const journey = { here: "welcome", seen: new Set(), trail: ["welcome"], isMending: false, isLeaving: false };

export const step = (name) => steps.find((element) => element.dataset.step === name);

/** Shows one step, and tells the form by a "step" event. how: "push" adds it to the history, so that the phone's own Back leads through the survey. */
export function show(name, how = "stay", focus = true) {
  form.dataset.way = steps.indexOf(step(name)) < steps.indexOf(step(journey.here)) ? "back" : "on";
  journey.here = name;
  journey.seen.add(name);
  // Only what changes is touched: each touch costs a slow phone time before the next picture.
  for (const element of steps) if (element.hidden === (element.dataset.step === name)) element.hidden = !element.hidden;
  form.classList.toggle("begun", name !== "welcome");
  part("trail").hidden = name === "welcome";
  part("actions").hidden = name === "welcome" || name === "check";
  if (name !== "check") part("problems").hidden = true;
  showProgress(name);
  form.dispatchEvent(new CustomEvent("step", { detail: name }));
  if (how === "push") remember(name);
  if (focus) focusOn(name);
}

function remember(name) {
  const depth = (history.state?.depth ?? 0) + 1;
  journey.trail[depth] = name;
  history.pushState({ depth }, "");
}

function focusOn(name) {
  scrollTo(0, 0);
  const heading = name === "welcome" ? document.getElementById("title") : step(name).querySelector("h2");
  heading.setAttribute("aria-describedby", "progress-text");
  heading.focus({ preventScroll: true });
}

function showProgress(name) {
  const all = path().slice(1, -1);
  const at = name === "check" ? all.length + 1 : all.indexOf(name) + 1;
  const text = name === "check" ? form.dataset.sayCheck : form.dataset.sayProgress;
  part("progress").max = all.length + 1;
  part("progress").value = at;
  const place = name === "welcome" ? "" : text.replace("{n}", at).replace("{total}", all.length);
  part("progress-text").textContent = place;
  document.title = place ? `${place} – ${title}` : title;
}

export function next() {
  if (!isShortEnough(step(journey.here))) return;
  const ways = path();
  const after = ways[ways.indexOf(journey.here) + 1];
  const leadsBack = journey.isMending && journey.seen.has(after);
  if (leadsBack) journey.isMending = false;
  show(leadsBack ? "check" : after, "push");
}

export function back() {
  const ways = path();
  if (history.state?.depth) history.back();
  else show(ways[Math.max(0, ways.indexOf(journey.here) - 1)]);
}

/** Opens a question to be changed; Next leads back to the check. */
export function change(name) {
  journey.isMending = true;
  show(name, "push");
}
