"""Opens a lesson on the classic notebook page in headless Chromium, executes all cells, and looks at the page."""

import asyncio
import base64
import json
import pathlib
import subprocess
import sys
import tempfile
import time
import urllib.request

from tornado.websocket import websocket_connect

PORT, DEBUG_PORT = 18888, 19222
LOOK = """(() => {
  const cells = Jupyter.notebook.get_cells().filter(cell => cell.cell_type === 'code');
  return JSON.stringify({
    kernel: Jupyter.notebook.kernel.name,
    cells: cells.length,
    executed: cells.filter(cell => typeof cell.input_prompt_number === 'number').length,
    errors: document.querySelectorAll('.output_error').length,
    pictures: [...document.querySelectorAll('.output img')].filter(image => image.naturalWidth > 0 && image.alt).length,
    broken: [...document.querySelectorAll('.output img')].filter(image => image.naturalWidth === 0 || !image.alt).length,
    feedback: document.querySelectorAll('.output_html strong').length,
    text: document.querySelector('#notebook-container').innerText.length,
  });
})()"""


class Page:
    def __init__(self, socket):
        self.socket, self.count = socket, 0

    async def call(self, method, **parameters):
        self.count += 1
        number = self.count
        await self.socket.write_message(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(await self.socket.read_message())
            if answer.get("id") == number:
                return answer.get("result", {})

    async def evaluate(self, expression):
        result = await self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        return result.get("result", {}).get("value")

    async def until(self, expression, seconds, what):
        for _ in range(seconds * 4):
            if await self.evaluate(expression):
                return
            await asyncio.sleep(0.25)
        raise SystemExit(f"FAIL {what} did not happen within {seconds} s")


def fetch(url, seconds):
    for _ in range(seconds * 4):
        try:
            with urllib.request.urlopen(url) as answer:
                return answer.read()
        except OSError:
            time.sleep(0.25)
    raise SystemExit(f"FAIL nothing answers at {url}")


async def look(lesson, picture):
    pages = json.loads(fetch(f"http://127.0.0.1:{DEBUG_PORT}/json", 30))
    address = next(page["webSocketDebuggerUrl"] for page in pages if page["type"] == "page")
    page = Page(await websocket_connect(address, max_message_size=100_000_000))
    await page.call("Page.navigate", url=f"http://127.0.0.1:{PORT}/notebooks/{lesson}")
    await page.until("!!(window.Jupyter && Jupyter.notebook && Jupyter.notebook.kernel && Jupyter.notebook.kernel.is_connected())", 60, "a connection with the kernel")
    await page.evaluate("Jupyter.notebook.clear_all_output(); Jupyter.notebook.execute_all_cells()")
    await page.until(
        "Jupyter.notebook.get_cells().every(cell => cell.cell_type !== 'code' || typeof cell.input_prompt_number === 'number')", 240, "the execution of all cells")
    await page.until("!Jupyter.notebook.kernel_busy", 60, "the kernel's rest")
    await asyncio.sleep(1)
    seen = json.loads(await page.evaluate(LOOK))
    await page.evaluate("document.querySelector('.output img').scrollIntoView()")
    shot = await page.call("Page.captureScreenshot", format="png")
    picture.write_bytes(base64.b64decode(shot["data"]))
    print("     " + json.dumps(seen))
    if seen["executed"] < seen["cells"] or seen["errors"] or seen["broken"] or seen["pictures"] < 3 or seen["feedback"] < 2:
        raise SystemExit("FAIL the page does not show what it should")
    print("ok   the classic notebook page executes the lesson and shows its figures and feedback")


def main():
    folder, lesson, picture = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
    with tempfile.TemporaryDirectory() as profile:
        server = subprocess.Popen(
            ["jupyter", "notebook", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={PORT}", "--port-retries=0", "--NotebookApp.token=", f"--notebook-dir={folder}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        browser = subprocess.Popen(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--remote-allow-origins=*", "--window-size=1280,1600",
             f"--remote-debugging-port={DEBUG_PORT}", f"--user-data-dir={profile}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            fetch(f"http://127.0.0.1:{PORT}/tree", 60)
            asyncio.run(look(lesson, picture))
        finally:
            browser.terminate()
            server.terminate()
            browser.wait()
            server.wait()


if __name__ == "__main__":
    main()
