// A source is found by typing any part of its title, publisher or address: those that have it are listed beneath the
// field, the newest first. Arrows choose, Enter takes. A number is one of the list on the page, and looked up there.
import { addressWith, make } from "./fields.js";

const SHORTEST = 2;
const at = document.querySelector("[data-sources]")?.dataset.sources;
const list = make("ul", { id: "sources-found", className: "found", hidden: true });
list.setAttribute("role", "listbox");
list.setAttribute("aria-label", "Sources");
let field = null; // the one that the list is of
let asked = 0;
let chosen = -1;

const fieldOf = (target) => target.closest?.("input[data-source]:not([readonly])");
const mark = (place) => {
  chosen = place;
  for (const [number, option] of [...list.children].entries()) {
    option.setAttribute("aria-selected", String(number === place));
    if (number === place) option.scrollIntoView({ block: "nearest" });
  }
  if (place < 0) field?.removeAttribute("aria-activedescendant");
  else field.setAttribute("aria-activedescendant", list.children[place].id);
};
const close = () => {
  clearTimeout(asked);
  asked = 0;
  if (list.hidden) return;
  list.hidden = true;
  field?.setAttribute("aria-expanded", "false");
  mark(-1);
};
const take = (option) => {
  field.value = option.dataset.key;
  close();
};
const place = () => {
  const box = field.getBoundingClientRect();
  const width = Math.min(Math.max(box.width, 360), innerWidth - 16);
  const below = innerHeight - box.bottom > 220;
  list.style.width = `${width}px`;
  list.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
  list.style.top = below ? `${box.bottom + 2}px` : "";
  list.style.bottom = below ? "" : `${innerHeight - box.top + 2}px`;
};
const show = ({ sources, more }) => {
  list.replaceChildren(
    ...sources.map(({ key, name, date }, number) => {
      const option = make("li", { id: `source-found-${number}` });
      option.setAttribute("role", "option");
      option.dataset.key = key;
      option.append(make("span", { textContent: name }), make("small", { textContent: `${date} · ${key}` }));
      return option;
    }),
  );
  list.classList.toggle("more", more);
  if (!sources.length) return close();
  list.hidden = false;
  field.setAttribute("aria-expanded", "true");
  place();
  mark(-1);
};
const ask = async () => {
  const typed = field.value.trim();
  const answer = await fetch(addressWith(at, { q: typed }), {
    headers: { Accept: "application/json" },
  }).catch(() => null);
  if (answer?.ok && document.activeElement === field && field.value.trim() === typed) show(await answer.json());
};

const ready = (input) => {
  if (input === field) return;
  close();
  field = input;
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
};

if (at) {
  document.querySelector("main").append(list);
  document.addEventListener("focusin", (event) => {
    const input = fieldOf(event.target);
    if (input) ready(input);
    else close();
  });
  document.addEventListener("input", (event) => {
    if (!fieldOf(event.target)) return;
    ready(event.target); // the sheet may have gone to it before this script was there
    clearTimeout(asked);
    const typed = event.target.value.trim();
    if (typed.length < SHORTEST || /^\d+$/.test(typed)) close();
    else asked = setTimeout(ask, 150);
  });
  // Before the sheet's own keys, which are of the sheet again once the list is closed.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.isComposing || list.hidden || fieldOf(event.target) !== field) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        mark((chosen + step + list.children.length) % list.children.length);
      } else if (event.key === "Enter" && chosen >= 0) {
        take(list.children[chosen]);
        if (field.dataset.save) return; // the sheet saves it and goes on
      } else {
        if (event.key === "Enter" || event.key === "Tab" || event.key === "Escape") close();
        if (event.key !== "Escape") return;
      }
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );
  list.addEventListener("mousedown", (event) => {
    event.preventDefault(); // the field keeps the focus
    const option = event.target.closest("[role=option]");
    if (!option) return;
    take(option);
    field.dispatchEvent(new Event("change"));
  });
  window.addEventListener("scroll", close, { passive: true });
}
