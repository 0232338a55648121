// The log sheet's hands: a field is sent when it is committed, its answer is a badge beside it, and the
// field in use is never replaced. What could not be sent stays in the browser until it is.
"use strict";
(() => {
  const form = document.querySelector("form.log-form");
  if (!form) return;
  const fields = [...form.querySelectorAll("input[data-save]")];
  const store = `redlines-sheet-${form.dataset.sheet}`;
  const announcer = document.querySelector("[data-announce]");
  const running = new Set();
  const again = new Set();
  let said = [];
  let saying = 0;

  const pending = () => JSON.parse(localStorage.getItem(store) || "{}");
  const remember = (field, value) => {
    const kept = pending();
    if (value === null) delete kept[field.name];
    else kept[field.name] = value;
    if (Object.keys(kept).length) localStorage.setItem(store, JSON.stringify(kept));
    else localStorage.removeItem(store);
  };
  const token = () => (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1]
    || form.elements.csrfmiddlewaretoken.value;
  const badge = (field) => document.getElementById(`${field.id}-state`);

  // One polite voice for all fields: what happened within a second and a half is said at once.
  const announce = (words) => {
    said.push(words);
    clearTimeout(saying);
    saying = setTimeout(() => {
      announcer.textContent = said.length > 3 ? `${said.length} fields: ${said[said.length - 1]}` : said.join(". ");
      said = [];
    }, 1500);
  };
  const show = (field, words, bad = false) => {
    const place = badge(field);
    place.textContent = words;
    place.classList.toggle("bad", bad);
    field.toggleAttribute("aria-invalid", bad);
    if (words !== "Saving") announce(`${field.labels[0].textContent}: ${words}`);
  };
  const addTo = (field, node) => badge(field).append(" ", node);
  const button = (words, press) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.addEventListener("click", press);
    return made;
  };
  const link = (words, address) => {
    const made = document.createElement("a");
    made.textContent = words;
    made.href = address;
    return made;
  };
  const count = () => {
    const logged = fields.filter((field) => field.matches(".code") && (field.dataset.stored || field.closest("td").querySelector(".was").textContent.startsWith("recorded"))).length;
    document.querySelector("[data-logged]").textContent = logged;
    document.querySelector("progress").value = logged;
  };
  const tidy = (field) => field.closest(".entry").querySelector(".conflict")?.remove();

  const unsent = (field, words, extra) => {
    show(field, `Not saved – ${words}`, true);
    if (extra) addTo(field, extra);
  };

  async function send(field, extra = {}) {
    if (running.has(field)) { again.add(field); return; }
    const typed = field.value.trim();
    running.add(field);
    remember(field, { typed, version: field.dataset.version });
    show(field, "Saving");
    const body = new URLSearchParams({ [field.matches(".src") ? "source" : "code"]: typed, version: field.dataset.version || "0", ...extra });
    let answer;
    try {
      const response = await fetch(field.dataset.save, { method: "POST", body, headers: { "X-CSRFToken": token(), Accept: "application/json" }, credentials: "same-origin" });
      answer = { status: response.status, ...(await response.json().catch(() => ({}))) };
    } catch {
      answer = { status: 0 };
    }
    running.delete(field);
    settle(field, typed, answer);
    if (again.delete(field) && field.value.trim() !== typed) send(field);
  }

  function settle(field, typed, answer) {
    const { status } = answer;
    if (status === 200) {
      remember(field, null);
      tidy(field);
      field.dataset.stored = field.matches(".src") ? answer.source : answer.code;
      if (field.matches(".src")) {
        if (field !== document.activeElement && field.value.trim() === typed) field.value = answer.source;
        show(field, answer.source ? `Saved ${answer.time}: ${answer.name}` : `Saved ${answer.time}`);
      } else {
        field.dataset.version = answer.version;
        form.elements[field.name.replace("code", "version")].value = answer.version;
        field.closest("td").classList.toggle("todo", !answer.code);
        show(field, `Saved ${answer.time}`);
        count();
      }
    } else if (status === 409) {
      conflict(field, typed, answer.conflict);
    } else if (status === 422) {
      remember(field, null);
      show(field, answer.error, true);
      if (answer.is_new) addTo(field, link("Complete it", `${field.dataset.new}${field.dataset.new.includes("?") ? "&" : "?"}url=${encodeURIComponent(typed)}`));
    } else if (status === 401 || status === 403) {
      const signIn = link("sign in", `/sign-in/?next=${encodeURIComponent(location.pathname + location.search)}`);
      signIn.target = "_blank";
      unsent(field, "your login has expired:", signIn);
      addTo(field, button("Retry", () => send(field)));
    } else {
      unsent(field, "retry", button("Retry", () => send(field)));
    }
  }

  function conflict(field, typed, theirs) {
    tidy(field);
    show(field, "Conflict", true);
    const row = document.createElement("div");
    row.className = "conflict";
    const words = document.createElement("p");
    words.textContent = `You: ${typed || "empty"}. ${theirs.who || "Someone"}, ${theirs.time || "meanwhile"}: ${theirs.code || "emptied"}${theirs.source ? ` (${theirs.source})` : ""}`;
    const take = (version) => { field.dataset.version = version; };
    row.append(
      words,
      button("Keep mine", () => { take(theirs.version); send(field); }),
      button(`Use ${theirs.who || "theirs"}’s`, () => {
        take(theirs.version);
        field.value = theirs.code;
        field.dataset.stored = theirs.code;
        form.elements[field.name.replace("code", "version")].value = theirs.version;
        remember(field, null);
        tidy(field);
        show(field, "Taken over");
      }),
      button("Mark disputed", () => { take(theirs.version); send(field, { disputed: "1", note: `${theirs.who || "Another coder"} typed ${theirs.code || "nothing"}.` }); }),
    );
    field.closest(".entry").append(row);
  }

  const commit = (field) => { if (!field.readOnly && field.value.trim() !== (field.dataset.stored || "")) send(field); };
  const go = (field, step) => fields[fields.indexOf(field) + step]?.focus();

  for (const field of fields) {
    field.addEventListener("focus", () => field.select());
    field.addEventListener("change", () => commit(field));
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Enter") {
        event.preventDefault();
        commit(field);
        go(field, event.shiftKey ? -1 : 1);
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        const row = field.closest("tr");
        const next = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
        next?.children[field.closest("td").cellIndex]?.querySelector("input[data-save]")?.focus();
      } else if (event.key === "F2" && field.matches(".code")) {
        event.preventDefault();
        openDetails(field);
      }
    });
  }

  // Details open in a row of their own beneath the actor's, never above the page; without a script the same
  // link is a page.
  const closeDetails = () => document.querySelector("tr.details-row")?.remove();

  async function openDetails(field) {
    const open = document.querySelector("tr.details-row");
    closeDetails();
    if (open?.dataset.of === field.name) { field.focus(); return; }
    const address = field.dataset.save.replace("/cell/", "/details/");
    const response = await fetch(address, { credentials: "same-origin" }).catch(() => null);
    if (!response?.ok) { show(field, "Type a code first; the details belong to it.", true); return; }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const title = document.createElement("h2");
    title.textContent = page.querySelector("h1").textContent;
    const details = document.createElement("div");
    details.className = "inline-details";
    details.append(title, ...page.querySelector("main form").children);
    const save = details.querySelector("button");
    save.type = "button";
    save.addEventListener("click", () => saveDetails(field, address, details));
    details.querySelector("a.button").replaceWith(button("Close", () => { closeDetails(); field.focus(); }));
    details.addEventListener("keydown", (event) => {
      if (event.key === "Escape" || event.key === "F2") { event.preventDefault(); closeDetails(); field.focus(); }
    });
    const row = document.createElement("tr");
    row.className = "details-row";
    row.dataset.of = field.name;
    const place = row.insertCell();
    place.colSpan = field.closest("tr").children.length;
    place.append(details);
    field.closest("tr").after(row);
    details.querySelector("textarea")?.focus();
  }

  async function saveDetails(field, address, details) {
    const body = new URLSearchParams();
    for (const input of details.querySelectorAll("input, textarea, select")) {
      if (input.type !== "checkbox" || input.checked) body.append(input.name, input.value);
    }
    const sent = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token() }, credentials: "same-origin" }).catch(() => null);
    const page = sent && new DOMParser().parseFromString(await sent.text(), "text/html");
    if (sent?.ok && page.querySelector("form.log-form")) {
      const stored = page.querySelector(`input[name="${field.name.replace("code", "version")}"]`).value;
      field.dataset.version = stored;
      form.elements[field.name.replace("code", "version")].value = stored;
      closeDetails();
      show(field, "Details saved");
      field.focus();
      return;
    }
    details.querySelector(".errors")?.remove();
    const problem = page?.querySelector(".errors");
    const fallback = document.createElement("p");
    fallback.className = "errors bad";
    fallback.textContent = "Details not saved – try again.";
    details.prepend(problem || fallback);
  }

  const retry = () => { for (const field of fields) if (pending()[field.name] && !running.has(field) && !field.closest(".entry").querySelector(".conflict")) send(field); };
  for (const field of fields) {
    const kept = pending()[field.name];
    if (!kept) continue;
    field.value = kept.typed;
    if (kept.version !== undefined) field.dataset.version = kept.version;
  }
  retry();
  window.addEventListener("online", retry);
  setInterval(retry, 10000);
  window.addEventListener("beforeunload", (event) => { if (running.size || Object.keys(pending()).length) event.preventDefault(); });
  if (!location.hash) fields.find((field) => !field.value)?.focus();
})();
