// A block that was copied from a spreadsheet fills the cells of the sheet, from the one in use on; each is then
// saved as if it were typed. What is empty in the block leaves its cell alone, what lies beside the sheet is told.
import { sendEntry } from "./sending.js";

// As RIS and BibTeX begin.
const ENTRY = /^\s*(TY {2}- |@\w+\s*\{)/;

(() => {
  const form = document.querySelector("form.log-form");
  const told = document.querySelector("[data-pasted]");
  if (!form || !told) return;

  // Cells as spreadsheets copy them: a tab between two, a line below; quoted where a cell holds either.
  const read = (text) => {
    const rows = [[]];
    const pattern = /("(?:[^"]|"")*"(?=[\t\n]|$)|[^\t\n]*)(\t|\n|$)/g;
    for (const [, cell, end] of text.replace(/\r\n?/g, "\n").replace(/\n$/, "").matchAll(pattern)) {
      const quoted = cell.length > 1 && cell.startsWith('"') && cell.endsWith('"');
      const plain = quoted ? cell.slice(1, -1).replaceAll('""', '"') : cell;
      rows.at(-1).push(plain.replace(/\s+/g, " ").trim());
      if (end === "\n") rows.push([]);
      if (!end) break;
    }
    return rows;
  };

  const type = (field, value) => {
    field.value = value;
    field.dispatchEvent(new Event("change"));
  };
  const cells = (number) => `${number} cell${number === 1 ? "" : "s"}`;

  form.addEventListener("paste", (event) => {
    const first = event.target.closest("input[data-save]");
    const text = event.clipboardData.getData("text/plain");
    if (first?.matches(".src:not([readonly])") && ENTRY.test(text)) {
      event.preventDefault();
      sendEntry(first, text);
      return;
    }
    const block = read(text);
    if (!first || first.readOnly || (block.length === 1 && block[0].length === 1)) return;
    event.preventDefault();
    const lines = [...form.querySelectorAll("tbody > tr:not(.details-row):not([hidden])")];
    const columns = [...first.closest("tr").children].filter((cell) => !cell.hidden);
    const top = lines.indexOf(first.closest("tr"));
    const left = columns.indexOf(first.closest("td"));
    const filled = [];
    let beside = 0;
    for (const [down, row] of block.entries()) {
      for (const [right, value] of row.entries()) {
        if (!value) continue;
        const place = columns[left + right]?.cellIndex ?? -1;
        const field = lines[top + down]?.children[place]?.querySelector("input[data-save]:not([readonly])");
        if (!field) beside += 1;
        else if (field.value.trim() !== value) {
          filled.push([field, field.value]);
          type(field, value);
        }
      }
    }
    const outside = beside ? ` ${cells(beside)} of the block lay beside the sheet and went nowhere.` : "";
    told.textContent = `${cells(filled.length)} filled from the block.${outside} `;
    if (!filled.length) return;
    const back = Object.assign(document.createElement("button"), {
      type: "button",
      textContent: "Put back",
      className: "link",
    });
    back.addEventListener("click", () => {
      for (const [field, before] of filled) type(field, before);
      told.textContent = `${cells(filled.length)} as before.`;
      first.focus();
    });
    told.append(back);
  });
})();
