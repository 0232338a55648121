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
        for (const part of [box, box.querySelector(".select2-selection__rendered")])
          part?.setAttribute("aria-label", words);
      }
    }
  };
  // A look-up offers what belongs to the process, issue or source that the form is about already.
  const beside = (field) => {
    const known = {};
    for (const name of ["process", "issue", "summit", "position", "event", "outcome"]) {
      const giver = field.form?.elements.namedItem(name);
      if (giver?.value && giver !== field) known[`of_${name}`] = giver.value;
    }
    const source = new URLSearchParams(location.search).get("source");
    if (source) known.of_source = source;
    return known;
  };
  const $ = window.django?.jQuery;
  if ($?.fn.djangoAdminSelect2) {
    $.fn.djangoAdminSelect2 = function () {
      return this.each((_, field) => {
        const data = ({ term, page }) => ({
          term,
          page,
          app_label: field.dataset.appLabel,
          model_name: field.dataset.modelName,
          field_name: field.dataset.fieldName,
          ...beside(field),
        });
        $(field).select2({ ajax: { data } });
      });
    };
  }
  const soon = () => setTimeout(name, 0);
  window.addEventListener("load", soon);
  document.addEventListener("formset:added", soon);
  document.addEventListener("change", soon);
})();
