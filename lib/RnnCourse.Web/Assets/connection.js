// The socket to the server: reconnects by itself, and matches replies with requests.

const FIRST_WAIT = 250;
const LONGEST_WAIT = 4000;

// A connection that is lost on its way, as when a machine sleeps or a forwarded port dies, looks open for minutes: if
// nothing came for a while the server is asked for a sign of life.
const CHECK_EVERY = 2000;
const QUIET = 5000;
const PATIENCE = 6000;

export class Connection extends EventTarget {
  #address;
  #socket = null;
  #wait = FIRST_WAIT;
  #questions = new Map();
  #nextQuestion = 1;
  #heard = 0;
  #asked = 0;

  /** @param {string} path The path of the socket on this server. */
  constructor(path) {
    super();
    const address = new URL(path, location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    this.#address = address;
    // A page that wakes up or regains its network doesn't wait for the next try.
    window.addEventListener("online", () => this.#hurry());
    document.addEventListener("visibilitychange", () => this.#hurry());
    setInterval(() => this.#check(), CHECK_EVERY);
  }

  get isOpen() {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  open() {
    const socket = new WebSocket(this.#address);
    this.#socket = socket;
    this.#asked = 0;
    socket.onopen = () => {
      if (this.#socket !== socket) {
        socket.close();
        return;
      }
      this.#wait = FIRST_WAIT;
      this.#hear();
      this.dispatchEvent(new Event("open"));
    };
    socket.onmessage = (event) => {
      if (this.#socket === socket) {
        this.#hear();
        this.#take(JSON.parse(event.data));
      }
    };
    socket.onclose = () => this.#lose(socket);
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

  #lose(socket) {
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
  }

  #hear() {
    this.#heard = performance.now();
    this.#asked = 0;
  }

  #check() {
    const socket = this.#socket;
    const now = performance.now();
    if (socket && !this.isOpen) {
      // Still connecting: a port that drops everything never refuses.
      this.#asked ||= now;
    } else if (socket && !this.#asked && now - this.#heard > QUIET) {
      this.#asked = now;
      this.tell("ping");
    }
    if (socket && this.#asked && now - this.#asked > PATIENCE) {
      this.#asked = 0;
      this.#lose(socket);
      socket.close();
    }
  }

  #take(message) {
    if (message.tell === "pong") {
      return;
    }
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
