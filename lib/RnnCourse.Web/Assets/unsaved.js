// Keeps what was typed until the server confirms that it is in the file, even after a reload, a lost connection or a
// killed server.

/**
 * @typedef {object} Entry
 * @property {string} base The text that the server stored last.
 * @property {string[]} sent Texts sent since then, which the server may or may not have got.
 * @property {string} source The text now.
 * @property {number} sequence The number of the last change that was sent; 0 if it has yet to be sent.
 */

export class Unsaved {
  /** @type {Map<string, Entry>} */
  #entries = new Map();
  #prefix;
  #sequence = 0;

  /** @param {string} notebook A name that other notebooks of this address don't have. */
  constructor(notebook) {
    this.#prefix = `rnn.unsaved:${notebook}:`;
    for (const key of Object.keys(storage() ?? {})) {
      if (key.startsWith(this.#prefix)) {
        try {
          this.#entries.set(key.slice(this.#prefix.length), { ...JSON.parse(storage().getItem(key)), sequence: 0 });
        } catch {
          storage().removeItem(key);
        }
      }
    }
  }

  get isEmpty() {
    return this.#entries.size === 0;
  }

  get cells() {
    return [...this.#entries.keys()];
  }

  /** The text of a cell that isn't in the file yet; undefined if it is. */
  textOf(cell) {
    return this.#entries.get(cell)?.source;
  }

  /** The text of a cell was changed from what the server has. */
  change(cell, base, source) {
    const entry = this.#entries.get(cell) ?? { base, sent: [], source, sequence: 0 };
    this.#entries.set(cell, { ...entry, source, sequence: 0 });
    this.#store(cell);
  }

  /**
   * What has to be sent for a cell; null if nothing has.
   * @param {string} present The text that the server has.
   */
  toSend(cell, present) {
    const entry = this.#entries.get(cell);
    if (!entry || entry.sequence > 0) {
      return null;
    }
    // Is the server's text one of ours? Otherwise somebody else has changed it: then it must learn what we began with.
    const last = entry.sent.at(-1) ?? entry.base;
    const base = present === entry.base || entry.sent.includes(present) ? present : last;
    entry.sequence = ++this.#sequence;
    entry.sent = [...entry.sent.slice(-20), entry.source];
    this.#store(cell);
    return { sequence: entry.sequence, cell, base, source: entry.source };
  }

  /** The connection was lost: what was sent and not stored is sent again. */
  forgetSent() {
    for (const entry of this.#entries.values()) {
      entry.sequence = 0;
    }
  }

  /** The server has stored all changes up to this one. */
  saved(sequence) {
    for (const [cell, entry] of this.#entries) {
      if (entry.sequence > 0 && entry.sequence <= sequence) {
        this.drop(cell);
      }
    }
  }

  /** The text of a cell is no longer ours to send. */
  drop(cell) {
    this.#entries.delete(cell);
    storage()?.removeItem(this.#prefix + cell);
  }

  #store(cell) {
    try {
      const { base, sent, source } = this.#entries.get(cell);
      storage()?.setItem(this.#prefix + cell, JSON.stringify({ base, sent, source }));
    } catch {
      // The browser's storage is full: the text is still in memory, and on its way.
    }
  }
}

// Some browsers refuse it altogether in private windows.
function storage() {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
