// The controls of a cell: sliders, choices, fields. They are above the cell's outputs and stay while these are
// replaced, so that a control being dragged isn't lost.
import { button, element } from "./dom.js";

// Sending more often than the eye can follow is useless; the server takes the latest value in any case.
const SEND_EVERY = 40;

// The outputs keep their height for this long after a run, since new pictures need a moment to load.
const STEADY = 400;

// A value that no run has answered for this long was refused or forgotten.
const PATIENCE = 1500;

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
        const made = new Control(told, (value) => this.#move(told.name, value));
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
  #timer = 0;
  #isDue = false;
  #wanted = null;
  #toldValue;
  #patience = 0;

  constructor(told, move) {
    this.#told = told;
    this.#key = keyOf(told);
    this.#move = move;
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
    if (this.#wanted === null) {
      this.#show(value);
    }
  }

  /** The cell's run has ended. If it was not the one that this page asked for, that one follows, or never comes. */
  settle() {
    clearTimeout(this.#patience);
    if (this.#wanted === null || this.#isDue) {
      return;
    }
    if (this.#toldValue === this.#wanted) {
      this.#wanted = null;
    } else {
      this.#patience = setTimeout(() => {
        this.#wanted = null;
        this.#show(this.#toldValue);
      }, PATIENCE);
    }
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
    clearTimeout(this.#patience);
    this.#wanted = value;
    if (this.#timer) {
      this.#isDue = true;
      return;
    }
    this.#isDue = false;
    if (!this.#move(value)) {
      this.#wanted = null;
    }
    this.#timer = setTimeout(() => {
      this.#timer = 0;
      if (this.#isDue) {
        this.#send(this.#wanted);
      }
    }, SEND_EVERY);
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
