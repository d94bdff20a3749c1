// Code that is only shown, and two pieces of it side by side.
import { element } from "./dom.js";
import { compareLines } from "./diff.js";

/**
 * Code in the colours of the editor, once the server has told them.
 * @param {import("./cell.js").Cell} cell The cell that it belongs to.
 * @param {string} text
 * @param {string} label What a screen reader calls it.
 */
export function codeView(cell, text, label) {
  const code = element("code", { text });
  void colour(cell, code, text);
  return element("pre", { class: "code-view", tabindex: "0", role: "region", "aria-label": label }, code);
}

async function colour(cell, code, text) {
  const reply = await cell.page.ask("colours", cell, { source: text });
  if (!reply?.colours || code.textContent !== text) {
    return;
  }
  const parts = [];
  let at = 0;
  for (const { start, length, class: name } of reply.colours) {
    parts.push(text.slice(at, start), element("span", { class: name, text: text.slice(start, start + length) }));
    at = start + length;
  }
  code.replaceChildren(...parts, text.slice(at));
}

/**
 * Two texts side by side, or one below the other where there is no room; what differs is marked.
 * @param {{title: string, text: string}} left
 * @param {{title: string, text: string}} right
 */
export function comparison(left, right) {
  const rows = compareLines(left.text, right.text);
  if (rows.every((row) => row.kind === "same")) {
    return element("p", { class: "comparison-note", text: `${left.title} and ${right.title.toLowerCase()} are the same.` });
  }
  const count = rows.filter((row) => row.kind !== "same").length;
  return element("div", { class: "comparison", role: "region", tabindex: "0", "aria-label": `${left.title} and ${right.title.toLowerCase()}, line by line` },
    element("p", { class: "comparison-key", "aria-hidden": "true", text: `− ${left.title.toLowerCase()}   + ${right.title.toLowerCase()}` }),
    element("table", {},
      element("caption", { class: "unseen", text: `${count} ${count === 1 ? "line differs" : "lines differ"}` }),
      element("thead", {}, element("tr", {},
        element("th", { scope: "col", text: left.title }), element("th", { scope: "col", text: right.title }))),
      element("tbody", {}, ...rows.map((row) => element("tr", { class: row.kind },
        lineOf(row.left, row.kind, "−", left.title), lineOf(row.right, row.kind, "+", right.title))))));
}

function lineOf(line, kind, sign, title) {
  if (line === null) {
    return element("td", { class: "none" });
  }
  const isSame = kind === "same";
  return element("td", {},
    isSame ? null : element("span", { class: "sign", "aria-hidden": "true", text: sign }),
    isSame ? null : element("span", { class: "unseen", text: `${kind === "changed" ? "differs in" : "only in"} ${title.toLowerCase()}: ` }),
    element("code", {}, ...line.map(({ text, isMarked }) => (isMarked ? element("mark", { text }) : text))));
}
