// The sheet's form and its fields, and what is read of one and set on it. Every address is the page's.
export const form = document.querySelector("form.log-form");
export const fields = form ? [...form.querySelectorAll("input[data-save]")] : [];

export const token = () =>
  (document.cookie.match(/(?:^|; )csrftoken=([^;]+)/) || [])[1] || form.elements.csrfmiddlewaretoken.value;
export const badge = (field) => document.getElementById(`${field.id}-state`);
// The version that is sent with a field, by this script and by the whole form alike.
export const versioned = (field, version) => {
  field.dataset.version = field.nextElementSibling.value = version;
};
export const stored = (field) => field.dataset.stored || "";
export const addTo = (field, node) => badge(field).append(" ", node);
export const make = (name, properties = {}) => Object.assign(document.createElement(name), properties);
export const button = (words, press, look = "") =>
  make("button", { type: "button", textContent: words, onclick: press, className: look });
export const link = (words, address, more) => make("a", { textContent: words, href: address, ...more });
export const addressWith = (address, query) => {
  const url = new URL(address, location.href);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
};
