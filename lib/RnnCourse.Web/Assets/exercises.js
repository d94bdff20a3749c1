// The exercises of the lesson in one list, with what is solved: below the headings beside the text, and in the menu of
// contents on narrow screens.
import { element } from "./dom.js";

const TITLED = /^\s*\/\/ Exercise (\w+): ([^\n]+)/;

const WORDS = { solved: "solved", tried: "tried", open: "open" };
const SIGNS = { solved: "✓", tried: "◐", open: "○" };

export class Exercises {
  #page;
  #nav;
  #list = null;
  /** @type {{cell: import("./cell.js").Cell, name: string, state: string}[]} */
  #exercises = [];
  #learning = new Map();

  /**
   * @param {import("./notebook.js").NotebookPage} page
   * @param {HTMLElement | null} nav The list of headings beside the text, if there is one.
   */
  constructor(page, nav) {
    this.#page = page;
    this.#nav = nav;
    page.addEventListener("learning", ({ detail: { cells } }) => {
      this.#learning = new Map(cells.map((told) => [told.cell, told]));
      this.#follow();
    });
    for (const happened of ["states", "arranged", "text"]) {
      page.addEventListener(happened, () => this.#follow());
    }
  }

  /** What the menu of contents offers. */
  get entries() {
    return this.#exercises.map(({ cell, name, state }) => [`${SIGNS[state]} ${name} (${WORDS[state]})`, () => goTo(cell)]);
  }

  #follow() {
    const exercises = this.#page.cells.flatMap((cell) => {
      const told = this.#learning.get(cell.id);
      if (told?.role !== "Exercise" && told?.role !== "Quiz") {
        return [];
      }
      const title = TITLED.exec(cell.text);
      const name = told.role === "Quiz" ? "Three questions" : title ? `${title[1]} ${title[2].trim()}` : this.#lastName(cell);
      const verdict = cell.state.verdict;
      const state = told.isSolved || verdict === "correct" ? "solved" : told.attempts > 0 || verdict === "not yet" ? "tried" : "open";
      return [{ cell, name, state }];
    });
    const isSame = exercises.length === this.#exercises.length
      && exercises.every(({ cell, name, state }, i) => {
        const before = this.#exercises[i];
        return before.cell === cell && before.name === name && before.state === state;
      });
    if (!isSame) {
      this.#exercises = exercises;
      this.#show();
    }
  }

  // A cell rewritten without its first line is still found by its former name or its number.
  #lastName(cell) {
    return this.#exercises.find((exercise) => exercise.cell === cell)?.name ?? cell.id.replace(/^exercise-/, "Exercise ");
  }

  #show() {
    this.#list?.remove();
    if (!this.#nav || this.#exercises.length === 0) {
      return;
    }
    const solved = this.#exercises.filter(({ state }) => state === "solved").length;
    this.#list = element("div", { class: "exercises" },
      element("p", {}, "Exercises ", element("span", { class: "count", text: `${solved} of ${this.#exercises.length} solved` })),
      element("ul", {}, ...this.#exercises.map(({ cell, name, state }) => element("li", { class: `is-${state}` },
        element("a", {
          href: `#${cell.root.id}`,
          onclick: (event) => {
            event.preventDefault();
            goTo(cell);
          },
        }, element("span", { class: "sign", "aria-hidden": "true", text: SIGNS[state] }),
        element("span", { text: name }), element("span", { class: "unseen", text: ` (${WORDS[state]})` }))))));
    this.#nav.append(this.#list);
  }
}

function goTo(cell) {
  cell.root.focus({ preventScroll: true });
  cell.root.scrollIntoView({ block: "start" });
}
