// The parts of a cell that help to learn: verdicts with their hints, attempts, choices of quizzes, predictions. The
// server says what each cell is, and the cell gets the parts for it.
import { Attempts } from "./attempts.js";
import { Prediction } from "./prediction.js";
import { Quiz } from "./quiz.js";
import { Task } from "./task.js";
import { followLearning } from "./verdict.js";

/** @param {import("./notebook.js").NotebookPage} page */
export function startLearning(page) {
  /** @type {WeakMap<import("./cell.js").Cell, {attempts?: Attempts, task?: Task, quiz?: Quiz, prediction?: Prediction}>} */
  const made = new WeakMap();

  page.addEventListener("learning", ({ detail: { cells } }) => {
    const known = new Map(cells.map((told) => [told.cell, told]));
    for (const cell of page.cells) {
      const told = known.get(cell.id);
      const parts = made.get(cell) ?? {};
      made.set(cell, parts);
      take(parts, "attempts", told && (told.role === "Exercise" || told.attempts > 0), () => new Attempts(page, cell), told);
      take(parts, "task", told?.role === "Exercise", () => new Task(page, cell), told);
      take(parts, "quiz", told?.role === "Quiz", () => new Quiz(page, cell), told);
      take(parts, "prediction", told?.question, () => new Prediction(page, cell), told);
    }
    followLearning(page, cells);
  });

  const tell = (name) => ({ detail: cell }) => {
    for (const part of Object.values(made.get(cell) ?? {})) {
      part[name]?.();
    }
  };
  page.addEventListener("text", tell("textChanged"));
  page.addEventListener("outputs", tell("outputsChanged"));
  page.addEventListener("textShown", () => {
    for (const cell of page.cells) {
      made.get(cell)?.quiz?.questionsChanged();
    }
  });
}

// Adds the parts that a cell needs now, and removes those that it no longer needs.
function take(parts, name, isWanted, make, told) {
  if (isWanted) {
    parts[name] ??= make();
    parts[name].take(told);
  } else if (parts[name]) {
    parts[name].remove();
    delete parts[name];
  }
}
