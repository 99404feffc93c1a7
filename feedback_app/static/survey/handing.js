// Handing the phone over from a page of the staff's: asked first, then there is no way back from the young person's page.

import { handOver } from "./handed_over.js";

const dialog = document.getElementById("hand-over");
let wanted = "";

async function handOverNow({ target }) {
  target.disabled = true;
  const isSafe = await handOver(wanted).catch(() => false);
  if (isSafe) return location.replace(wanted);
  target.disabled = false;
  dialog.querySelector("[data-not-handed-over]").hidden = false;
}

/** Asks before a phone is handed over for the young person's page at an address. */
export function askToHandOver(address) {
  wanted = address;
  dialog.querySelector("[data-not-handed-over]").hidden = true;
  dialog.showModal();
}

export function listenToHandOver() {
  dialog?.querySelector("[data-hand-over-now]").addEventListener("click", handOverNow);
  dialog?.querySelector("[data-close]").addEventListener("click", () => dialog.close());
}
