// The links of a [data-one-tab] are one stop of the Tab key, the arrows lead from one to the next. Without this script
// each is a stop of its own.
(() => {
  for (const group of document.querySelectorAll("[data-one-tab]")) {
    const links = [...group.querySelectorAll("a")];
    const stop = (chosen) => {
      for (const link of links) link.setAttribute("tabindex", link === chosen ? "0" : "-1");
    };
    stop(links.find((link) => link.hasAttribute("aria-current")) ?? links.at(-1));
    // Heard around the group: an SVG that listens for focus is a stop of its own in Chromium.
    const around = group.parentElement;
    around.addEventListener("focusin", (event) => {
      if (links.includes(event.target)) stop(event.target);
    });
    around.addEventListener("keydown", (event) => {
      const at = links.indexOf(event.target);
      if (at < 0 || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      // The arrow towards the last is forward, whichever way the page is written.
      const [first, last] = [links[0], links.at(-1)].map((link) => link.getBoundingClientRect().left);
      const [back, forward] = first <= last ? ["ArrowLeft", "ArrowRight"] : ["ArrowRight", "ArrowLeft"];
      const to = { [back]: at - 1, [forward]: at + 1, Home: 0, End: links.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      links[to]?.focus();
    });
  }
})();
