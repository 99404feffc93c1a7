// How the pages look, as whoever holds the phone likes it: kept on the phone, and told to nobody.

const PLACE = "heard-look";
const root = document.documentElement;

const buttons = [...document.querySelectorAll("[data-look]")];

/** What was kept: {text, space, colours, theme}; nothing where the phone keeps nothing for pages. */
function remembered() {
  try {
    return JSON.parse(localStorage.getItem(PLACE)) ?? {};
  } catch {
    return {};
  }
}

function keep(look) {
  try {
    if (Object.keys(look).length) localStorage.setItem(PLACE, JSON.stringify(look));
    else localStorage.removeItem(PLACE);
  } catch {
    // Where storage is blocked, the choice lasts as long as the page.
  }
}

/** Puts on what is chosen: one class on the document for each choice, such as text-large. What is usual needs none. */
function wear(look) {
  for (const { dataset, value } of buttons) if (value) root.classList.toggle(`${dataset.look}-${value}`, look[dataset.look] === value);
  for (const button of buttons) button.setAttribute("aria-pressed", String((look[button.dataset.look] ?? "") === button.value));
  const paper = getComputedStyle(root).getPropertyValue("--paper").trim();
  for (const meta of document.querySelectorAll("meta[name=theme-color]")) meta.content = paper;
}

const chosen = () =>
  Object.fromEntries(
    buttons.filter((button) => button.value && button.getAttribute("aria-pressed") === "true").map(({ dataset, value }) => [dataset.look, value]),
  );

function choose({ dataset, value }) {
  const look = { ...chosen(), [dataset.look]: value };
  if (!value) delete look[dataset.look];
  keep(look);
  wear(look);
}

/** Looks as it was left, at once, and changes with every choice in the panel. */
export function wearLook() {
  const look = remembered();
  if (Object.keys(look).length) wear(look);
  for (const button of buttons) button.addEventListener("click", () => choose(button));
}
