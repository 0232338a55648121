// A field is sent when it is committed, and what became of it stands beside it. The field in use is never replaced.
import { addressWith, addTo, badge, button, fields, form, link, make, stored, token, versioned } from "./fields.js";
import { pending, remember } from "./kept.js";
import { show } from "./voice.js";

const running = new Map(); // field: the answer that it waits for
const again = new Set(); // committed anew while an answer was awaited
export const waiting = new Set(); // not stored yet, in this window

export const isBusy = (field) => running.has(field) || waiting.has(field);

const logged = () =>
  fields.filter(
    (field) =>
      field.matches(".code") &&
      (stored(field) || field.closest("td").querySelector(".was").textContent.startsWith("recorded")),
  ).length;
const elsewhere = Number(document.querySelector("[data-logged]")?.textContent) - logged();
export const count = () => {
  document.querySelector("[data-logged]").textContent = document.querySelector("progress").value = elsewhere + logged();
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

async function ask(field, typed, extra = {}) {
  show(field, "Saving");
  const body = new URLSearchParams({
    [field.matches(".src") ? "source" : "code"]: typed,
    version: field.dataset.version || "0",
    ...extra,
  });
  try {
    const response = await fetch(field.dataset.save, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": token(), Accept: "application/json" },
    });
    return { status: response.status, ...(await response.json().catch(() => ({}))) };
  } catch {
    return { status: 0 };
  }
}

async function post(field, typed, extra) {
  const answer = await ask(field, typed, extra);
  running.delete(field);
  settle(field, typed, answer);
  if (again.delete(field) && field.value.trim() !== typed) await send(field);
}

// An entry of a reference manager, pasted where a source is typed: what it lacks is completed on a page.
export const sendEntry = async (field, entry) => {
  const answer = await ask(field, entry);
  if (answer.status === 200) field.value = answer.source;
  settle(field, field.value.trim(), answer);
  if (answer.status !== 422) return;
  const complete = () => {
    const page = make("form", { method: "post", action: field.dataset.new, hidden: true });
    for (const [name, value] of Object.entries({ csrfmiddlewaretoken: token(), read: "1", entry })) {
      const input = make("textarea", { name });
      input.value = value;
      page.append(input);
    }
    document.body.append(page);
    page.submit();
  };
  addTo(field, button("Complete it", complete));
};

// Details belong to something said: the way to them comes and goes with the code.
export const linked = (field, typed) => {
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
    unsent(field, answer.error ?? "retry");
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

export const commit = (field) => {
  if (field.readOnly) return null;
  if (running.has(field) || field.value.trim() !== stored(field)) return send(field);
  if (field.hasAttribute("aria-invalid") && !waiting.has(field)) show(field, "Unchanged");
  return null;
};

export const retry = () => {
  for (const field of waiting)
    if (
      !running.has(field) &&
      !badge(field).contains(document.activeElement) &&
      !field.closest(".entry").querySelector("div.conflict")
    )
      send(field);
};

// Have what an earlier window could not send stand in its fields again.
export const restore = () => {
  for (const field of fields) {
    const kept = pending()[field.name];
    if (kept?.typed === stored(field)) remember(field, null);
    if (!kept || kept.typed === stored(field)) continue;
    field.value = kept.typed;
    versioned(field, kept.version);
    waiting.add(field);
  }
};
