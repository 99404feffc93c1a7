// How it ends: sent, saved on this phone, stopped, left alone too long. What is said then came with the page, and needs no signal.

import { enhance, form } from "./form.js";
import { depart, unwind } from "./leave.js";

const templates = [...document.querySelectorAll("template[data-ending]")];
const endings = Object.fromEntries(templates.map((each) => [each.dataset.ending, each]));

/** Whether what is shown is the ending of this name. */
export const isEnding = (name) => document.querySelector("main").dataset.page === name;

/** Puts another main part in place of ours, once every answer is out of it. address: what a reload asks for from then on. */
function showMain(main, title, address) {
  unwind(() => history.replaceState(null, "", address));
  for (const dialog of document.querySelectorAll("dialog[open]")) dialog.close();
  enhance(main);
  document.title = title;
  document.querySelector("main").replaceWith(main);
  scrollTo(0, 0);
  main.querySelector("h1").focus({ preventScroll: true });
  dispatchEvent(new Event("ended"));
}

/** Wipes everything and shows how it ended. */
export function end(name, address = location.href) {
  const { content, dataset } = endings[name];
  const main = document.querySelector("main").cloneNode(false);
  main.dataset.page = name;
  main.append(document.importNode(content, true));
  showMain(main, `${dataset.title} – Heard`, address);
}

/** Wipes everything and shows a page that Heard answered with: that nothing could be taken. */
export function takeOver(answered) {
  showMain(document.importNode(answered.querySelector("main"), true), answered.title, location.href);
}

/** Stops where the page knows how that ends; goes to the page for it otherwise. */
export function stop() {
  const address = form.dataset.stopped;
  if (endings.stopped && address.endsWith("/stopped")) end("stopped", address);
  else depart(address);
}
