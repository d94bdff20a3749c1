// The menu of one cell.

/**
 * @param {import("./notebook.js").NotebookPage} page
 * @param {import("./cell.js").Cell} cell
 * @returns {[string, () => void, string?][]} Words, what they do, and the key that does the same.
 */
export function entriesFor(page, cell) {
  const isCode = cell.isCode;
  return [
    isCode && ["Run all above", () => page.run(cell, "Above")],
    isCode && ["Run everything up to here", () => page.run(cell, "UpTo")],
    isCode && ["Run this and all below", () => page.run(cell, "Below")],
    ["Add code below", () => page.insert(cell, "Code"), "B"],
    ["Add text below", () => page.insert(cell, "Text")],
    ["Add a scratch cell below", () => page.insert(cell, "Code", false, true), "S"],
    ["Add code above", () => page.insert(cell, "Code", true), "A"],
    ["Move up", () => page.move(cell, -1), "Alt+↑"],
    ["Move down", () => page.move(cell, 1), "Alt+↓"],
    isCode && ["Split at the cursor", () => page.split(cell), "Ctrl+Shift+−"],
    ["Join with the cell below", () => page.join(cell), "Shift+M"],
    isCode ? ["Make this text", () => page.changeKind(cell, "Text"), "M"]
      : ["Make this code", () => page.changeKind(cell, "Code"), "Y"],
    isCode && ["Take its output away", () => page.clearOutputs(cell)],
    cell.isScratch ? ["Hand this cell in, too", () => page.markAsScratch(cell, false)]
      : ["Make this a scratch cell", () => page.markAsScratch(cell, true)],
    cell.canReset && ["Reset this cell", () => page.reset(cell)],
    ["Delete", () => page.delete(cell), "D, D"],
  ].filter(Boolean);
}
