// The server's knowledge of code as extensions of the editor: completion, explanations, signatures and errors.
import {
  EditorView, StateEffect, StateField, autocompletion, hoverTooltip, setDiagnostics, showTooltip,
} from "./codemirror.js";
import { afterPause, element, fromServer } from "./dom.js";

const JUDGE_AFTER = 600;

// The server's kinds of completions that CodeMirror names differently.
const KINDS = {
  module: "namespace", struct: "type", enummember: "enum", enumMember: "enum", field: "property", event: "property",
  typeparameter: "type", typeParameter: "type", delegate: "type", record: "class",
};

/**
 * @param {(ask: string, fields: object) => Promise<any>} ask Asks the server about this cell.
 * @param {() => void} [onJudged] Called when errors have been marked.
 */
export function intelligence(ask, onJudged) {
  return [completion(ask), explanation(ask), signatures(ask), diagnosis(ask, onJudged)];
}

function completion(ask) {
  return autocompletion({
    icons: true,
    closeOnBlur: true,
    maxRenderedOptions: 60,
    override: [async (context) => {
      const before = context.state.sliceDoc(Math.max(0, context.pos - 1), context.pos);
      const line = context.state.doc.lineAt(context.pos);
      const isMagic = /^\s*#!(?:\S*|.*\s-+)$/.test(line.text.slice(0, context.pos - line.from));
      if (!context.explicit && !isMagic && !/[\p{L}\p{Nd}_.]/u.test(before)) {
        return null;
      }
      const source = context.state.doc.toString();
      const reply = await ask("complete", { source, position: context.pos });
      const found = reply?.completions;
      if (!found || context.aborted || found.entries.length === 0) {
        return null;
      }
      const explain = async ({ label }) => {
        const text = source.slice(0, found.start) + label + source.slice(context.pos);
        const told = await ask("inspect", { source: text, position: found.start + label.length });
        return told?.explanation ? fromServer("div", "explanation", told.explanation) : null;
      };
      return {
        from: found.start,
        options: found.entries.map(({ text, kind }, place) => (
          { label: text, type: KINDS[kind] ?? kind, info: explain, boost: -place / 10 }
        )),
        validFor: /^[\p{L}\p{Nd}_]*$/u,
      };
    }],
  });
}

function explanation(ask) {
  return hoverTooltip(async (view, position) => {
    const word = view.state.wordAt(position);
    if (!word) {
      return null;
    }
    const reply = await ask("inspect", { source: view.state.doc.toString(), position: word.from });
    return reply?.explanation
      ? {
        pos: word.from,
        end: word.to,
        above: true,
        create: () => ({ dom: fromServer("div", "explanation", reply.explanation) }),
      }
      : null;
  }, { hoverTime: 350 });
}

const setSignatures = StateEffect.define();

/** Closes the signatures if they are open; returns whether they were. */
export function closeSignatures(view) {
  if (!view.state.field(signatureField, false)) {
    return false;
  }
  view.dispatch({ effects: setSignatures.of(null) });
  return true;
}

const signatureField = StateField.define({
  create: () => null,
  update(value, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setSignatures)) {
        return effect.value;
      }
    }
    return value && transaction.docChanged ? { ...value, pos: transaction.changes.mapPos(value.pos) } : value;
  },
  provide: (field) => showTooltip.from(field),
});

function signatures(ask) {
  const find = async (view) => {
    const state = view.state;
    const position = state.selection.main.head;
    const reply = await ask("signatures", { source: state.doc.toString(), position });
    if (view.state.doc.eq(state.doc) && view.state.selection.main.head === position) {
      const help = reply?.signatures;
      view.dispatch({ effects: setSignatures.of(help ? signatureTooltip(help, position) : null) });
    }
  };
  const timers = new WeakMap();
  return [
    signatureField,
    EditorView.updateListener.of((update) => {
      const isOpen = update.startState.field(signatureField) !== null;
      const typed = update.transactions.some((transaction) => transaction.isUserEvent("input.type"));
      const position = update.state.selection.main.head;
      const before = update.state.sliceDoc(position - 1, position);
      if ((isOpen && (update.docChanged || update.selectionSet)) || (typed && "(,".includes(before) && before)) {
        if (!timers.has(update.view)) {
          timers.set(update.view, afterPause(60, () => find(update.view)));
        }
        timers.get(update.view)();
      } else if (update.focusChanged && !update.view.hasFocus && isOpen) {
        setTimeout(() => closeSignatures(update.view));
      }
    }),
  ];
}

function signatureTooltip({ argument, signatures: found }, pos) {
  return {
    pos,
    above: true,
    create: () => {
      const best = found[0];
      const at = Math.min(argument, best.parameters.length - 1);
      const line = element("code", {}, `${best.name}(`);
      best.parameters.forEach((parameter, place) => {
        line.append(place > 0 ? ", " : "",
          place === at ? element("strong", { text: parameter.text }) : parameter.text);
      });
      line.append(")");
      const notes = [best.parameters[at]?.summary, best.summary].filter(Boolean);
      return {
        dom: element("div", { class: "explanation signature" }, line,
          ...notes.map((note) => element("p", { text: note })),
          found.length > 1 ? element("p", { class: "soft", text: `and ${found.length - 1} more` }) : null),
      };
    },
  };
}

function diagnosis(ask, onJudged) {
  const judge = async (view) => {
    const state = view.state;
    const reply = await ask("diagnose", { source: state.doc.toString() });
    if (!reply?.diagnostics || !view.state.doc.eq(state.doc) || !view.dom.isConnected) {
      return;
    }
    const length = state.doc.length;
    view.dispatch(setDiagnostics(view.state, reply.diagnostics.map((found) => ({
      from: Math.min(found.start, length),
      to: Math.min(Math.max(found.end, found.start), length),
      severity: found.isError ? "error" : "warning",
      source: found.id,
      message: found.message,
    }))));
    onJudged?.();
  };
  const timers = new WeakMap();
  return EditorView.updateListener.of((update) => {
    if (update.docChanged || (update.focusChanged && update.view.hasFocus)) {
      if (!timers.has(update.view)) {
        timers.set(update.view, afterPause(JUDGE_AFTER, () => judge(update.view)));
      }
      timers.get(update.view)();
    }
  });
}
