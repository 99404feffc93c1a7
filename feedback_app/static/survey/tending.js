// Answers that wait on this phone: how many there are is said, and they are sent whenever that may work.

import { form, parsed } from "./form.js";
import { amend, channel, forget, sendWaiting, waiting } from "./queue.js";
import { canKeep } from "./vault.js";

/** How long until the next try: longer each time. */
const SOONEST_MS = 5_000;
const LATEST_MS = 300_000;

const notice = document.querySelector("[data-waiting]");
const noted = (name) => notice.querySelector(`[data-${name}]`);
let pause = SOONEST_MS;
let timer = 0;
/** The try that is going on, or the last one; and the one that was asked for meanwhile. */
let trying = Promise.resolve();
let afterIt;
/** The answers for which a code is asked. */
let codeless;

function tellNumber(name, number) {
  const line = noted(name);
  const text = line.querySelector("span span");
  text.dataset.text ??= text.textContent;
  text.textContent = text.dataset.text.replace("{n}", number);
  line.hidden = !number;
}

/** Only where nobody is in the middle of answering. */
function showNotice() {
  const isEmpty = [...notice.children].every((line) => line.hidden);
  notice.hidden = isEmpty || Boolean(form?.classList.contains("begun"));
}

/** Says what waits, and what could not be sent: that once, to somebody who can see it. */
async function tell({ number, code, refused }) {
  if (!notice?.isConnected) return;
  codeless = code;
  noted("code-again").hidden = !code;
  tellNumber("number", number);
  if (refused.length) tellNumber("refused", refused.length);
  showNotice();
  if (refused.length && !notice.hidden && document.visibilityState === "visible") await forget(...refused);
}

async function tellWaiting() {
  const left = await waiting();
  await tell(left);
  return left;
}

/** Tries to send what waits, says what is left, and tries again later. Gives what is left. */
export function tend(isOpening = false) {
  const left = tendOnce(isOpening);
  trying = quietly(left);
  return left;
}

async function tendOnce(isOpening) {
  clearTimeout(timer);
  await sendWaiting(isOpening);
  const left = await tellWaiting();
  clearTimeout(timer);
  if (left.number) timer = setTimeout(() => quietly(tend()), pause);
  pause = Math.min(pause * 2, LATEST_MS);
  dispatchEvent(new Event("tended"));
  return left;
}

/** A phone that stops keeping things must not stop the survey. */
const quietly = (promise) => promise.catch(() => {});

/** Tries at once, and soon again. A try that is going on may have begun before there was signal: then once more after it. */
export function hurry() {
  afterIt ??= trying.then(() => {
    afterIt = undefined;
    pause = SOONEST_MS;
    return quietly(tend());
  });
  return afterIt;
}

async function sendCode() {
  const field = noted("code");
  const outcome = await amend(codeless, "code", field.value);
  const problem = outcome.state === "mend" && parsed(outcome.text).querySelector("[data-problem]");
  noted("code-error").hidden = !problem;
  noted("code-error").querySelector("span").textContent = problem ? problem.textContent : "";
  if (!problem) field.value = "";
  await tellWaiting();
}

/** Whether answers given to Send can wait here. Firefox and Safari have no worker in a private window, and forget it all. */
async function isKeeper() {
  return "serviceWorker" in navigator && (await canKeep());
}

/** Has the worker keep this page, where it came before there was one. */
async function keepPage() {
  const opened = !navigator.serviceWorker.controller && location.href;
  await navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" });
  if (opened) (await navigator.serviceWorker.ready).active.postMessage({ opened });
}

async function begin() {
  const isKept = await isKeeper();
  for (const warning of document.querySelectorAll("[data-cannot-keep]")) warning.hidden = isKept;
  if (!isKept) return;
  quietly(keepPage());
  await quietly(tend(true));
}

function listen() {
  noted("send-code").addEventListener("click", () => quietly(sendCode()));
  noted("code").addEventListener("keydown", ({ key }) => key === "Enter" && noted("send-code").click());
  form?.addEventListener("step", showNotice);
}

/** Keeps this page for when there is no signal, and tends what waits for as long as the page is open. */
export function keepTending() {
  if (notice) listen();
  addEventListener("online", hurry);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && hurry());
  channel?.addEventListener("message", () => quietly(tellWaiting()));
  if (document.readyState === "complete") begin();
  else addEventListener("load", begin);
}
