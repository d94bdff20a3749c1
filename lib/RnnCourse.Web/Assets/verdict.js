// The verdict of an exercise's check as a panel: its message, hints one by one, the solution, and a comparison with the
// cell's text. The panel never changes the cell.
import { announce, button, element } from "./dom.js";
import { codeView, comparison } from "./codeview.js";
import { nextSteps, rememberLearning } from "./nextsteps.js";

const STATES = {
  "correct": ["✓", "Correct"], "not yet": ["✗", "Not yet"], "not attempted": ["○", "Not attempted yet"],
};

// Parts of a verdict that were opened stay open when the cell gives the same verdict again.
/** @type {WeakMap<import("./cell.js").Cell, {hints: string, shown: number, seen: boolean}>} */
const opened = new WeakMap();

/** @type {Set<Panel>} Those that offer something to do next, which depends on other cells. */
const solved = new Set();

/** The server has told of the cells: what comes next may be something else. */
export function followLearning(page, cells) {
  rememberLearning(cells);
  for (const panel of solved) {
    panel.root.isConnected ? panel.offerNext() : solved.delete(panel);
  }
}

/**
 * Shows a verdict on an exercise as a panel.
 * @param {HTMLElement} block The piece of output that may hold a verdict.
 * @param {import("./cell.js").Cell} cell The cell that gave it.
 */
export function extendVerdict(block, cell) {
  const place = block.querySelector("[data-verdict]");
  if (!place) {
    return;
  }
  const verdict = read(place.dataset.verdict);
  if (verdict?.exercise && STATES[verdict.verdict]) {
    place.classList.add(`is-${verdict.verdict.replace(/ /g, "-")}`);
    place.replaceChildren(new Panel(cell, verdict, place.querySelector("table")).root);
  }
}

/**
 * The hints and the solution of an exercise whose cell gives no verdict, as when it has an error.
 * @param {import("./cell.js").Cell} cell
 * @param {string} json The verdict on its blank.
 */
export function helpPanel(cell, json) {
  const verdict = read(json);
  return verdict?.exercise && STATES[verdict.verdict]
    ? element("div", { class: "verdict" }, new Panel(cell, { ...verdict, hintsShown: 0 }, null, ["○", "No verdict yet"]).root) : null;
}

function read(json) {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

// Writes "s_{i−1}" as on paper. An index without braces stays as it is, since the code has it in that form.
function withIndices(text) {
  return text.split(/_\{([^{}\s]{1,12})\}/).map((part, i) => (i % 2 === 0 ? part : element("sub", { text: part })));
}

class Panel {
  #more = element("div", { class: "verdict-more" });
  #hints = element("ol", { class: "hints", "aria-live": "polite" });
  #hint;
  #solution;
  #compare;
  #next = element("div");
  #isOpen = "";

  constructor(cell, verdict, table, [sign, words] = STATES[verdict.verdict]) {
    this.cell = cell;
    this.verdict = verdict;
    const isSolved = verdict.verdict === "correct";
    this.memory = opened.get(cell);
    const hints = isSolved ? [] : (verdict.hints ?? []);
    const key = JSON.stringify(hints);
    if (this.memory?.hints !== key) {
      this.memory = { hints: key, shown: verdict.hintsShown ?? 0, seen: this.memory?.seen ?? false };
    }
    this.memory.shown = Math.max(this.memory.shown, verdict.hintsShown ?? 0);
    opened.set(cell, this.memory);
    this.#hint = button("", () => this.#showHint(hints));
    this.#solution = button(isSolved ? "A solution" : "Solution", () => this.#open("solution"), { "aria-expanded": "false" });
    this.#compare = button("Compare with mine", () => this.#open("comparison"), {
      "aria-expanded": "false", title: "A solution beside the text of the cell, with the differences marked",
    });
    for (const hint of hints.slice(0, this.memory.shown)) {
      this.#hints.append(element("li", {}, ...withIndices(hint)));
    }
    this.#labelHint(hints);
    this.root = element("div", { class: "verdict-panel", role: "group", "aria-label": `Verdict on exercise ${verdict.exercise}` },
      element("p", { class: "verdict-head" },
        element("span", { class: "mark", "aria-hidden": "true", text: sign }),
        element("strong", { text: words }),
        element("span", { class: "soft", text: `Exercise ${verdict.exercise}, ${verdict.title}` })),
      element("p", { class: "verdict-message" }, ...withIndices(verdict.message)),
      table ? element("div", { class: "scroll" }, table) : null,
      this.#hints,
      element("div", { class: "buttons" }, hints.length > 0 ? this.#hint : null,
        verdict.solution ? this.#solution : null, verdict.solution ? this.#compare : null),
      this.#more,
      this.#next);
    if (verdict.solutionShown) {
      this.memory.seen = true;
      this.#open("solution");
    }
    if (isSolved) {
      this.memory.seen = true;
      solved.add(this);
      this.offerNext();
    }
  }

  offerNext() {
    this.#next.replaceChildren(nextSteps(this.cell.page, this.cell));
  }

  #showHint(hints) {
    const hint = hints[this.#hints.childElementCount];
    this.#hints.append(element("li", {}, ...withIndices(hint)));
    this.memory.shown = this.#hints.childElementCount;
    this.#labelHint(hints);
    if (this.#hint.hidden) {
      this.#solution.focus({ preventScroll: true });
    }
  }

  #labelHint(hints) {
    const left = hints.length - this.#hints.childElementCount;
    this.#hint.textContent = this.#hints.childElementCount === 0 ? "Hint" : "Next hint";
    this.#hint.title = left === 1 ? "One hint is left" : `${left} hints are left`;
    this.#hint.hidden = left === 0;
  }

  // Shows or hides the solution or the comparison; asks before the solution is shown for the first time.
  #open(what) {
    const isOpen = this.#isOpen === what;
    this.#isOpen = isOpen ? "" : what;
    this.#solution.setAttribute("aria-expanded", String(this.#isOpen === "solution"));
    this.#compare.setAttribute("aria-expanded", String(this.#isOpen === "comparison"));
    if (isOpen) {
      this.#more.replaceChildren();
    } else if (!this.memory.seen) {
      this.#ask(what);
    } else {
      this.#show(what);
    }
  }

  #ask(what) {
    const left = (this.verdict.hints?.length ?? 0) - this.#hints.childElementCount;
    const yes = button("Show it", () => {
      this.memory.seen = true;
      this.#show(what);
    }, { class: "main" });
    const no = button("Not yet", () => {
      this.#open(what);
      (what === "solution" ? this.#solution : this.#compare).focus({ preventScroll: true });
    });
    const words = left > 0
      ? "Show a whole solution? There is another hint, and you learn more by finding it yourself."
      : "Show a whole solution? You learn more by finding it yourself.";
    this.#more.replaceChildren(element("div", { class: "ask", role: "group", "aria-label": "Show a solution?" },
      element("p", { text: words }), element("div", { class: "buttons" }, yes, no)));
    yes.focus({ preventScroll: true });
    announce(words);
  }

  #show(what) {
    const { cell, verdict } = this;
    const hadFocus = this.#more.contains(document.activeElement);
    const view = what === "solution"
      ? element("div", {},
        element("p", { class: "soft", text: "One solution; others may be just as good. Your cell is not changed." }),
        codeView(cell, verdict.solution, `A solution of exercise ${verdict.exercise}`))
      : comparison({ title: "Yours", text: cell.text }, { title: "A solution", text: verdict.solution });
    this.#more.replaceChildren(view);
    if (hadFocus) {
      (view.matches("[tabindex]") ? view : view.querySelector("[tabindex]") ?? this.#compare).focus({ preventScroll: true });
    }
  }
}
