// Links and buttons of every page: leave, dialogs, pages read without going away, copy and print.

import { parsed } from "./form.js";
import { depart } from "./leave.js";

/** Does what is pressed says, where script can do it better than the link itself. */
export function followLinks() {
  addEventListener("click", (event) => {
    const on = (selector) => event.target.closest?.(selector);
    const link = on("[data-leave], [data-open], [data-peek]");
    if (link && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
    if (link && follow(link)) event.preventDefault();
    else if (on("[data-needs-signal]") && !navigator.onLine) sayThereIsNone(event, on("[data-needs-signal]"));
    else if (on("[data-close]")) on("dialog").close();
    else if (on("[data-copy]")) copy(on("[data-copy]"));
    else if (on("[data-print]")) print();
  });
}

/** Whether the link needs no following any more. */
function follow(link) {
  const dialog = document.getElementById(link.dataset.open ?? "");
  if (link.dataset.leave) depart(link.dataset.leave);
  else if (dialog) dialog.showModal();
  else if (document.getElementById("peek") && "peek" in link.dataset) peek(link);
  else return false;
  return true;
}

/** Says that what a link leads to needs signal, in place of a browser's own page about it. */
function sayThereIsNone(event, link) {
  event.preventDefault();
  link.closest("div").querySelector("[role=status]").textContent = link.dataset.sayNoSignal;
}

/** Shows a linked page's text in a dialog, so that reading it loses nothing that was typed. */
async function peek(link) {
  const dialog = document.getElementById("peek");
  try {
    const main = parsed(await (await fetch(link.href, { credentials: "omit" })).text()).querySelector("main");
    for (const element of main.querySelectorAll("[id]")) element.removeAttribute("id");
    dialog.querySelector("[data-peek-body]").replaceChildren(...main.childNodes);
    dialog.showModal();
    dialog.scrollTop = 0;
  } catch {
    link.after(" – ", dialog.dataset.sayNoSignal);
  }
}

async function copy(button) {
  const text = document.getElementById(button.dataset.copy).innerText;
  button.textContent = await navigator.clipboard.writeText(text).then(
    () => button.dataset.sayCopied,
    () => button.dataset.sayFailed,
  );
}
