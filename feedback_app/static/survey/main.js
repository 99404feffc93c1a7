// Shows the plain form of a survey one step at a time. Without this script the form works as it is.
// Nothing entered leaves the page before Send.

import { clear, newReceipt, path, questions, standAlone, textOf } from "./answers.js";
import { listAnswers } from "./check.js";
import { followCode } from "./code.js";
import { askToBeContacted } from "./contact.js";
import { enhance, form, part } from "./form.js";
import { stop } from "./ending.js";
import { wipeWhenIdle } from "./idle.js";
import { leaveByShift, wipe } from "./leave.js";
import { leadToSurvey } from "./handed_over.js";
import { offerHelp } from "./harm.js";
import { followLinks } from "./links.js";
import { offerReading } from "./reading.js";
import { guard, whileWhole } from "./rescue.js";
import { isHandedOver, send } from "./send.js";
import { wearLook } from "./settings.js";
import { showProblems } from "./status.js";
import { back, change, journey, next, show, step } from "./steps.js";
import { listenForSwipes } from "./swipe.js";
import { keepTending } from "./tending.js";
import { count } from "./words.js";

/** What a press inside the form does, by the mark of what was pressed. */
const presses = {
  start: next,
  next,
  skip: () => (clear(journey.here), next()),
  back,
  stop: () => isHandedOver() || stop(),
  change: ({ dataset }) => change(dataset.change),
  problem: ({ dataset }) => goToProblem(dataset.problem),
};

function press(event) {
  const button = event.target.closest("button, a");
  if (event.detail > 1 && button) return; // a double tap must not pass over the next question unread
  const mark = Object.keys(presses).find((name) => button && name in button.dataset);
  if (!mark) return;
  event.preventDefault();
  presses[mark](button);
}

function goToProblem(name) {
  if (step(name)) change(name);
  else (form.elements[name] ?? part("send")).focus();
}

function goOnByEnter(event) {
  if (event.key !== "Enter" || !event.target.matches("input, h2") || journey.here === "check") return;
  event.preventDefault();
  next();
}

const isQuestion = () => journey.here !== "welcome" && journey.here !== "check";

/** No swipe starts a survey, and none sends it. */
const swipeOn = () => isQuestion() && next();
const swipeBack = () => journey.here !== "welcome" && back();

function submit(event) {
  event.preventDefault();
  if (journey.here === "check") send();
  else next();
}

function followHistory(event) {
  if (journey.isLeaving) return;
  const name = journey.trail[event.state?.depth ?? 0];
  show(path().includes(name) ? name : "welcome");
}

/** A page that a browser kept whole comes back empty. */
function comeBack(event) {
  if (!event.persisted) return;
  document.documentElement.classList.remove("gone");
  journey.isLeaving = false;
  wipe();
  show("welcome", "stay", false);
}

/** Where somebody is who began before this script had come: at a question, or at none yet. */
function begunAt() {
  const name = document.activeElement?.closest("[data-kind]")?.dataset.step;
  const hasBegun = location.hash === "#questions" || questions.some(({ key }) => textOf(key));
  return name ?? (hasBegun ? path()[1] : null);
}

/** A page that came back with something to mend opens at the last step; any other at the welcome. */
function open() {
  const begun = begunAt();
  history.replaceState(null, "", location.pathname + location.search);
  history.scrollRestoration = "manual"; // each step begins at its top
  const isMending = !part("problems").hidden;
  if (isMending) journey.seen = new Set(questions.map(({ key }) => key));
  else newReceipt();
  show(isMending ? "check" : "welcome", "stay", false);
  if (isMending) showProblems();
  else if (begun) show(begun, "push", !document.activeElement?.matches("input, textarea"));
}

function start() {
  enhance(document);
  form.addEventListener("step", ({ detail }) => detail === "check" && listAnswers(), whileWhole);
  form.addEventListener("click", press, whileWhole);
  form.addEventListener("keydown", goOnByEnter, whileWhole);
  form.addEventListener("submit", submit, whileWhole);
  form.addEventListener("input", ({ target }) => target.matches("textarea") && count(target), whileWhole);
  form.addEventListener("change", ({ target }) => standAlone(target), whileWhole);
  listenForSwipes(form, swipeOn, swipeBack, whileWhole);
  offerReading(whileWhole);
  offerHelp(whileWhole);
  wipeWhenIdle(whileWhole);
  addEventListener("popstate", followHistory, whileWhole);
  addEventListener("pagehide", () => journey.isLeaving || wipe(), whileWhole);
  addEventListener("pageshow", comeBack, whileWhole);
  open();
}

followCode();
wearLook();
followLinks();
leaveByShift();
askToBeContacted();
keepTending();
leadToSurvey();
addEventListener("ended", leadToSurvey);
if (form) guard(start);
else enhance(document);
