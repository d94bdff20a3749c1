// The colours of C#: those of the static pages, by the compiler's own tokens. The server has put them into the page;
// for
// what is typed it is asked again. Until it has answered once, the editor's own grammar colours.
import { Compartment, Decoration, EditorView, StateEffect, StateField } from "./codemirror.js";
import { afterPause } from "./dom.js";

const ASK_AFTER = 80;
const ASK_AT_LATEST = 300;

const setColours = StateEffect.define();

/**
 * Reads the colours of code that the server has made.
 * @param {HTMLElement | null} code The element with the coloured code.
 * @param {string} text The text that it must hold.
 * @returns {{start: number, length: number, class: string}[] | null}
 */
export function readColours(code, text) {
  if (code?.textContent !== text) {
    return null;
  }
  const colours = [];
  let start = 0;
  for (const node of code.childNodes) {
    const { length } = node.textContent;
    if (node.className) {
      colours.push({ start, length, class: node.className });
    }
    start += length;
  }
  // Plain text was never coloured or has no colours; asking again does no harm.
  return colours.length > 0 ? colours : null;
}

/**
 * @param {(ask: string, fields: object) => Promise<any>} ask Asks the server about this cell.
 * @param {ReturnType<typeof readColours>} known The colours of the text that the editor begins with.
 * @param {import("./codemirror.js").Extension} fallback Colours by the editor's grammar.
 */
export function colouring(ask, known, fallback) {
  const grammar = new Compartment();
  const field = StateField.define({
    create: (state) => decorate(known, state.doc.length),
    update(value, transaction) {
      const effect = transaction.effects.find((one) => one.is(setColours));
      return effect ? effect.value : value.map(transaction.changes);
    },
    provide: (self) => EditorView.decorations.from(self),
  });
  let isByServer = known !== null;
  const colour = async (view) => {
    const { doc } = view.state;
    const reply = await ask("colours", { source: doc.toString() });
    if (reply?.colours && view.state.doc.eq(doc) && view.dom.isConnected) {
      view.dispatch({
        effects: [
          setColours.of(decorate(reply.colours, doc.length)),
          ...(isByServer ? [] : [grammar.reconfigure([])]),
        ],
      });
      isByServer = true;
    }
  };
  let later = null;
  return [
    field,
    grammar.of(isByServer ? [] : fallback),
    EditorView.updateListener.of((update) => {
      if (update.docChanged || (!isByServer && update.focusChanged)) {
        later ??= afterPause(ASK_AFTER, () => colour(update.view), ASK_AT_LATEST);
        later();
      }
    }),
  ];
}

function decorate(colours, length) {
  return Decoration.set((colours ?? []).filter((found) => found.start + found.length <= length).map((found) => (
    // Letters added at the end of a word take its colour until the server says otherwise.
    Decoration.mark({ class: found.class, inclusiveEnd: true }).range(found.start, found.start + found.length)
  )));
}
