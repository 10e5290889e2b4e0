"use strict";
(() => {
  const meta = name => document.querySelector(`meta[name="${name}"]`)?.content ?? "";
  document.addEventListener("htmx:configRequest", event => {
    event.detail.headers[meta("csrf-header")] = meta("csrf-token");
  });
  // A row with an address is opened by a click anywhere on it; its own link serves the keyboard.
  document.addEventListener("click", event => {
    if (event.target.closest("a, button, input, select, summary")) return;
    const row = event.target.closest("tr[data-href]");
    if (row) row.querySelector("a")?.click();
  });
  const typing = element => element.matches("input, select, textarea, [contenteditable]");
  document.addEventListener("keydown", event => {
    if (event.altKey || event.ctrlKey || event.metaKey || typing(event.target)) return;
    if (event.key === "/") {
      const field = document.querySelector("[data-key='/']");
      if (field) { field.focus(); field.select(); event.preventDefault(); }
      return;
    }
    const step = { j: 1, k: -1 }[event.key];
    if (!step) return;
    const links = [...document.querySelectorAll("table.walk a.name")];
    if (!links.length) return;
    const at = links.indexOf(document.activeElement.closest?.("a.name"));
    const here = at >= 0 ? at : links.findIndex(link => link.closest("tr.here"));
    const next = links[Math.min(links.length - 1, Math.max(0, here + step))];
    next.focus();
    event.preventDefault();
  });
  // The opened row stays marked when the person at the right changes.
  document.addEventListener("htmx:afterSwap", event => {
    if (event.detail.target.id !== "person") return;
    const path = location.pathname;
    document.querySelectorAll("table.walk tr").forEach(row =>
      row.classList.toggle("here", row.querySelector("a.name")?.pathname === path));
    document.querySelector(".two")?.classList.add("open");
    draw(event.detail.target);
  });
  // A file that will be refused for its size is refused before it is sent, by its name.
  document.addEventListener("change", event => {
    const field = event.target.closest("input[type=file][data-largest]");
    if (!field) return;
    const large = [...field.files].find(file => file.size > field.dataset.largest * 1048576);
    field.setCustomValidity(large ? field.dataset.tooLarge.replace("{0}", large.name)
      .replace("{1}", Math.ceil(large.size / 1048576)).replace("{2}", field.dataset.largest) : "");
    field.reportValidity();
  });
  document.addEventListener("change", event => {
    if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
    const all = event.target.closest("[data-all]");
    if (all) all.form.querySelectorAll(`input[name="${all.dataset.all}"]`).forEach(box => { box.checked = all.checked; });
  });
  // A slider and the field beside it hold the same figure; the field is what is sent.
  document.addEventListener("input", event => {
    const slider = event.target.closest("[data-twin]");
    if (slider) document.getElementById(slider.dataset.twin).value = slider.value;
    else document.querySelectorAll("[data-twin]").forEach(twin => {
      if (twin.dataset.twin === event.target.id) twin.value = event.target.value;
    });
  });
  document.addEventListener("click", event => {
    if (event.target.closest("[data-print]")) window.print();
  });
  // On paper nothing can be opened: the reasons beside a path are printed open.
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll(".path details").forEach(details => { details.open = true; });
  });
  // Charts: the options come from the server as JSON beside the chart.
  const draw = root => {
    if (!window.echarts) return;
    root.querySelectorAll(".chart[data-chart]").forEach(place => {
      if (echarts.getInstanceByDom(place)) return;
      const options = JSON.parse(document.getElementById(place.dataset.chart).textContent);
      options.animation = false;
      options.textStyle = { fontFamily: getComputedStyle(document.body).fontFamily };
      const chart = echarts.init(place, null, { renderer: "svg" });
      chart.setOption(options);
      const links = options.dandangLinks;
      if (links) chart.on("click", hit => {
        const to = links[hit.dataIndex]; if (to) location.href = to;
      });
      new ResizeObserver(() => chart.resize()).observe(place);
    });
  };
  // Of what scrolls sideways, the place one is at is in sight.
  for (const here of document.querySelectorAll(".side .here, .tabs .here")) {
    const row = here.parentElement;
    if (row.scrollWidth > row.clientWidth) row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
  }
  // What scrolls sideways is reached by the keyboard.
  const reach = () => document.querySelectorAll(".wide").forEach(place => {
    if (place.scrollWidth > place.clientWidth) place.tabIndex = 0;
  });
  document.addEventListener("htmx:afterSettle", reach);
  // Where a table has no room for its head, days and numbers say themselves what they are.
  const headed = () => document.querySelectorAll("table.rows.stack").forEach(table => {
    const heads = [...table.querySelectorAll("thead th")].map(head => head.textContent.trim());
    table.querySelectorAll("tbody tr").forEach(row => [...row.cells].forEach((cell, place) => {
      if (cell.matches(".nowrap, .num") && cell.textContent.trim() && heads[place]) cell.dataset.head = heads[place];
    }));
  });
  document.addEventListener("htmx:afterSettle", headed);
  // What a part of a page asked for and was not given is said, not swallowed.
  const told = () => document.getElementById("told");
  const say = (word, seconds) => {
    const place = told();
    if (!place) return;
    place.className = "alert alert-danger";
    place.setAttribute("role", "alert");
    place.textContent = place.dataset[word].replace("{0}", seconds || "60");
    place.hidden = false;
  };
  document.addEventListener("htmx:responseError", event => {
    const answer = event.detail.xhr;
    answer.status === 429 ? say("often", answer.getResponseHeader("Retry-After")) : say("failed");
  });
  document.addEventListener("htmx:sendError", () => say("unreachable"));
  document.addEventListener("htmx:afterOnLoad", () => {
    const place = told();
    if (!place || place.hidden) return;
    place.hidden = true;
    place.removeAttribute("role");
    place.className = "";
  });
  document.addEventListener("toggle", reach, true);
  window.addEventListener("resize", reach);
  const ready = () => {
    draw(document);
    reach();
    headed();
    document.querySelectorAll("[data-twin]").forEach(slider => { slider.hidden = false; });
  };
  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", ready) : ready();
})();
