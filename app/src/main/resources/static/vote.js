"use strict";
/* A secret ballot. The token is made and blinded here, signed unseen by the server, and sent with the
   ballot on a way that carries no cookie. RFC 9474, RSABSSA-SHA384-PSS-Deterministic. */
(() => {
  const place = document.querySelector("[data-vote]");
  if (!place) return;
  const words = JSON.parse(document.getElementById("vote-words").textContent);
  const said = document.getElementById("vote-said");
  const form = document.getElementById("ballot");
  const collect = document.getElementById("collect");
  const { survey, voter, group, modulus, width, collected, takes } = place.dataset;
  const key = `dandang.ballot.${survey}.${voter}`;
  const E = 65537n, BYTES = 256, HASH = 48;

  const say = (word, values = [], kind = "info") => {
    const text = (words[word] ?? word).replace(/\{(\d)\}/g, (all, n) => values[n] ?? all);
    said.textContent = text;
    said.className = `alert alert-${kind}`;
    said.hidden = false;
  };
  const load = () => { try { return JSON.parse(localStorage.getItem(key)) ?? {}; } catch { return null; } };
  const save = state => localStorage.setItem(key, JSON.stringify(state));

  /* Bytes and numbers. */
  const hex = bytes => [...bytes].map(b => b.toString(16).padStart(2, "0")).join("");
  const number = bytes => BigInt("0x" + (hex(bytes) || "0"));
  const bytes = (value, length) =>
    Uint8Array.from(value.toString(16).padStart(length * 2, "0").match(/../g), pair => parseInt(pair, 16));
  const url64 = data => btoa(String.fromCharCode(...data)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const from64 = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
  const random = length => crypto.getRandomValues(new Uint8Array(length));
  const sha384 = async data => new Uint8Array(await crypto.subtle.digest("SHA-384", data));
  const joined = (...parts) => {
    const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) { all.set(part, at); at += part.length; }
    return all;
  };
  const power = (base, exponent, n) => {
    let result = 1n;
    for (base %= n; exponent > 0n; exponent >>= 1n) {
      if (exponent & 1n) result = result * base % n;
      base = base * base % n;
    }
    return result;
  };
  const inverse = (value, n) => {
    let [r, next, s, after] = [n, value % n, 0n, 1n];
    while (next > 0n) {
      const q = r / next;
      [r, next, s, after] = [next, r - q * next, after, s - q * after];
    }
    return r === 1n ? (s + n) % n : null;
  };

  /* RFC 8017, 9.1.1: EMSA-PSS with SHA-384, MGF1 and a salt of 48 bytes. */
  const mask = async (seed, length) => {
    let out = new Uint8Array(0);
    for (let i = 0; out.length < length; i++) out = joined(out, await sha384(joined(seed, bytes(BigInt(i), 4))));
    return out.slice(0, length);
  };
  const encoded = async (message, bits) => {
    const length = Math.ceil(bits / 8), salt = random(HASH);
    const hash = await sha384(joined(new Uint8Array(8), await sha384(message), salt));
    const block = joined(new Uint8Array(length - 2 * HASH - 2), Uint8Array.of(1), salt);
    const cover = await mask(hash, block.length);
    for (let i = 0; i < block.length; i++) block[i] ^= cover[i];
    block[0] &= 0xff >> (8 * length - bits);
    return joined(block, hash, Uint8Array.of(0xbc));
  };

  /* A token of this browser's, blinded; kept before anything is sent. */
  const blinded = async () => {
    const n = BigInt("0x" + modulus), token = random(32);
    const message = number(await encoded(token, n.toString(2).length - 1));
    let factor, undo;
    do { factor = number(random(BYTES)) % n; undo = factor > 1n ? inverse(factor, n) : null; } while (undo === null);
    return {
      step: "blinded", modulus, token: url64(token), message: message.toString(16), undo: undo.toString(16),
      blinded: url64(bytes(message * power(factor, E, n) % n, BYTES)),
    };
  };

  const meta = name => document.querySelector(`meta[name="${name}"]`)?.content ?? "";
  const signed = async state => {
    say("collecting");
    const answer = await fetch(`/me/surveys/${survey}/token`, {
      method: "POST", body: state.blinded, cache: "no-store",
      headers: { "Content-Type": "text/plain", [meta("csrf-header")]: meta("csrf-token") },
    });
    const text = await answer.text();
    if (!answer.ok) {
      // Nothing was signed for this token: it is of no use.
      if (answer.status === 409) localStorage.removeItem(key);
      say(answer.status === 409 ? text : "cut", [], "danger");
      return null;
    }
    const n = BigInt("0x" + state.modulus);
    const signature = number(from64(text)) * BigInt("0x" + state.undo) % n;
    if (power(signature, E, n) !== BigInt("0x" + state.message)) { say("wrong-key", [], "danger"); return null; }
    const ready = { step: "collected", token: state.token, signature: url64(bytes(signature, BYTES)), fields: {} };
    save(ready);
    return ready;
  };

  /* What is filled in, by the names of the fields. */
  const fields = () => {
    const all = {};
    for (const [name, value] of new FormData(form)) if (name.startsWith("a.") && value.trim()) (all[name] ??= []).push(value);
    return all;
  };
  const fill = values => {
    for (const field of form.elements) {
      if (!field.name?.startsWith("a.")) continue;
      const given = values[field.name] ?? [];
      if (field.type === "radio" || field.type === "checkbox") field.checked = given.includes(field.value);
      else field.value = given[0] ?? "";
    }
  };

  const send = async state => {
    say("sending");
    const text = JSON.stringify({ group, token: state.token, signature: state.signature, fields: state.fields });
    const size = new TextEncoder().encode(text).length;
    let answer, told;
    try {
      answer = await fetch(`/ballots/${survey}`, {
        method: "POST", body: text + " ".repeat(Math.max(0, width - size)), credentials: "omit",
        referrerPolicy: "no-referrer", cache: "no-store", headers: { "Content-Type": "application/octet-stream" },
      });
      told = await answer.json();
    } catch {
      show();
      say("cut", [], "danger");
      return;
    }
    if (answer.ok) {
      save({ step: "done", receipt: told.receipt });
      show();
      document.getElementById("vote-said").focus();
      return;
    }
    // The ballot stays filled in; what is wrong is said where it is.
    save({ ...state, step: "collected" });
    show();
    if (told.reason === "answer") {
      const field = form.querySelector(`[data-question="${CSS.escape(told.question)}"]`);
      say(`answer.${told.wrong}`, [field?.dataset.title ?? told.question, ...(told.values ?? [])], "danger");
      field?.scrollIntoView({ block: "center" });
      field?.querySelector("input, textarea")?.focus();
    } else say(`cast.${told.reason}`, [], "danger");
  };

  const show = () => {
    const state = load();
    const step = state?.step ?? "";
    form.hidden = !(takes === "true" && (step === "collected" || step === "sending"));
    collect.hidden = !(takes === "true" && !step && collected !== "true");
    document.getElementById("vote-done").hidden = step !== "done";
    if (state === null) say("no-storage", [], "danger");
    else if (step === "done") {
      document.getElementById("receipt").textContent = state.receipt;
      said.hidden = true;
    } else if (!step && collected === "true") say("lost", [], "danger");
    else if (step === "collected") { fill(state.fields); say("collected"); }
    else if (step === "sending") { fill(state.fields); say("kept", [], "danger"); }
    else if (step === "blinded" && takes === "true") { collect.hidden = false; say("cut", [], "danger"); }
  };

  if (!window.crypto?.subtle || typeof BigInt !== "function") {
    say("no-crypto", [], "danger");
    return;
  }
  collect.querySelector("button").addEventListener("click", async event => {
    const button = event.currentTarget;
    button.disabled = true;
    try {
      let state = load();
      if (state === null) { say("no-storage", [], "danger"); return; }
      if (!state.step) { state = await blinded(); save(state); }
      if (state.step === "blinded") await signed(state);
      if (load()?.step === "collected") show();
    } catch {
      say("cut", [], "danger");
    } finally {
      button.disabled = false;
    }
  });
  form.addEventListener("input", () => {
    const state = load();
    if (state?.step === "collected") save({ ...state, fields: fields() });
  });
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const state = load();
    if (!state?.token || !state.signature) { show(); return; }
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const ready = { ...state, step: "sending", fields: fields() };
      save(ready);
      await send(ready);
    } finally {
      button.disabled = false;
    }
  });
  // The same ballot in another window.
  window.addEventListener("storage", event => { if (event.key === key) show(); });
  show();
})();

/* The list of counted ballots: the own one is marked, another looked for, without asking the server. */
(() => {
  const list = document.getElementById("receipts");
  if (!list) return;
  const codes = [...list.children];
  const told = document.getElementById("receipt-told");
  const plain = text => text.toUpperCase().replace(/[^0-9A-Z]/g, "");
  const look = code => {
    let found = false;
    for (const item of codes) {
      const here = code.length >= 4 && plain(item.textContent).startsWith(code);
      item.classList.toggle("here", here);
      if (here && !found) item.scrollIntoView({ block: "nearest" });
      found ||= here;
    }
    told.textContent = code.length < 4 ? "" : found ? told.dataset.found : told.dataset.missing;
  };
  const field = document.getElementById("receipt-field");
  field.addEventListener("input", () => look(plain(field.value)));
  try {
    const own = JSON.parse(localStorage.getItem(`dandang.ballot.${list.dataset.survey}.${list.dataset.voter}`));
    if (own?.receipt) { field.value = own.receipt; look(plain(own.receipt)); }
  } catch { /* nothing kept here */ }
})();
