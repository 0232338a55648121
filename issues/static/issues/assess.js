// The running total follows what is typed; without this script it stands as of what was sent last.
const total = document.querySelector("[data-total]");
const numbers = [...document.querySelectorAll("input[name^=probability-]")];

function show() {
  const sum = numbers.reduce((sofar, input) => sofar + (Number(input.value) || 0), 0);
  const left = 100 - sum;
  const isWhole = Math.abs(left) <= 0.5;
  total.querySelector("[data-sum]").textContent = String(Number(sum.toFixed(2)));
  for (const rest of total.querySelectorAll("[data-rest]"))
    rest.textContent = String(Number(Math.abs(left).toFixed(2)));
  total.querySelector("[data-under]").hidden = isWhole || left < 0;
  total.querySelector("[data-over]").hidden = isWhole || left > 0;
  total.querySelector("[data-whole]").hidden = !isWhole;
}

if (total) {
  for (const input of numbers) input.addEventListener("input", show);
  show();
}
