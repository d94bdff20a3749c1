// The controls of a cell: sliders, choices, fields. They are above the cell's outputs and stay while these are
// replaced, so that a control being dragged isn't lost.
import { button, element } from "./dom.js";

// Sending more often than the eye can follow is useless; the server takes the latest value in any case.
const SEND_EVERY = 40;

// The outputs keep their height for this long after a run, since new pictures need a moment to load.
const STEADY = 400;

export class Controls {
  /** @type {Map<string, Control>} */
  #controls = new Map();
  #area;
  #shown;
  #cell;
  #steady = 0;

  /**
   * @param {HTMLElement} shown The element with what the cell shows.
   * @param {import("./cell.js").Cell} cell
   */
  constructor(shown, cell) {
    this.#shown = shown;
    this.#cell = cell;
    this.#area = element("div", { class: "controls", hidden: true });
    shown.before(this.#area);
  }

  /** Whether the reader has moved one, and the cell has not yet given what belongs to it. */
  get isMoved() {
    return [...this.#controls.values()].some((control) => control.isMoved);
  }

  /** Takes the controls that the cell shows now. One that is gone stays until the cell's run has ended. */
  take(shown) {
    let before = null;
    for (const place of shown.querySelectorAll("[data-control]")) {
      const told = JSON.parse(place.dataset.control);
      place.closest(".block").hidden = true;
      const known = this.#controls.get(told.name);
      if (known?.isFor(told)) {
        known.take(told.value ?? told.default);
      } else {
        known?.root.remove();
        const made = new Control(told, (value) => this.#move(told.name, value), () => this.#cell.isIdle);
        this.#controls.set(told.name, made);
        before ? before.after(made.root) : this.#area.prepend(made.root);
      }
      before = this.#controls.get(told.name).root;
    }
    this.#area.hidden = this.#controls.size === 0;
  }

  /** A run has ended: what the cell doesn't show any more goes. */
  settle() {
    const shown = new Set([...this.#shown.querySelectorAll("[data-control]")]
      .map((place) => JSON.parse(place.dataset.control).name));
    for (const [name, control] of this.#controls) {
      if (shown.has(name)) {
        control.settle();
      } else {
        control.root.remove();
        this.#controls.delete(name);
      }
    }
    this.#area.hidden = this.#controls.size === 0;
    clearTimeout(this.#steady);
    this.#steady = setTimeout(() => this.#shown.style.removeProperty("min-height"), STEADY);
  }

  #move(name, value) {
    clearTimeout(this.#steady);
    this.#shown.style.minHeight = `${this.#shown.offsetHeight}px`;
    return this.#cell.page.moveControl(this.#cell, name, value);
  }
}

let lastId = 0;

class Control {
  #told;
  #key;
  #field;
  #readout;
  #back;
  #value;
  #move;
  #isCellIdle;
  #timer = 0;
  #isDue = false;
  #wanted = null;
  #unanswered = 0;
  #isLost = false;
  #toldValue;

  /**
   * @param {object} told What the cell says of the control.
   * @param {(value: string | number) => Promise<boolean>} move Sends a value; gives whether the server has received it.
   * @param {() => boolean} isCellIdle
   */
  constructor(told, move, isCellIdle) {
    this.#told = told;
    this.#key = keyOf(told);
    this.#move = move;
    this.#isCellIdle = isCellIdle;
    this.#value = told.value ?? told.default;
    this.#toldValue = this.#value;
    const id = `control-${++lastId}`;
    this.#field = fieldOf(told, id);
    this.#field.addEventListener("input", () => this.#changed());
    this.#readout = told.control === "slider" ? element("output", { for: id }) : null;
    this.#back = button(`Put ${told.name} back to ${told.default}`, () => {
      this.#show(told.default);
      this.#send(told.default);
      this.#field.focus();
    }, { sign: "↺", class: "back" });
    this.root = element("div", { class: `control is-${told.control}` },
      element("label", { for: id, text: told.name }), this.#field, this.#readout, this.#back);
    this.#show(this.#value);
  }

  get isMoved() {
    return this.#wanted !== null;
  }

  isFor(told) {
    return keyOf(told) === this.#key;
  }

  /** The cell says where the control stands: as another page has put it, unless the reader moves it here. */
  take(value) {
    this.#toldValue = value;
    if (this.#wanted === null && !this.#isBeingCorrected) {
      this.#show(value);
    }
  }

  /**
   * The cell doesn't run and doesn't wait. The server answers a value only when its run is queued or refused, so that
   * after the last answer no run for it is to come, and the control stands where the cell says.
   */
  settle() {
    if (this.#wanted === null || this.#isDue || this.#unanswered > 0) {
      return;
    }
    if (this.#isLost) {
      // The connection is back.
      this.#send(this.#wanted);
      return;
    }
    const isAsWanted = this.#toldValue === this.#wanted;
    this.#wanted = null;
    if (!isAsWanted) {
      this.#show(this.#toldValue);
    }
  }

  // The reader has typed what is not a valid value yet.
  get #isBeingCorrected() {
    return this.#field.getAttribute("aria-invalid") === "true" && this.#field === document.activeElement;
  }

  #changed() {
    const value = this.#read();
    if (value === null) {
      return;
    }
    this.#value = value;
    this.#say(value);
    this.#send(value);
  }

  // The first value is sent at once, then the latest one after each pause.
  #send(value) {
    this.#wanted = value;
    if (this.#timer) {
      this.#isDue = true;
      return;
    }
    this.#isDue = false;
    this.#ask(value);
    this.#timer = setTimeout(() => {
      this.#timer = 0;
      if (this.#isDue) {
        this.#send(this.#wanted);
      }
    }, SEND_EVERY);
  }

  async #ask(value) {
    this.#unanswered++;
    const isReceived = await this.#move(value);
    this.#unanswered--;
    this.#isLost = !isReceived;
    if (isReceived && this.#isCellIdle()) {
      this.settle();
    }
  }

  // Null if the text isn't a valid value.
  #read() {
    const { control } = this.#told;
    if (control === "choice" || control === "text") {
      return this.#field.value;
    }
    const isRight = this.#field.value !== "" && this.#field.checkValidity();
    this.#field.setAttribute("aria-invalid", String(!isRight));
    return isRight ? Number(this.#field.value) : null;
  }

  #show(value) {
    this.#value = value;
    if (this.#field.value !== String(value)) {
      this.#field.value = value;
    }
    this.#field.removeAttribute("aria-invalid");
    this.#say(value);
  }

  #say(value) {
    if (this.#readout) {
      this.#readout.textContent = value;
      this.#field.setAttribute("aria-valuetext", value);
    }
    this.#back.classList.toggle("is-idle", value === this.#told.default);
    this.#back.disabled = value === this.#told.default;
  }
}

// Everything except the value itself.
function keyOf({ value, ...told }) {
  return JSON.stringify(told);
}

function fieldOf(told, id) {
  const { min, max, step } = told;
  switch (told.control) {
    case "slider":
      return element("input", { type: "range", id, min, max, step });
    case "choice":
      return element("select", { id }, ...told.choices.map((choice) => element("option", { value: choice, text: choice })));
    case "number":
      return element("input", { type: "number", id, min, max, step: step ?? "any", autocomplete: "off" });
    default:
      return element("input", { type: "text", id, maxlength: told.maxLength, autocomplete: "off", spellcheck: "false" });
  }
}
