// Issues and actors that the meeting is not about are put aside: out of the way of the keys, one key away.
import { fields, form, token } from "./fields.js";
import { announce } from "./voice.js";

const table = form?.querySelector("table.log");
const note = document.querySelector("[data-aside-note]");
const show = note?.querySelector("[data-show-aside]");
const beside = () => [...table.querySelectorAll("[data-aside]")];

export const shownColumns = () => [...table.rows[0].cells].filter((head) => !head.hidden).length;
const widen = () => {
  const details = table.querySelector(".details-row > td");
  if (details) details.colSpan = shownColumns();
};

export const toggle = () => {
  const hide = !beside().some((part) => part.hidden);
  for (const part of beside()) part.hidden = hide;
  widen();
  show.textContent = hide ? "Show them" : "Hide them";
  announce(beside().length ? `What is put aside is ${hide ? "hidden" : "shown"}` : "Nothing is put aside");
};

const codes = (column) =>
  [...table.querySelectorAll("tbody > tr:not(.details-row)")].map((row) => row.children[column].querySelector("input"));
const used = (field) =>
  field.value.trim() ||
  field.dataset.stored ||
  field.closest("td").querySelector(".was").textContent.startsWith("recorded");

// After a row in which something was typed: the columns in which nobody has typed anything.
export const putAside = (row) => {
  if (![...row.querySelectorAll("input.code")].some(used)) return;
  const heads = [...table.querySelectorAll("th[data-issue]:not([hidden])")];
  const unused = heads.filter((head) => !codes(head.cellIndex).some(used));
  if (!unused.length) return;
  for (const head of unused)
    for (const line of table.rows)
      if (!line.matches(".details-row")) {
        line.children[head.cellIndex].dataset.aside = "";
        line.children[head.cellIndex].hidden = true;
      }
  widen();
  const body = new URLSearchParams(unused.map((head) => ["aside", head.dataset.issue]));
  for (const box of document.querySelectorAll(".about input[name=issue]"))
    if (body.has("aside", box.value)) box.checked = false;
  fetch(form.dataset.about, {
    method: "POST",
    body,
    headers: { "X-CSRFToken": token(), Accept: "application/json" },
  }).catch(() => null); // without a connection it is so in this window alone
  const number = table.querySelectorAll("th[data-aside]").length;
  const actors = table.querySelectorAll("tbody > tr[data-aside]").length;
  note.querySelector("[data-aside-count]").textContent =
    `Put aside: ${number} issue${number === 1 ? "" : "s"}, ${actors} actor${actors === 1 ? "" : "s"}.`;
  note.hidden = false;
  show.textContent = "Show them";
};

export const reachable = () => fields.filter((field) => !field.closest("[hidden]"));

show?.addEventListener("click", (event) => {
  event.preventDefault();
  toggle();
});
