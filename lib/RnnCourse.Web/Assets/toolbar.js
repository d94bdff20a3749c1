// The bar above the notebook: commands for the whole notebook, the state of the session, whether everything is saved,
// and messages for the reader.
import { button, element } from "./dom.js";
import { KEYS } from "./keys.js";
import { openMenu } from "./menu.js";

const STATES = {
  asleep: "no session", starting: "starting…", ready: "ready", busy: "running…", ended: "ended", outdated: "outdated",
};

const SAVED = {
  saved: ["Saved", "All changes are stored in the file."],
  saving: ["Saving…", "The last change is being saved."],
  refused: ["Not saved", "The file can't be written; what you typed is kept here and in the server, which tries again."],
  kept: ["Not saved", "The server doesn't answer. What you typed is kept in this browser and saved when it is back."],
};

/**
 * @param {HTMLElement} bar
 * @param {HTMLElement} notices
 * @param {import("./notebook.js").NotebookPage} page
 * @param {boolean} canReset Whether the notebook was copied from a lesson.
 */
export function fillToolbar(bar, notices, page, canReset) {
  const runAll = button("Run all", () => page.run(null, "All"), { sign: "▶▶", class: "main", title: "Run all cells from the top" });
  const stop = button("Stop", () => page.interrupt(), { sign: "■", title: "Interrupt the running cell (I, I)", disabled: true });
  const restart = button("Restart", () => page.restart(), { sign: "↻", title: "Start a new session; all variables are lost (0, 0)" });
  const more = button("More", () => openMenu(more, [
    ["Restart and run all", () => page.restart("All")],
    ["Take back the last change of cells", () => page.undo(), "Z"],
    ["Do it again", () => page.undo(true), "Shift+Z"],
    ["Take all outputs away", () => page.clearOutputs()],
    ["Hand in: a page (.html)", () => handIn(page, "html")],
    ["Hand in: a notebook (.ipynb)", () => handIn(page, "ipynb")],
    ...(canReset ? [["Reset the whole lesson…", () => confirmReset(page)]] : []),
    ["Keys…", showKeys],
  ]), { sign: "⋯", title: "More to do with this notebook", "aria-haspopup": "menu", "aria-expanded": "false" });
  const session = element("span", { class: "session" });
  const saving = element("span", { class: "saving" });
  bar.append(runAll, stop, restart, more, element("span", { class: "gap" }), session, saving);

  const sessionNotice = new Notice(notices, "session");
  page.addEventListener("session", ({ detail }) => {
    const state = detail.state.toLowerCase();
    session.textContent = STATES[state];
    session.title = `The C# session: ${STATES[state]}`;
    bar.dataset.session = state;
    stop.disabled = state !== "busy";
    sessionNotice.show(detail.words ?? "", state === "ended", state === "ended" ? [
      ["Run all cells above again", () => page.tell("run", { range: "Above", cell: detail.runAbove })],
    ] : state === "outdated" ? [
      ["Restart", () => page.restart()],
      ["Restart and run all", () => page.restart("All")],
    ] : []);
  });
  let isRefused = false;
  let state = "saved";
  const saySaved = () => {
    const shown = state === "saving" && isRefused ? "refused" : state;
    [saving.textContent, saving.title] = SAVED[shown];
    saving.dataset.state = shown;
  };
  page.addEventListener("saving", ({ detail }) => {
    state = detail;
    saySaved();
  });

  const connection = new Notice(notices, "connection");
  let lost = 0;
  page.connection.addEventListener("close", () => {
    session.textContent = "not connected";
    bar.dataset.session = "lost";
    stop.disabled = true;
    clearTimeout(lost);
    lost = setTimeout(() => connection.show(
      "The server doesn't answer. Is “rnn open” still running? Start it again in the same folder: this page finds it by "
      + "itself, and nothing that you typed is lost.", true), 800);
  });
  page.connection.addEventListener("open", () => {
    clearTimeout(lost);
    connection.show("");
    unreachable.show("");
  });

  const unreachable = new Notice(notices, "unreachable");
  page.addEventListener("unreachable", () => {
    unreachable.show("That needs the server, which doesn't answer at the moment. You can continue to write.", true);
    unreachable.hideAfter(8_000);
  });

  const told = new Map();
  page.addEventListener("notice", ({ detail: { subject, words, isProblem, actions } }) => {
    const name = subject ?? "other";
    if (name === "saving") {
      isRefused = words !== "";
      saySaved();
    }
    if (!told.has(name)) {
      told.set(name, new Notice(notices, name));
    }
    told.get(name).show(words, isProblem, (actions ?? []).map(({ label, ask: { ask, ...fields } }) => (
      [label, () => page.tell(ask, fields)]
    )));
  });
  const undo = new Notice(notices, "undo");
  page.addEventListener("gone", ({ detail: words }) => {
    undo.show(words, false, [["Bring it back", () => page.undo()]]);
    undo.hideAfter(20_000);
  });
  page.addEventListener("kept", () => new Notice(notices, "kept").show(
    "This cell was changed in another place while you changed it here. Your text is in a new cell just below.", true));
}

/** One thing to tell, above the text; it can be taken away. */
class Notice {
  #place;
  #element = null;
  #timer = 0;

  constructor(place, subject) {
    this.#place = place;
    this.subject = subject;
  }

  show(words, isProblem = false, actions = []) {
    clearTimeout(this.#timer);
    this.#element?.remove();
    this.#element = null;
    if (!words) {
      return;
    }
    this.#element = element("div", { class: isProblem ? "notice problem" : "notice", "data-subject": this.subject },
      element("p", { text: words }),
      ...actions.map(([label, work]) => button(label, () => {
        this.show("");
        work();
      })),
      button("Close", () => this.show(""), { sign: "×", class: "close" }));
    this.#place.append(this.#element);
  }

  hideAfter(time) {
    this.#timer = setTimeout(() => this.show(""), time);
  }
}

// Downloads the notebook without its scratch cells, once the server has what was typed last.
function handIn(page, type) {
  const link = element("a", {
    href: `../hand-in/${location.pathname.split("/").at(-1).replace(/\.html$/, `.${type}`)}`, download: true, hidden: true,
  });
  const load = () => {
    document.body.append(link);
    link.click();
    link.remove();
  };
  page.saveNow();
  if (page.unsaved.isEmpty) {
    load();
    return;
  }
  const wait = ({ detail }) => {
    if (detail === "saved") {
      page.removeEventListener("saving", wait);
      load();
    }
  };
  page.addEventListener("saving", wait);
}

function showKeys() {
  const rows = KEYS.map(([keys, what]) =>
    element("tr", {}, element("th", { scope: "row" }, element("kbd", { text: keys })), element("td", { text: what })));
  dialog("Keys", element("table", {}, element("tbody", {}, ...rows)));
}

function confirmReset(page) {
  dialog("Reset the whole lesson?",
    element("p", { text: "All cells get the text of the lesson. Cells that you added are deleted, and your changes in others are lost. "
      + "You can undo this as long as the server runs (More, or Z). The texts of changed code cells are kept under “Attempts” below them." }),
    ["Reset the lesson", () => page.reset(null)]);
}

function dialog(title, content, action) {
  const box = element("dialog", { "aria-label": title, onclose: () => box.remove() },
    element("h2", { text: title }), content,
    element("div", { class: "buttons" },
      action ? button(action[0], () => {
        box.close();
        action[1]();
      }) : null,
      button(action ? "Leave it as it is" : "Close", () => box.close())));
  document.body.append(box);
  box.showModal();
}
