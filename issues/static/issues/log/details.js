// Details open in a row of their own beneath the actor's, never above the page; without a script the same link is a
// page.
import { button, make, stored, token, versioned } from "./fields.js";
import { commit, waiting } from "./sending.js";
import { show } from "./voice.js";

const closeDetails = () => document.querySelector("tr.details-row")?.remove();

export async function openDetails(field) {
  const open = document.querySelector("tr.details-row");
  closeDetails();
  if (open?.dataset.of === field.name) {
    field.focus();
    return;
  }
  await commit(field);
  if (waiting.has(field) || field.value.trim() !== stored(field)) return;
  if (!stored(field)) {
    show(field, "Type a code first; the details belong to it.", true);
    return;
  }
  const address = field.dataset.details;
  const response = await fetch(address, { credentials: "same-origin" }).catch(() => null);
  if (!response?.ok || response.redirected) {
    show(field, "The details could not be opened; try again.", true);
    return;
  }
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const details = make("div", { className: "inline-details" });
  details.append(
    make("h2", { textContent: page.querySelector("h1").textContent }),
    ...page.querySelector("main form").children,
  );
  const save = details.querySelector("button");
  save.type = "button";
  save.addEventListener("click", () => saveDetails(field, address, details));
  details.querySelector("a.button").replaceWith(
    button(
      "Close",
      () => {
        closeDetails();
        field.focus();
      },
      "button quiet",
    ),
  );
  details.addEventListener("keydown", (event) => {
    if (event.key === "Escape" || event.key === "F2") {
      event.preventDefault();
      closeDetails();
      field.focus();
    }
  });
  const row = make("tr", { className: "details-row" });
  row.dataset.of = field.name;
  const place = row.insertCell();
  place.colSpan = field.closest("tr").children.length;
  place.append(details);
  field.closest("tr").after(row);
  details.querySelector("textarea")?.focus();
}

async function saveDetails(field, address, details) {
  const body = new URLSearchParams();
  for (const input of details.querySelectorAll("input, textarea, select")) {
    if (input.type !== "checkbox" || input.checked) body.append(input.name, input.value);
  }
  const sent = await fetch(address, {
    method: "POST",
    body,
    headers: { "X-CSRFToken": token() },
    credentials: "same-origin",
  }).catch(() => null);
  const page = sent && new DOMParser().parseFromString(await sent.text(), "text/html");
  if (sent?.ok && page.querySelector("form.log-form")) {
    versioned(field, page.querySelector(`input[name="${field.nextElementSibling.name}"]`).value);
    closeDetails();
    show(field, "Details saved");
    field.focus();
    return;
  }
  details.querySelector(".errors")?.remove();
  const problem = page?.querySelector(".errors");
  const seen = page?.querySelector("input[name=version]");
  if (problem && seen) details.querySelector("[name=version]").value = seen.value;
  details.prepend(problem || make("p", { className: "errors bad", textContent: "Details not saved – try again." }));
}
