// How many conversations were held on this device: a number for each survey and day, sent on a later day from a staff page, apart
// from any answer.

import { alter, recall, today } from "./device.js";

const COUNTS = "conversations";

/** Counts a conversation that was handed to Send. */
export const countConversation = (survey) =>
  alter(COUNTS, (counts = { days: {} }) => {
    const day = (counts.days[today()] ??= {});
    day[survey] = (day[survey] ?? 0) + 1;
    return counts;
  });

/** Days as rows for the server: a survey's conversations in a month. */
function rowsOf(days) {
  const sums = new Map();
  for (const [day, surveys] of Object.entries(days))
    for (const [survey, number] of Object.entries(surveys)) {
      const place = `${day.slice(0, 7)} ${survey}`;
      sums.set(place, (sums.get(place) ?? 0) + number);
    }
  return [...sums].map(([place, conversations]) => ({ month: place.slice(0, 7), survey: place.slice(8), conversations }));
}

/** Puts the days before today in one batch, unless one waits. Its receipt keeps it from being counted twice. */
function gather(counts) {
  if (!counts || counts.batch) return counts;
  const [past, rest] = [{}, {}];
  for (const [day, surveys] of Object.entries(counts.days)) (day < today() ? past : rest)[day] = surveys;
  const rows = rowsOf(past);
  return { days: rest, batch: rows.length ? { receipt: crypto.randomUUID(), rows } : undefined };
}

/** Sends what was counted on days before today. Where that fails it is tried again with another page. */
export async function sendCounts(address, token) {
  if (!(await recall(COUNTS))) return;
  const { batch } = await alter(COUNTS, gather);
  if (!batch) return;
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const answer = await fetch(address, { method: "POST", headers, body: JSON.stringify(batch) });
  const isDone = answer.status === 204 || answer.status === 422;
  if (isDone) await alter(COUNTS, (counts) => (counts?.batch?.receipt === batch.receipt ? { days: counts.days } : counts));
}
