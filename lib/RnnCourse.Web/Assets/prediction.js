// A cell whose outputs stay folded until the reader has predicted them.
import { button, element } from "./dom.js";
import { draftOf } from "./drafts.js";

export class Prediction {
  #panel = null;
  #told = null;
  #draft;

  /**
   * @param {import("./notebook.js").NotebookPage} page
   * @param {import("./cell.js").Cell} cell
   */
  constructor(page, cell) {
    this.page = page;
    this.cell = cell;
    this.#draft = draftOf(`prediction:${cell.id}`);
    for (const name of ["states", "textShown", "arranged"]) {
      page.addEventListener(name, () => this.#fold());
    }
  }

  take(told) {
    const before = this.#told;
    this.#told = told;
    if (before && before.hasPredicted === told.hasPredicted && before.prediction === told.prediction
      && before.question === told.question) {
      this.#fold();
      return;
    }
    if (told.hasPredicted && told.prediction === this.#draft.text.trim()) {
      this.#draft.text = "";
    }
    const hadFocus = this.#panel?.contains(document.activeElement);
    const panel = told.hasPredicted ? this.#made() : this.#asks();
    this.#panel ? this.#panel.replaceWith(panel) : this.cell.root.querySelector(".outputs").before(panel);
    this.#panel = panel;
    this.#fold();
    if (hadFocus) {
      (panel.querySelector("textarea") ?? panel).focus({ preventScroll: true });
    }
  }

  outputsChanged() {
    this.#fold();
  }

  remove() {
    this.#told = null;
    this.#panel?.remove();
    this.#panel = null;
    this.#fold();
  }

  // An error is not what was asked for: it shows. What the text says of the result waits with it, up to the next
  // heading.
  #fold() {
    const { root, id } = this.cell;
    const waits = this.#told !== null && !this.#told.hasPredicted && !root.querySelector(".outputs .error");
    root.classList.toggle("awaits-prediction", waits);
    const next = root.nextElementSibling;
    const following = waits && next?.dataset.kind === "text" ? [...next.querySelectorAll(":scope > .outputs > .block > *")] : [];
    const heading = following.findIndex((part) => /^H\d$/.test(part.tagName));
    const hidden = new Set(heading < 0 ? following : following.slice(0, heading));
    for (const part of document.querySelectorAll(`[data-waits-for="${CSS.escape(id)}"]`)) {
      if (!hidden.has(part)) {
        delete part.dataset.waitsFor;
      }
    }
    for (const part of hidden) {
      part.dataset.waitsFor = id;
    }
    const isEmpty = root.querySelector(".outputs").childElementCount === 0;
    for (const words of this.#panel?.querySelectorAll(".until-run") ?? []) {
      words.hidden = !isEmpty;
    }
  }

  #asks() {
    const text = element("textarea", {
      rows: "2", spellcheck: "true", maxlength: "10000",
      oninput: () => {
        this.#draft.text = text.value;
      },
    });
    text.value = this.#draft.text;
    return element("form", {
      class: "prediction",
      onsubmit: (event) => {
        event.preventDefault();
        this.#tell(text.value.trim() || null);
      },
    },
    element("label", {},
      element("span", { class: "prediction-name", text: "Your prediction" }),
      element("span", { text: this.#told.question }),
      text),
    element("div", { class: "buttons" },
      element("button", { type: "submit", class: "main" }, "Show the result"),
      button("Skip", () => this.#tell(null), { title: "Show the result without a prediction" }),
      element("span", { class: "soft", text: "The result, and the text's comments on it, are hidden until then." })));
  }

  #made() {
    const { question, prediction } = this.#told;
    const isKept = this.#draft.text.trim() !== "";
    return element("div", { class: "prediction is-made", role: "group", "aria-label": "Your prediction", tabindex: "-1" },
      element("p", {}, element("span", { class: "prediction-name", text: "Your prediction" }), element("span", { text: question })),
      prediction ? element("p", { class: "prediction-words", text: prediction }) : null,
      element("p", { class: "prediction-end" },
        element("span", { class: "soft", text: prediction ? "And this is what the cell gives:" : "You have skipped it. This is what the cell gives:" }),
        element("span", { class: "soft until-run", text: "nothing yet, until you run it." }),
        isKept ? element("span", { class: "soft", text: "Your draft is kept for when you predict again." }) : null,
        button(prediction ? "Predict again" : "Predict after all", () => this.#askAgain(),
          { title: "Hides the result again" })));
  }

  // The earlier prediction is offered for editing, unless a new one has been started.
  #askAgain() {
    this.#draft.text ||= this.#told.prediction ?? "";
    this.page.tell("predict", { cell: this.cell.id, again: true });
  }

  #tell(words) {
    this.page.tell("predict", { cell: this.cell.id, words });
  }
}
