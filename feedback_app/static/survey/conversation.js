// A survey held as a conversation. The token that lets it in is kept by this device; what was said is shown once, made here from
// the answers, for the child's review record, and stored nowhere.

import { countConversation } from "./activity.js";
import { form, make } from "./form.js";
import { keepFromOthers } from "./handed_over.js";
import { readyRound } from "./ready.js";

const room = document.querySelector("[data-with-token]");
/** Question and answer, each with its English where it was in another language, of the conversation that was handed to Send. */
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
    const [question, choices] = inEnglish(row.querySelector("[data-change]").dataset.change);
    const isSkipped = Boolean(answer.className);
    return { question: [question, row.querySelector("dt").textContent], answer: [choices, answer.textContent], isSkipped };
  });
}

/** A question and its answer in English, each empty where it was in English already or, as words are, as it was said. */
function inEnglish(key) {
  const asked = document.getElementById(`question-${key}`);
  const chosen = [...asked.querySelectorAll("input:checked")].map((input) => input.closest("label"));
  const english = (element) => element.querySelector("[data-english]")?.dataset.english;
  return [english(asked.querySelector("legend") ?? asked), chosen.map(english).filter(Boolean).join("; ")];
}

/** English first, and beside it what was said in another language. */
function bothWays([english, own]) {
  const { lang, dir } = document.documentElement;
  return english ? [english, make("br", {}), make("span", { lang, dir }, own)] : [make("span", { dir: "auto" }, own)];
}

function showSaid() {
  const list = document.querySelector("main [data-said]");
  if (!list) return;
  list.replaceChildren(
    ...said.map(({ question, answer, isSkipped }) =>
      make("div", {}, make("dt", {}, ...bothWays(question)), isSkipped ? leftOut(list) : make("dd", {}, ...bothWays(answer))),
    ),
  );
  if (!isCounted) countConversation(document.body.dataset.conversation).catch(() => {});
  isCounted = true;
}

const leftOut = (list) => make("dd", { className: "left-out" }, list.dataset.saySkipped);

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
