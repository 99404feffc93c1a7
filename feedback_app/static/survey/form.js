// The survey's form, where the page has one, and how its parts are found and made.

export const form = document.querySelector("form[data-survey]");

/** The part of the form that the markup calls data-NAME. */
export const part = (name) => form.querySelector(`[data-${name}]`);

/** Every field of a question. */
export const controls = (key) => [...form.querySelectorAll(`[name="${key}"]`)];

/** Another page's text as a document, whose scripts do not run. */
export const parsed = (text) => new DOMParser().parseFromString(text, "text/html");

export function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** Shows what only works with script, and hides what is only needed without. */
export function enhance(root) {
  for (const element of root.querySelectorAll("[data-script]")) element.hidden = false;
  for (const element of root.querySelectorAll("[data-plain]")) element.hidden = true;
}
