// Plotly's figures: Plotly runs in a frame that has no access to this page, and receives only the figure's data.
import { button, element } from "./dom.js";

// What Plotly's cartesian bundle draws; other figures stay as they are.
const KINDS = new Set([
  "scatter", "bar", "pie", "heatmap", "contour", "histogram", "histogram2d", "histogram2dcontour", "box", "violin", "image",
]);

/**
 * Adds to a figure the button that makes it interactive.
 * @param {HTMLElement} block The piece of output that may hold a figure.
 */
export function extendFigure(block) {
  const place = block.querySelector("[data-plot]");
  if (!place) {
    return;
  }
  const plot = JSON.parse(place.dataset.plot);
  place.removeAttribute("data-plot");
  if (!Array.isArray(plot.data) || !plot.data.every((trace) => KINDS.has(trace.type ?? "scatter"))) {
    return;
  }
  const still = [...place.childNodes];
  const explore = button("Explore", () => {
    const isStill = place.contains(still[0]);
    place.replaceChildren(...(isStill ? [frameOf(plot, place)] : still), explore);
    explore.textContent = isStill ? "Still picture" : "Explore";
  }, { class: "explore", title: "A figure that shows its numbers and can be zoomed" });
  place.append(explore);
}

function frameOf(plot, place) {
  const height = Math.max(300, Math.min(plot.layout?.height ?? 420, 900));
  const frame = element("iframe", {
    // Without allow-same-origin: whatever the data make Plotly do, it can reach neither cookies nor this page.
    sandbox: "allow-scripts",
    src: new URL("../../figure", import.meta.url),
    title: place.querySelector("img")?.alt || "Interactive figure",
    height: String(height),
  });
  const answer = (event) => {
    if (event.source === frame.contentWindow && event.data === "ready") {
      window.removeEventListener("message", answer);
      frame.contentWindow.postMessage({ data: plot.data, layout: plot.layout }, "*");
    }
  };
  window.addEventListener("message", answer);
  return frame;
}
