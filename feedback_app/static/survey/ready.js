// What a device is ready for: rounds of which it can hold conversations without session and signal.

import { alter, recall, today } from "./device.js";
import { hurry } from "./tending.js";
import { READY } from "./token.js";

/** The worker keeps a few more; what it keeps longest would go. */
const MOST_PAGES = 100;

/** Without these there is no visit to a round. */
const pagesOf = ({ slug, hasEasy }) =>
  [`/s/${slug}/conversation`, `/s/${slug}`].flatMap((page) => (hasEasy ? [page, `${page}?wording=easy`] : [page]));

/** The same in the languages that somebody may choose there. */
const translationsOf = (round) =>
  pagesOf(round).flatMap((page) => round.languages.map((tag) => `${page}${page.includes("?") ? "&" : "?"}lang=${tag}`));

/** Has the worker fetch and keep pages; whether it has them all. */
async function kept(pages) {
  const { active } = await navigator.serviceWorker.ready;
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data === true);
    active.postMessage({ keep: pages }, [port2]);
  });
}

/** Makes this device ready for rounds, {slug, title, token, until …}, and for no others; whether it is. */
export async function makeReady(rounds) {
  if (!navigator.serviceWorker) return false;
  const pages = ["/visit", "/handed-over", ...rounds.flatMap(pagesOf)];
  if (!(await kept(pages))) return false;
  await alter(READY, () => rounds);
  // What was recorded with a token that is over by now is sent with the new one.
  hurry();
  kept(rounds.flatMap(translationsOf).slice(0, MOST_PAGES - pages.length)).catch(() => {});
  navigator.storage?.persist?.().catch(() => {});
  return true;
}

const roundsToday = async () => ((await recall(READY)) ?? []).filter(({ until }) => until >= today());

const isThere = async ({ slug }) => Boolean(await caches.match(`/s/${slug}/conversation`, { ignoreVary: true }));

/** The rounds that this device is ready for today, and whose pages it has. */
export async function readyRounds() {
  const rounds = await roundsToday();
  const haves = await Promise.all(rounds.map(isThere));
  return rounds.filter((_, place) => haves[place]);
}

/** The round of an address's slug, where this device may hold conversations of it today. */
export const readyRound = async (wanted) => (await roundsToday()).find(({ slug }) => slug === wanted);

/** Ends the visit here. What waits to be sent stays, and is sent. */
export const forgetVisit = () => alter(READY, () => undefined);
