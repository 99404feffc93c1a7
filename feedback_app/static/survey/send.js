// Sending the answers, and believing only Heard's own answer.

import { path, questions } from "./answers.js";
import { enhance, form, make, parsed, part } from "./form.js";
import { depart, wipe } from "./leave.js";
import { say, setError, showProblems } from "./status.js";
import { show } from "./steps.js";

let isSending = false;

/** What is sent: the form as it is, without answers that are off the path. */
function body() {
  const data = new URLSearchParams(new FormData(form));
  const ways = path();
  for (const { key } of questions) if (!ways.includes(key)) data.delete(key);
  return data;
}

export async function send() {
  if (isSending) return;
  isSending = true;
  say(form.dataset.saySending);
  part("send").disabled = true;
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), 30000);
  try {
    const response = await fetch(form.action, { method: "POST", body: body(), credentials: "omit", cache: "no-store", signal: abort.signal });
    receive(response, await response.text());
  } catch {
    notSent();
  }
  clearTimeout(timer);
  isSending = false;
  part("send").disabled = false;
}

/** Believes that something was sent only when the answer is Heard's own: a café's sign-in page is not. */
function receive(response, text) {
  const answered = parsed(text);
  const name = answered.querySelector("main[data-page]")?.dataset.page;
  const ours = new URL(form.dataset.thanks, location).href;
  if (response.ok && name === "thanks" && response.url === ours) depart(ours);
  else if (response.status === 422 && name === "survey") mend(answered);
  else if ((response.ok && name === "summary") || name === "not_taken") takeOver(answered);
  else notSent();
}

function notSent() {
  say(form.dataset.sayFailed, true);
  part("send").textContent = form.dataset.sayAgain;
  part("status").scrollIntoView({ block: "nearest" });
}

/** Shows what the server wants mended; the answers stay as they are on the page. */
function mend(answered) {
  say("");
  const links = [...answered.querySelectorAll("[data-problem]")].map((link) => document.importNode(link, true));
  for (const link of links) {
    const name = link.dataset.problem;
    const sentence = answered.getElementById(`error-${name}`)?.textContent.trim() || link.textContent;
    setError(name, sentence);
  }
  part("problems").querySelector("ul").replaceChildren(...links.map((link) => make("li", {}, link)));
  show("check", "stay", false);
  showProblems();
}

/** Puts an answered page in place of the form: the summary of a conversation, or that nothing could be taken. */
function takeOver(answered) {
  wipe();
  const main = document.importNode(answered.querySelector("main"), true);
  enhance(main);
  document.title = answered.title;
  document.querySelector("main").replaceWith(main);
  scrollTo(0, 0);
  main.querySelector("h1").focus({ preventScroll: true });
}
