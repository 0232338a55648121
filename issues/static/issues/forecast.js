// The figure beside a slider follows it; without this script it shows what was sent last.
for (const slider of document.querySelectorAll(".what-if input[type=range]")) {
  const shown = document.querySelector(`output[for="${CSS.escape(slider.id)}"]`);
  slider.addEventListener("input", () => {
    shown.value = String(Number(slider.value));
  });
}
