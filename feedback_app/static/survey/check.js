// The last step: what was answered, each with a way to change it.

import { path, textOf } from "./answers.js";
import { form, make, part } from "./form.js";
import { step } from "./steps.js";

export function listAnswers() {
  part("answers").replaceChildren(...path().slice(1, -1).map(row));
  part("answers").hidden = false;
}

function row(key) {
  const question = step(key).querySelector("h2").textContent;
  const text = textOf(key);
  const change = make("button", { type: "button", className: "quiet" }, form.dataset.sayChange);
  change.append(make("span", { className: "unseen" }, ": " + question));
  change.dataset.change = key;
  const given = make("dd", text ? {} : { className: "left-out" }, text || form.dataset.saySkipped);
  return make("div", {}, make("dt", {}, question), given, make("dd", { className: "change" }, change));
}
