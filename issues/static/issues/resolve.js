// Of endings that exclude each other one happens: once it is said of one, the open ones are filled in, to be
// seen before they are sent. Without this script the page comes back with them filled in.
const choices = [...document.querySelectorAll("form[data-whole] select[name^=resolution-]")];
const notice = document.getElementById("filled");
const names = document.getElementById("filled-names");
let filled = [];

function label(choice) {
  const name = document.createElement("bdi");
  name.textContent = choice.labels[0].textContent.replace(/:\s*$/, "");
  return name;
}

function follow(changed) {
  filled = filled.filter((choice) => choice !== changed);
  if (choices.some((choice) => choice.value === "happened")) {
    for (const choice of choices.filter((one) => !one.value)) {
      choice.value = "did_not";
      filled.push(choice);
    }
  } else {
    for (const choice of filled) choice.value = "";
    filled = [];
  }
  names.replaceChildren(...filled.flatMap((choice, place) => (place ? [", ", label(choice)] : [label(choice)])));
  notice.hidden = filled.length === 0;
}

for (const choice of choices) choice.addEventListener("change", () => follow(choice));
