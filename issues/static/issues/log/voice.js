// What happened to a field is told by a badge beside it, and aloud by one polite voice for all of them.
import { badge } from "./fields.js";

const announcer = document.querySelector("[data-announce]");
let said = [];
let saying = 0;

// What happened within a second and a half is said at once, and of many
// only how many are saved and which are not.
export const announce = (words, bad) => {
  said.push({ words, bad });
  clearTimeout(saying);
  saying = setTimeout(() => {
    const good = said.filter((item) => !item.bad);
    const told =
      said.length > 3 && good.length > 1
        ? [{ words: `${good.length} fields saved` }, ...said.filter((item) => item.bad)]
        : said;
    announcer.textContent = told.map((item) => item.words).join(". ");
    said = [];
  }, 1500);
};
export const show = (field, words, bad = false) => {
  const place = badge(field);
  const repeated = words.startsWith("Not saved") && field.dataset.said === words;
  place.textContent = words;
  place.classList.toggle("bad", bad);
  if (bad) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  if (words === "Saving") return;
  field.dataset.said = words;
  if (!repeated) announce(`${field.labels[0].textContent}: ${words}`, bad);
};
