// The token that lets a conversation in. A device keeps the newest for each round that it is ready for. For pages and for the
// service worker.

import { recall } from "./device.js";

/** Under this name a device keeps the rounds that it is ready for. */
export const READY = "ready";

/** The token in a form's body, or null; and the newest that this device has for its round. */
async function tokensOf(body, action) {
  const sent = body.get("conversation");
  const rounds = sent === null ? [] : ((await recall(READY)) ?? []);
  return { sent, newest: rounds.find(({ slug }) => action === `/s/${slug}`)?.token ?? sent };
}

/**
 * What is to be sent with the newest token that this device has for it: the one it was recorded with may be over by now.
 * No token is encrypted: it says "a conversation of this round, made on this day", and no more.
 */
export async function renewed(sending) {
  const body = new URLSearchParams(sending.body);
  const { sent, newest } = await tokensOf(body, sending.action);
  if (newest === sent) return sending;
  body.set("conversation", newest);
  return { ...sending, body: String(body) };
}

/** Whether this device has a newer token than the one that something is to be sent with. */
export const isRenewable = async (sending) => (await renewed(sending)) !== sending;
