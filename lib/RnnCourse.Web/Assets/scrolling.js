// Wide content scrolls by itself; this lets the keyboard reach it while there is something to scroll.
import { afterPause } from "./dom.js";

const PLACES = ".output, .output pre, .scroll, .formula, .long-formula, .prose pre";

/** @param {HTMLElement} root The element that holds everything that may be too wide. */
export function makeScrollable(root) {
  const mark = afterPause(150, () => {
    for (const place of root.querySelectorAll(PLACES)) {
      const scrolls = place.scrollWidth > place.clientWidth + 1 || place.scrollHeight > place.clientHeight + 1;
      if (scrolls) {
        place.tabIndex = 0;
      } else {
        place.removeAttribute("tabindex");
      }
    }
  });
  new MutationObserver(mark).observe(root, { childList: true, subtree: true });
  window.addEventListener("resize", mark);
  mark();
}
