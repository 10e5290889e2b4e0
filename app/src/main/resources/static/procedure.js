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
  // A label that would stand on a shape is moved along its arrow: the drawing is part of a file in force,
  // which is not written again for the look of it.
  const bounds = element => ["x", "y", "width", "height"].map(name => Number(element.getAttribute(name)));
  const free = xml => {
    const drawing = new DOMParser().parseFromString(xml, "text/xml");
    const all = (name, within) => [...within.getElementsByTagNameNS("*", name)];
    const names = new Map(all("sequenceFlow", drawing).map(arrow => [arrow.id, arrow.getAttribute("name") ?? ""]));
    const shapes = all("BPMNShape", drawing).map(shape => bounds(all("Bounds", shape)[0]));
    const hits = ([x, y, width], text) => {
      const written = Math.min(width, 11.5 * text.length);
      const from = x + (width - written) / 2;
      return shapes.some(([sx, sy, sw, sh]) => from < sx + sw && from + written > sx && y < sy + sh && y + 14 > sy);
    };
    for (const edge of all("BPMNEdge", drawing)) {
      const label = all("BPMNLabel", edge)[0];
      const box = label && all("Bounds", label)[0];
      const text = names.get(edge.getAttribute("bpmnElement"));
      if (!box || !text || !hits(bounds(box), text)) continue;
      const points = all("waypoint", edge).map(point => [Number(point.getAttribute("x")), Number(point.getAttribute("y"))]);
      const written = 11.5 * text.length;
      const places = points.slice(1).flatMap(([x, y], i) => {
        const [px, py] = points[i];
        if (y === py) {
          const width = Math.max(20, Math.min(70, Math.abs(x - px) - 6));
          return [[(x + px - width) / 2, y - 18, width], [(x + px - width) / 2, y + 5, width]];
        }
        return [Math.min(y, py) + 8, (y + py) / 2 - 8, Math.max(y, py) - 24]
          .flatMap(at => [[x + 5, at, written], [x - 5 - written, at, written]]);
      });
      const place = places.find(one => !hits(one, text) && one[2] >= Math.min(written, 40));
      if (place) ["x", "y", "width"].forEach((name, i) => box.setAttribute(name, String(Math.round(place[i]))));
    }
    // The name of an event stands below it, above it where an arrow comes from there.
    const lines = all("BPMNEdge", drawing).flatMap(edge => {
      const points = all("waypoint", edge).map(point => [Number(point.getAttribute("x")), Number(point.getAttribute("y"))]);
      return points.slice(1).map((point, i) => [points[i], point]);
    });
    const crossed = ([x, y, width, height]) => lines.some(([[ax, ay], [bx, by]]) =>
      Math.min(ax, bx) < x + width - 4 && Math.max(ax, bx) > x + 4 && Math.min(ay, by) < y + height && Math.max(ay, by) > y);
    for (const shape of all("BPMNShape", drawing)) {
      const label = all("BPMNLabel", shape)[0];
      const box = label && all("Bounds", label)[0];
      if (!box || !crossed(bounds(box))) continue;
      const [x, y, width, height] = bounds(box);
      const [, top] = bounds(all("Bounds", shape).find(one => one !== box));
      const above = [x, top - height - 4, width, height];
      if (!crossed(above)) box.setAttribute("y", String(above[1]));
    }
    return new XMLSerializer().serializeToString(drawing);
  };
  const draw = async () => {
    const answer = await fetch(place.dataset.drawing, { credentials: "same-origin" });
    if (!answer.ok) return;
    place.classList.add("drawn");
    const viewer = new BpmnJS({ container: place });
    await viewer.importXML(free(await answer.text()));
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
