"use strict";
// The picture of a procedure: where the matter stands and where it has been. The list beside it says the same.
(() => {
  const place = document.querySelector("[data-drawing]");
  if (!place || !window.BpmnJS) return;
  const fit = viewer => {
    const canvas = viewer.get("canvas");
    canvas.resized();
    canvas.zoom("fit-viewport", "auto");
  };
  const draw = async () => {
    const answer = await fetch(place.dataset.drawing, { credentials: "same-origin" });
    if (!answer.ok) return;
    place.classList.add("drawn");
    const viewer = new BpmnJS({ container: place });
    await viewer.importXML(await answer.text());
    const canvas = viewer.get("canvas");
    const registry = viewer.get("elementRegistry");
    for (const mark of place.dataset.marks.split(" ")) {
      const [how, id] = mark.split(":");
      if (registry.get(id)) canvas.addMarker(id, "was-" + how);
    }
    fit(viewer);
    addEventListener("resize", () => fit(viewer));
    // The mark of the drawing's makers stays visible; it only gets a name for those who do not see it.
    place.querySelectorAll("a:not([aria-label])").forEach(link => {
      link.setAttribute("aria-label", "bpmn.io");
      link.tabIndex = -1;
    });
  };
  draw().catch(() => place.classList.remove("drawn"));
})();
