// Rows that grow: “More rows” adds one at once, and a block that was copied from a spreadsheet fills them from the
// field in use on. Without this script the button posts the form, which comes back with more rows.
// Expects a [data-rows] with Django's management form, each row a [data-row], a <template> of an empty row in which
// __prefix__ stands for its place and __number__ for what a reader counts, and a button called “more”.
(() => {
  // Cells as spreadsheets copy them: a tab between two, a line below; quoted where a cell holds either.
  const read = (text) => {
    const rows = [[]];
    const pattern = /("(?:[^"]|"")*"(?=[\t\n]|$)|[^\t\n]*)(\t|\n|$)/g;
    for (const [, cell, end] of text.replace(/\r\n?/g, "\n").replace(/\n$/, "").matchAll(pattern)) {
      const quoted = cell.length > 1 && cell.startsWith('"') && cell.endsWith('"');
      rows.at(-1).push((quoted ? cell.slice(1, -1).replaceAll('""', '"') : cell).trim());
      if (end === "\n") rows.push([]);
      if (!end) break;
    }
    return rows;
  };

  const plain = (text) => text.trim().toLowerCase();

  // What a cell says, in a field: of a choice the one that is called so. False where there is none.
  const fill = (field, value) => {
    if (field instanceof HTMLSelectElement) {
      const choice = [...field.options].find((one) => [one.value, one.text].some((way) => plain(way) === plain(value)));
      if (!choice) return false;
      field.value = choice.value;
    } else {
      field.value = value;
    }
    field.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  };

  const fieldsOf = (row) => [...row.querySelectorAll("input:not([type=hidden]), select, textarea")];

  for (const list of document.querySelectorAll("[data-rows]")) {
    const template = list.querySelector("template");
    const button = list.querySelector("button[name=more]");
    const total = list.querySelector("input[name$=-TOTAL_FORMS]");
    const most = Number(list.querySelector("input[name$=-MAX_NUM_FORMS]").value);
    const rows = () => [...list.querySelectorAll("[data-row]")];

    const grow = () => {
      const place = Number(total.value);
      if (place >= most) return null;
      const made = template.innerHTML
        .replaceAll("__prefix__", String(place))
        .replaceAll("__number__", String(place + 1));
      // Put behind the last row, and not read on its own, so that rows of a table stay rows.
      template.insertAdjacentHTML("beforebegin", made);
      total.value = String(place + 1);
      button.hidden = place + 1 >= most;
      return rows().at(-1);
    };

    button.addEventListener("click", (event) => {
      event.preventDefault();
      const row = grow();
      if (row) fieldsOf(row)[0].focus();
    });

    list.addEventListener("paste", (event) => {
      const first = event.target.closest("[data-row] input");
      const text = event.clipboardData.getData("text/plain");
      if (!first || !/[\t\n]/.test(text.trim())) return;
      event.preventDefault();
      const top = rows().indexOf(first.closest("[data-row]"));
      const left = fieldsOf(first.closest("[data-row]")).indexOf(first);
      let lost = 0;
      for (const [down, cells] of read(text).entries()) {
        const row = rows()[top + down] ?? grow();
        for (const [right, value] of cells.entries()) {
          const field = row && fieldsOf(row)[left + right];
          if (value && !(field && fill(field, value))) lost += 1;
        }
      }
      const told = list.querySelector("[data-told]");
      const cells = lost === 1 ? "1 cell" : `${lost} cells`;
      if (told) told.textContent = lost ? `${cells} of the block found no place here; look at the rows.` : "";
    });
  }
})();
