// The socket to the server: connects again by itself, and matches replies with questions.

const FIRST_WAIT = 250;
const LONGEST_WAIT = 4000;

export class Connection extends EventTarget {
  #address;
  #socket = null;
  #wait = FIRST_WAIT;
  #questions = new Map();
  #nextQuestion = 1;

  /** @param {string} path The path of the socket on this server. */
  constructor(path) {
    super();
    const address = new URL(path, location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    this.#address = address;
    // A page that wakes up, or gets its network back, need not wait for the next try.
    window.addEventListener("online", () => this.#hurry());
    document.addEventListener("visibilitychange", () => this.#hurry());
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  open() {
    const socket = new WebSocket(this.#address);
    this.#socket = socket;
    socket.onopen = () => {
      this.#wait = FIRST_WAIT;
      this.dispatchEvent(new Event("open"));
    };
    socket.onmessage = (event) => this.#take(JSON.parse(event.data));
    socket.onclose = () => {
      if (this.#socket !== socket) {
        return;
      }
      this.#socket = null;
      for (const { give } of this.#questions.values()) {
        give(null);
      }
      this.#questions.clear();
      this.dispatchEvent(new Event("close"));
      setTimeout(() => this.#socket ?? this.open(), this.#wait);
      this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
    };
  }

  /** Sends a message; returns whether there was a connection to send it on. */
  tell(ask, fields = {}) {
    if (!this.isOpen) {
      return false;
    }
    this.#socket.send(JSON.stringify({ ask, ...fields }));
    return true;
  }

  /** Asks something about code; the reply is null if the connection is lost. */
  ask(ask, fields) {
    const id = this.#nextQuestion++;
    return new Promise((give) => {
      this.#questions.set(id, { give });
      if (!this.tell(ask, { id, ...fields })) {
        this.#questions.delete(id);
        give(null);
      }
    });
  }

  #take(message) {
    if (message.tell === "reply") {
      this.#questions.get(message.id)?.give(message);
      this.#questions.delete(message.id);
    } else {
      this.dispatchEvent(new CustomEvent("told", { detail: message }));
    }
  }

  #hurry() {
    if (!this.#socket && document.visibilityState === "visible") {
      this.#wait = FIRST_WAIT;
      this.open();
    }
  }
}
