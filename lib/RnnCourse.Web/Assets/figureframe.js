// The script of the frame in which a figure lives: draws what it is sent, in the colours of the page around it, and in
// short lines
// where there is little room. It reaches nothing but Plotly, which stands before it.
const NARROW = 520;

// The height of Plotly's own buttons.
const BUTTONS = 34;
const DARK = { ground: "#16191b", text: "#e3e6e7", grid: "#3a4043", zero: "#8b9498" };

const dark = matchMedia("(prefers-color-scheme: dark)");
const narrow = matchMedia(`(max-width: ${NARROW}px)`);
let shown = null;

addEventListener("message", (event) => {
  if (event.source === parent && Array.isArray(event.data?.data)) {
    shown = event.data;
    draw();
  }
});
dark.addEventListener("change", draw);
narrow.addEventListener("change", draw);
parent.postMessage("ready", "*");

function draw() {
  if (!shown) {
    return;
  }
  const { width, height, ...layout } = structuredClone(shown.layout ?? {});
  layout.xaxis ??= {};
  layout.yaxis ??= {};
  if (dark.matches) {
    darken(layout);
  }
  if (narrow.matches) {
    shorten(layout);
  }
  document.body.style.background = layout.paper_bgcolor ?? "#fff";
  Plotly.react("figure", structuredClone(shown.data), { ...layout, autosize: true }, { responsive: true, displaylogo: false });
}

function darken(layout) {
  layout.paper_bgcolor = layout.plot_bgcolor = DARK.ground;
  layout.font = { ...layout.font, color: DARK.text };
  for (const [name, axis] of Object.entries(layout)) {
    if (/^[xy]axis\d*$/.test(name) && axis && typeof axis === "object") {
      Object.assign(axis, { gridcolor: DARK.grid, zerolinecolor: DARK.zero, linecolor: DARK.zero });
    }
  }
  for (const note of Array.isArray(layout.annotations) ? layout.annotations : []) {
    note.font = { ...note?.font, color: DARK.text };
  }
}

// Plotly doesn't wrap lines by itself.
function shorten(layout) {
  const letters = Math.max(20, Math.floor(innerWidth / 8));
  if (typeof layout.title?.text === "string") {
    const text = wrap(layout.title.text, letters);
    layout.title = {
      ...layout.title, text, font: { ...layout.title.font, size: 14 }, x: 0.5, y: 1, yref: "container", yanchor: "top", pad: { t: BUTTONS },
    };

    // The legend stands above the plot, one name in a line.
    const names = layout.showlegend === false ? 0 : shown.data.filter((trace) => trace.name).length;
    layout.margin = { ...layout.margin, t: BUTTONS + 18 * text.split("<br>").length + 20 * Math.min(names, 6) + 12, l: 8, r: 8 };
  }
  if (typeof layout.xaxis?.title?.text === "string") {
    layout.xaxis.title.text = wrap(layout.xaxis.title.text.replace(/(?<!<br>)<br>(?!<br>|<span)/g, " "), letters);
  }
  layout.yaxis.automargin = true;
  layout.font = { ...layout.font, size: 12 };
}

function wrap(text, letters) {
  let line = 0;
  return (text.match(/<[^>]*>|[^\s<]+|\s+/g) ?? []).map((part) => {
    if (part.startsWith("<")) {
      line = part === "<br>" ? 0 : line;
      return part;
    }
    if (line > 0 && line + part.length > letters && part.trim()) {
      line = part.length;
      return `<br>${part}`;
    }
    line += part.length;
    return part;
  }).join("");
}
