// What is being written into a field and hasn't been handed in yet: it outlives a reload, and a browser that is killed.

/** @param {string} name What tells the field from all others of this notebook. */
export function draftOf(name) {
  const key = `rnn.draft:${location.pathname}:${name}`;
  // Where the browser stores nothing, the page itself remembers.
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
        // Refused, or full.
      }
    },
  };
}
