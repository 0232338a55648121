// The log sheet's hands: a field is sent when it is committed, its answer is a badge beside it, and the
// field in use is never replaced. What could not be sent stays in the browser until it is, if the browser keeps
// anything. Every address is the page's.
"use strict";
(() => {
  const form = document.querySelector("form.log-form");
  if (!form) return;
  const fields = [...form.querySelectorAll("input[data-save]")];
  const store = `redlines-sheet-${form.dataset.sheet}`;
  const announcer = document.querySelector("[data-announce]");
  const running = new Map(); // field: the answer that it waits for
  const again = new Set(); // committed anew while an answer was awaited
  const waiting = new Set(); // not stored yet, in this window
  let said = [];
  let saying = 0;
  let leaving = false;

  // What the browser keeps of this sheet: nothing where its storage is blocked, nothing more where it is full.
  // Only this place asks it.
  const pending = () => {
    try {
      return JSON.parse(localStorage.getItem(store)) || {};
    } catch {
      return {};
    }
  };
  const keep = (kept) => {
    try {
      if (Object.keys(kept).length) localStorage.setItem(store, JSON.stringify(kept));
      else localStorage.removeItem(store);
      return true;
    } catch {
      return false;
    }
  };
  const unkept = document.querySelector("[data-unkept]");
  const remember = (field, value) => {
    const { [field.name]: before, ...others } = pending();
    if (value === null) {
      if (before) keep(others);
    } else if (!keep({ ...others, [field.name]: value })) {
      // What was kept of this field before is out of date now.
      if (before) keep(others);
      if (unkept.hidden) announce(unkept.textContent.trim(), true);
      unkept.hidden = false;
    }
  };
  const token = () =>
    (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1] || form.elements.csrfmiddlewaretoken.value;
  const badge = (field) => document.getElementById(`${field.id}-state`);
  // The version that is sent with a field, by this script and by the whole form alike.
  const versioned = (field, version) => {
    field.dataset.version = field.nextElementSibling.value = version;
  };
  const stored = (field) => field.dataset.stored || "";

  // One polite voice for all fields: what happened within a second and a half is said at once, and of many
  // only how many are saved and which are not.
  const announce = (words, bad) => {
    said.push({ words, bad });
    clearTimeout(saying);
    saying = setTimeout(() => {
      const good = said.filter((item) => !item.bad);
      const told =
        said.length > 3 && good.length > 1
          ? [{ words: `${good.length} fields saved` }, ...said.filter((item) => item.bad)]
          : said;
      announcer.textContent = told.map((item) => item.words).join(". ");
      said = [];
    }, 1500);
  };
  const show = (field, words, bad = false) => {
    const place = badge(field);
    const repeated = words.startsWith("Not saved") && field.dataset.said === words;
    place.textContent = words;
    place.classList.toggle("bad", bad);
    if (bad) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
    if (words === "Saving") return;
    field.dataset.said = words;
    if (!repeated) announce(`${field.labels[0].textContent}: ${words}`, bad);
  };
  const addTo = (field, node) => badge(field).append(" ", node);
  const make = (name, properties = {}) => Object.assign(document.createElement(name), properties);
  const button = (words, press, look = "") =>
    make("button", { type: "button", textContent: words, onclick: press, className: look });
  const link = (words, address, more) => make("a", { textContent: words, href: address, ...more });
  const addressWith = (address, query) => {
    const url = new URL(address, location.href);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url.href;
  };
  const logged = () =>
    fields.filter(
      (field) =>
        field.matches(".code") &&
        (stored(field) || field.closest("td").querySelector(".was").textContent.startsWith("recorded")),
    ).length;
  const elsewhere = Number(document.querySelector("[data-logged]").textContent) - logged();
  const count = () => {
    document.querySelector("[data-logged]").textContent = document.querySelector("progress").value =
      elsewhere + logged();
  };
  const tidy = (field) => field.closest(".entry").querySelector(".conflict")?.remove();

  const unsent = (field, words, ...extra) => {
    show(field, `Not saved – ${words}`, true);
    for (const node of extra) addTo(field, node);
    addTo(
      field,
      button("Retry", () => {
        field.focus();
        send(field);
      }),
    );
  };

  function send(field, extra) {
    const typed = field.value.trim();
    delete field.dataset.refused;
    remember(field, { typed, version: field.dataset.version });
    waiting.add(field);
    if (running.has(field)) again.add(field);
    else running.set(field, post(field, typed, extra));
    return running.get(field);
  }

  async function post(field, typed, extra = {}) {
    show(field, "Saving");
    const body = new URLSearchParams({
      [field.matches(".src") ? "source" : "code"]: typed,
      version: field.dataset.version || "0",
      ...extra,
    });
    let answer;
    try {
      const response = await fetch(field.dataset.save, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": token(), Accept: "application/json" },
        credentials: "same-origin",
      });
      answer = { status: response.status, ...(await response.json().catch(() => ({}))) };
    } catch {
      answer = { status: 0 };
    }
    running.delete(field);
    settle(field, typed, answer);
    if (again.delete(field) && field.value.trim() !== typed) await send(field);
  }

  // Details belong to something said: the way to them comes and goes with the code.
  const linked = (field, typed) => {
    const entry = field.closest(".entry");
    const known = entry.querySelector(".details-link");
    if (!typed) known?.remove();
    if (!typed || known) return;
    badge(field).after(" ", link("Details", field.dataset.details, { className: "details-link" }));
  };

  const done = (field) => {
    remember(field, null);
    waiting.delete(field);
    tidy(field);
  };

  // Rows that join this one may have gone along to its new source.
  const follow = (joined) => {
    for (const [actor, row] of Object.entries(joined)) {
      const field = document.getElementById(`source-${actor}`);
      if (!field || waiting.has(field) || field.value.trim() !== stored(field)) continue;
      field.value = field.dataset.stored = row.source;
      versioned(field, row.version);
      badge(field).textContent = row.name;
    }
  };

  function settle(field, typed, answer) {
    const { status } = answer;
    if (status === 200) {
      done(field);
      versioned(field, answer.version);
      field.dataset.stored = field.matches(".src") ? answer.source : typed;
      if (field.matches(".src")) {
        if (field !== document.activeElement && field.value.trim() === typed) field.value = answer.source;
        show(field, answer.source ? `Saved ${answer.time}: ${answer.name}` : `Saved ${answer.time}`);
        follow(answer.joined);
      } else {
        field.closest("td").classList.toggle("todo", !typed);
        linked(field, typed);
        show(field, `Saved ${answer.time}`);
        count();
      }
    } else if (status === 409) {
      conflict(field, typed, answer.conflict);
    } else if (status === 422) {
      done(field);
      field.dataset.refused = typed;
      show(field, answer.error, true);
      if (answer.is_new) addTo(field, link("Complete it", addressWith(field.dataset.new, { url: typed })));
    } else if (status === 401 || status === 403) {
      const signIn = addressWith(form.dataset.signIn, { next: location.pathname + location.search });
      unsent(field, "your login has expired:", link("sign in", signIn, { target: "_blank" }));
    } else {
      unsent(field, "retry");
    }
  }

  function conflict(field, typed, theirs) {
    tidy(field);
    show(field, "Conflict", true);
    const row = make("div", { className: "conflict" });
    const words = make("p");
    const was = field.closest("td").querySelector(".was")?.textContent;
    words.textContent = `${was ? `${was[0].toUpperCase()}${was.slice(1)}. ` : ""}You: ${typed || "empty"}. ${theirs.who || "Someone"}, ${theirs.time || "meanwhile"}: ${theirs.code || "emptied"}${theirs.source ? ` (${theirs.source})` : ""}`;
    const choice = (name, act) =>
      row.append(
        button(name, () => {
          versioned(field, theirs.version);
          act();
          field.focus();
        }),
      );
    row.append(words);
    choice("Keep mine", () => send(field));
    choice(theirs.who ? `Use ${theirs.who}’s` : "Use theirs", () => {
      field.value = field.dataset.stored = theirs.code;
      done(field);
      count();
      show(field, "Taken over");
    });
    if (typed && field.matches(".code"))
      choice("Mark disputed", () =>
        send(field, { disputed: "1", note: `${theirs.who || "Another coder"} typed ${theirs.code || "nothing"}.` }),
      );
    field.closest(".entry").append(row);
  }

  const commit = (field) => {
    if (field.readOnly) return null;
    if (running.has(field) || field.value.trim() !== stored(field)) return send(field);
    if (field.hasAttribute("aria-invalid") && !waiting.has(field)) show(field, "Unchanged");
    return null;
  };
  // What the letters mean in the column in use, at the foot of the window.
  const hint = document.querySelector("[data-hint]");
  const explain = (field) => {
    const options =
      form.querySelector("thead tr").children[field.closest("td").cellIndex]?.querySelectorAll("li") || [];
    hint.replaceChildren(...[...options].map((option) => option.cloneNode(true)));
    hint.hidden = !options.length;
  };
  // It goes for details only: buttons beneath it would move away from under the pointer.
  form.addEventListener("focusin", (event) => {
    if (event.target.closest(".details-row")) hint.hidden = true;
  });
  const go = (field, step) => fields[fields.indexOf(field) + step]?.focus();

  for (const field of fields) {
    field.addEventListener("focus", () => {
      field.select();
      explain(field);
    });
    // Leaving a field whose words were refused a moment ago does not send them once more; Enter does.
    field.addEventListener("change", () => {
      if (field.value.trim() !== field.dataset.refused) commit(field);
    });
    field.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Enter") {
        event.preventDefault();
        commit(field);
        go(field, event.shiftKey ? -1 : 1);
      } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        const rows = [...form.querySelectorAll("tbody > tr:not(.details-row)")];
        const next = rows[rows.indexOf(field.closest("tr")) + (event.key === "ArrowDown" ? 1 : -1)];
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
    if (open?.dataset.of === field.name) {
      field.focus();
      return;
    }
    await commit(field);
    if (waiting.has(field) || field.value.trim() !== stored(field)) return;
    if (!stored(field)) {
      show(field, "Type a code first; the details belong to it.", true);
      return;
    }
    const address = field.dataset.details;
    const response = await fetch(address, { credentials: "same-origin" }).catch(() => null);
    if (!response?.ok || response.redirected) {
      show(field, "The details could not be opened; try again.", true);
      return;
    }
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const details = make("div", { className: "inline-details" });
    details.append(
      make("h2", { textContent: page.querySelector("h1").textContent }),
      ...page.querySelector("main form").children,
    );
    const save = details.querySelector("button");
    save.type = "button";
    save.addEventListener("click", () => saveDetails(field, address, details));
    details.querySelector("a.button").replaceWith(
      button(
        "Close",
        () => {
          closeDetails();
          field.focus();
        },
        "button quiet",
      ),
    );
    details.addEventListener("keydown", (event) => {
      if (event.key === "Escape" || event.key === "F2") {
        event.preventDefault();
        closeDetails();
        field.focus();
      }
    });
    const row = make("tr", { className: "details-row" });
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
    const sent = await fetch(address, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": token() },
      credentials: "same-origin",
    }).catch(() => null);
    const page = sent && new DOMParser().parseFromString(await sent.text(), "text/html");
    if (sent?.ok && page.querySelector("form.log-form")) {
      versioned(field, page.querySelector(`input[name="${field.nextElementSibling.name}"]`).value);
      closeDetails();
      show(field, "Details saved");
      field.focus();
      return;
    }
    details.querySelector(".errors")?.remove();
    const problem = page?.querySelector(".errors");
    const seen = page?.querySelector("input[name=version]");
    if (problem && seen) details.querySelector("[name=version]").value = seen.value;
    details.prepend(problem || make("p", { className: "errors bad", textContent: "Details not saved – try again." }));
  }

  form.addEventListener("click", (event) => {
    const field = event.target.closest(".details-link") && event.target.closest(".entry").querySelector(".code");
    if (!field || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openDetails(field);
  });

  const retry = () => {
    for (const field of waiting)
      if (
        !running.has(field) &&
        !badge(field).contains(document.activeElement) &&
        !field.closest(".entry").querySelector("div.conflict")
      )
        send(field);
  };
  for (const field of fields) {
    const kept = pending()[field.name];
    if (kept?.typed === stored(field)) remember(field, null);
    if (!kept || kept.typed === stored(field)) continue;
    field.value = kept.typed;
    versioned(field, kept.version);
    waiting.add(field);
  }
  retry();
  window.addEventListener("online", retry);
  window.addEventListener("focus", retry);
  setInterval(retry, 10000);
  // The whole form carries what is still on its way, and the token of the login of now.
  form.addEventListener("submit", () => {
    leaving = true;
    form.elements.csrfmiddlewaretoken.value = token();
  });
  window.addEventListener("beforeunload", (event) => {
    if (waiting.size && !leaving) event.preventDefault();
  });
  // On at the first empty field; of the row that one comes back to, if there is one.
  const within = document.getElementById(location.hash.slice(1))?.closest("tr") || form;
  const begin = () => fields.find((field) => !field.value && within.contains(field))?.focus();
  // The browser goes to the address of a row once all is loaded, and takes the focus along.
  if (within === form) begin();
  else window.addEventListener("load", () => setTimeout(begin));
})();
