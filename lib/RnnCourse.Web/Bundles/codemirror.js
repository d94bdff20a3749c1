// What the live page uses of CodeMirror; esbuild follows these names and leaves the rest out.
export {
  acceptCompletion, autocompletion, closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap,
  completionStatus, startCompletion,
} from "@codemirror/autocomplete";
export {
  defaultKeymap, history, historyKeymap, indentLess, indentMore, isolateHistory, redo, redoDepth, undo, undoDepth,
} from "@codemirror/commands";
export {
  Language, bracketMatching, defineLanguageFacet, indentOnInput, indentUnit, syntaxHighlighting,
} from "@codemirror/language";
export { setDiagnostics } from "@codemirror/lint";
export { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
export { Annotation, Compartment, EditorState, Prec, StateEffect, StateField, Transaction } from "@codemirror/state";
export {
  Decoration, EditorView, crosshairCursor, drawSelection, dropCursor, highlightSpecialChars, hoverTooltip, keymap, placeholder,
  rectangularSelection, showTooltip,
} from "@codemirror/view";
export { tagHighlighter, tags } from "@lezer/highlight";
export { parser as markdownParser } from "@lezer/markdown";
export { csharp } from "@replit/codemirror-lang-csharp";
