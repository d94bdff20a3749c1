// The earlier attempts at an exercise: browsed below its cell, compared with the present text, and restored.
import { announce, button, element } from "./dom.js";
import { codeView, comparison } from "./codeview.js";
import { helpPanel } from "./verdict.js";

const WHY = { Reset: "before a reset", Replaced: "replaced by an earlier one" };

export class Attempts {
  #bar;
  #open;
  #startAgain;
  #help;
  #helpShown = null;
  #hasHelp = false;
  #shown = null;
  #count = 0;

  /**
   * @param {import("./notebook.js").NotebookPage} page
   * @param {import("./cell.js").Cell} cell
   */
  constructor(page, cell) {
    this.page = page;
    this.cell = cell;
    this.#open = button("", () => this.#toggle(), { title: "Your earlier attempts, which you can bring back", "aria-expanded": "false" });
    this.#startAgain = button("Start again", () => page.reset(cell), { title: "Reset the cell to the lesson's text; your present text is kept among the attempts" });
    this.#help = button("Help", () => this.#toggleHelp(), { title: "Hints and a solution of this exercise", "aria-expanded": "false" });
    this.#bar = element("div", { class: "attempts-bar" }, this.#help, this.#startAgain, this.#open);
    cell.root.querySelector(".outputs").after(this.#bar);
  }

  take(told) {
    const isMore = told.attempts !== this.#count;
    this.#count = told.attempts;
    this.#open.textContent = `Attempts (${told.attempts})`;
    this.#open.hidden = told.attempts === 0;
    this.#hasHelp = told.role === "Exercise" && told.hasHelp;
    this.outputsChanged();
    if (this.#shown && isMore) {
      void this.#show();
    }
  }

  textChanged() {
    this.#startAgain.hidden = !this.cell.canReset;
    this.#bar.hidden = [this.#help, this.#startAgain, this.#open].every(({ hidden }) => hidden);
  }

  /** A verdict brings its own help; a cell with an error, or without output, has none. */
  outputsChanged() {
    this.#help.hidden = !this.#hasHelp || this.cell.root.querySelector(".outputs .verdict-panel") !== null;
    if (this.#help.hidden) {
      this.#closeHelp();
    }
    this.textChanged();
  }

  remove() {
    this.#shown?.remove();
    this.#closeHelp();
    this.#bar.remove();
  }

  async #toggleHelp() {
    if (this.#helpShown) {
      this.#closeHelp();
      return;
    }
    const json = (await this.page.connection.ask("help", { cell: this.cell.id }))?.help;
    this.#helpShown = json ? helpPanel(this.cell, json) : null;
    if (this.#helpShown) {
      this.#bar.after(this.#helpShown);
      this.#help.setAttribute("aria-expanded", "true");
    }
  }

  #closeHelp() {
    this.#helpShown?.remove();
    this.#helpShown = null;
    this.#help.setAttribute("aria-expanded", "false");
  }

  async #toggle() {
    if (this.#shown) {
      this.#close();
    } else {
      await this.#show();
    }
  }

  #close() {
    this.#shown?.remove();
    this.#shown = null;
    this.#open.setAttribute("aria-expanded", "false");
    this.#open.focus({ preventScroll: true });
  }

  async #show() {
    // The text typed last is included.
    this.page.send.now();
    const attempts = (await this.page.connection.ask("attempts", { cell: this.cell.id }))?.attempts;
    if (!attempts?.length) {
      return;
    }
    // The latest one that differs from the cell's text.
    const others = attempts.findLastIndex(({ source }) => source !== this.cell.text);
    const panel = this.#panel(attempts, others < 0 ? attempts.length - 1 : others);
    this.#shown ? this.#shown.replaceWith(panel) : this.#bar.after(panel);
    this.#shown = panel;
    this.#open.setAttribute("aria-expanded", "true");
  }

  #panel(attempts, place) {
    const attempt = attempts[place];
    const name = `Attempt ${place + 1} of ${attempts.length}`;
    const isPresent = attempt.source === this.cell.text;
    const words = [name, whenWords(attempt.at), attempt.verdict ?? WHY[attempt.why], isPresent ? "in the cell now" : ""]
      .filter(Boolean).join(" · ");
    const turn = (to, from) => {
      const panel = this.#panel(attempts, to);
      this.#shown.replaceWith(panel);
      this.#shown = panel;
      announce(panel.querySelector(".attempt-name").textContent);
      const [older, newer] = panel.querySelectorAll(".turn");
      const wanted = from === "older" ? older : newer;
      (wanted.disabled ? (wanted === older ? newer : older) : wanted).focus({ preventScroll: true });
    };
    const view = element("div", {}, codeView(this.cell, attempt.source, `Code of attempt ${place + 1}`));
    let compares = false;
    const compare = button("Compare with the cell", () => {
      compares = !compares;
      compare.textContent = compares ? "Code alone" : "Compare with the cell";
      view.replaceChildren(compares
        ? comparison({ title: `Attempt ${place + 1}`, text: attempt.source }, { title: "The cell now", text: this.cell.text })
        : codeView(this.cell, attempt.source, `Code of attempt ${place + 1}`));
    });
    return element("div", { class: "attempts", role: "group", "aria-label": "Earlier attempts" },
      element("div", { class: "attempt-head" },
        button("Older", () => turn(place - 1, "older"), { sign: "‹", class: "turn", disabled: place === 0 }),
        button("Newer", () => turn(place + 1, "newer"), { sign: "›", class: "turn", disabled: place === attempts.length - 1 }),
        element("span", { class: "attempt-name", text: words })),
      view,
      element("div", { class: "buttons" },
        button("Bring it back", () => this.#bringBack(attempt), { class: "main", disabled: isPresent, title: "Puts this attempt into the cell; the present text is kept, too" }),
        compare,
        button("Close", () => this.#close())));
  }

  #bringBack(attempt) {
    // The server keeps the present text before it is replaced.
    this.page.send.now();
    if (!this.page.tell("keep", { cell: this.cell.id })) {
      return;
    }
    this.#close();
    this.cell.write(attempt.source);
    this.page.send.now();
    announce("The attempt is in the cell again.");
    this.cell.edit(0);
  }
}

function whenWords(at) {
  const time = new Date(at);
  const isToday = time.toDateString() === new Date().toDateString();
  return isToday
    ? `today, ${time.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}`
    : time.toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
}
