// One cell of the page: its editor, its outputs, and its place.
import { readColours } from "./colours.js";
import { closeCompletion, createEditor, isCompleting, replaceText, writeText } from "./editor.js";
import { button, element, fromServer } from "./dom.js";
import { draftOf } from "./drafts.js";
import { enliven } from "./explorable.js";
import { Controls } from "./control.js";
import { extendFigure } from "./figure.js";
import { extendVerdict } from "./verdict.js";

// The states of a cell that are shown beside its number: a sign, words, and whether they need attention.
const WORDS = {
  running: "running", waiting: "waiting", changed: "changed since it ran", stale: "outdated: a cell above has changed",
  failed: "failed", fresh: "ran", stored: "",
};

// A run caused by a control is shown as running only if it takes longer than this.
const SLOW = 500;

export class Cell {
  /** @type {import("./codemirror.js").EditorView | null} */
  #editor = null;
  #shown;
  #controls = null;
  #slow = 0;
  #state = { number: 0, activity: "idle", freshness: "stored" };

  /**
   * @param {HTMLElement} root The cell's element; the server has made it, or it is empty.
   * @param {import("./notebook.js").NotebookPage} page
   * @param {{cell: string, kind: string, source: string, language?: string, canReset: boolean}} told
   */
  constructor(root, page, told) {
    this.root = root;
    this.page = page;
    this.id = told.cell;
    this.kind = told.kind;
    this.language = told.language;
    this.source = told.source;
    this.canReset = told.canReset;
    this.#build();
  }

  /** The text that the server has, as far as this page knows. */
  source;

  get isCode() {
    return this.kind === "code";
  }

  get isEditing() {
    return this.#editor?.hasFocus ?? false;
  }

  /** Whether a text shows its editor instead of itself. */
  get isOpen() {
    return this.root.classList.contains("is-edited");
  }

  get position() {
    return this.#editor?.state.selection.main.head ?? 0;
  }

  get text() {
    return this.page.unsaved.textOf(this.id) ?? this.source;
  }

  get state() {
    return this.#state;
  }

  /** Whether the cell neither runs nor waits for its turn. */
  get isIdle() {
    return this.#state.activity === "idle";
  }

  /** Whether the reader moves a control of this cell. */
  get isMoved() {
    return this.#controls?.isMoved ?? false;
  }

  /** Shows the text of the server, unless there is one here that it doesn't have yet. */
  takeSource(source, canReset) {
    this.source = source;
    this.canReset = canReset;
    if (this.#editor) {
      if (this.page.unsaved.textOf(this.id) === undefined) {
        replaceText(this.#editor, source);
      }
    } else if (this.isCode) {
      this.#showCode();
    }
  }

  /** Whether the cell is left out where the notebook is handed in. */
  isScratch = false;

  takeScratch(isScratch) {
    this.isScratch = isScratch;
    this.root.classList.toggle("is-scratch", isScratch);
    const note = this.root.querySelector(".scratch-note");
    if (isScratch && !note) {
      this.root.querySelector(".tools > .gap").before(element("span", {
        class: "scratch-note", text: "scratch", title: "For trying things out: saved with your copy, and left out when you hand it in",
      }));
    } else if (!isScratch) {
      note?.remove();
    }
  }

  get hasEditor() {
    return this.#editor !== null;
  }

  /** Replaces what the cell shows, from a piece on. */
  takeBlocks(from, blocks) {
    while (this.#shown.childElementCount > from) {
      this.#shown.lastElementChild.remove();
    }
    for (const html of blocks) {
      const block = fromServer("div", "block", html);
      extend(block, this);
      this.#shown.append(block);
    }
    this.#controls?.take(this.#shown);
    this.root.classList.toggle("is-empty", !this.isCode && this.#shown.textContent.trim() === "");
    if (!this.isCode) {
      this.#nameText();
      this.page.dispatchEvent(new CustomEvent("textShown"));
    }
  }

  /** Adds printed text to the last piece. */
  takePrinted(cleanHtml) {
    const place = this.#shown.lastElementChild?.querySelector("pre:last-of-type");
    place?.insertAdjacentHTML("beforeend", cleanHtml);
    if (/\S {2,}\S/.test(place?.textContent)) {
      place.classList.add("columns");
    }
  }

  takeState(state) {
    this.#state = state;
    if (!this.isCode) {
      return;
    }
    clearTimeout(this.#slow);
    if (this.isIdle) {
      this.#controls.settle();
    } else if (this.#controls.isMoved && !["running", "waiting"].includes(this.root.dataset.state)) {
      // A cell that follows its control immediately doesn't announce each run.
      this.#slow = setTimeout(() => this.#sayState(state), SLOW);
      return;
    }
    this.#sayState(state);
  }

  #sayState(state) {
    const what = state.activity === "idle" ? state.freshness : state.activity;
    this.root.dataset.state = what;
    this.root.querySelector(".number").textContent = state.number;
    this.root.querySelector(".words").textContent = WORDS[what];
    this.root.setAttribute("aria-label", `Code cell ${state.number}${WORDS[what] ? `, ${WORDS[what]}` : ""}`);
    this.root.querySelector(".outputs").setAttribute("aria-label", `What cell ${state.number} shows`);
    const run = this.root.querySelector("button.run");
    const isBusy = state.activity !== "idle";
    run.querySelector(".sign").textContent = isBusy ? "■" : "▶";
    run.title = isBusy ? "Stop (I, I)" : "Run (Shift+Enter)";
    run.setAttribute("aria-label", `${isBusy ? "Stop" : "Run"} cell ${state.number}`);
    if (this.#editor) {
      this.#editor.contentDOM.setAttribute("aria-label", `Code of cell ${state.number}`);
    }
  }

  /** Shows a field for what the running cell asks; null takes it away. */
  takeQuestion(question) {
    const draft = draftOf(`answer:${this.id}`);
    this.root.querySelector(".question")?.remove();
    if (!question) {
      draft.text = "";
      return;
    }
    const input = element("input", {
      type: question.isHidden ? "password" : "text", autocomplete: "off", spellcheck: "false",
      oninput: () => {
        draft.text = question.isHidden ? "" : input.value;
      },
    });
    input.value = draft.text;
    const form = element("form", {
      class: "question",
      onsubmit: (event) => {
        event.preventDefault();
        if (this.page.tell("answer", { text: input.value })) {
          draft.text = "";
          this.focus();
        }
      },
    },
    element("label", {}, element("span", { text: question.prompt || "The cell waits for a line of input:" }), input),
    element("button", { type: "submit" }, "Enter"));
    this.root.querySelector(".outputs").after(form);
    input.focus();
  }

  /** Marks the cell itself, so that keys without an editor act on it. */
  focus() {
    this.root.focus({ preventScroll: true });
    this.root.scrollIntoView({ block: "nearest" });
  }

  /** Changes the text as if it had been typed: it is saved, and the editor can take it back. */
  write(text) {
    if (this.text !== text) {
      this.openEditor();
      writeText(this.#editor, text);
    }
  }

  /** What takes the cursor in place of the editor, such as the choices of a quiz; null for the editor. */
  standIn = null;

  /** Puts the cursor into the editor; text that is only shown gets one. */
  edit(where) {
    if (this.standIn?.()) {
      return;
    }
    this.openEditor();
    this.root.classList.add("is-edited");
    this.#editor.focus();
    if (where !== undefined) {
      const at = where === "end" ? this.#editor.state.doc.length : where;
      this.#editor.dispatch({ selection: { anchor: at }, scrollIntoView: true });
    }
  }

  /** Makes the editor, if there is none yet. Code gets one when it comes near the screen, text when it is changed. */
  openEditor() {
    this.makeEditor()?.();
  }

  /**
   * Makes the editor, if there is none yet, and gives what puts it into its place. An editor that is made has the browser lay out the page if
   * that has changed, so whoever makes several puts them in place when all are made.
   * @returns {(() => void) | undefined}
   */
  makeEditor() {
    if (this.#editor) {
      return undefined;
    }
    const place = this.root.querySelector(".source");
    const known = readColours(place.querySelector("code"), this.text);
    this.#editor = createEditor({
      text: this.text,
      kind: this.kind,
      label: this.isCode ? `Code of cell ${this.#state.number}` : "Text of this cell, in Markdown",
      isCSharp: this.isCode && !this.language,
      known,
      onChange: (text) => this.page.changed(this, text),
      keys: {
        "Escape": (view) => (isCompleting(view) ? closeCompletion(view) : this.leave()),
        "Shift-Enter": () => this.page.runAndGoOn(this),
        "Mod-Enter": () => this.page.run(this),
        "Alt-Enter": () => {
          this.page.runAndInsert(this);
          return true;
        },
        "Mod-Shift--": () => {
          this.page.split(this);
          return true;
        },
        "Mod-s": () => this.page.saveNow(),
        "ArrowUp": (view) => !isCompleting(view) && this.#leaveAt(view, -1),
        "ArrowDown": (view) => !isCompleting(view) && this.#leaveAt(view, 1),
      },
      ask: (ask, fields) => this.page.ask(ask, this, fields),
    });
    return () => place.replaceChildren(this.#editor.dom);
  }

  /** Leaves the editor; text is shown again. */
  leave() {
    this.closeText();
    this.focus();
    return true;
  }

  /** Shows text in place of its editor. Without the server, which makes it, what is shown would be an old one. */
  closeText() {
    if (!this.isCode && this.isOpen && this.page.connection.isOpen) {
      this.root.classList.remove("is-edited");
      this.page.showText(this);
    }
  }

  remove() {
    this.#editor?.destroy();
    this.root.remove();
  }

  #build() {
    const { root } = this;
    root.dataset.cell = this.id;
    root.dataset.kind = this.kind;
    // Tab goes from cell to cell and to their buttons; Enter goes into the editor, Escape out of it.
    root.tabIndex = 0;
    root.classList.add("cell");
    root.id = `cell-${this.id}`;
    root.setAttribute("role", "group");
    if (!root.querySelector(".outputs")) {
      root.append(element("div", { class: "source" }),
        element("div", this.isCode ? { class: "outputs" } : { class: "outputs prose" }));
    }
    this.#shown = root.querySelector(".outputs");
    for (const block of this.#shown.children) {
      extend(block, this);
    }
    if (this.isCode) {
      this.#controls = new Controls(this.#shown, this);
      this.#controls.take(this.#shown);
    }
    root.prepend(this.#tools());
    if (this.isCode) {
      this.#shown.setAttribute("role", "region");
      if (this.language) {
        root.querySelector(".source").before(element("p", { class: "language", text: `${this.language}: shown, not run` }));
      }
      this.#showCode();
    } else {
      this.#nameText();
      this.#shown.addEventListener("dblclick", () => this.edit());
      root.classList.toggle("is-empty", this.#shown.textContent.trim() === "");
    }
    root.addEventListener("focusin", () => this.page.select(this));
    root.addEventListener("focusout", (event) => {
      if (!this.isCode && !root.contains(event.relatedTarget) && document.hasFocus()) {
        this.closeText();
      }
    });
  }

  // The code as the server coloured it, or as it has been changed since.
  #showCode() {
    const place = this.root.querySelector(".source");
    if (place.querySelector("code")?.textContent !== this.text) {
      place.replaceChildren(element("pre", {}, element("code", { text: this.text })));
    }
  }

  #nameText() {
    const heading = this.#shown.querySelector("h1, h2, h3, h4")?.firstChild?.textContent;
    this.root.setAttribute("aria-label", heading ? `Text: ${heading}` : "Text");
  }

  #tools() {
    const { page } = this;
    const tools = element("div", { class: "tools" });
    if (this.isCode) {
      tools.append(
        button("Run", () => (this.#state.activity === "idle" ? page.run(this) : page.interrupt()), { sign: "▶", class: "run" }),
        element("span", { class: "number", "aria-hidden": "true" }),
        element("span", { class: "words", "aria-hidden": "true" }));
    }
    const menu = button("Cell menu", () => page.openMenu(this, menu),
      { sign: "⋯", class: "menu", "aria-haspopup": "menu", "aria-expanded": "false", title: "What can be done with this cell" });
    tools.append(element("span", { class: "gap" }));
    if (!this.isCode) {
      tools.append(button("Edit", () => this.edit(), { sign: "✎", class: "edit", title: "Edit this text (Enter)" }));
    }
    tools.append(menu);
    return tools;
  }

  // At the first or last line, the arrows go on into the neighbouring cell.
  #leaveAt(view, direction) {
    const { state } = view;
    const line = state.doc.lineAt(state.selection.main.head).number;
    if (!state.selection.main.empty || line !== (direction < 0 ? 1 : state.doc.lines)) {
      return false;
    }
    return this.page.goTo(this, direction);
  }
}

// What the page's scripts add to a piece of output that the server made.
function extend(block, cell) {
  extendVerdict(block, cell);
  extendFigure(block);
  for (const place of block.querySelectorAll("[data-explorable]")) {
    enliven(place);
  }
}
