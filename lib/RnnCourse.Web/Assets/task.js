// The text of an exercise, folded, at its cell: a copy of its entry in the list above, which may be a screen or two
// away.
import { element } from "./dom.js";

const TITLED = /^\s*\/\/ Exercise (\d+)([a-z]?): /;

// Used if a cell has lost its first line.
const NAMED = /^exercise-(\d+)([a-z]?)$/;

export class Task {
  #details = null;
  #shown = "";

  /**
   * @param {import("./notebook.js").NotebookPage} page
   * @param {import("./cell.js").Cell} cell
   */
  constructor(page, cell) {
    this.cell = cell;
    for (const name of ["textShown", "arranged"]) {
      page.addEventListener(name, () => this.take());
    }
  }

  take() {
    if (!this.cell.root.isConnected) {
      return;
    }
    const [, number, part] = TITLED.exec(this.cell.text) ?? NAMED.exec(this.cell.id) ?? [];
    const asked = number ? askedAbove(this.cell.root, Number(number), part) : [];
    const shown = asked.map((node) => node.outerHTML ?? node.textContent).join("");
    if (shown === this.#shown) {
      return;
    }
    this.#shown = shown;
    if (asked.length === 0) {
      this.remove();
      return;
    }
    const details = element("details", { class: "task", open: this.#details?.open ?? false },
      element("summary", { text: "What is asked" }), element("div", { class: "prose" }, ...asked));
    this.#details ? this.#details.replaceWith(details) : this.cell.root.querySelector(".source").before(details);
    this.#details = details;
  }

  textChanged() {
    this.take();
  }

  remove() {
    this.#details?.remove();
    this.#details = null;
    this.#shown = "";
  }
}

// Copies of what the nearest list above says of an exercise: of one with parts, its name and what belongs to the part.
function askedAbove(root, number, part) {
  for (let above = root.previousElementSibling; above; above = above.previousElementSibling) {
    for (const list of above.dataset.kind === "text" ? above.querySelectorAll(":scope > .outputs ol") : []) {
      const item = list.children[number - list.start];
      if (item && [...list.children].every((other) => other.querySelector("strong"))) {
        return copies(part ? partOf([...item.children], `(${number}${part})`) : [...item.childNodes]);
      }
    }
  }
  return [];
}

function partOf(children, name) {
  const isPart = (child) => /^\(\d+[a-z]\)/.test(child.textContent.trim());
  const first = children.findIndex(isPart);
  const from = children.findIndex((child) => child.textContent.trim().startsWith(name));
  if (from < 0) {
    return children;
  }
  const to = children.findIndex((child, i) => i > from && isPart(child));
  return [...children.slice(0, first), ...children.slice(from, to < 0 ? undefined : to)];
}

function copies(nodes) {
  return nodes.map((node) => {
    const copy = node.cloneNode(true);
    for (const named of copy.querySelectorAll?.("[id]") ?? []) {
      named.removeAttribute("id");
    }
    return copy;
  });
}
