// The answers to a quiz as choices. The cell holds them as code, which other programs run; a choice changes its letter
// in that code and nothing else.
import { announce, button, element } from "./dom.js";
import { nextSteps } from "./nextsteps.js";

const NAMES = ["first", "second", "third"];

// One call with three letters, with or without comments before it and a semicolon behind. Whatever is written in
// another
// form stays as it is, and is shown as code.
const FORM = new RegExp(
  `^(?:\\s*//[^\\n]*\\n)*\\s*Quiz\\.Answers\\(\\s*"\\d+"${NAMES.map((name) => `\\s*,\\s*${name}:\\s*"([^"\\\\\\n]*)"`).join("")}\\s*\\)\\s*;?\\s*$`, "d");

export class Quiz {
  #panel = null;
  #groups = [];
  #questions = "";
  #verdict = null;
  // Questions whose answers were checked; a stored verdict counts for all. The others are answered but not yet
  // explained.
  #checked = null;
  #asked = null;
  #activity = "idle";
  #showsCode = false;

  /**
   * @param {import("./notebook.js").NotebookPage} page
   * @param {import("./cell.js").Cell} cell The cell with the answers.
   */
  constructor(page, cell) {
    this.page = page;
    this.cell = cell;
    this.switch = button("Show the code", () => this.#switch(), { class: "code-switch", "aria-pressed": "false" });
    cell.standIn = () => this.#takeCursor();
    page.addEventListener("states", () => this.#follow());
  }

  take() {
    this.questionsChanged();
    this.outputsChanged();
  }

  /** The text with the questions may be another one. */
  questionsChanged() {
    const found = questionsAbove(this.cell);
    const asked = found.map(({ parts }) => parts.map((part) => part.textContent).join("\n")).join("\n\n");
    if (this.#panel && asked === this.#questions) {
      this.#hideQuestions(found);
      return;
    }
    this.#questions = asked;
    this.#panel?.remove();
    this.#panel = null;
    if (found.length === NAMES.length) {
      this.#build(found);
    }
    this.#show();
  }

  textChanged() {
    this.#show();
  }

  outputsChanged() {
    this.#verdict = verdictIn(this.cell);
    this.#checked ??= new Set(this.#verdict?.answers.keys() ?? []);
    this.#show();
  }

  remove() {
    this.cell.standIn = null;
    this.#panel?.remove();
    this.#panel = null;
    this.switch.remove();
    this.cell.root.classList.remove("has-choices", "shows-code");
    this.#hideQuestions([]);
  }

  #build(found) {
    this.#groups = found.map(({ question, choices }, place) => {
      const name = `${this.cell.id}-${NAMES[place]}`;
      const inputs = choices.map(({ letter, content }) => {
        const input = element("input", {
          type: "radio", name, value: letter, id: `${name}-${letter}`,
          onchange: () => this.#choose(place, letter),
        });
        const said = element("p", { class: "said", id: `${name}-${letter}-said` });
        const choice = element("div", { class: "choice" },
          element("label", { for: input.id }, input, element("span", { class: "letter", text: `(${letter})` }), element("span", {}, ...content)),
          said);
        return { letter, input, said, choice };
      });
      const check = button("Check", () => this.#check(place), { class: "main check" });
      const fieldset = element("fieldset", {},
        element("legend", {}, element("span", {}, ...question)),
        ...inputs.map(({ choice }) => choice),
        element("div", { class: "buttons" }, check));
      return { inputs, check, fieldset };
    });
    this.#panel = element("div", {
      class: "choices",
      onkeydown: (event) => this.#key(event),
    }, ...this.#groups.map(({ fieldset }) => fieldset), element("div", { class: "quiz-end" }));
    this.cell.root.querySelector(".source").before(this.#panel, element("div", { class: "switch-bar" }, this.switch));
    this.#panel.nextSibling.after(element("p", { class: "other-form", hidden: true,
      text: "The answers are written in a form that the choices above can't change, so here is the code." }));
    this.#hideQuestions(found);
  }

  // The questions are read once, in the choices; the rest of the text stays.
  #hideQuestions(found) {
    for (const part of document.querySelectorAll(`[data-in-quiz="${CSS.escape(this.cell.id)}"]`)) {
      delete part.dataset.inQuiz;
    }
    for (const part of found.flatMap(({ parts }) => parts)) {
      part.dataset.inQuiz = this.cell.id;
    }
  }

  #show() {
    const { root } = this.cell;
    const letters = this.#letters();
    const isUsable = this.#panel !== null && letters !== null;
    root.classList.toggle("has-choices", isUsable);
    root.classList.toggle("shows-code", !isUsable || this.#showsCode);
    this.switch.parentElement?.toggleAttribute("hidden", !isUsable);
    if (!this.#panel) {
      return;
    }
    this.#panel.hidden = !isUsable;
    root.querySelector(".other-form").hidden = isUsable;
    if (!isUsable) {
      this.#hideQuestions([]);
      return;
    }
    this.#hideQuestions(questionsAbove(this.cell));
    root.classList.toggle("has-error", root.querySelector(".outputs .error") !== null);
    let right = 0;
    this.#groups.forEach(({ inputs, check }, place) => {
      const answer = this.#checked?.has(place) ? this.#verdict?.answers[place] : null;
      let isSaid = false;
      for (const { letter, input, said, choice } of inputs) {
        input.checked = letter === letters[place];
        const own = input.checked && answer?.message.startsWith(`(${letter})`) ? answer : null;
        isSaid ||= own !== null;
        const isRight = own?.verdict === "correct";
        right += isRight ? 1 : 0;
        choice.className = own ? `choice ${isRight ? "is-right" : "is-wrong"}` : "choice";
        const words = own ? `${isRight ? "✓ Right." : "✗ Not this one."} ${own.message.replace(/^\(\w\)( is right\.|: not this one\.)\s*/, "")}` : "";
        if (said.textContent !== words) {
          said.textContent = words;
        }
        said.hidden = !own;
        own ? input.setAttribute("aria-describedby", said.id) : input.removeAttribute("aria-describedby");
      }
      check.disabled = isSaid || letters[place] === "" || !inputs.some(({ letter }) => letter === letters[place]);
      check.parentElement.hidden = isSaid;
    });
    const end = this.#panel.querySelector(".quiz-end");
    end.replaceChildren(...(right === NAMES.length
      ? [element("p", { text: "All three are right." }), nextSteps(this.page, this.cell)] : []));
  }

  // The letters in the code; null if the code has another form. Anything but a letter means that nothing is chosen.
  #letters() {
    const match = FORM.exec(this.cell.text);
    return match ? match.slice(1).map((text) => text.replace(/[\s()[\].:']/g, "").toLowerCase()) : null;
  }

  #choose(place, letter) {
    const { text } = this.cell;
    const match = FORM.exec(text);
    if (match) {
      const [from, to] = match.indices[place + 1];
      this.#checked?.delete(place);
      this.cell.write(text.slice(0, from) + letter + text.slice(to));
    }
    this.#show();
  }

  // The cell itself gives the explanations. If the course's library isn't loaded yet, the cells that load it run first.
  #check(place) {
    (this.#checked ??= new Set()).add(place);
    this.#asked = place;
    const { check, inputs } = this.#groups[place];
    check.disabled = true;
    inputs.find(({ input }) => input.checked)?.input.focus({ preventScroll: true });
    for (const above of this.page.cells) {
      if (above === this.cell) {
        break;
      }
      if (above.isCode && above.state.freshness === "stored" && above.state.activity === "idle" && /^#r |\busing RnnCourse\.Exercises;/m.test(above.text)) {
        this.page.run(above);
      }
    }
    this.page.run(this.cell);
  }

  // Running the cell itself checks all answers.
  #follow() {
    const before = this.#activity;
    this.#activity = this.cell.state.activity;
    if (this.#activity === "running" && before !== "running" && this.#asked === null) {
      this.#checked = new Set(NAMES.keys());
    }
    if (this.#activity === "idle" && before !== "idle") {
      this.#show();
      announce(this.#groups[this.#asked]?.inputs.find(({ said }) => !said.hidden)?.said.textContent);
      this.#asked = null;
    }
  }

  #switch() {
    this.#showsCode = !this.#showsCode;
    this.switch.textContent = this.#showsCode ? "Hide the code" : "Show the code";
    this.switch.setAttribute("aria-pressed", String(this.#showsCode));
    this.#show();
    if (this.#showsCode) {
      this.cell.openEditor();
      window.dispatchEvent(new Event("resize"));
    }
  }

  // Where the focus would go to the code, it goes to the choices.
  #takeCursor() {
    if (!this.cell.root.classList.contains("has-choices") || this.#showsCode) {
      return false;
    }
    const { inputs } = this.#groups.find(({ check }) => !check.parentElement.hidden) ?? this.#groups[0];
    (inputs.find(({ input }) => input.checked) ?? inputs[0]).input.focus();
    return true;
  }

  #key(event) {
    const place = this.#groups.findIndex(({ fieldset }) => fieldset.contains(event.target));
    if (event.key === "Enter" && (event.shiftKey || event.ctrlKey || event.metaKey)) {
      event.shiftKey ? this.page.runAndGoOn(this.cell) : this.page.run(this.cell);
    } else if (event.key === "Enter" && event.target.type === "radio" && !this.#groups[place].check.disabled) {
      this.#check(place);
    } else if (event.key === "Escape") {
      this.cell.focus();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

// The questions of the nearest text above that has some: a paragraph in bold that begins with a number, and a list of
// choices that begin with letters.
function questionsAbove(cell) {
  for (let root = cell.root.previousElementSibling; root; root = root.previousElementSibling) {
    if (root.dataset.kind !== "text") {
      return [];
    }
    const found = [];
    for (const list of root.querySelectorAll(":scope > .outputs ul")) {
      const heading = list.previousElementSibling;
      const items = [...list.children].map((item) => [item, /^\s*\(([a-z])\)\s*/.exec(item.textContent)]);
      if (heading?.matches("p") && /^\s*\d+\.\s/.test(heading.textContent) && items.length > 1 && items.every(([, match]) => match)) {
        found.push({
          parts: [heading, list],
          question: copyOf(heading.childElementCount === 1 && heading.firstChild === heading.lastChild ? heading.firstElementChild : heading),
          choices: items.map(([item, match]) => ({ letter: match[1], content: withoutLetter(item) })),
        });
      }
    }
    if (found.length > 0) {
      return found;
    }
  }
  return [];
}

function copyOf(place) {
  return [...place.cloneNode(true).childNodes];
}

function withoutLetter(item) {
  const nodes = copyOf(item.children.length === 1 && item.firstElementChild.matches("p") ? item.firstElementChild : item);
  const first = nodes.find((node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
  if (first) {
    first.textContent = first.textContent.replace(/^\s*\([a-z]\)\s*/, "");
  }
  return nodes;
}

function verdictIn(cell) {
  const place = cell.root.querySelector(".outputs [data-verdict]");
  try {
    const verdict = place && JSON.parse(place.dataset.verdict);
    return Array.isArray(verdict?.answers) ? verdict : null;
  } catch {
    return null;
  }
}
