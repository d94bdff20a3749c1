// The notebook on the page: keeps the cells as the server has them, and sends it what the reader does.
import { Cell } from "./cell.js";
import { entriesFor } from "./cellmenu.js";
import { afterPause, announce, element } from "./dom.js";
import { openMenu } from "./menu.js";
import { Unsaved } from "./unsaved.js";

const SEND_AFTER = 150;

// Editors are created for cells near the screen, and for this many of those further away when the browser is idle.
const NEAR = "1200px";
const MOST_AHEAD = 150;

// So many at once: each time, the browser lays out the page anew, which takes long if it has thousands of cells.
const AHEAD_AT_ONCE = 10;

// During typing without a pause, a killed browser may cost only the last moment.
const SEND_AT_LATEST = 300;

function openEditors(cells) {
  const made = cells.map((cell) => cell.makeEditor());
  made.forEach((put) => put?.());
}

export class NotebookPage extends EventTarget {
  /** @type {Map<string, Cell>} */
  #cells = new Map();
  /** @type {Map<string, string>} What each cell shows, by the server's name for it. */
  #versions = new Map();
  #place;
  #focusNext = null;
  #wasSelected = null;
  #bringsBack = false;
  #nearby;
  #ahead = 0;
  #waiting = [];

  // Whether the server has sent its state since the connection was made: changes refer to that state.
  #isInStep = false;

  /**
   * @param {HTMLElement} place The element that holds the cells.
   * @param {import("./connection.js").Connection} connection
   */
  constructor(place, connection) {
    super();
    this.#place = place;
    this.connection = connection;
    this.unsaved = new Unsaved(location.pathname);
    this.send = afterPause(SEND_AFTER, () => this.#sendChanges(), SEND_AT_LATEST);
    for (const root of place.querySelectorAll("[data-cell]")) {
      this.#versions.set(root.dataset.cell, root.dataset.version);
    }
    this.#nearby = new IntersectionObserver((seen) => {
      const near = seen.filter(({ isIntersecting }) => isIntersecting).map(({ target }) => target);
      near.forEach((root) => this.#nearby.unobserve(root));
      openEditors(near.map((root) => this.#cells.get(root.dataset.cell)).filter(Boolean));
    }, { rootMargin: `${NEAR} 0px` });
    connection.addEventListener("open", () =>
      connection.tell("hello", { versions: Object.fromEntries(this.#versions) }));
    connection.addEventListener("told", ({ detail }) => this.#take(detail));
    connection.addEventListener("close", () => {
      this.#isInStep = false;
      this.unsaved.forgetSent();
      this.#saySaved();
    });
    window.addEventListener("pagehide", () => this.send.now());
    window.addEventListener("blur", () => this.send.now());
  }

  /** The cell with this id; undefined if there is none. */
  cell(id) {
    return this.#cells.get(id);
  }

  /** The cells in order. */
  get cells() {
    return [...this.#place.querySelectorAll(":scope > [data-cell]")].map((root) => this.#cells.get(root.dataset.cell)).filter(Boolean);
  }

  get selected() {
    return this.#wasSelected && this.#cells.has(this.#wasSelected.id) ? this.#wasSelected : null;
  }

  canUndo = false;
  canRedo = false;

  // Actions of the reader -------------------------------------------------------------------------------------------

  select(cell) {
    if (this.#wasSelected !== cell) {
      this.#wasSelected?.root.classList.remove("is-selected");
      cell.root.classList.add("is-selected");
      this.#wasSelected = cell;
    }
  }

  changed(cell, text) {
    this.unsaved.change(cell.id, cell.source, text);
    this.send();
    this.#saySaved();
    this.#sayText(cell);
  }

  saveNow() {
    this.send.now();
    return true;
  }

  /** Asks the server to do something; says so if it can't be reached. Returns whether it could. */
  tell(ask, fields = {}) {
    const isSent = this.connection.tell(ask, fields);
    if (!isSent) {
      this.dispatchEvent(new CustomEvent("unreachable"));
    }
    return isSent;
  }

  run(cell, range = "Cell") {
    this.send.now();
    cell?.closeText();
    this.tell("run", { range, cell: cell?.id });
    return true;
  }

  runAndGoOn(cell) {
    this.run(cell);
    if (!this.goTo(cell, 1, cell.isEditing && cell.isCode)) {
      this.insert(cell, "Code");
    }
    return true;
  }

  runAndInsert(cell) {
    this.run(cell);
    return this.insert(cell, "Code");
  }

  interrupt() {
    this.tell("interrupt");
  }

  restart(range) {
    this.send.now();
    this.tell("restart", range ? { range } : {});
  }

  /** Goes to the cell above or below. */
  goTo(cell, direction, wantsEditor = cell.isEditing) {
    const cells = this.cells;
    const next = cells[cells.indexOf(cell) + direction];
    if (!next) {
      return false;
    }
    if (wantsEditor && next.isCode) {
      next.edit(direction < 0 ? "end" : 0);
    } else {
      next.focus();
    }
    return true;
  }

  /** Adds a cell below another one, or above. */
  insert(cell, kind, isAbove = false, isScratch = false) {
    const cells = this.cells;
    const after = isAbove ? cells[cells.indexOf(cell) - 1]?.id : cell?.id;
    const id = newId();
    this.#focusNext = { id, edit: true };
    return this.#rearrange("insert", { cell: id, kind, after, isScratch });
  }

  /** Makes a cell one that is left out where the notebook is handed in, or no longer. */
  markAsScratch(cell, isOn) {
    this.#focusNext = { id: cell.id };
    return this.#rearrange("scratch", { cell: cell.id, isOn });
  }

  delete(cell) {
    const cells = this.cells;
    const at = cells.indexOf(cell);
    this.#focusNext = { id: (cells[at + 1] ?? cells[at - 1])?.id };
    if (this.#rearrange("delete", { cell: cell.id })) {
      this.#sayGone("The cell was deleted.");
    }
    return true;
  }

  move(cell, direction) {
    const cells = this.cells;
    const at = cells.indexOf(cell);
    const to = at + direction;
    if (to < 0 || to >= cells.length) {
      return true;
    }
    this.#focusNext = { id: cell.id };
    return this.#rearrange("move", { cell: cell.id, after: direction > 0 ? cells[to].id : cells[to - 1]?.id });
  }

  split(cell) {
    const newCell = newId();
    this.#focusNext = { id: newCell, edit: true };
    return this.#rearrange("split", { cell: cell.id, position: cell.position, newCell });
  }

  join(cell) {
    this.#focusNext = { id: cell.id };
    return this.#rearrange("join", { cell: cell.id });
  }

  changeKind(cell, kind) {
    this.#focusNext = { id: cell.id };
    return this.#rearrange("kind", { cell: cell.id, kind });
  }

  undo(again = false) {
    this.#bringsBack = true;
    return this.#rearrange("undo", { again });
  }

  clearOutputs(cell) {
    this.tell("clear", { cell: cell?.id });
  }

  reset(cell) {
    this.#focusNext = cell ? { id: cell.id } : null;
    // The text typed last is sent first, so that it can be restored.
    this.send.now();
    if (this.tell("reset", { cell: cell?.id })) {
      for (const id of cell ? [cell.id] : this.unsaved.cells) {
        this.unsaved.drop(id);
      }
      this.#sayGone(!cell ? "The lesson was reset." : !cell.isCode ? "The cell was reset."
        : "The cell was reset. Its text is kept: see “Attempts” below it.");
    }
  }

  /** A control of a cell was moved; gives whether the server has received it. */
  async moveControl(cell, name, value) {
    this.send.now();
    const reply = await this.ask("control", cell, { name, value });
    if (!reply) {
      this.dispatchEvent(new CustomEvent("unreachable"));
    }
    return reply !== null;
  }

  openMenu(cell, opener) {
    openMenu(opener, entriesFor(this, cell));
  }

  /** The text of a cell has been edited and is to be shown. */
  showText(cell) {
    this.send.now();
    this.connection.tell("run", { range: "Cell", cell: cell.id });
  }

  async ask(ask, cell, fields) {
    return this.connection.ask(ask, { cell: cell.id, ...fields });
  }

  // Messages from the server ----------------------------------------------------------------------------------------

  #take(told) {
    switch (told.tell) {
      case "notebook":
        this.#takeCells(told);
        break;
      case "source":
        this.#cells.get(told.cell)?.takeSource(told.source, told.canReset);
        this.#sayText(this.#cells.get(told.cell));
        break;
      case "resettable":
        if (this.#cells.has(told.cell)) {
          this.#cells.get(told.cell).canReset = told.canReset;
          this.#sayText(this.#cells.get(told.cell));
        }
        break;
      case "shown":
        this.#versions.set(told.cell, told.version);
        this.#cells.get(told.cell)?.takeBlocks(told.from, told.blocks);
        this.dispatchEvent(new CustomEvent("outputs", { detail: this.#cells.get(told.cell) }));
        break;
      case "printed":
        this.#versions.set(told.cell, told.version);
        this.#cells.get(told.cell)?.takePrinted(told.html);
        break;
      case "states":
        this.#takeStates(told.cells);
        break;
      case "question":
        for (const cell of this.#cells.values()) {
          if (cell.isCode) {
            cell.takeQuestion(cell.id === told.cell ? told : null);
          }
        }
        break;
      case "saved":
        this.unsaved.saved(told.sequence);
        this.#saySaved();
        break;
      case "kept":
        this.unsaved.drop(told.cell);
        this.#focusNext = { id: told.copy, edit: true };
        this.dispatchEvent(new CustomEvent("kept"));
        break;
      default:
        this.dispatchEvent(new CustomEvent(told.tell, { detail: told }));
    }
  }

  #takeCells({ cells, canUndo, canRedo }) {
    this.#isInStep = true;
    this.canUndo = canUndo;
    this.canRedo = canRedo;
    const wanted = new Set(cells.map(({ cell }) => cell));
    const focus = this.#rememberFocus();
    for (const [id, cell] of this.#cells) {
      if (!wanted.has(id)) {
        cell.remove();
        this.#cells.delete(id);
        this.#versions.delete(id);
      }
    }
    const made = new Map([...this.#place.children].map((root) => [root.dataset.cell, root]));
    let before = null;
    let back = null;
    for (const told of cells) {
      back ??= this.#bringsBack && !this.#cells.has(told.cell) ? told.cell : null;
      const cell = this.#arrange(told, before, made.get(told.cell));
      before = cell.root;
      this.#versions.set(told.cell, told.version);
    }
    this.#sendChanges();
    this.#saySaved();
    this.#bringsBack = false;
    if (this.#focusNext && this.#cells.has(this.#focusNext.id)) {
      const { id, edit } = this.#focusNext;
      this.#focusNext = null;
      edit ? this.#cells.get(id).edit() : this.#cells.get(id).focus();
    } else if (back) {
      this.#cells.get(back).focus();
    } else {
      focus();
    }
    this.dispatchEvent(new CustomEvent("arranged"));
  }

  // An element that is moved or removed loses the focus. Returns a function that gives it back, or gives it to the cell
  // now in that place.
  #rememberFocus() {
    const active = document.activeElement;
    const place = this.cells.findIndex((cell) => cell.root.contains(active));
    return () => {
      if (place < 0 || active === document.activeElement) {
        return;
      }
      if (active.isConnected) {
        active.focus({ preventScroll: true });
      } else if (document.activeElement === document.body) {
        const cells = this.cells;
        cells[Math.min(place, cells.length - 1)]?.focus();
      }
    };
  }

  // Puts a cell in its place; creates it if the page doesn't have it or has it as another kind.
  #arrange(told, before, made) {
    told.kind = told.kind.toLowerCase();
    let cell = this.#cells.get(told.cell);
    if (cell && cell.kind !== told.kind) {
      cell.remove();
      cell = undefined;
    }
    if (!cell) {
      const isSameKind = made?.isConnected && made.dataset.kind === told.kind;
      cell = new Cell(isSameKind ? made : element("section", { class: told.kind === "code" ? "code" : "text" }), this, told);
      this.#cells.set(told.cell, cell);
    }
    const expected = before ? before.nextElementSibling : this.#place.firstElementChild;
    if (expected !== cell.root) {
      // Moving an element removes its focus, which is restored below.
      before ? before.after(cell.root) : this.#place.prepend(cell.root);
    }
    if (cell.isCode && !cell.hasEditor) {
      this.#nearby.observe(cell.root);
      this.#makeAhead(cell);
    }
    cell.takeSource(told.source, told.canReset);
    cell.takeScratch(told.isScratch === true);
    if (told.blocks) {
      cell.takeBlocks(0, told.blocks);
    }
    return cell;
  }

  #makeAhead(cell) {
    if (this.#ahead < MOST_AHEAD && window.requestIdleCallback) {
      this.#ahead++;
      if (this.#waiting.push(cell) === 1) {
        requestIdleCallback(() => this.#makeSome());
      }
    }
  }

  #makeSome() {
    openEditors(this.#waiting.splice(0, AHEAD_AT_ONCE).filter((cell) => cell.root.isConnected));
    if (this.#waiting.length > 0) {
      requestIdleCallback(() => this.#makeSome());
    }
  }

  #takeStates(states) {
    for (const { cell, number, activity, freshness, verdict } of states) {
      const known = this.#cells.get(cell);
      if (!known) {
        continue;
      }
      const before = known.state.activity;
      const wasMoved = known.isMoved && freshness !== "Failed";
      known.takeState({ number, activity: activity.toLowerCase(), freshness: freshness.toLowerCase(), verdict });
      if (before === "running" && activity === "Idle" && !wasMoved) {
        announce(freshness === "Failed" ? `Cell ${number} failed.` : `Cell ${number} has run.`);
      }
    }
    this.dispatchEvent(new CustomEvent("states"));
  }

  // Messages to the server ------------------------------------------------------------------------------------------

  #sendChanges() {
    if (!this.connection.isOpen || !this.#isInStep) {
      return;
    }
    for (const id of this.unsaved.cells) {
      const cell = this.#cells.get(id);
      const edit = this.unsaved.toSend(id, cell?.source);
      if (edit && this.connection.tell("edit", edit) && cell) {
        cell.source = edit.source;
        if (!cell.isCode && !cell.isOpen) {
          // It was written before a reload, while the server was unreachable.
          this.showText(cell);
        }
      }
    }
  }

  #sayText(cell) {
    this.dispatchEvent(new CustomEvent("text", { detail: cell }));
  }

  #rearrange(ask, fields) {
    this.send.now();
    return this.tell(ask, fields);
  }

  #sayGone(words) {
    this.dispatchEvent(new CustomEvent("gone", { detail: words }));
  }

  #saySaved() {
    this.dispatchEvent(new CustomEvent("saving", {
      detail: this.unsaved.isEmpty ? "saved" : this.connection.isOpen ? "saving" : "kept",
    }));
  }
}

function newId() {
  // randomUUID exists only over https or at localhost.
  return [...crypto.getRandomValues(new Uint8Array(4))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
