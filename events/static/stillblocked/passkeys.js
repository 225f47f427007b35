// Passkeys: asks the browser for one and sends its answer with an ordinary form.
"use strict";

(() => {
  const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
  const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const withBytes = (list) => (list || []).map((entry) => ({ ...entry, id: toBytes(entry.id) }));

  const read = (options) => {
    const key = { ...options.publicKey, challenge: toBytes(options.publicKey.challenge) };
    if (key.user) key.user = { ...key.user, id: toBytes(key.user.id) };
    if (key.excludeCredentials) key.excludeCredentials = withBytes(key.excludeCredentials);
    if (key.allowCredentials) key.allowCredentials = withBytes(key.allowCredentials);
    return { publicKey: key };
  };

  const write = (credential) => {
    const response = { clientDataJSON: toText(credential.response.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (credential.response[name]) response[name] = toText(credential.response[name]);
    }
    return JSON.stringify({
      id: credential.id, rawId: toText(credential.rawId), type: credential.type, response,
      clientExtensionResults: credential.getClientExtensionResults(),
    });
  };

  const optionsOf = async (form) => {
    if (form.dataset.passkey !== "ask") return JSON.parse(document.getElementById(form.dataset.options).textContent);
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("The server gave no options.");
    return (await answer.json()).request_options;
  };

  const ask = async (form) => {
    const options = read(await optionsOf(form));
    if (form.dataset.passkey !== "create") return navigator.credentials.get(options);
    const alone = form.elements.passwordless;
    if (alone) {
      const wanted = options.publicKey.authenticatorSelection;
      wanted.residentKey = alone.checked ? "required" : "discouraged";
      wanted.requireResidentKey = alone.checked;
      if (alone.checked) wanted.userVerification = "required";
    }
    return navigator.credentials.create(options);
  };

  const tell = (form, trouble) => {
    form.querySelectorAll("[data-trouble]").forEach((line) => { line.hidden = line.dataset.trouble !== trouble; });
  };

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    if (!window.PublicKeyCredential) return;
    form.querySelectorAll("button[hidden]").forEach((button) => { button.hidden = false; });
    form.querySelectorAll("[data-scriptless]").forEach((line) => { line.hidden = true; });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      tell(form, "");
      try {
        form.elements.credential.value = write(await ask(form));
        form.submit();
      } catch (trouble) {
        tell(form, trouble.name === "InvalidStateError" ? "known" : "refused");
      }
    });
  });
})();
