// Answers that were handed to Send and wait until Heard has said that it stored them. For pages and for the service worker.

import { isRenewable, renewed } from "./token.js";
import { alone, lockIn, contentOf, names, relock, takeOut } from "./vault.js";

/** A line that carries nothing for so long is dead. */
const ANSWER_MS = 30_000;

/** Tells other pages of Heard, in this browser, that something changed; never what. */
export const channel = globalThis.BroadcastChannel ? new BroadcastChannel("heard") : null;

/** Keeps one set of answers until it is sent; gives its name. sending: {action, thanks, body}, sent so each time but for its token. */
export const put = (sending) => lockIn(sending);

/** How the last try of this page, or of this worker, went. */
export const lastTry = { isAnswered: true };

async function post({ action, body }) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), ANSWER_MS);
  try {
    const response = await fetch(action, {
      method: "POST",
      body: new URLSearchParams(body),
      credentials: "omit",
      cache: "no-store",
      signal: abort.signal,
    });
    return { ok: response.ok, status: response.status, url: response.url, text: await response.text() };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

const pageName = (text) => /<main\b[^>]*\sdata-page="(\w+)"/.exec(text)?.[1];
const whole = (address) => new URL(address, location).href;

/** What an answer means. Only Heard's own counts: a café's sign-in page is not. */
function verdict(answer, { action, thanks }) {
  const name = answer && pageName(answer.text);
  if (answer?.ok && name === "thanks" && answer.url === whole(thanks)) return "sent";
  if (answer?.ok && name === "summary" && answer.url === whole(action)) return "sent";
  if (answer?.ok && name === "stopped" && new URL(answer.url).pathname === "/stopped") return "nothing";
  if (answer?.status === 422 && name) return "mend";
  if ((answer?.status === 404 || answer?.status === 410) && name === "not_taken") return "refused";
  return answer ? "kept" : "no_signal";
}

/** Sends as it is, without the queue, where the phone cannot keep it: {state, text}. */
export async function sendOnce(sending) {
  const answer = await post(sending);
  lastTry.isAnswered = Boolean(answer);
  return { state: verdict(answer, sending), text: answer?.text };
}

/** What the answer says is to be mended: a field's name. */
const needed = (text) => /\sdata-problem="(\w+)"/.exec(text)?.[1];

/** One try, by whoever holds the lock. Refused for a token that this device has had renewed meanwhile, it is tried again. */
async function attempt(id) {
  const kept = await contentOf(id);
  if (kept === undefined) return { state: "sent" };
  const sending = kept && (await renewed(kept));
  const outcome = sending ? await sendOnce(sending) : { state: "refused" };
  if (outcome.state === "sent" || outcome.state === "nothing") await takeOut([id]);
  if (outcome.state === "refused") await takeOut([id], true);
  if (outcome.state === "mend") await relock(id, { ...sending, needs: needed(outcome.text) });
  if (outcome.state === "mend" && (await isRenewable(sending))) return attempt(id);
  if (outcome.state !== "kept" && outcome.state !== "no_signal") channel?.postMessage("changed");
  return outcome;
}

/**
 * Tries to send one: {state, text}. The state is sent (by whom ever), mend (kept, and marked with what it needs), refused
 * (taken out, with word left that there was one), nothing (nothing was answered: taken out), kept or no_signal. text: the page that Heard answered with.
 */
export const deliver = (id) => alone(id, () => attempt(id));

/** Whether it needs something that it did not get meanwhile. */
const isLacking = async (sending) => Boolean(sending?.needs) && !(await isRenewable(sending));

/** Tries all that wait, one after another, and stops where there is no signal. isOpening: also those that need something. */
export async function sendWaiting(isOpening = false) {
  for (const id of (await names()).locked) {
    if (!isOpening && (await isLacking(await contentOf(id)))) continue;
    const outcome = await alone(id, (lock) => lock && attempt(id), { ifAvailable: true });
    if (outcome?.state === "no_signal") return;
  }
}

/** The name of one that cannot be sent until its code is put right; undefined where there is none. */
async function lackingCode(ids) {
  for (const id of ids) if ((await contentOf(id))?.needs === "code") return id;
}

/** What is to be told: {number, code, refused}: how many wait, the name of one that needs a code, names of those refused. */
export async function waiting() {
  const { locked, refused } = await names();
  return { number: locked.length, code: await lackingCode(locked), refused };
}

/** What has become of one: sent, refused, mend or kept. */
export async function stateOf(id) {
  const sending = await contentOf(id);
  if (!sending) return sending === null ? "refused" : "sent";
  return sending.needs ? "mend" : "kept";
}

/** Changes one field of what waits, such as a code, and tries to send it. What is on its way meanwhile is waited for. */
export const amend = (id, field, value) =>
  alone(id, async () => {
    const sending = await contentOf(id);
    const body = new URLSearchParams(sending?.body);
    body.set(field, value);
    if (sending) await relock(id, { ...sending, needs: undefined, body: String(body) });
    return attempt(id);
  });

/** Takes one back out, for its page to mend it; or forgets that some were refused. */
export const forget = (...ids) => takeOut(ids);
