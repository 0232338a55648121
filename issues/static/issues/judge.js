// The grid is edited like a sheet: arrows and Enter go from field to field, a block from a spreadsheet fills
// fields. Without this script Tab goes through them, and each is typed.
const rows = [...document.querySelectorAll("table.impacts tbody tr:not(.of)")];
// Fields by the place of their column, so that rows that leave out their own issue stay in line.
const grid = rows.map((row) => {
  const fields = [];
  let column = 0;
  for (const cell of [...row.cells].slice(1)) {
    const field = cell.querySelector("input");
    if (field) fields[column] = field;
    column += cell.colSpan;
  }
  return fields;
});

function placeOf(field) {
  const row = grid.findIndex((fields) => fields.includes(field));
  return [row, grid[row].indexOf(field)];
}

function next(field, down, across) {
  let [row, column] = placeOf(field);
  do {
    row += down;
    column += across;
  } while (grid[row] && column >= 0 && column < width && !grid[row][column]);
  return grid[row]?.[column];
}

const width = Math.max(0, ...grid.map((fields) => fields.length));
const steps = { ArrowDown: [1, 0], Enter: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };

function onKey(event) {
  const field = event.target;
  if (!steps[event.key] || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  const [down, across] = event.key === "Enter" && event.shiftKey ? [-1, 0] : steps[event.key];
  next(field, down, across)?.focus();
}

function onPaste(event) {
  const lines = event.clipboardData
    .getData("text/plain")
    .replace(/\r?\n$/, "")
    .split(/\r?\n/);
  if (lines.length === 1 && !lines[0].includes("\t")) return;
  event.preventDefault();
  const [row, column] = placeOf(event.target);
  lines.forEach((line, down) => {
    line.split("\t").forEach((text, across) => {
      const field = grid[row + down]?.[column + across];
      if (field) field.value = text.trim();
    });
  });
}

for (const field of grid.flat()) {
  field.addEventListener("keydown", onKey);
  field.addEventListener("paste", onPaste);
  field.addEventListener("focus", () => field.select());
}
