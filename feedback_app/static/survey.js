// Shows the plain form of a survey one step at a time. Without this file the form works as it is.
// Nothing entered leaves the page before Send, and nothing is stored on the phone.

// Which questions are asked -------------------------------------------------------------------------------------

/** Beside other choices of the same question, it alone counts. */
const RATHER_NOT = "prefer_not_to_say";

/** Whether a rule holds. answers: question key -> value, list of values, or nothing, of questions asked so far. */
export function holds(rule, answers) {
  if (rule.all) return rule.all.every((part) => holds(part, answers));
  if (rule.any) return rule.any.some((part) => holds(part, answers));
  const given = [answers[rule.question] ?? []].flat();
  const chosen = given.includes(RATHER_NOT) ? [RATHER_NOT] : given;
  return chosen.some((value) => rule.is_any_of.includes(value));
}

/** Keys of the questions asked, in order. questions: [{key, showIf}]. An answer off the path changes nothing. */
export function asked(questions, answers) {
  const onPath = {};
  return questions
    .filter(({ key, showIf }) => {
      if (showIf && !holds(showIf, onPath)) return false;
      onPath[key] = answers[key];
      return true;
    })
    .map(({ key }) => key);
}

// Leaving -------------------------------------------------------------------------------------------------------

const form = document.querySelector("form[data-survey]");
let leaving = false;

/** Wipes everything, covers the page, and puts another one in place of it and of the steps behind it. */
function depart(address) {
  leaving = true;
  document.documentElement.classList.add("gone");
  wipe();
  const depth = history.state?.depth ?? 0;
  const go = () => location.replace(address);
  if (!depth) return go();
  addEventListener("popstate", go, { once: true });
  history.go(-depth);
  setTimeout(go, 250);
}

const leave = document.querySelector("[data-leave]");
let shifts = [];
addEventListener("keydown", (event) => {
  if (!leave || event.repeat) return;
  shifts = event.key === "Shift" ? [...shifts, Date.now()].filter((time) => time > Date.now() - 5000) : [];
  if (shifts.length >= 3) depart(leave.dataset.leave);
});

// Dialogs -------------------------------------------------------------------------------------------------------

/** Shows a linked page's text in a dialog, so that reading it loses no answer. */
async function peek(link) {
  const dialog = document.getElementById("peek");
  try {
    const main = page(await (await fetch(link.href, { credentials: "omit" })).text()).querySelector("main");
    for (const element of main.querySelectorAll("[id]")) element.removeAttribute("id");
    dialog.querySelector("[data-peek-body]").replaceChildren(...main.childNodes);
    dialog.showModal();
    dialog.scrollTop = 0;
  } catch {
    link.after(" – ", form.dataset.sayNoSignal);
  }
}

const page = (text) => new DOMParser().parseFromString(text, "text/html");

// A page's own buttons ------------------------------------------------------------------------------------------

async function copy(button) {
  const text = document.getElementById(button.dataset.copy).innerText;
  const said = await navigator.clipboard.writeText(text).then(
    () => button.dataset.sayCopied,
    () => button.dataset.sayFailed,
  );
  button.textContent = said;
}

addEventListener("click", (event) => {
  const on = (selector) => event.target.closest?.(selector);
  const link = on("[data-leave], [data-open], [data-peek]");
  if (link && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
  const dialog = link?.dataset.open && document.getElementById(link.dataset.open);
  if (link?.dataset.leave || dialog || (link && form && "peek" in link.dataset)) event.preventDefault();
  if (link?.dataset.leave) depart(link.dataset.leave);
  else if (dialog) dialog.showModal();
  else if (link && form && "peek" in link.dataset) peek(link);
  else if (on("[data-close]")) on("dialog").close();
  else if (on("[data-copy]")) copy(on("[data-copy]"));
  else if (on("[data-print]")) print();
});

/** Shows what only works with script, and hides what is only needed without. */
function enhance(root) {
  for (const element of root.querySelectorAll("[data-script]")) element.hidden = false;
  for (const element of root.querySelectorAll("[data-plain]")) element.hidden = true;
}

// The survey, a step at a time ----------------------------------------------------------------------------------

const $ = (name) => form.querySelector(`[data-${name}]`);
const steps = form ? [...form.querySelectorAll("[data-step]")] : [];
const step = (name) => steps.find((element) => element.dataset.step === name);
const questions = steps
  .filter((element) => element.dataset.kind)
  .map((element) => ({
    key: element.dataset.step,
    showIf: element.dataset.showIf ? JSON.parse(element.dataset.showIf) : null,
  }));
let here = "welcome";
const title = document.title;
let mending = false; // a change was asked for from the check step: Next leads back there
let seen = new Set();

const controls = (key) => [...form.querySelectorAll(`[name="${key}"]`)];

function answer(key) {
  const [first, ...others] = controls(key);
  if (first.tagName === "TEXTAREA") return first.value.trim();
  const chosen = [first, ...others].filter((input) => input.checked).map((input) => input.value);
  return first.type === "checkbox" ? chosen : (chosen[0] ?? null);
}

const answers = () => Object.fromEntries(questions.map(({ key }) => [key, answer(key)]));
const path = () => ["welcome", ...asked(questions, answers()), "check"];

function clear(key) {
  for (const control of controls(key)) {
    if (control.tagName === "TEXTAREA") control.value = control.defaultValue = "";
    else control.checked = control.defaultChecked = false;
  }
  setError(key, "");
  if (step(key)?.dataset.kind === "words") count(controls(key)[0]);
}

/** A random number made for each survey started: sent twice, it is stored once. */
function newReceipt() {
  const bytes = String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16)));
  form.elements.receipt.value = btoa(bytes).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
}

/** Takes every answer out of the page, and starts afresh. */
function wipe() {
  if (!form) return;
  for (const { key } of questions) clear(key);
  if (form.elements.code) form.elements.code.value = form.elements.code.defaultValue = "";
  $("answers").replaceChildren();
  $("problems").hidden = true;
  say("");
  newReceipt();
  seen = new Set();
  mending = false;
}

// Moving

/** Shows one step. how: "push" adds it to the history, so that the phone's own Back leads through the survey. */
function show(name, how = "stay", focus = true) {
  here = name;
  seen.add(name);
  for (const element of steps) element.hidden = element.dataset.step !== name;
  const isQuestion = name !== "welcome" && name !== "check";
  form.classList.toggle("begun", name !== "welcome");
  $("trail").hidden = name === "welcome";
  $("actions").hidden = !isQuestion;
  if (name !== "check") $("problems").hidden = true;
  if (name === "check") listAnswers();
  showProgress(name);
  if (how === "push") history.pushState({ step: name, depth: (history.state?.depth ?? 0) + 1 }, "");
  if (focus) {
    scrollTo(0, 0);
    (name === "welcome" ? document.getElementById("title") : step(name).querySelector("h2")).focus({ preventScroll: true });
  }
}

function showProgress(name) {
  const all = path().slice(1, -1);
  const at = name === "check" ? all.length + 1 : all.indexOf(name) + 1;
  const text = name === "check" ? form.dataset.sayCheck : form.dataset.sayProgress;
  $("progress").max = all.length + 1;
  $("progress").value = at;
  const place = name === "welcome" ? "" : text.replace("{n}", at).replace("{total}", all.length);
  $("progress-text").textContent = place;
  document.title = place ? `${place} – ${title}` : title;
}

function next() {
  if (!isShortEnough()) return;
  const ways = path();
  const after = ways[ways.indexOf(here) + 1];
  const isNew = !seen.has(after);
  if (mending && !isNew) {
    mending = false;
    show("check", "push");
  } else show(after, "push");
}

function back() {
  const ways = path();
  if (history.state?.depth) history.back();
  else show(ways[Math.max(0, ways.indexOf(here) - 1)]);
}

function isShortEnough() {
  const box = step(here)?.querySelector("textarea");
  const over = box ? excess(box) : 0;
  setError(here, over > 0 ? form.dataset.sayTooLong.replace("{n}", over) : "");
  if (over > 0) box.focus();
  return over <= 0;
}

// Words

const excess = (box) => [...box.value].length - form.dataset.limit;

/** Says how much room is left, once there is little. */
function count(box) {
  const left = -excess(box);
  const line = form.querySelector(`#count-${box.name}`);
  line.hidden = left > 200;
  line.classList.toggle("over", left < 0);
  line.textContent = (left < 0 ? form.dataset.sayOver : form.dataset.sayLeft).replace("{n}", Math.abs(left));
}

function setError(name, sentence) {
  const line = form.querySelector(`#error-${name}`);
  if (!line) return;
  line.hidden = !sentence;
  line.querySelector("span").textContent = sentence;
  for (const control of controls(name))
    if (sentence) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
}

// Checking

function textOf(key) {
  const [first] = controls(key);
  if (first.tagName === "TEXTAREA") return first.value.trim();
  return controls(key)
    .filter((input) => input.checked)
    .map((input) => input.closest("label").textContent.trim())
    .join("; ");
}

function listAnswers() {
  const rows = path()
    .slice(1, -1)
    .map((key) => {
      const question = step(key).querySelector("h2").textContent;
      const text = textOf(key);
      const change = make("button", { type: "button", className: "quiet" }, form.dataset.sayChange);
      change.append(make("span", { className: "unseen" }, ": " + question));
      change.dataset.change = key;
      const given = make("dd", text ? {} : { className: "left-out" }, text || form.dataset.saySkipped);
      return make("div", {}, make("dt", {}, question), given, make("dd", { className: "change" }, change));
    });
  $("answers").replaceChildren(...rows);
  $("answers").hidden = false;
}

function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

// Sending

let sending = false;

function say(text, isFault = false) {
  $("status").textContent = text;
  $("status").classList.toggle("fault", isFault);
}

/** What is sent: the form as it is, without answers that are off the path. */
function body() {
  const data = new URLSearchParams(new FormData(form));
  const ways = path();
  for (const { key } of questions) if (!ways.includes(key)) data.delete(key);
  return data;
}

async function send() {
  if (sending) return;
  sending = true;
  say(form.dataset.saySending);
  $("send").disabled = true;
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), 30000);
  try {
    const response = await fetch(form.action, { method: "POST", body: body(), credentials: "omit", cache: "no-store", signal: abort.signal });
    receive(response, await response.text());
  } catch {
    notSent();
  }
  clearTimeout(timer);
  sending = false;
  $("send").disabled = false;
}

/** Believes that something was sent only when the answer is Heard's own: a café's sign-in page is not. */
function receive(response, text) {
  const answered = page(text);
  const name = answered.querySelector("main[data-page]")?.dataset.page;
  const ours = new URL(form.dataset.thanks, location).href;
  if (response.ok && name === "thanks" && response.url === ours) depart(ours);
  else if (response.status === 422 && name === "survey") mend(answered);
  else if ((response.ok && name === "summary") || name === "not_taken") takeOver(answered);
  else notSent();
}

function notSent() {
  say(form.dataset.sayFailed, true);
  $("send").textContent = form.dataset.sayAgain;
  $("status").scrollIntoView({ block: "nearest" });
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
  $("problems").querySelector("ul").replaceChildren(...links.map((link) => make("li", {}, link)));
  show("check", "stay", false);
  showProblems();
}

function showProblems() {
  $("problems").hidden = false;
  scrollTo(0, 0);
  $("problems").focus({ preventScroll: true });
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

// Wiring

function start() {
  enhance(document);
  newReceiptUnlessMending();
  form.addEventListener("click", (event) => {
    const on = (selector) => event.target.closest(selector);
    if (event.detail > 1 && on("button")) return; // a double tap must not pass over the next question unread
    if (on("[data-start]")) event.preventDefault(), next();
    else if (on("[data-next]")) next();
    else if (on("[data-skip]")) clear(here), next();
    else if (on("[data-back]")) back();
    else if (on("[data-stop]")) event.preventDefault(), depart(form.dataset.stopped);
    else if (on("[data-change]")) (mending = true), show(on("[data-change]").dataset.change, "push");
    else if (on("[data-problem]")) event.preventDefault(), goToProblem(on("[data-problem]").dataset.problem);
  });
  form.addEventListener("keydown", (event) => {
    const isField = event.target.matches("input");
    if (event.key !== "Enter" || !isField || here === "check") return;
    event.preventDefault();
    next();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (here === "check") send();
    else next();
  });
  form.addEventListener("input", (event) => event.target.matches("textarea") && count(event.target));
  form.addEventListener("change", (event) => standAlone(event.target));
  addEventListener("popstate", (event) => {
    if (leaving) return;
    const name = event.state?.step ?? "welcome";
    show(path().includes(name) ? name : "welcome");
  });
  addEventListener("pagehide", () => leaving || wipe());
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    document.documentElement.classList.remove("gone");
    leaving = false;
    wipe();
    show("welcome", "stay", false);
  });
}

/** A page that came back with something to mend opens at the last step; any other at the welcome. */
function newReceiptUnlessMending() {
  history.replaceState(null, "");
  if (!$("problems").hidden) {
    for (const { key } of questions) seen.add(key);
    show("check", "stay", false);
    return showProblems();
  }
  newReceipt();
  show("welcome", "stay", false);
}

function goToProblem(name) {
  if (step(name)) {
    mending = true;
    show(name, "push");
  } else (form.elements[name] ?? $("send")).focus();
}

/** "I'd rather not say" and any other choice put each other out. */
function standAlone(input) {
  if (input.type !== "checkbox" || !input.checked) return;
  for (const other of controls(input.name))
    if ((input.value === RATHER_NOT) !== (other.value === RATHER_NOT)) other.checked = false;
}

if (form) start();
else enhance(document);
