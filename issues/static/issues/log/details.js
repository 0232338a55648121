// Details open in a row of their own beneath the actor's, never above the page; without a script the same link is a
// page.
import { shownColumns } from "./aside.js";
import { button, make, stored, token, versioned } from "./fields.js";
import { commit, waiting } from "./sending.js";
import { show } from "./voice.js";

const UNSAVED = "These details are not saved: save or close them first.";

const closeDetails = () => document.querySelector("tr.details-row")?.remove();
const typed = (details) => {
  const body = new URLSearchParams();
  for (const input of details.querySelectorAll("input, textarea, select"))
    if (!["checkbox", "radio"].includes(input.type) || input.checked) body.append(input.name, input.value);
  return body;
};
const tell = (details, words) => {
  details.querySelector(".errors")?.remove();
  details.prepend(make("p", { className: "errors bad", role: "alert", textContent: words }));
};

// Whether the open details hold what nobody has saved, which is said there.
export function unsavedDetails() {
  const details = document.querySelector(".inline-details");
  if (!details || details.dataset.opened === typed(details).toString()) return false;
  tell(details, UNSAVED);
  if (!details.contains(document.activeElement)) details.querySelector("textarea").focus();
  return true;
}

export async function openDetails(field) {
  const open = document.querySelector("tr.details-row");
  if (unsavedDetails()) return;
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
  const response = await fetch(field.dataset.details).catch(() => null);
  if (!response?.ok || response.redirected) {
    show(field, "The details could not be opened; try again.", true);
    return;
  }
  const details = make("div", { className: "inline-details" });
  fill(details, field, new DOMParser().parseFromString(await response.text(), "text/html"));
  details.dataset.opened = typed(details);
  details.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    // Enter in a line of them would send the sheet, which does not carry them.
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey || event.target.matches("input"))) {
      event.preventDefault();
      saveDetails(field, details);
    } else if (event.key === "Escape" || event.key === "F2") {
      event.preventDefault();
      if (unsavedDetails()) return;
      closeDetails();
      field.focus();
    }
  });
  const row = make("tr", { className: "details-row" });
  row.dataset.of = field.name;
  const place = row.insertCell();
  place.colSpan = shownColumns();
  place.append(details);
  field.closest("tr").after(row);
  details.querySelector("textarea")?.focus();
}

// The page of the details, without what surrounds it; what was typed and refused comes back in it.
function fill(details, field, page) {
  details.replaceChildren(
    make("h2", { textContent: page.querySelector("h1").textContent }),
    ...page.querySelectorAll("main .errors"),
    ...page.querySelector("main form").children,
  );
  for (const press of details.querySelectorAll("p.actions button")) {
    press.type = "button";
    press.addEventListener("click", () => saveDetails(field, details, press.name));
  }
  const away = () => {
    closeDetails();
    field.focus();
  };
  details.querySelector("p.actions a").replaceWith(button("Close", away, "button quiet"));
}

async function saveDetails(field, details, more) {
  const body = typed(details);
  if (more) body.append(more, "1");
  const sent = await fetch(field.dataset.details, {
    method: "POST",
    body,
    headers: { "X-CSRFToken": token() },
  }).catch(() => null);
  const page = sent && new DOMParser().parseFromString(await sent.text(), "text/html");
  if (sent?.ok && page.querySelector("form.log-form")) {
    versioned(field, page.querySelector(`input[name="${field.nextElementSibling.name}"]`).value);
    closeDetails();
    show(field, "Details saved");
    field.focus();
  } else if (page?.querySelector("main form [name=version]")) {
    fill(details, field, page);
    details.querySelector(more ? "fieldset.also:last-of-type textarea" : ".who input, p.actions button")?.focus();
  } else {
    tell(details, "Details not saved – try again.");
  }
}
