// Text that is being typed into a field and hasn't been submitted: it survives a reload and a killed browser.

/** @param {string} name What tells the field from all others of this notebook. */
export function draftOf(name) {
  const key = `rnn.draft:${location.pathname}:${name}`;
  // If the browser stores nothing, the page keeps it in memory.
  let inMemory = "";
  return {
    get text() {
      try {
        return window.localStorage.getItem(key) ?? inMemory;
      } catch {
        return inMemory;
      }
    },
    set text(text) {
      inMemory = text;
      try {
        text ? window.localStorage.setItem(key, text) : window.localStorage.removeItem(key);
      } catch {
        // Storage is refused or full.
      }
    },
  };
}
