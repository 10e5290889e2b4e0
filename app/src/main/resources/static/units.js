"use strict";
// A field in which a unit is chosen: what fits is offered while somebody types, arrows walk through it,
// Enter chooses, Escape leaves it. Without this script a code or an exact name is typed.
(() => {
  let serial = 0;
  const lines = field => field.tagName === "TEXTAREA";

  /** What is being written: the field, or in a field of lines the line at the caret, up to an arrow. */
  const piece = field => {
    if (!lines(field)) return { from: 0, to: field.value.length };
    const from = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
    const rest = field.value.slice(from).search(/\n|→|=/);
    return { from, to: rest < 0 ? field.value.length : from + rest };
  };

  const start = field => {
    const list = document.createElement("div");
    list.id = `units-${++serial}`;
    list.className = "unit-list";
    list.setAttribute("role", "listbox");
    list.hidden = true;
    // The list hangs below the field, so both stand in a box of their own.
    if (!field.parentElement.matches(".unit-choice")) {
      const box = document.createElement("span");
      box.className = "unit-choice";
      field.replaceWith(box);
      box.append(field);
    }
    field.after(list);
    const label = field.id && document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
    if (label) list.setAttribute("aria-label", label.textContent.trim());
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    })) field.setAttribute(name, value);

    let here = -1;
    let waiting = 0;
    let asking = null;
    const options = () => [...list.querySelectorAll("[data-written]")];
    const close = () => {
      clearTimeout(waiting);
      asking?.abort();
      list.hidden = true;
      here = -1;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    };
    const walk = to => {
      const all = options();
      if (!all.length) return;
      here = (to + all.length) % all.length;
      all.forEach((option, i) => option.setAttribute("aria-selected", String(i === here)));
      field.setAttribute("aria-activedescendant", all[here].id);
      all[here].scrollIntoView({ block: "nearest" });
    };
    const choose = option => {
      const { from, to } = piece(field);
      const after = field.value.slice(to);
      field.value = field.value.slice(0, from) + option.dataset.written + (after && !after.startsWith("\n") ? " " : "") + after;
      const caret = from + option.dataset.written.length;
      field.setSelectionRange(caret, caret);
      close();
      if (field.dataset.sends === "true") field.form.requestSubmit();
    };
    const ask = async () => {
      const { from, to } = piece(field);
      const text = field.value.slice(from, to).trim();
      if (!text) return close();
      asking?.abort();
      asking = new AbortController();
      const query = new URLSearchParams({ q: text });
      const day = field.dataset.day ? field.form.elements[field.dataset.day]?.value ?? "" : "";
      if (/^\d{4}-\d\d-\d\d$/.test(day)) query.set("on", day);
      try {
        const answer = await fetch(`${field.dataset.units}?${query}`, { signal: asking.signal });
        if (!answer.ok || answer.redirected) return close();
        list.innerHTML = await answer.text();
      } catch (problem) {
        if (problem.name !== "AbortError") close();
        return;
      }
      options().forEach((option, i) => { option.id = `${list.id}-${i}`; });
      here = -1;
      list.hidden = false;
      field.setAttribute("aria-expanded", "true");
      field.removeAttribute("aria-activedescendant");
    };
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, 120);
    });
    field.addEventListener("keydown", event => {
      if (event.isComposing) return;
      if (list.hidden) {
        if (event.key === "ArrowDown" && !lines(field)) { ask(); event.preventDefault(); }
        return;
      }
      if (event.key === "ArrowDown") walk(here + 1);
      else if (event.key === "ArrowUp") walk(here < 0 ? -1 : here - 1);
      else if (event.key === "Enter" && here >= 0) choose(options()[here]);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
    field.addEventListener("blur", close);
    list.addEventListener("mousedown", event => event.preventDefault());
    list.addEventListener("click", event => {
      const option = event.target.closest("[data-written]");
      if (option) choose(option);
    });
  };
  const ready = () => document.querySelectorAll("[data-units]").forEach(start);
  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", ready) : ready();
})();
