// For a cell that failed because cells above it have not run in this session: names those cells and runs them.
import { button, element } from "./dom.js";

/** @param {import("./notebook.js").NotebookPage} page */
export function offerWhatIsNeeded(page) {
  page.addEventListener("needs", ({ detail: { cell: id, names, needed } }) => {
    const cell = page.cell(id);
    cell?.root.querySelector(".needs")?.remove();
    if (!cell || names.length === 0) {
      return;
    }
    const run = needed.length === 1 ? `Run cell ${needed[0].number} and this one` : `Run ${cellsIn(needed)} and this one`;
    cell.root.querySelector(".outputs").before(element("div", { class: "needs", role: "status" },
      element("p", {}, ...wordsOf(names), ` ${names.length === 1 ? "comes" : "come"} from `,
        ...links(page, needed.filter(({ isSource }) => isSource)),
        needed.filter(({ isSource }) => isSource).length === 1
          ? ", which has not run in this session." : ", which have not run in this session."),
      button(run, () => {
        page.send.now();
        page.tell("run", { range: "Needed", cell: id });
      }, { class: "main", title: "Run what this cell needs, and then this cell" }),
      button("Run everything up to here", () => page.run(cell, "UpTo"))));
  });
}

function wordsOf(names) {
  return listed(names.map((name) => element("code", { text: name })));
}

function links(page, needed) {
  return listed(needed.map(({ cell, number }) => element("a", {
    href: `#cell-${cell}`,
    text: `cell ${number}`,
    onclick: (event) => {
      event.preventDefault();
      page.cell(cell)?.focus();
    },
  })));
}

// Joined by commas, with "and" before the last.
function listed(parts) {
  return parts.flatMap((part, i) => [i === 0 ? "" : i === parts.length - 1 ? " and " : ", ", part]).slice(1);
}

// Neighbours as a range: "cells 1–3 and 7".
function cellsIn(needed) {
  const ranges = [];
  for (const { number } of needed) {
    const last = ranges.at(-1);
    if (last && last[1] === number - 1) {
      last[1] = number;
    } else {
      ranges.push([number, number]);
    }
  }
  const words = ranges.map(([first, last]) => (first === last ? `${first}` : last === first + 1 ? `${first}, ${last}` : `${first}–${last}`));
  return `cells ${words.length === 1 ? words[0] : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`}`;
}
