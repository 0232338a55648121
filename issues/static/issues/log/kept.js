// What the browser keeps of this sheet until it is stored: nothing where its storage is blocked, nothing more where
// it is full. Only this place asks it.
import { form } from "./fields.js";
import { announce } from "./voice.js";

const store = `redlines-sheet-${form?.dataset.sheet}`;

export const pending = () => {
  try {
    return JSON.parse(localStorage.getItem(store)) || {};
  } catch {
    return {};
  }
};
const keep = (kept) => {
  try {
    if (Object.keys(kept).length) localStorage.setItem(store, JSON.stringify(kept));
    else localStorage.removeItem(store);
    return true;
  } catch {
    return false;
  }
};
const unkept = document.querySelector("[data-unkept]");
export const remember = (field, value) => {
  const { [field.name]: before, ...others } = pending();
  if (value === null) {
    if (before) keep(others);
  } else if (!keep({ ...others, [field.name]: value })) {
    // What was kept of this field before is out of date now.
    if (before) keep(others);
    if (unkept.hidden) announce(unkept.textContent.trim(), true);
    unkept.hidden = false;
  }
};
