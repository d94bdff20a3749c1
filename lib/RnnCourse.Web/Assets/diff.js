// Which lines of two texts are the same, and what differs in the others.

// With more lines, matching them would take too long; they are then treated as all different.
const MOST = 1_000_000;

/**
 * Compares two texts line by line. Blanks that only set lines in count for nothing.
 * @param {string} left
 * @param {string} right
 * @returns {{kind: "same" | "changed" | "left" | "right", left: Piece[] | null, right: Piece[] | null}[]}
 * @typedef {{text: string, isMarked: boolean}} Piece
 */
export function compareLines(left, right) {
  const a = left.trimEnd().split("\n");
  const b = right.trimEnd().split("\n");
  const rows = [];
  let i = 0;
  let j = 0;
  for (const [atA, atB] of [...pairs(a.map(normal), b.map(normal), same), [a.length, b.length]]) {
    rows.push(...between(a.slice(i, atA), b.slice(j, atB)));
    if (atA < a.length && atB < b.length) {
      rows.push({ kind: "same", left: plain(a[atA]), right: plain(b[atB]) });
    }
    [i, j] = [atA + 1, atB + 1];
  }
  return rows;
}

function same(a, b) {
  return a === b ? 1 : 0;
}

function normal(line) {
  return line.trim().replace(/\s+/g, " ");
}

function plain(text) {
  return [{ text, isMarked: false }];
}

// Between equal lines, the lines with most words in common are placed side by side.
function between(a, b) {
  const rows = [];
  let i = 0;
  let j = 0;
  for (const [atA, atB] of [...pairs(a, b, likeness), [a.length, b.length]]) {
    rows.push(...a.slice(i, atA).map((line) => ({ kind: "left", left: plain(line), right: null })));
    rows.push(...b.slice(j, atB).map((line) => ({ kind: "right", left: null, right: plain(line) })));
    if (atA < a.length && atB < b.length) {
      const [left, right] = markWords(a[atA], b[atB]);
      rows.push({ kind: "changed", left, right });
    }
    [i, j] = [atA + 1, atB + 1];
  }
  return rows;
}

// The share of words that two lines have in common; 0 for lines that only share a few.
function likeness(a, b) {
  const [wordsA, wordsB] = [a, b].map((line) => line.match(/\w+|[^\w\s]/g) ?? []);
  const left = [...wordsB];
  let common = 0;
  for (const word of wordsA) {
    const at = left.indexOf(word);
    if (at >= 0) {
      left.splice(at, 1);
      common++;
    }
  }
  const share = (2 * common) / Math.max(1, wordsA.length + wordsB.length);
  return share < 0.4 ? 0 : share;
}

// The common beginning and end of two lines are not marked.
function markWords(a, b) {
  const wordsA = a.match(/\w+|\s+|[^\w\s]/g) ?? [];
  const wordsB = b.match(/\w+|\s+|[^\w\s]/g) ?? [];
  const least = Math.min(wordsA.length, wordsB.length);
  let start = 0;
  while (start < least && wordsA[start] === wordsB[start]) {
    start++;
  }
  let end = 0;
  while (end < least - start && wordsA.at(-1 - end) === wordsB.at(-1 - end)) {
    end++;
  }
  return [wordsA, wordsB].map((words) => [
    { text: words.slice(0, start).join(""), isMarked: false },
    { text: words.slice(start, words.length - end).join(""), isMarked: true },
    { text: words.slice(words.length - end).join(""), isMarked: false },
  ].filter(({ text }) => text !== ""));
}

// Pairs of places in order, chosen so that the sum of their scores is as large as possible.
function pairs(a, b, worth) {
  if (a.length * b.length > MOST) {
    return [];
  }
  const most = Array.from({ length: a.length + 1 }, () => new Float64Array(b.length + 1));
  const each = a.map((lineA) => Float64Array.from(b, (lineB) => worth(lineA, lineB)));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const paired = each[i][j] > 0 ? each[i][j] + most[i + 1][j + 1] : 0;
      most[i][j] = Math.max(paired, most[i + 1][j], most[i][j + 1]);
    }
  }
  const found = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (each[i][j] > 0 && most[i][j] === each[i][j] + most[i + 1][j + 1]) {
      found.push([i++, j++]);
    } else if (most[i + 1][j] >= most[i][j + 1]) {
      i++;
    } else {
      j++;
    }
  }
  return found;
}
