// A form[data-passkey] is shown where the browser has passkeys. Sent, it asks for one to be made or used, by the
// options in a script of data or at an address, and goes with what the browser answers.
(() => {
  const has = typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON === "function";
  if (!has) return;

  async function optionsOf(form) {
    if (form.dataset.optionsIn) return JSON.parse(document.getElementById(form.dataset.optionsIn).textContent);
    const answer = await fetch(form.dataset.optionsAt, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }

  async function made(options, isAlone) {
    const asked = PublicKeyCredential.parseCreationOptionsFromJSON(options.creation_options.publicKey);
    const residentKey = isAlone ? "required" : "discouraged";
    asked.authenticatorSelection = { ...asked.authenticatorSelection, residentKey, requireResidentKey: isAlone };
    if (isAlone) asked.authenticatorSelection.userVerification = "required";
    return navigator.credentials.create({ publicKey: asked });
  }

  function used(options) {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options.request_options.publicKey);
    return navigator.credentials.get({ publicKey });
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const told = form.querySelector("[data-fails]");
      told.textContent = "";
      try {
        const options = await optionsOf(form);
        const isAlone = form.elements.passwordless?.checked ?? false;
        const credential = await (form.dataset.passkey === "make" ? made(options, isAlone) : used(options));
        form.elements.credential.value = JSON.stringify(credential);
        form.submit();
      } catch {
        told.textContent = told.dataset.fails;
      }
    });
  }
})();
