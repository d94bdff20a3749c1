// Keys that act on the selected cell while no editor has the focus, as in Jupyter.

/** What the help lists: key, what it does. */
export const KEYS = [
  ["Shift+Enter", "run the cell, and move to the next"],
  ["Ctrl+Enter", "run the cell, and stay"],
  ["Alt+Enter", "run the cell, and add one below"],
  ["Escape", "leave the editor; the keys below act on the cell then"],
  ["Enter", "return to the editor"],
  ["↑ ↓ or K J", "go to the cell above, below"],
  ["A B", "add a cell above, below"],
  ["S", "add a scratch cell below, to try something in"],
  ["D D", "delete the cell"],
  ["Z", "undo a deletion, a move, a split…"],
  ["Shift+Z", "redo it"],
  ["Alt+↑ ↓", "move the cell"],
  ["M Y", "make the cell text, code"],
  ["Ctrl+Shift+−", "split the cell at the cursor"],
  ["Shift+M", "join it with the cell below"],
  ["I I", "interrupt the running cell"],
  ["0 0", "restart the session"],
  ["Ctrl+Space", "complete what is being typed"],
  ["Ctrl+F", "search and replace in the cell that is being edited"],
];

const TWICE = 800;

/** @param {import("./notebook.js").NotebookPage} page */
export function listenToKeys(page) {
  let last = { key: "", time: 0 };

  document.addEventListener("keydown", (event) => {
    const { target } = event;
    if (event.defaultPrevented || target.closest(".cm-editor, input, textarea, select, dialog, [role=menu]")) {
      return;
    }
    if (target.closest("button, a, summary") && (event.key === "Enter" || event.key === " ")) {
      return;
    }
    const cell = page.selected;
    if (!cell || !(target === document.body || cell.root.contains(target))) {
      return;
    }
    const isTwice = last.key === event.key && event.timeStamp - last.time < TWICE;
    last = { key: isTwice ? "" : event.key, time: event.timeStamp };
    const work = find(event, isTwice, cell);
    if (work) {
      event.preventDefault();
      work();
    }
  });

  function find(event, isTwice, cell) {
    const { key } = event;
    if (key === "Enter") {
      return event.shiftKey ? () => page.runAndGoOn(cell)
        : event.ctrlKey || event.metaKey ? () => page.run(cell)
          : event.altKey ? () => page.runAndInsert(cell)
            : () => cell.edit();
    }
    if (event.altKey && !event.ctrlKey && !event.metaKey) {
      return { ArrowUp: () => page.move(cell, -1), ArrowDown: () => page.move(cell, 1) }[key];
    }
    if (event.ctrlKey || event.metaKey) {
      return null;
    }
    const twice = {
      d: () => page.delete(cell),
      i: () => page.interrupt(),
      0: () => page.restart(),
    };
    if (key in twice) {
      return isTwice ? twice[key] : null;
    }
    return {
      ArrowUp: () => page.goTo(cell, -1, false),
      ArrowDown: () => page.goTo(cell, 1, false),
      k: () => page.goTo(cell, -1, false),
      j: () => page.goTo(cell, 1, false),
      a: () => page.insert(cell, "Code", true),
      b: () => page.insert(cell, "Code"),
      s: () => page.insert(cell, "Code", false, true),
      m: () => cell.isCode && page.changeKind(cell, "Text"),
      y: () => !cell.isCode && page.changeKind(cell, "Code"),
      M: () => page.join(cell),
      z: () => page.undo(),
      Z: () => page.undo(true),
    }[key];
  }
}
