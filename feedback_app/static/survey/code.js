// A code that came with a slip's QR code stands after the "#" of the address, which no browser sends. It goes into the form's field,
// and out of the address and the history.

import { form } from "./form.js";

/** As slips have them. No place on a page has such a name. */
const CODE = /^#([0-9A-Z]{3}(?:-[0-9A-Z]{3})+)$/i;

/** Takes the code out of the address, wherever that leads, and fills it in where one is asked for. */
export function takeCode() {
  const code = CODE.exec(location.hash)?.[1];
  if (!code) return;
  history.replaceState(history.state, "", location.pathname + location.search);
  if (form?.elements.code) form.elements.code.value = code.toUpperCase();
}

/** A slip scanned into an open page changes no more than what stands after the "#": whoever is answering stays where they are. */
function takeAnother(event) {
  if (!CODE.test(location.hash)) return;
  event.stopImmediatePropagation();
  if (form?.isConnected) takeCode();
  else location.reload();
}

/** The same survey in another language or wording is another page: the code goes with whoever asks for it. */
function carryCode({ target }) {
  const link = target.closest?.(".languages a, .switch a");
  const code = form?.elements.code?.value.trim();
  if (link && CODE.test(`#${code}`)) link.hash = code;
}

export function followCode() {
  takeCode();
  addEventListener("popstate", takeAnother);
  addEventListener("click", carryCode);
}
