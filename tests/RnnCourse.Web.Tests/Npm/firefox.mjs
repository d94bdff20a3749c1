// The core cycle in Firefox: change, run, interrupt, reload. Called by FirefoxTests with the browser, the address and a
// file for a screenshot; what goes wrong is its exit code and its words.
import puppeteer from "puppeteer-core";

const [program, address, screenshot] = process.argv.slice(2);
const browser = await puppeteer.launch({
  browser: "firefox", executablePath: program, headless: true, timeout: 600_000, protocolTimeout: 600_000,
});
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(600_000);
  const problems = [];
  page.on("pageerror", (error) => problems.push(error.message));
  const until = (expression) => page.waitForFunction(expression);
  const shows = (cell, text) => until(`document.querySelector("#cell-${cell} .outputs").textContent.includes("${text}")`);
  const isIn = (cell, state) => until(`document.querySelector("#cell-${cell}").dataset.state === "${state}"`);
  const press = async (...keys) => {
    for (const key of keys) {
      await page.keyboard.down(key);
    }
    for (const key of keys.reverse()) {
      await page.keyboard.up(key);
    }
  };

  await page.goto(address);
  await page.waitForSelector("#cell-c1 .cm-content");
  await page.focus("#cell-c1 .cm-content");
  await press("End");
  await page.keyboard.type(" + 41");
  await press("Shift", "Enter");
  await shows("c1", "42");
  await until(`document.querySelector(".saving").textContent === "Saved"`);
  await page.focus("#cell-c2 .cm-content");
  await press("Control", "Enter");
  await isIn("c2", "running");
  await page.evaluate(() => document.querySelector("#cell-c2 .run").click());
  await isIn("c2", "failed");
  await page.reload();
  await page.waitForSelector("#cell-c1 .cm-content");
  await shows("c1", "42");
  await page.screenshot({ path: screenshot });
  if (problems.length > 0) {
    throw new Error(problems.join("\n"));
  }
} finally {
  await browser.close();
}
