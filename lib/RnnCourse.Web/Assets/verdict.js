// The verdict of an exercise's check: shows its hints one by one, without a change of the cell.
import { button, element } from "./dom.js";

/**
 * Adds what a verdict offers below it.
 * @param {HTMLElement} block The piece of output that may hold a verdict.
 */
export function extendVerdict(block) {
  const place = block.querySelector("[data-verdict]");
  if (!place) {
    return;
  }
  const verdict = JSON.parse(place.dataset.verdict);
  place.classList.add(`is-${verdict.verdict.replace(/ /g, "-")}`);
  const hints = verdict.verdict === "correct" ? [] : (verdict.hints ?? []).slice(verdict.hintsShown ?? 0);
  if (hints.length > 0) {
    place.append(hintPanel(hints));
  }
}

function hintPanel(hints) {
  const list = element("ol", { class: "hints", "aria-live": "polite" });
  const more = button("", () => {
    list.append(element("li", { text: hints[list.childElementCount] }));
    label();
  });
  const label = () => {
    const left = hints.length - list.childElementCount;
    more.textContent = list.childElementCount === 0 ? "Show a hint" : "Show another hint";
    more.title = left === 1 ? "One hint is left" : `${left} hints are left`;
    more.hidden = left === 0;
  };
  label();
  return element("div", { class: "hint-panel" }, list, more);
}
