// A survey held as a conversation. The token that lets it in is kept by this device; what was said is shown once, made here from
// the answers, for the child's review record, and stored nowhere.

import { countConversation } from "./activity.js";
import { form, make } from "./form.js";
import { keepFromOthers } from "./handed_over.js";
import { readyRound } from "./ready.js";

const room = document.querySelector("[data-with-token]");
/** Question, answer and whether it was left out, of the conversation that was handed to Send. */
let said = [];
let isCounted = false;

/** Opens the questions where this device is ready for the round. */
async function letIn() {
  const round = await readyRound(room.dataset.slug);
  const field = form.elements.conversation;
  field.value = field.defaultValue = round?.token ?? "";
  room.hidden = !round;
  document.querySelector("[data-no-token]").hidden = Boolean(round);
}

function note() {
  said = [...form.querySelectorAll("[data-answers] > div")].map((row) => {
    const answer = row.querySelector("dd");
    return [row.querySelector("dt").textContent, answer.textContent, answer.className];
  });
}

function showSaid() {
  const list = document.querySelector("main [data-said]");
  if (!list) return;
  list.replaceChildren(
    ...said.map(([question, answer, className]) =>
      make("div", {}, make("dt", {}, question), make("dd", { className }, answer)),
    ),
  );
  if (!isCounted) countConversation(document.body.dataset.conversation).catch(() => {});
  isCounted = true;
}

/** What was said is gone with the page, also where the browser would keep it whole for Back. */
function forgetSaid() {
  said = [];
  document.querySelector("main [data-said]")?.replaceChildren();
}

export function hold() {
  keepFromOthers();
  form.addEventListener("submit", note, { capture: true });
  addEventListener("ended", showSaid);
  addEventListener("pagehide", forgetSaid);
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
  if (room) letIn();
}
