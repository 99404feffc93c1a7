// Staff pages: the list of conversations makes this device ready for a visit; every page sends what was counted on earlier days.

import { sendCounts } from "./activity.js";
import { askToHandOver } from "./handing.js";
import { forgetVisit, makeReady } from "./ready.js";

const ready = document.querySelector("[data-ready]");

function say(state) {
  ready.hidden = false;
  for (const element of ready.querySelectorAll("[data-when]")) element.hidden = element.dataset.when !== state;
}

/** From here on a conversation needs no session, so it is held on the page that needs none. */
function leadToVisit() {
  for (const link of document.querySelectorAll("[data-on-visit]")) link.href = link.dataset.onVisit;
}

async function prepareVisit() {
  say("making");
  const rounds = [...document.querySelectorAll("[data-kept]")].map(({ dataset }) => JSON.parse(dataset.kept));
  const isReady = await makeReady(rounds).catch(() => false);
  say(isReady ? "made" : "failed");
  if (isReady) leadToVisit();
}

function handOverByScript(event) {
  event.preventDefault();
  askToHandOver(event.target.dataset.handsOver);
}

/** A browser that can install Heard as an app says so; it is offered where it is of use. */
function offerToInstall(event) {
  event.preventDefault();
  const button = ready.querySelector("[data-install]");
  button.hidden = false;
  button.addEventListener("click", () => event.prompt(), { once: true });
  addEventListener("appinstalled", () => (button.hidden = true), { once: true });
}

export async function openDesk() {
  const { activity, token } = document.body.dataset;
  for (const form of document.querySelectorAll("[data-hands-over]")) form.addEventListener("submit", handOverByScript);
  if (ready) {
    ready.querySelector("[data-forget]").addEventListener("click", () => forgetVisit().then(() => say("forgotten")));
    addEventListener("beforeinstallprompt", offerToInstall);
    await prepareVisit();
  }
  if (activity) await sendCounts(activity, token).catch(() => {});
}
