// The page for visits: what this device is ready for, and what waits on it to be sent.

import { enhance, make } from "./form.js";
import { askToHandOver } from "./handing.js";
import { channel, forget, waiting } from "./queue.js";
import { forgetVisit, readyRounds } from "./ready.js";

const visit = document.querySelector("[data-visit]");
const shown = (name) => visit.querySelector(`[data-${name}]`);

function card(round) {
  const content = document.querySelector("template[data-round]").content.cloneNode(true);
  const piece = (name) => content.querySelector(`[data-${name}]`);
  const address = `/s/${round.slug}`;
  const label = (element) => element.append(make("span", { className: "unseen" }, `: ${round.title}`));
  piece("title").textContent = round.title;
  piece("until").textContent = round.untilText;
  piece("standard").href = `${address}/conversation`;
  piece("easy").href = `${address}/conversation?wording=easy`;
  piece("easy").hidden = !round.hasEasy;
  piece("codes").hidden = !round.needsCode;
  piece("hand-over").addEventListener("click", () => askToHandOver(address));
  for (const name of ["standard", "easy", "hand-over"]) label(piece(name));
  return content;
}

async function showReady() {
  const rounds = await readyRounds();
  shown("is-ready").hidden = !rounds.length;
  shown("not-ready").hidden = rounds.length > 0;
  shown("rounds").replaceChildren(...rounds.map(card));
}

function tellHow(line, number) {
  const { sayOne, sayMany, sayNone } = line.dataset;
  line.hidden = !number && !sayNone;
  line.classList.toggle("said-waiting", number > 0);
  line.querySelector("span").textContent = (number === 0 ? (sayNone ?? "") : number === 1 ? sayOne : sayMany).replace("{n}", number);
}

/** Says what waits; and once what could not be sent, to somebody who can see it. */
async function tellUnsent() {
  const { number, refused } = await waiting();
  tellHow(shown("unsent"), number);
  if (!refused.length || document.hidden) return;
  tellHow(shown("refused"), refused.length);
  await forget(...refused);
}

/** Fills the page in, where this is the page for visits. */
export async function openVisit() {
  if (!visit) return;
  enhance(document);
  shown("forget").addEventListener("click", () => forgetVisit().then(showReady));
  const tell = () => tellUnsent().catch(() => {});
  addEventListener("tended", tell);
  channel?.addEventListener("message", tell);
  addEventListener("pageshow", showReady);
  await Promise.all([showReady(), tell()]);
  visit.hidden = false;
}
