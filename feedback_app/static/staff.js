// Small helps on staff pages. Every page works without this file.
(() => {
  "use strict";
  const body = document.body;
  const show = (selector, act) =>
    document.querySelectorAll(selector).forEach((element) => {
      element.hidden = false;
      act(element);
    });

  // A page kept by the browser's back button may belong to somebody who has signed out since.
  addEventListener("pageshow", (event) => event.persisted && location.reload());

  document.querySelector("[data-focus]")?.focus();
  show("[data-print]", (button) => button.addEventListener("click", () => print()));
  show("[data-copy]", (button) =>
    button.addEventListener("click", async () => {
      const source = document.getElementById(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(source.textContent.trim());
        button.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(source);
        button.textContent = "Selected: now copy it";
      }
    }),
  );
  document.querySelectorAll("[data-confirm]").forEach((button) =>
    button.addEventListener("click", (event) => confirm(button.dataset.confirm) || event.preventDefault()),
  );
  document.querySelectorAll("form[method=post]:not([data-survey])").forEach((form) =>
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
      setTimeout(() => delete form.dataset.sent, 4000);
    }),
  );

  // Show a password while typing
  document.querySelectorAll("[data-showable]").forEach((input) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "plain showing", textContent: "Show" });
    button.setAttribute("aria-controls", input.id);
    button.setAttribute("aria-label", "Show password");
    button.addEventListener("click", () => {
      const shown = input.type === "password";
      input.type = shown ? "text" : "password";
      button.textContent = shown ? "Hide" : "Show";
      button.setAttribute("aria-label", shown ? "Hide password" : "Show password");
    });
    input.form.addEventListener("submit", () => (input.type = "password"));
    input.after(button);
  });

  // Put [name removed] in place of what is selected
  show("[data-marks]", (row) => {
    const area = document.getElementById(row.dataset.marks);
    row.querySelectorAll("button").forEach((button) =>
      button.addEventListener("click", () => {
        area.focus();
        area.setRangeText(button.textContent, area.selectionStart, area.selectionEnd, "end");
        area.dispatchEvent(new Event("input", { bubbles: true }));
      }),
    );
    row.parentElement.querySelector("[data-plain]")?.remove();
  });

  // What is shown once: leaving asks first, until it has been printed
  if (document.querySelector("[data-print-first]")) {
    const ask = (event) => event.preventDefault();
    addEventListener("beforeunload", ask);
    addEventListener("afterprint", () => removeEventListener("beforeunload", ask));
  }

  // Words that have been changed and not sent yet
  document.querySelectorAll("[data-unsaved]").forEach((area) => {
    const warn = (event) => event.preventDefault();
    area.addEventListener("input", () => addEventListener("beforeunload", warn), { once: true });
    document.addEventListener("submit", () => removeEventListener("beforeunload", warn));
  });

  // Before the session ends by itself, ask
  const minutes = Number(body.dataset.idleMinutes);
  let lastStay = Date.now();
  const stay = () => {
    lastStay = Date.now();
    return fetch(body.dataset.stay, { method: "POST", headers: { "X-CSRFToken": body.dataset.token } });
  };
  if (minutes) {
    const box = Object.assign(document.createElement("div"), { className: "stay", hidden: true });
    box.setAttribute("role", "alertdialog");
    box.setAttribute("aria-label", "You will be signed out soon");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "main", textContent: "Stay signed in" });
    const text = Object.assign(document.createElement("p"), { textContent: "You will be signed out in 3 minutes, because nothing has happened here." });
    box.append(text, button);
    body.append(box);
    button.addEventListener("click", () => stay().then((answer) => (box.hidden = answer.ok) || location.reload()));
    setInterval(() => {
      const idle = (Date.now() - lastStay) / 60000;
      if (idle > minutes) return (text.textContent = "You have been signed out. Copy anything you have written, then sign in again.");
      if (idle > minutes - 3) box.hidden = false;
    }, 15000);
    // Writing is something happening: the server hears of it at most every five minutes.
    addEventListener("input", () => Date.now() - lastStay > 300000 && box.hidden && stay());
  }
})();
