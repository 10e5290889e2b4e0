"use strict";
// Passkeys: the server's question goes to the authenticator, its answer back to the server.
(() => {
  const meta = name => document.querySelector(`meta[name="${name}"]`)?.content ?? "";
  const bytes = text => Uint8Array.from(
    atob(text.replace(/-/g, "+").replace(/_/g, "/")), letter => letter.charCodeAt(0));
  const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const send = async (path, body) => {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept": "application/json", [meta("csrf-header")]: meta("csrf-token") },
      body: JSON.stringify(body),
    });
    if (answer.redirected) { location.href = answer.url; return null; }
    return { ok: answer.ok, content: await answer.json().catch(() => ({})) };
  };
  const ids = list => (list ?? []).map(each => ({ ...each, id: bytes(each.id) }));
  const creation = question => ({ ...question,
    challenge: bytes(question.challenge),
    user: { ...question.user, id: bytes(question.user.id) },
    excludeCredentials: ids(question.excludeCredentials) });
  const request = question => ({ ...question,
    challenge: bytes(question.challenge), allowCredentials: ids(question.allowCredentials) });
  const answered = credential => {
    const given = credential.response;
    const response = { clientDataJSON: text(given.clientDataJSON) };
    if (given.attestationObject) {
      response.attestationObject = text(given.attestationObject);
      response.transports = given.getTransports?.() ?? [];
    } else {
      response.authenticatorData = text(given.authenticatorData);
      response.signature = text(given.signature);
      if (given.userHandle) response.userHandle = text(given.userHandle);
    }
    return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response,
      clientExtensionResults: credential.getClientExtensionResults(),
      authenticatorAttachment: credential.authenticatorAttachment ?? undefined };
  };
  const run = async form => {
    const path = form.dataset.passkey;
    const create = "create" in form.dataset;
    if (!window.PublicKeyCredential) return form.dataset.unable;
    const question = await send(`${path}/options`, {});
    if (!question) return "";
    if (!question.ok) return question.content.told ?? form.dataset.stopped;
    let credential;
    try {
      credential = create
        ? await navigator.credentials.create({ publicKey: creation(question.content) })
        : await navigator.credentials.get({ publicKey: request(question.content) });
    } catch {
      return form.dataset.stopped;
    }
    const answer = await send(path, { credential: answered(credential), label: form.elements.label?.value ?? "" });
    if (!answer) return "";
    if (answer.ok && answer.content.to) { location.href = answer.content.to; return ""; }
    return answer.content.told ?? form.dataset.stopped;
  };
  document.addEventListener("submit", async event => {
    const form = event.target.closest("form[data-passkey]");
    if (!form) return;
    event.preventDefault();
    const told = form.querySelector("[role=alert]");
    const button = form.querySelector("button");
    told.hidden = true;
    button.disabled = true;
    const problem = await run(form).catch(() => form.dataset.stopped);
    button.disabled = false;
    if (problem) { told.textContent = problem; told.hidden = false; }
  });
})();
