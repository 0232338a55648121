// What others type on the same sheet is seen as it comes, where nothing is being typed: the field in use, and what is
// not saved yet, are left as they are, and what stands meanwhile is told beside them.
import { badge, fields, form, stored, versioned } from "./fields.js";
import { count, isBusy, linked } from "./sending.js";
import { announce } from "./voice.js";

const EVERY = 8000;
let sign = "";

const told = (now) => {
  const what = now.name ? `: ${now.name}` : "";
  return now.who ? `${now.who} ${now.time}${what}` : `Saved ${now.time}${what}`;
};

const take = (field, now) => {
  const isInUse = field === document.activeElement || field.value.trim() !== stored(field);
  if (now.typed === stored(field)) {
    versioned(field, now.version);
    return "";
  }
  if (isInUse) {
    badge(field).textContent = `Meanwhile ${now.who || "another window"}: ${now.typed || "emptied"}`;
    return "";
  }
  field.value = field.dataset.stored = now.typed;
  versioned(field, now.version);
  badge(field).textContent = now.typed ? told(now) : "emptied meanwhile";
  if (field.matches(".code")) {
    field.closest("td").classList.toggle("todo", !now.typed);
    linked(field, now.typed);
  }
  return now.who || "Another window";
};

const look = async () => {
  if (document.visibilityState !== "visible") return;
  const answer = await fetch(form.dataset.state, {
    headers: { Accept: "application/json", ...(sign && { "If-None-Match": sign }) },
  }).catch(() => null);
  if (answer?.status !== 200) return;
  const state = (await answer.json()).fields;
  sign = answer.headers.get("ETag");
  const by = new Set();
  for (const field of fields) {
    const now = state[field.name] || { typed: "", version: 0, who: "", time: "", name: "" };
    if (now.version === Number(field.dataset.version) || isBusy(field)) continue;
    by.add(take(field, now));
    // What is left as it is, is looked at again.
    if (field.dataset.version !== String(now.version)) sign = "";
  }
  by.delete("");
  count();
  if (by.size) announce(`New on the sheet, by ${[...by].join(", ")}`);
};

if (form) {
  setInterval(look, EVERY);
  window.addEventListener("focus", look);
  document.addEventListener("visibilitychange", look);
}
