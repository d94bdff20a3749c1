// What a learner may do next after an exercise: open exercises, the questions, the next lesson.
import { element } from "./dom.js";

const titled = /^\s*\/\/ Exercise (\w+): ([^\n]+)/;

/** @type {Map<string, {cell: string, role: string, isSolved: boolean}>} */
let known = new Map();

/** What the server has told of the cells. */
export function rememberLearning(cells) {
  known = new Map(cells.map((told) => [told.cell, told]));
}

/**
 * @param {import("./notebook.js").NotebookPage} page
 * @param {import("./cell.js").Cell} cell The one that is done.
 */
export function nextSteps(page, cell) {
  const isDone = (other) => other === cell || known.get(other.id)?.isSolved || verdictOf(other) === "correct";
  const waiting = page.cells.filter((other) => known.get(other.id)?.role === "Exercise" && !isDone(other));
  // First what comes after this one, then what was skipped before.
  const cells = page.cells;
  const at = cells.indexOf(cell);
  waiting.sort((a, b) => (cells.indexOf(a) < at) - (cells.indexOf(b) < at));
  const quiz = cells.find((other) => known.get(other.id)?.role === "Quiz" && !isDone(other));
  const links = waiting.slice(0, 3).map((other) => linkTo(other, nameOf(other)));
  if (waiting.length > 3) {
    links.push(element("span", { text: `and ${waiting.length - 3} more` }));
  }
  if (quiz) {
    links.push(linkTo(quiz, "the three questions"));
  }
  const next = document.querySelector(".bottom a[rel=next]");
  if (next) {
    links.push(element("a", { href: next.getAttribute("href"), text: next.lastChild.textContent }));
  }
  return element("nav", { class: "next-steps", "aria-label": "Next" },
    links.length > 0 ? element("span", { text: waiting.length + (quiz ? 1 : 0) > 0 ? "Next:" : "All exercises of this lesson are solved. Next:" })
      : element("span", { text: "All exercises of this lesson are solved." }),
    ...links);
}

/** What an exercise is called. */
export function nameOf(cell) {
  const match = titled.exec(cell.text);
  return match ? `exercise ${match[1]}, ${match[2].trim()}` : "the exercise below";
}

function verdictOf(cell) {
  try {
    return JSON.parse(cell.root.querySelector(".outputs [data-verdict]").dataset.verdict).verdict;
  } catch {
    return null;
  }
}

function linkTo(cell, words) {
  return element("a", {
    href: `#${cell.root.id}`,
    text: words,
    onclick: (event) => {
      event.preventDefault();
      cell.root.focus({ preventScroll: true });
      cell.root.scrollIntoView({ block: "start" });
    },
  });
}
