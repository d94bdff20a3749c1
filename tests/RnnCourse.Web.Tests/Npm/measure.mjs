// Measures the live page as a reader meets it, beside the figures that it is to reach: node tests/RnnCourse.Web.Tests/Npm/measure.mjs
// Wants a built course (dotnet build -c Release), Chromium, this folder's packages (npm ci), Linux, and a machine that does nothing else.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const rnn = join(root, "artifacts", "bin", "RnnCourse.Cli", "release", "rnn");
const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);
const lesson = "06-recurrent-connection";
const withControl = { lesson: "10-vanishing-exploding", cell: "spectrum" };
const rounds = 9;
const folder = mkdtempSync(join(tmpdir(), "rnn-measure-"));

const results = [];
const report = (what, value, goal, unit, isReached = value <= goal) => {
  results.push({ what, measured: `${value.toFixed(unit === "ms" ? 0 : 2)} ${unit}`, goal: `${goal} ${unit}`, reached: isReached ? "yes" : "NO" });
};
const reportRate = (what, value, goal) => report(what, value, goal, "a second", value >= goal);
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];

// The address as soon as it is printed, and when that was.
async function serve() {
  const server = spawn(rnn, ["open", "--no-browser", "--work", join(folder, "my"), lesson], {
    cwd: root,
    env: { ...process.env, RNN_SERVERS: join(folder, "servers"), RNN_PROGRESS: "off" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  for await (const piece of server.stdout) {
    text += piece;
    const address = /http:\S+/.exec(text)?.[0];
    if (address) {
      server.stdout.resume();
      return { server, address, printed: performance.now() };
    }
  }
  throw new Error(`The server has ended: ${text}`);
}

async function stop(server) {
  const ended = new Promise((resolve) => server.once("exit", resolve));
  server.kill("SIGTERM");
  await ended;
}

// What the process and those that it started hold, shared pages divided among all that share them.
function heldBy(pid) {
  const own = Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))[1]);
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim().split(" ").filter(Boolean);
  const others = readdirSync(`/proc/${pid}/task`).filter((task) => task !== String(pid))
    .flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").trim().split(" ").filter(Boolean));
  return own + [...children, ...others].reduce((sum, child) => sum + heldBy(child), 0);
}

// How often a second a cell shows something new while its slider is drawn along: a cell that only prints, and one with a figure.
async function measureControls(page, address) {
  page.setDefaultTimeout(120_000);
  await page.goto(address, { waitUntil: "domcontentloaded" });
  const until = (expression) => page.waitForFunction(expression, { polling: 5 });
  const run = async (cell) => {
    await page.evaluate(`document.querySelector("#cell-${cell} .run").click()`);
    await until(`document.querySelector("#cell-${cell}")?.dataset.state === "fresh"`);
  };
  await until("document.querySelector('.cell[data-state]') !== null");
  const cells = await page.evaluate("[...document.querySelectorAll('#cells > .code')].map(cell => cell.dataset.cell)");
  for (const cell of cells.slice(0, cells.indexOf(withControl.cell) + 1)) {
    await run(cell);
  }
  await page.evaluate(`document.querySelector("#cell-${withControl.cell}").focus()`);
  await page.keyboard.press("b");
  await until("document.activeElement.closest('.cm-content') !== null");
  const light = await page.evaluate("document.activeElement.closest('.cell').dataset.cell");
  await page.keyboard.sendCharacter('var x = Control.Slider("x", 0, 1000, 0);\n$"x is {x}"');
  await until("document.querySelector('.saving').textContent === 'Saved'");
  await run(light);
  for (const [cell, what] of [[light, "a line of text"], [withControl.cell, "a figure"]]) {
    await page.evaluate(drawAlong(cell, 2));
    reportRate(`updates while a slider is drawn along, ${what}`, await page.evaluate(drawAlong(cell, 4)), 10);
  }
}

// A script that moves a cell's slider with each frame and counts how often what is shown below it changes.
const drawAlong = (cell, seconds) => `new Promise((resolve) => {
  const cell = document.querySelector("#cell-${cell}"), outputs = cell.querySelector(".outputs");
  const input = cell.querySelector("input[type=range]"), [min, max, step] = [input.min, input.max, input.step].map(Number);
  let last = outputs.innerHTML, updates = 0;
  const seen = new MutationObserver(() => {
    const [now, block] = [outputs.innerHTML, outputs.lastElementChild];
    if (now !== last && block && !block.hidden) {
      last = now;
      updates++;
    }
  });
  seen.observe(outputs, { childList: true, subtree: true, characterData: true });
  const begun = performance.now();
  const move = () => {
    if (performance.now() - begun > ${seconds} * 1000) {
      seen.disconnect();
      resolve(updates / ${seconds});
      return;
    }
    input.value = Number(input.value) + step > max ? min : Number(input.value) + step;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    requestAnimationFrame(move);
  };
  move();
})`;

const browser = await puppeteer.launch({ executablePath: chromium, headless: true, args: ["--no-sandbox", "--disable-gpu"] });
try {
  // The first start fills caches and makes the copy; it is the second that counts.
  const first = await serve();
  await stop(first.server);
  // The browser, too, has to be awake.
  await (await browser.newPage()).goto("about:blank");

  const { server, address, printed } = await serve();
  const page = await browser.newPage();
  page.setDefaultTimeout(120_000);
  const until = (expression) => page.waitForFunction(expression, { polling: 5 });
  const state = (cell, wanted) => until(`document.querySelector("#cell-${cell}")?.dataset.state === "${wanted}"`);
  let bytes = 0;
  const session = await page.createCDPSession();
  await session.send("Network.enable");
  session.on("Network.loadingFinished", (event) => { bytes += event.encodedDataLength; });
  session.on("Network.webSocketFrameReceived", (event) => { bytes += event.response.payloadData.length; });
  await page.goto(address, { waitUntil: "domcontentloaded" });
  await until("document.querySelector('.cell[data-state]') !== null");
  const shown = performance.now();
  report("address printed → first page", shown - printed, 1500, "ms");

  const cells = await page.evaluate("[...document.querySelectorAll('#cells > .code')].map(cell => cell.dataset.cell)");
  await page.evaluate(`document.querySelector("#cell-${cells[0]} .run").click()`);
  await state(cells[0], "fresh");
  report("first page → first cell has run", performance.now() - shown, 1000, "ms");

  // Everything, as after the lesson; then light cells on top.
  await page.evaluate("[...document.querySelectorAll('#toolbar button')].find(b => b.textContent.includes('Run all')).click()");
  await until(`document.querySelector("#cell-${cells.at(-1)}")?.dataset.state.match(/fresh|failed/)`);
  const held = heldBy(server.pid) / 1024;
  report("server and one session after lesson 06", held, 350, "MB");
  report("transferred for lesson 06, with its outputs", bytes / 1e6, 1.5, "MB");

  await page.evaluate(`document.querySelector("#cell-${cells.at(-1)}").focus()`);
  await page.keyboard.press("b");
  await until("document.activeElement.closest('.cm-content') !== null");
  const light = await page.evaluate("document.activeElement.closest('.cell').dataset.cell");
  const times = [];
  for (let i = 0; i < rounds; i++) {
    await page.keyboard.down("Control");
    await page.keyboard.press("a");
    await page.keyboard.up("Control");
    await page.keyboard.sendCharacter(`${i} + 1000`);
    await until("document.querySelector('.saving').textContent === 'Saved'");
    times.push(await page.evaluate(`new Promise((resolve) => {
      const cell = document.querySelector("#cell-${light}");
      const begun = performance.now();
      const seen = new MutationObserver(() => {
        if (cell.querySelector(".outputs").textContent.includes("${i + 1000}")) {
          seen.disconnect();
          resolve(performance.now() - begun);
        }
      });
      seen.observe(cell, { childList: true, subtree: true, characterData: true });
      cell.querySelector(".run").click();
    })`));
  }
  report("a light cell's round trip", median(times), 100, "ms");

  // As the editor asks, on a socket of its own, which measures the server and not the editor's pauses.
  const asked = await page.evaluate(`(async () => {
    const socket = new WebSocket(new URL(document.getElementById("cells").dataset.socket, location.href.replace("http", "ws")));
    await new Promise((resolve) => { socket.onopen = resolve; });
    socket.send(JSON.stringify({ ask: "hello", versions: {} }));
    const waiting = new Map();
    socket.onmessage = ({ data }) => { const told = JSON.parse(data); waiting.get(told.tell === "reply" ? told.id : null)?.(); };
    let id = 0;
    const time = async (ask, fields) => {
      const begun = performance.now();
      await new Promise((resolve) => { waiting.set(++id, resolve); socket.send(JSON.stringify({ ask, id, cell: "${light}", ...fields })); });
      return performance.now() - begun;
    };
    const times = { complete: [], diagnose: [] };
    for (let i = 0; i < ${rounds + 2}; i++) {
      const source = "var q" + i + " = Vocabulary.Co";
      times.complete.push(await time("complete", { source, position: source.length }));
      times.diagnose.push(await time("diagnose", { source: source + "unt + unknown" + i + ";" }));
    }
    socket.close();
    return times;
  })()`);
  report("completion, warm", median(asked.complete.slice(2)), 150, "ms");
  report("diagnostics, warm", median(asked.diagnose.slice(2)), 150, "ms");

  await measureControls(await browser.newPage(), address.replace(lesson, withControl.lesson));

  const restarted = performance.now();
  await page.evaluate("[...document.querySelectorAll('#toolbar button')].find(b => b.textContent.includes('Restart')).click()");
  await state(cells[0], "stored");
  await until("document.querySelector('#toolbar').dataset.session === 'ready'");
  report("restart → ready", performance.now() - restarted, 2000, "ms");

  // The largest by its file, as it is opened first.
  const largest = readdirSync(join(root, "notebooks")).filter((name) => name.endsWith(".ipynb"))
    .sort((a, b) => statSync(join(root, "notebooks", b)).size - statSync(join(root, "notebooks", a)).size)[0].replace(".ipynb", "");
  const fresh = await (await browser.createBrowserContext()).newPage();
  const network = await fresh.createCDPSession();
  let loaded = 0;
  await network.send("Network.enable");
  network.on("Network.loadingFinished", (event) => { loaded += event.encodedDataLength; });
  network.on("Network.webSocketFrameReceived", (event) => { loaded += event.response.payloadData.length; });
  await fresh.goto(address.replace(lesson, largest));
  await fresh.waitForFunction("document.querySelector('.cell[data-state]') !== null");
  report(`transferred for the largest lesson, ${largest}`, loaded / 1e6, 1.5, "MB");
  await stop(server);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
console.table(results);
process.exitCode = results.every((result) => result.reached === "yes") ? 0 : 1;
