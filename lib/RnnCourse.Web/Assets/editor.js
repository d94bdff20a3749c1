// The editor of one cell: CodeMirror with this page's colours and keys.
import {
  Annotation, EditorState, EditorView, Language, Prec, acceptCompletion, bracketMatching, closeBrackets,
  closeBracketsKeymap, closeCompletion, completionKeymap, completionStatus, csharp, defaultKeymap, defineLanguageFacet,
  drawSelection, dropCursor, highlightSelectionMatches, highlightSpecialChars, history, historyKeymap, indentLess,
  indentMore, indentOnInput, indentUnit, keymap, markdownParser, rectangularSelection, searchKeymap, syntaxHighlighting,
  tagHighlighter, tags,
} from "./codemirror.js";
import { colouring } from "./colours.js";
import { closeSignatures, intelligence } from "./intelligence.js";

/** Marks changes that come from the server, and so need not go back to it. */
const fromElsewhere = Annotation.define();

// The classes of the static pages, so that both have the same colours.
const colours = tagHighlighter([
  { tag: [tags.keyword, tags.modifier, tags.controlKeyword, tags.operatorKeyword, tags.bool, tags.null, tags.self],
    class: "keyword" },
  { tag: [tags.typeName, tags.className, tags.namespace], class: "type" },
  { tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.macroName], class: "method" },
  { tag: [tags.string, tags.special(tags.string), tags.character, tags.escape], class: "string" },
  { tag: tags.number, class: "number" },
  { tag: [tags.comment, tags.lineComment, tags.blockComment, tags.docComment], class: "comment" },
  { tag: [tags.meta, tags.processingInstruction], class: "directive" },
  { tag: tags.heading, class: "heading" },
  { tag: tags.emphasis, class: "emphasis" },
  { tag: tags.strong, class: "strong" },
  { tag: [tags.link, tags.url], class: "link" },
  { tag: tags.monospace, class: "string" },
]);

const markdownLanguage = new Language(defineLanguageFacet(), markdownParser, [], "markdown");
const nonce = document.querySelector("script[nonce]")?.nonce ?? "";

/**
 * Makes an editor.
 * @param {object} options
 * @param {string} options.text
 * @param {"code" | "text" | "raw"} options.kind
 * @param {string} options.label What a screen reader calls it.
 * @param {boolean} options.isCSharp Whether the server can help with it.
 * @param {ReturnType<typeof import("./colours.js").readColours>} options.known The colours of the text, if they are known.
 * @param {(text: string) => void} options.onChange
 * @param {Record<string, (view: EditorView) => boolean>} options.keys What keys do, before all others.
 * @param {(ask: string, fields: object) => Promise<any>} options.ask
 */
export function createEditor({ text, kind, label, isCSharp, known, onChange, keys, ask }) {
  const isCode = kind === "code";
  return new EditorView({
    state: EditorState.create({
      doc: text,
      extensions: [
        EditorView.cspNonce.of(nonce),
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: isCode ? "false" : "true", tabindex: "-1" }),
        Prec.highest(keymap.of([
          ...Object.entries(keys).map(([key, run]) => ({ key, run, preventDefault: true })),
          { key: "Escape", run: closeSignatures },
        ])),
        history(),
        drawSelection(),
        dropCursor(),
        rectangularSelection(),
        highlightSpecialChars(),
        highlightSelectionMatches(),
        isCode ? [bracketMatching(), closeBrackets(), indentOnInput(), indentUnit.of("    ")] : [],
        isCode ? (isCSharp ? csharp() : []) : kind === "text" ? markdownLanguage : [],
        isCSharp ? colouring(ask, known, syntaxHighlighting(colours)) : syntaxHighlighting(colours),
        EditorState.tabSize.of(4),
        isCode ? [] : EditorView.lineWrapping,
        isCSharp ? intelligence(ask) : [],
        keymap.of([
          { key: "Tab", run: acceptOrIndent, shift: indentLess },
          ...closeBracketsKeymap, ...completionKeymap, ...searchKeymap, ...historyKeymap, ...defaultKeymap,
        ]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !update.transactions.some((change) => change.annotation(fromElsewhere))) {
            onChange(update.state.doc.toString());
          }
        }),
      ],
    }),
  });
}

/** Whether a list of completions is open, which has the first claim on some keys. */
export function isCompleting(view) {
  return completionStatus(view.state) === "active";
}

export { closeCompletion };

/** Gives the editor a text that came from the server; the cursor stays where it can. */
export function replaceText(view, text) {
  change(view, text, { annotations: fromElsewhere.of(true) });
}

/** Changes the text for the reader, who can take that back. */
export function writeText(view, text) {
  change(view, text, { userEvent: "input" });
}

function change(view, text, more) {
  const now = view.state.doc.toString();
  if (now === text) {
    return;
  }
  // Changes only what differs, so that the cursor and the marks elsewhere stay.
  let start = 0;
  while (start < Math.min(now.length, text.length) && now[start] === text[start]) {
    start++;
  }
  let end = 0;
  while (end < Math.min(now.length, text.length) - start && now.at(-1 - end) === text.at(-1 - end)) {
    end++;
  }
  view.dispatch({
    changes: { from: start, to: now.length - end, insert: text.slice(start, text.length - end) },
    ...more,
  });
}

// Tab takes the completion that is marked; else it indents, at the start of a line or where something is selected, or
// moves to the next stop. Escape leaves the editor, and then Tab moves on through the page.
function acceptOrIndent(view) {
  if (acceptCompletion(view)) {
    return true;
  }
  const { main } = view.state.selection;
  if (!main.empty) {
    return indentMore(view);
  }
  const column = main.head - view.state.doc.lineAt(main.head).from;
  view.dispatch(view.state.replaceSelection(" ".repeat(4 - (column % 4))), { userEvent: "input" });
  return true;
}
