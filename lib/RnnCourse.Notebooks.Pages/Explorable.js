// Figures that answer. The page has the data of such a figure as JSON beside a still picture; this script replaces the
// picture by inputs and by what they change. The README of RnnCourse.Plotting documents the fields. The data are used
// as numbers and texts only, never as HTML, addresses or code. If they can't be read, the still picture stays.

const MOST_STEPS = 60;
const MOST_STATES = 2000;
const MOST_NUMBERS = 400_000;
const MOST_ROWS = 300;

// ---- Numbers, and frames that hold only what changes ----

const packedOf = new WeakMap();

/** The numbers of {f32: base64} or {f64: base64}. */
export function numbersOf(packed) {
  const known = packedOf.get(packed);
  if (known) {
    return known;
  }
  const size = typeof packed?.f32 === "string" ? 4 : 8;
  const bytes = atob(size === 4 ? packed.f32 : packed.f64);
  const view = new DataView(Uint8Array.from(bytes, (letter) => letter.charCodeAt(0)).buffer);
  require(view.byteLength % size === 0 && view.byteLength / size <= MOST_NUMBERS, "numbers");
  const numbers = Float64Array.from({ length: view.byteLength / size },
    (_, i) => (size === 4 ? view.getFloat32(4 * i, true) : view.getFloat64(8 * i, true)));
  packedOf.set(packed, numbers);
  return numbers;
}

/** Applies a change: new values of parts by their paths, such as "0/series/1/y/f32". */
export function changed(base, change) {
  const made = structuredClone(base);
  for (const [path, value] of Object.entries(change)) {
    const names = path.split("/");
    const last = names.pop();
    const place = names.reduce((inner, name) => (Object.hasOwn(inner, name) ? inner[name] : {}), made);
    if (Object.hasOwn(place, last)) {
      place[last] = value;
    }
  }
  return made;
}

function require(holds, what) {
  if (!holds) {
    throw new Error(`These ${what} can't be read.`);
  }
}

// ---- Networks: each step makes a sequence of columns out of those before it ----

/** Reads the weights of a network. */
export function networkOf({ size, steps }) {
  require(size > 0 && size <= 10_000 && steps.length <= 30, "sizes");
  return {
    size,
    steps: steps.map(({ weights, ...step }) => ({
      ...step,
      weights: Object.fromEntries(Object.entries(weights ?? {}).map(([name, { rows, columns, values }]) => {
        const numbers = numbersOf(values);
        require(Number.isInteger(rows) && rows > 0 && numbers.length === rows * columns, "weights");
        return [name, { rows, columns, numbers }];
      })),
    })),
  };
}

/**
 * Runs a network.
 * @param {ReturnType<typeof networkOf>} network
 * @param {number[]} symbols What it reads: the places of ones in its inputs.
 * @param {Map<string, number>} [settings] Factors of weights by names such as "s.W"; "temperature" and "top" of a softmax.
 * @returns {Map<string, Float64Array[]>} The columns of each step by its name, and what gates did.
 */
export function evaluate(network, symbols, settings = new Map()) {
  const known = new Map([
    ["x", symbols.map((symbol) => Float64Array.from({ length: network.size }, (_, i) => (i === symbol ? 1 : 0)))],
    ["1", symbols.map(() => Float64Array.of(1))],
  ]);
  for (const step of network.steps) {
    const run = Object.hasOwn(STEPS, step.op) ? STEPS[step.op] : null;
    require(run, "steps");
    run(step, known, (name, x) => product(step.weights[name], x, settings.get(`${step.out}.${name}`) ?? 1), settings);
  }
  return known;
}

function product({ rows, columns, numbers }, x, factor) {
  require(x.length === columns, "sizes");
  return Float64Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let i = 0; i < columns; i++) {
      sum += numbers[row * columns + i] * x[i];
    }
    return factor * sum;
  });
}

const add = (...terms) => terms[0].map((_, i) => terms.reduce((sum, term) => sum + term[i], 0));
const sigmoid = (a) => 1 / (1 + Math.exp(-a));
const rowsOf = (x, part, H) => x.slice(part * H, (part + 1) * H);

export function softmax(z, temperature = 1, top = Infinity) {
  const least = top < z.length ? [...z].sort((a, b) => b - a)[Math.max(0, top - 1)] : -Infinity;
  const greatest = Math.max(...z);
  const shares = z.map((z_k) => (z_k < least ? 0 : Math.exp((z_k - greatest) / temperature)));
  const sum = shares.reduce((a, b) => a + b, 0);
  return shares.map((share) => share / sum);
}

// Runs a cell step by step. It returns the new state first, then what else it remembers and what its gates did.
function recurrent(cell) {
  return (step, known, times) => {
    const { b, start, cellStart } = step.weights;
    const H = step.weights.W.columns;
    let s = start?.numbers ?? new Float64Array(H);
    let c = cellStart?.numbers ?? new Float64Array(H);
    const inputs = [...known.get(step.in)];
    const given = [];
    for (const x_i of step.reversed ? inputs.reverse() : inputs) {
      given.push(cell(times("U", x_i), times("W", s), b.numbers, s, c, H));
      ({ s, c = c } = given.at(-1));
    }
    step.reversed && given.reverse();
    for (const name of Object.keys(given[0] ?? { s: 0 })) {
      known.set(name === "s" ? step.out : `${step.out}.${name}`, given.map((one) => one[name]));
    }
  };
}

const STEPS = {
  rnn: recurrent((u, w, b) => ({ s: add(u, w, b).map(Math.tanh) })),

  // U has the rows n, r, z; W has r, z, n; b has n, r, z, q.
  gru: recurrent((u, w, b, s, _, H) => {
    const r = add(rowsOf(u, 1, H), rowsOf(w, 0, H), rowsOf(b, 1, H)).map(sigmoid);
    const z = add(rowsOf(u, 2, H), rowsOf(w, 1, H), rowsOf(b, 2, H)).map(sigmoid);
    const q = add(rowsOf(w, 2, H), rowsOf(b, 3, H));
    const n = add(rowsOf(u, 0, H), rowsOf(b, 0, H), q.map((q_h, h) => r[h] * q_h)).map(Math.tanh);
    return { s: n.map((n_h, h) => (1 - z[h]) * n_h + z[h] * s[h]), r, z, n };
  }),

  // The rows i, f, g, o everywhere.
  lstm: recurrent((u, w, b, s, c, H) => {
    const a = add(u, w, b);
    const [i, f, o] = [0, 1, 3].map((part) => rowsOf(a, part, H).map(sigmoid));
    const g = rowsOf(a, 2, H).map(Math.tanh);
    const kept = c.map((c_h, h) => f[h] * c_h + i[h] * g[h]);
    return { s: kept.map((c_h, h) => o[h] * Math.tanh(c_h)), c: kept, i, f, g, o };
  }),

  dense: (step, known, times) =>
    known.set(step.out, known.get(step.in).map((s_i) => add(times("V", s_i), step.weights.c.numbers))),

  softmax: (step, known, _, settings) =>
    known.set(step.out, known.get(step.in).map((z) => softmax(z, settings.get("temperature"), settings.get("top")))),

  // Two sequences, one under the other.
  stack: (step, known) =>
    known.set(step.out, known.get(step.in).map((a, i) => Float64Array.of(...a, ...known.get(step.below)[i]))),

  rows: (step, known) => known.set(step.out, known.get(step.in).map((a) => a.slice(step.from, step.from + step.count))),

  // Where each query looks, and what it gets from there.
  attend: (step, known) => {
    const [queries, keys, values] = [step.queries, step.keys, step.values].map((name) => known.get(name));
    const weights = queries.map((q) => softmax(Float64Array.from(keys,
      (k) => k.reduce((sum, k_a, a) => sum + k_a * q[a], 0) / Math.sqrt(k.length))));
    known.set(`${step.out}.weights`, weights);
    known.set(step.out, weights.map((alpha) => add(...values.map((v, j) => v.map((v_c) => alpha[j] * v_c)))));
  },
};

// ---- What a network shows of a text: the same kinds of panels as frames have ----

/** The words or letters of a text as the network knows them, and those that it doesn't know. */
export function read({ split, known, before, most }, text) {
  const parts = split === "letters" ? [...text].filter((letter) => letter !== " ") : text.split(/\s+/).filter((word) => word);
  const unknown = [...new Set(parts.filter((part) => !known.includes(part) && !known.includes(part.toLowerCase())))];
  const read = parts.map((part) => (known.includes(part) ? part : part.toLowerCase())).filter((part) => known.includes(part));
  const limit = Math.min(most ?? MOST_STEPS, MOST_STEPS);
  const words = [...(before ?? []), ...read.slice(0, limit)];
  return { words, symbols: words.map((word) => known.indexOf(word)), unknown, left: Math.max(0, read.length - limit) };
}

/** A panel with the network's numbers in it. */
export function filled(panel, known, words, unit) {
  const columns = (name) => known.get(name).map((column) => [...column]);
  const transposed = (list) => (list[0] ?? []).map((_, row) => list.map((column) => column[row]));
  const places = words.map((word, i) => `${i + 1} ${word}`);
  switch (panel.kind) {
    case "heat":
      return {
        ...panel,
        rows: panel.rows ?? places,
        columns: panel.columns ?? (panel.numbered ? words.map((_, i) => `${i + 1}`) : places),
        values: columns(panel.of).length ? transposed(columns(panel.of)).flat() : [],
      };
    case "tags":
      return { ...panel, words, shares: columns(panel.of) };
    case "next": {
      const shares = columns(panel.of).at(-1);
      const order = shares.map((_, k) => k).sort((a, b) => shares[b] - shares[a] || a - b).slice(0, panel.most ?? 12);
      return { ...panel, kind: "bars", categories: order.map((k) => panel.labels[k]),
        series: [{ name: panel.y, y: order.map((k) => shares[k]) }] };
    }
    case "coloured":
      return { ...panel, words, values: columns(panel.of).map((column) => column[unit ?? panel.unit ?? 0]) };
    case "traces":
      return { ...panel, kind: "lines", ticks: places, series: panel.of.map((name, i) => ({
        name: panel.names[i], x: words.map((_, n) => n + 1), y: columns(name).map((column) => column[unit ?? panel.unit ?? 0]),
      })) };
    default:
      return panel;
  }
}

// ---- Drawing: tables where numbers fit into cells, else lines and points ----

const SVG = "http://www.w3.org/2000/svg";
const DIVERGING = ["#08407e", "#4393c3", "#f7f7f7", "#e08214", "#7f3b08"];
const SEQUENTIAL = ["#f7fbff", "#9ecae1", "#4292c6", "#08519c", "#08306b"];
const DASHES = ["", "9 5", "2 4", "9 4 2 4", "14 5"];

function make(tag, properties = {}, ...children) {
  const made = tag in SHAPES ? document.createElementNS(SVG, tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    name.startsWith("on") ? made.addEventListener(name.slice(2), value) : made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const SHAPES = { svg: 1, path: 1, line: 1, text: 1, g: 1, circle: 1, title: 1 };

const listOf = (values) => (Array.isArray(values) ? values : numbersOf(values));

/** Writes a number with few digits. */
export function written(value) {
  if (!Number.isFinite(value)) {
    return "–";
  }
  const size = Math.abs(value);
  const text = size !== 0 && (size < 0.001 || size >= 100_000) ? value.toExponential(1)
    : String(Number(value.toFixed(size < 0.01 ? 4 : size < 10 ? 2 : size < 1000 ? 1 : 0)));
  return text.replace("-", "−");
}

// In a table, a number that is tiny compared with the range is written as 0.
const inTable = (value, [least, greatest]) => written(Math.abs(value) < (greatest - least) / 2000 ? 0 : value);

function shade(palette, share) {
  const at = Math.max(0, Math.min(1, share)) * (palette.length - 1);
  const i = Math.min(palette.length - 2, Math.floor(at));
  const [a, b] = [palette[i], palette[i + 1]].map((colour) => [1, 3, 5].map((k) => parseInt(colour.slice(k, k + 2), 16)));
  const mixed = a.map((part, k) => Math.round(part + (b[k] - part) * (at - i)));
  // Relative luminance, as the guidelines for accessible content define it: beside either colour the contrast is over 4.5.
  const linear = mixed.map((part) => (part > 10 ? ((part / 255 + 0.055) / 1.055) ** 2.4 : part / 255 / 12.92));
  const light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] > 0.179;
  return { background: `rgb(${mixed.join(" ")})`, color: light ? "#000" : "#fff" };
}

function colourOf(value, [least, greatest]) {
  return least < 0 ? shade(DIVERGING, 0.5 + 0.5 * value / Math.max(-least, greatest)) : shade(SEQUENTIAL, (value - least) / (greatest - least || 1));
}

function cell(tag, text, looks) {
  const made = make(tag, {}, text);
  looks && Object.assign(made.style, looks);
  return made;
}

const header = (text, scope) => make("th", { scope }, text);

const DRAW = {
  heat(panel, range) {
    const values = listOf(panel.values);
    const { rows, columns } = panel;
    require(rows.length <= MOST_ROWS && columns.length <= MOST_ROWS, "sizes");
    const table = make("table", { class: "heat" },
      make("thead", {}, make("tr", {}, header(`${panel.y} ╲ ${panel.x}`, "col"), ...columns.map((label) => header(label, "col")))),
      make("tbody", {}, ...rows.map((label, r) => make("tr", {}, header(label, "row"), ...columns.map((_, c) => {
        const value = values[r * columns.length + c];
        return cell("td", inTable(value, range), Number.isFinite(value) ? colourOf(value, range) : null);
      })))));
    return { shown: make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": panel.title }, table), says: "" };
  },

  tags(panel) {
    const best = panel.shares.map((shares) => shares.indexOf(Math.max(...shares)));
    const sure = panel.shares.map((shares, i) => `${Math.round(100 * shares[best[i]])} %`);
    const line = (label, texts, looks) => make("tr", {}, header(label, "row"), ...texts.map((text, i) => cell("td", text, looks?.(i))));
    const table = make("table", { class: "heat tags" },
      make("thead", {}, make("tr", {}, header(panel.x, "col"), ...panel.words.map((word) => header(word, "col")))),
      make("tbody", {}, line(panel.y, best.map((k) => panel.labels[k] ?? "?")),
        line("sure", sure, (i) => shade(SEQUENTIAL, panel.shares[i][best[i]]))));
    return { shown: make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": panel.title }, table),
      says: panel.words.map((word, i) => `${word}: ${panel.labels[best[i]]}, ${sure[i]} sure`).join("; ") };
  },

  bars(panel, range) {
    const [least, greatest] = range;
    const widest = Math.max(-least, greatest) || 1;
    const series = panel.series.map(({ name, y }) => ({ name, y: listOf(y) }));
    require(panel.categories.length <= MOST_ROWS, "sizes");
    const table = make("table", { class: "bars" },
      make("thead", {}, make("tr", {}, header(panel.x, "col"), ...series.map(({ name }) => make("th", { scope: "col" }, name)))),
      make("tbody", {}, ...panel.categories.map((label, c) => make("tr", {}, header(label, "row"), ...series.map(({ y }, i) => {
        const bar = make("span", { class: `bar c${i % 8}` });
        bar.style.width = `${Math.max(0, Math.min(100, 100 * Math.abs(y[c]) / widest))}%`;
        return make("td", {}, make("span", { class: "track" }, bar), make("span", { class: "amount" }, inTable(y[c], range)));
      })))));
    const says = series.map(({ name, y }) => `${name}: ${panel.categories.slice(0, 5).map((label, c) => `${label} ${written(y[c])}`).join(", ")}`);
    return { shown: make("div", { class: "scroll" }, table), says: says.join("; ") };
  },

  coloured(panel, range) {
    const words = panel.words.map((word, i) => {
      const made = make("span", { class: "coloured" }, make("span", {}, word), make("small", {}, written(panel.values[i])));
      Object.assign(made.style, colourOf(panel.values[i], range));
      return made;
    });
    return { shown: make("p", { class: "coloured-text" }, ...words),
      says: panel.words.map((word, i) => `${word} ${written(panel.values[i])}`).join(", ") };
  },

  picture(panel) {
    const image = make("img", { src: `data:image/svg+xml,${encodeURIComponent(panel.parts.join("<"))}`, alt: panel.alt });
    return { shown: make("div", { class: "scroll" }, image), says: "" };
  },

  lines: (panel, range, width) => plot(panel, range, width),
  points: (panel, range, width) => plot(panel, range, width),
};

function plot(panel, range, width) {
  const series = panel.series.map(({ name, x, y }) => ({ name, x: listOf(x), y: listOf(y) }));
  const narrow = width < 520;
  const inner = { left: 62, right: width - 12, top: 10, bottom: (panel.equal ? Math.min(width, 420) : narrow ? 260 : 300) };
  const height = inner.bottom + 46;
  const [xs, ys] = [axisOf(range.x, panel.logX), axisOf(range.y, panel.logY)];
  if (panel.equal) {
    widen(xs, ys, (inner.right - inner.left) / (inner.bottom - inner.top));
  }
  const at = { x: (v) => inner.left + xs.share(v) * (inner.right - inner.left), y: (v) => inner.bottom - ys.share(v) * (inner.bottom - inner.top) };
  const svg = make("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-label": panel.title });
  for (const tick of panel.ticks ? panel.ticks.map((_, i) => i + 1) : xs.ticks(Math.max(3, Math.floor(width / 80)))) {
    const label = panel.ticks ? panel.ticks[tick - 1].replace(/^\d+ /, "") : xs.label(tick);
    svg.append(make("line", { class: "grid", x1: at.x(tick), x2: at.x(tick), y1: inner.top, y2: inner.bottom }),
      make("text", { x: at.x(tick), y: inner.bottom + 18, "text-anchor": "middle" }, label));
  }
  for (const tick of ys.ticks(6)) {
    svg.append(make("line", { class: "grid", x1: inner.left, x2: inner.right, y1: at.y(tick), y2: at.y(tick) }),
      make("text", { x: inner.left - 6, y: at.y(tick) + 4, "text-anchor": "end" }, ys.label(tick)));
  }
  svg.append(make("text", { x: (inner.left + inner.right) / 2, y: height - 6, "text-anchor": "middle" }, panel.x),
    make("text", { transform: `translate(14 ${(inner.top + inner.bottom) / 2}) rotate(-90)`, "text-anchor": "middle" }, panel.y));
  series.forEach(({ x, y }, i) => {
    const drawn = [...y].map((v, n) => (Number.isFinite(v) && Number.isFinite(x[n]) && (!panel.logY || v > 0) && (!panel.logX || x[n] > 0)
      ? [at.x(x[n]), at.y(v)] : null));
    if (panel.kind === "lines") {
      const path = drawn.map((point, n) => (point ? `${drawn[n - 1] ? "L" : "M"}${point[0].toFixed(1)} ${point[1].toFixed(1)}` : "")).join("");
      svg.append(make("path", { class: `line c${i % 8}`, d: path || "M0 0", "stroke-dasharray": DASHES[i % DASHES.length] }));
    }
    if (panel.kind === "points" || y.length <= 30) {
      svg.append(make("path", { class: `mark c${i % 8}`, d: drawn.filter((point) => point).map(([px, py]) => mark(i, px, py)).join("") || "M0 0" }));
    }
  });
  const legend = series.length < 2 ? null : make("ul", { class: "legend" }, ...series.map(({ name }, i) => make("li", {},
    make("svg", { width: 34, height: 12, "aria-hidden": "true" }, panel.kind === "lines"
      ? make("path", { class: `line c${i % 8}`, d: "M0 6H34", "stroke-dasharray": DASHES[i % DASHES.length] }) : null,
    make("path", { class: `mark c${i % 8}`, d: mark(i, 17, 6) })), name)));
  const table = make("table", {}, make("thead", {}, make("tr", {}, header(panel.x, "col"), ...series.map(({ name }) => header(name, "col")))),
    make("tbody", {}, ...[...new Set(series.flatMap(({ x }) => [...x]))].sort((a, b) => a - b).slice(0, MOST_ROWS).map((x) => make("tr", {},
      header(panel.ticks?.[x - 1] ?? written(x), "row"),
      ...series.map((one) => cell("td", [...one.y].filter((_, n) => one.x[n] === x).map(written).join(", ")))))));
  return {
    shown: make("div", {}, legend, svg, make("details", { class: "numbers" }, make("summary", {}, "The numbers"), make("div", { class: "scroll" }, table))),
    says: panel.kind === "lines" ? series.map(({ name, y }) => `${name}: from ${written(y[0])} to ${written(y.at(-1))}`).join("; ") : "",
  };
}

function mark(i, x, y) {
  const r = 4;
  return [
    `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`, `M${x - r} ${y - r}h${2 * r}v${2 * r}h${-2 * r}z`,
    `M${x} ${y - r}l${r} ${2 * r}h${-2 * r}z`, `M${x} ${y - r}l${r} ${r}l${-r} ${r}l${-r} ${-r}z`,
  ][i % 4];
}

function axisOf([least, greatest], isLog) {
  const scaled = isLog ? Math.log10 : (v) => v;
  let [low, high] = [scaled(least), scaled(greatest)];
  if (!(high > low)) {
    [low, high] = [low - 0.5, low + 0.5];
  }
  const rim = 0.04 * (high - low);
  const axis = {
    low: low - rim, high: high + rim,
    share: (v) => (scaled(v) - axis.low) / (axis.high - axis.low),
    ticks(most) {
      const rough = (axis.high - axis.low) / most;
      const power = 10 ** Math.floor(Math.log10(rough));
      const fit = [1, 2, 5, 10].map((times) => times * power).find((one) => one >= rough);
      const step = isLog ? Math.max(1, Math.ceil(fit)) : fit;
      const ticks = [];
      for (let k = Math.ceil(axis.low / step); k * step <= axis.high; k++) {
        ticks.push(isLog ? 10 ** (k * step) : Number((k * step).toPrecision(12)));
      }
      return ticks;
    },
    label: (v) => (isLog && (v < 0.01 || v > 1000) ? `1e${Math.round(Math.log10(v))}`.replace("-", "−") : written(v)),
  };
  return axis;
}

function widen(xs, ys, shape) {
  const missing = (xs.high - xs.low) - shape * (ys.high - ys.low);
  const [axis, by] = missing > 0 ? [ys, missing / shape / 2] : [xs, -missing / 2];
  axis.low -= by;
  axis.high += by;
}

// The ranges of axes and colours, over everything that the inputs can show.
function rangesOf(panels) {
  const span = (values, positive) => {
    const finite = values.filter((v) => Number.isFinite(v) && (!positive || v > 0));
    return finite.length === 0 ? [0, 1] : [finite.reduce((a, b) => Math.min(a, b)), finite.reduce((a, b) => Math.max(a, b))];
  };
  const { kind, range, logX, logY } = panels[0];
  if (range) {
    const numbers = listOf(range);
    const all = (name) => panels.flatMap((panel) => panel.series.flatMap((one) => [...listOf(one[name])]));
    return kind === "lines" ? { x: span(all("x")), y: span([...numbers, ...all("y")]) } : [...numbers];
  }
  switch (kind) {
    case "lines":
    case "points":
      return {
        x: span(panels.flatMap((panel) => panel.series.flatMap(({ x }) => [...listOf(x)])), logX),
        y: span(panels.flatMap((panel) => panel.series.flatMap(({ y }) => [...listOf(y)])), logY),
      };
    case "bars":
      return span([0, ...panels.flatMap((panel) => panel.series.flatMap(({ y }) => [...listOf(y)]))]);
    case "heat":
    case "coloured":
      return span(panels.flatMap((panel) => [...listOf(panel.values)]));
    default:
      return null;
  }
}

// ---- One figure on the page ----

let lastId = 0;

class Explorable {
  #told;
  #inputs;
  #network = null;
  #frames = null;
  #ranges = new Map();
  #bodies;
  #captions;
  #says = make("p", { class: "says", role: "status", "aria-live": "polite" });
  #message = make("p", { class: "message", role: "status", "aria-live": "polite", hidden: "" });
  #width = 0;

  constructor(told, still) {
    this.#told = told;
    if (told.panels[0]?.parts === "still") {
      told.panels[0].parts = new TextDecoder().decode(Uint8Array.from(atob(still.src.split(",")[1]), (letter) => letter.charCodeAt(0))).split("<");
    }
    this.#network = told.network ? networkOf(told.network) : null;
    this.#inputs = told.inputs.map((input) => new Input(input, () => this.#show()));
    const states = this.#inputs.reduce((product, { count }) => product * count, 1);
    require(this.#network || (states <= MOST_STATES && told.frames.length === states), "frames");
    let last = told.panels;
    this.#frames = this.#network ? null : told.frames.map((frame) => (last = changed(last, frame)));
    this.#bodies = told.panels.map(() => make("div"));
    this.#captions = told.panels.map(({ title }) => (told.panels.length > 1 || title !== told.title ? make("figcaption") : null));
    this.root = make("div", { class: "explorable-live", role: "group", "aria-label": `Figure that answers: ${told.title}` },
      make("p", { class: "explorable-title" }, told.title),
      make("div", { class: "inputs" }, ...this.#inputs.map(({ root }) => root)), this.#message,
      ...told.panels.map((_, i) => make("figure", {}, this.#captions[i], this.#bodies[i])),
      this.#says, told.caption ? make("p", { class: "caption" }, told.caption) : null);
    this.#show();
    new ResizeObserver(([{ contentRect: { width } }]) => Math.abs(width - this.#width) > 4 && this.#draw(width)).observe(this.root);
  }

  #show() {
    this.#panels = this.#network ? this.#computed() : this.#frames[this.#inputs.reduce((at, input) => at * input.count + input.at, 0)];
    this.#draw(this.root.clientWidth);
  }

  #panels = [];

  #computed() {
    const text = this.#inputs.find(({ told }) => told.input === "text");
    const { words, symbols, unknown, left } = read({ ...this.#told.network, ...text.told }, text.text);
    this.#message.hidden = unknown.length + left === 0 && words.length > 0;
    this.#message.textContent = [
      unknown.length > 0 ? `Not read, since the network doesn't know it: ${unknown.slice(0, 8).join(", ")}.` : "",
      left > 0 ? `${left} more left out: the figure shows ${words.length} at the most.` : "",
      words.length === 0 ? "Type something that the network knows." : "",
    ].join(" ").trim();
    if (words.length === 0) {
      return this.#panels;
    }
    const settings = new Map(this.#inputs.filter(({ told }) => told.sets).map((input) => [input.told.sets, input.value]));
    const known = evaluate(this.#network, symbols, settings);
    return this.#told.panels.map((panel) => filled(panel, known, words, settings.get("unit")));
  }

  #draw(width) {
    this.#width = width;
    const said = this.#panels.map((panel, i) => {
      const draw = Object.hasOwn(DRAW, panel.kind) ? DRAW[panel.kind] : null;
      require(draw, "panels");
      if (this.#network || !this.#ranges.has(i)) {
        this.#ranges.set(i, rangesOf(this.#network ? [panel] : this.#frames.map((frame) => frame[i])));
      }
      const isOpen = this.#bodies[i].querySelector("details")?.open;
      const { shown, says } = draw(panel, this.#ranges.get(i), Math.max(260, Math.min(width || 640, 760)));
      this.#bodies[i].replaceChildren(shown);
      isOpen && this.#bodies[i].querySelector("details")?.setAttribute("open", "");
      this.#captions[i]?.replaceChildren(panel.title);
      const words = panel.says || panel.alt || says;
      return make("span", panel.says ? {} : { class: "unseen" }, words && `${words.replace(/[.?!]?$/, (end) => end || ".")} `);
    });
    // Said by a screen reader only where there is something new; what stands in the pictures themselves isn't shown again.
    if (this.#says.textContent !== said.map((part) => part.textContent).join("")) {
      this.#says.replaceChildren(...said);
    }
  }
}

class Input {
  constructor(told, changed) {
    this.told = told;
    const id = `explorable-${++lastId}`;
    const isText = told.input === "text";
    this.labels = isText ? [] : (told.labels ?? [...listOf(told.values)].map((value) => written(value)));
    this.count = isText ? 1 : this.labels.length;
    this.at = told.at ?? 0;
    this.text = String(told.value ?? "");
    require(isText || (this.count > 0 && this.count <= MOST_STATES && this.at < this.count), "inputs");
    const output = make("output", { for: id });
    this.field = isText ? make("input", { type: "text", id, maxlength: 400, autocomplete: "off", autocapitalize: "off", spellcheck: "false" })
      : told.input === "choice" ? make("select", { id }, ...this.labels.map((label, i) => make("option", { value: i }, label)))
        : make("input", { type: "range", id, min: 0, max: this.count - 1, step: 1 });
    const put = (at) => {
      this.at = Math.max(0, Math.min(this.count - 1, at));
      say();
      changed();
    };
    const say = () => {
      this.field.value = isText ? this.text : this.at;
      output.textContent = this.labels[this.at] ?? "";
      told.input === "slider" && this.field.setAttribute("aria-valuetext", this.labels[this.at]);
      this.steps?.forEach(([button, by]) => { button.disabled = !(this.at + by in this.labels); });
    };
    this.field.addEventListener("input", () => {
      if (isText) {
        this.text = this.field.value;
        changed();
      } else {
        put(Number(this.field.value));
      }
    });
    const button = (label, sign, by) => [make("button", { type: "button", title: label, "aria-label": label, onclick: () => put(this.at + by) }, sign), by];
    this.steps = told.input === "slider" ? [button(`${told.name}: back`, "◀", -1), button(`${told.name}: on`, "▶", 1)] : null;
    const known = isText && told.help ? make("small", { id: `${id}-help` }, told.help) : null;
    known && this.field.setAttribute("aria-describedby", known.id);
    this.root = make("div", { class: `input is-${isText ? "text" : told.input === "choice" ? "choice" : "slider"}` },
      make("label", { for: id }, told.name), this.steps?.[0][0], this.field, this.steps?.[1][0], this.steps ? output : null, known);
    say();
  }

  /** The number that is set. */
  get value() {
    return this.told.values ? listOf(this.told.values)[this.at] : this.at;
  }
}

/**
 * Brings a figure to life; if its data can't be read, its still picture stays.
 * @param {HTMLElement} place The element with the data.
 */
export function enliven(place) {
  const { explorable } = place.dataset;
  place.removeAttribute("data-explorable");
  try {
    const { root } = new Explorable(JSON.parse(explorable), place.querySelector("img"));
    for (const still of place.children) {
      still.hidden = true;
    }
    place.append(root);
  } catch (error) {
    console.warn(`A figure stays still: ${error.message}`);
  }
}

for (const place of globalThis.document?.querySelectorAll("[data-explorable]") ?? []) {
  enliven(place);
}
