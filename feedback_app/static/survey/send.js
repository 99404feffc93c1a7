// Sending the answers. They are kept first, and called sent only when Heard has answered that it stored them.

import { path, questions, textOf } from "./answers.js";
import { end, isEnding, stop, takeOver } from "./ending.js";
import { form, make, parsed, part } from "./form.js";
import { channel, deliver, forget, lastTry, put, sendOnce, stateOf } from "./queue.js";
import { say, setError, showProblems } from "./status.js";
import { show } from "./steps.js";
import { hurry } from "./tending.js";

/** How long a page waits for an answer before it says that there is none yet. */
const PATIENCE_MS = 4_000;

/** Set while something was handed to Send and no answer has come: says at once what is so. */
let sayWhereItIs = null;
let isSending = false;

/** What is sent: the form as it is, without answers that are off the path. */
function body() {
  const data = new URLSearchParams(new FormData(form));
  const ways = path();
  for (const { key } of questions) if (!ways.includes(key)) data.delete(key);
  return String(data);
}

export async function send() {
  if (isSending) return;
  if (!path().slice(1, -1).some(textOf)) return stop(); // nothing was answered, so there is nothing to send
  isSending = true;
  part("send").disabled = true;
  say(form.dataset.saySending);
  try {
    await keepAndSend({ action: new URL(form.action).pathname, thanks: form.dataset.thanks, body: body() });
  } finally {
    isSending = false;
    part("send").disabled = false;
  }
}

/** Keeps them first, and then sends them; a phone that cannot keep them sends them at once. */
async function keepAndSend(sending) {
  const kept = put(sending).catch(() => null);
  const id = await Promise.race([kept, after(PATIENCE_MS, null)]);
  if (!id) {
    kept.then((late) => late && hurry());
    return receive(await sendOnce(sending));
  }
  say(form.dataset.saySaved);
  await sendKept(id);
}

const after = (ms, value) => new Promise((resolve) => setTimeout(resolve, ms, value));

/** Whether Send was pressed and nothing has been heard yet. Whoever stops then is told that the answers are kept. */
export function isHandedOver() {
  sayWhereItIs?.();
  return isSending;
}

async function sendKept(id) {
  const delivery = deliver(id).catch(() => ({ state: "kept" }));
  askToSendLater();
  const stopped = new Promise((resolve) => (sayWhereItIs = () => resolve({ state: "kept" })));
  const outcome = await Promise.race([delivery, stopped, after(PATIENCE_MS, { state: "kept" })]);
  sayWhereItIs = null;
  if (outcome.state === "kept" || outcome.state === "no_signal") return waitFor(id, delivery);
  if (outcome.state !== "sent") await forget(id).catch(() => {});
  receive(outcome);
}

/** Where the browser can, it sends what waits when there is signal again, without any page. */
function askToSendLater() {
  navigator.serviceWorker?.ready.then((worker) => worker.sync?.register("heard")).catch(() => {});
  // Firefox alone would ask the young person about it.
  if (!("mozInnerScreenX" in globalThis)) navigator.storage?.persist?.().catch(() => {});
}

/** Shows what Heard answered. */
function receive({ state, text }) {
  const answered = text && parsed(text);
  if (state === "sent") end("thanks", form.dataset.thanks);
  else if (state === "mend") mend(answered);
  else if (state === "nothing") stop();
  else if (state === "refused") answered ? takeOver(answered) : end("not_taken");
  else notSent();
}

// Saved, not sent yet

/** Says that the answers wait here, until they have been sent, by whom ever. */
function waitFor(id, delivery) {
  end("saved");
  const look = async () => isEnding("saved") && settle(id, await stateOf(id));
  const changed = () => look().catch(() => {});
  delivery.then(changed);
  channel?.addEventListener("message", changed);
  addEventListener("tended", changed);
  document.querySelector("[data-try]").addEventListener("click", tryNow);
  hurry();
}

/** What needs mending can be mended only where the page is opened again: nobody is shown the answers. */
function settle(id, state) {
  if (state === "sent") receive({ state });
  else if (state === "refused") forget(id).then(() => receive({ state }));
  else if (state === "mend") location.reload();
}

async function tryNow() {
  const line = document.querySelector("main [data-status]");
  line.textContent = form.dataset.saySending;
  await hurry();
  line.textContent = lastTry.isAnswered ? form.dataset.sayFailed : form.dataset.sayStill;
}

// Not sent

function notSent() {
  say(form.dataset.sayFailed, true);
  part("send").textContent = form.dataset.sayAgain;
  part("status").scrollIntoView({ block: "nearest" });
}

/** Shows what the server wants mended; the answers stay as they are on the page. */
function mend(answered) {
  say("");
  const links = [...answered.querySelectorAll("[data-problem]")].map((link) => document.importNode(link, true));
  for (const link of links) {
    const name = link.dataset.problem;
    const sentence = answered.getElementById(`error-${name}`)?.textContent.trim() || link.textContent;
    setError(name, sentence);
  }
  part("problems").querySelector("ul").replaceChildren(...links.map((link) => make("li", {}, link)));
  show("check", "stay", false);
  showProblems();
}
