// The look-up fields of the admin draw a box of their own beside the field: give it the field's name.
"use strict";
(() => {
  const nameOf = (field) => field.getAttribute("aria-label") || field.labels?.[0]?.textContent.trim().replace(/:$/, "");
  const name = () => {
    for (const field of document.querySelectorAll("select.admin-autocomplete")) {
      const box = field.nextElementSibling?.querySelector(".select2-selection");
      if (box && nameOf(field)) {
        const words = `${nameOf(field)}: ${box.textContent.trim() || "nothing chosen"}`;
        box.removeAttribute("aria-labelledby");
        for (const part of [box, box.querySelector(".select2-selection__rendered")]) part?.setAttribute("aria-label", words);
      }
    }
  };
  const soon = () => setTimeout(name, 0);
  window.addEventListener("load", soon);
  document.addEventListener("formset:added", soon);
  document.addEventListener("change", soon);
})();
