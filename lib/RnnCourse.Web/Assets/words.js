// The meaning of marked words, of the lecture's statements, and of the symbols in formulas: in a card that opens below
// them by
// hover, by the keyboard's focus, or by a tap; Escape closes it. The server has marked them, and put their meaning into
// their titles.
import { element } from "./dom.js";

const MARKS = "abbr.word, span.symbols";
const OPEN_AFTER = 350;
const CLOSE_AFTER = 250;

/**
 * @param {HTMLElement} place The element that holds the texts.
 * @param {EventTarget} page Tells when texts are shown anew.
 */
export function explainWords(place, page) {
  const card = new Card();
  const follow = () => {
    const seen = new Set();
    for (const mark of place.querySelectorAll(MARKS)) {
      prepare(mark, seen);
    }
  };
  place.addEventListener("pointerover", (event) => {
    const mark = event.pointerType === "mouse" && event.target.closest(MARKS);
    if (mark) {
      card.openSoon(mark);
    }
  });
  place.addEventListener("pointerout", (event) => {
    if (event.pointerType === "mouse" && event.target.closest(MARKS)) {
      card.closeSoon();
    }
  });
  place.addEventListener("focusin", (event) => {
    const mark = event.target.closest?.(MARKS);
    if (mark && event.target === mark && mark.matches(":focus-visible")) {
      card.open(mark);
    }
  });
  place.addEventListener("focusout", (event) => event.target.matches?.(MARKS) && card.close());
  place.addEventListener("click", (event) => {
    const mark = event.target.closest(MARKS);
    if (mark && !getSelection()?.toString()) {
      card.open(mark);
    }
  });
  document.addEventListener("pointerdown", (event) => {
    if (!card.contains(event.target) && !event.target.closest?.(MARKS)) {
      card.close();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && card.close()) {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);
  page.addEventListener("textShown", follow);
  page.addEventListener("arranged", follow);
  follow();
}

// A term is marked once in the notebook, and the keyboard stops at a formula that brings a symbol for the first time:
// each text is marked by itself, since texts are edited one by one.
function prepare(mark, seen) {
  const words = mark.dataset.words ?? mark.title;
  if (mark.title) {
    mark.dataset.words = words;
    // Removed from the title, which the browser would show as well.
    mark.removeAttribute("title");
  }
  const isStatement = mark.matches("abbr") && !mark.dataset.lesson && words.startsWith("The lecture states: ");
  const lines = words.split("\n");
  const isNew = isStatement || lines.some((line) => !seen.has(line));
  for (const line of lines) {
    seen.add(line);
  }
  mark.classList.toggle("is-repeated", !isNew);
  if (isNew) {
    mark.tabIndex = 0;
  } else {
    mark.removeAttribute("tabindex");
  }
}

class Card {
  #element = element("div", { class: "word-card", role: "tooltip", id: "word-card", hidden: true });
  #mark = null;
  #timer = 0;

  constructor() {
    document.body.append(this.#element);
    this.#element.addEventListener("pointerenter", () => clearTimeout(this.#timer));
    this.#element.addEventListener("pointerleave", () => this.closeSoon());
  }

  contains(node) {
    return this.#element.contains(node);
  }

  openSoon(mark) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.open(mark), this.#mark ? 0 : OPEN_AFTER);
  }

  closeSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.close(), CLOSE_AFTER);
  }

  open(mark) {
    clearTimeout(this.#timer);
    if (!mark.isConnected || mark.matches("abbr.is-repeated")) {
      return;
    }
    this.close();
    this.#mark = mark;
    mark.setAttribute("aria-describedby", "word-card");
    this.#element.replaceChildren(...mark.dataset.words.split("\n").map((line) => {
      const end = line.indexOf(": ");
      return element("p", {}, element("strong", { text: line.slice(0, end) }), ` ${line.slice(end + 2)}`);
    }));
    if (mark.dataset.lesson) {
      this.#element.append(element("p", { class: "from", text: `Lesson ${mark.dataset.lesson} introduces it.` }));
    }
    this.#element.hidden = false;
    const at = mark.getClientRects()[0] ?? mark.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.#element;
    const below = innerHeight - at.bottom > height + 12 || at.top < height + 12;
    this.#element.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8)) + scrollX}px`;
    this.#element.style.top = `${(below ? at.bottom + 6 : at.top - height - 6) + scrollY}px`;
  }

  /** Returns whether it was open. */
  close() {
    clearTimeout(this.#timer);
    if (!this.#mark) {
      return false;
    }
    this.#mark.removeAttribute("aria-describedby");
    this.#mark = null;
    this.#element.hidden = true;
    return true;
  }
}
