// The log sheet's hands: keys, what a column's letters mean, and when fields are sent. What could not be sent stays
// in the browser until it is, if the browser keeps anything.
import { putAside, reachable, toggle } from "./aside.js";
import { openDetails, unsavedDetails } from "./details.js";
import { fields, form, token } from "./fields.js";
import { commit, restore, retry, waiting } from "./sending.js";

const start = () => {
  // What the letters mean in the column in use, at the foot of the window.
  const hint = document.querySelector("[data-hint]");
  hint.ariaHidden = "true"; // the head of the column says it already
  const explain = (field) => {
    const options =
      form.querySelector("thead tr").children[field.closest("td").cellIndex]?.querySelectorAll("li") || [];
    hint.replaceChildren(...[...options].map((option) => option.cloneNode(true)));
    hint.hidden = !options.length;
  };
  // It goes for details only: buttons beneath it would move away from under the pointer.
  form.addEventListener("focusin", (event) => {
    if (event.target.closest(".details-row")) hint.hidden = true;
  });
  const go = (field, step) => {
    const known = reachable();
    known[known.indexOf(field) + step]?.focus();
  };
  const rowBeside = (field, step) => {
    const rows = [...form.querySelectorAll("tbody > tr:not(.details-row):not([hidden])")];
    return rows[rows.indexOf(field.closest("tr")) + step];
  };

  for (const field of fields) {
    field.addEventListener("focus", () => {
      field.select();
      explain(field);
    });
    // Leaving a field whose words were refused a moment ago does not send them once more; Enter does.
    field.addEventListener("change", () => {
      if (field.value.trim() !== field.dataset.refused) commit(field);
    });
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Enter") {
        event.preventDefault();
        commit(field);
        if (event.ctrlKey || event.metaKey) {
          putAside(field.closest("tr"));
          rowBeside(field, 1)?.querySelector("input[data-save]").focus();
        } else go(field, event.shiftKey ? -1 : 1);
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        const next = rowBeside(field, event.key === "ArrowDown" ? 1 : -1);
        next?.children[field.closest("td").cellIndex]?.querySelector("input[data-save]")?.focus();
      } else if (event.key === "F2" && field.matches(".code")) {
        event.preventDefault();
        openDetails(field);
      }
    });
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "F4" || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    toggle();
  });

  form.addEventListener("click", (event) => {
    const field = event.target.closest(".details-link") && event.target.closest(".entry").querySelector(".code");
    if (!field || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openDetails(field);
  });

  let leaving = false;
  restore();
  retry();
  window.addEventListener("online", retry);
  window.addEventListener("focus", retry);
  setInterval(retry, 10000);
  // The whole form carries what is still on its way, and the token of the login of now.
  form.addEventListener("submit", (event) => {
    if (unsavedDetails()) {
      event.preventDefault();
      return;
    }
    leaving = true;
    form.elements.csrfmiddlewaretoken.value = token();
  });
  window.addEventListener("beforeunload", (event) => {
    if ((waiting.size && !leaving) || unsavedDetails()) event.preventDefault();
  });
  // On at the first empty field; of the row that one comes back to, if there is one.
  const within = document.getElementById(location.hash.slice(1))?.closest("tr") || form;
  const begin = () =>
    reachable()
      .find((field) => !field.value && within.contains(field))
      ?.focus();
  // The browser goes to the address of a row once all is loaded, and takes the focus along.
  if (within === form) begin();
  else window.addEventListener("load", () => setTimeout(begin));
};

if (form) start();
