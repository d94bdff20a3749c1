"""Opens a lesson on a page of Jupyter in headless Chromium, executes all cells, and looks at the page."""

import asyncio
import base64
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

from tornado.websocket import websocket_connect

PORT, DEBUG_PORT = 18888, 19222

# In seconds, and only to make an error of a hang: on a busy machine everything takes long.
PATIENCE = 1200
BROWSERS = ["chromium", "google-chrome", "chrome"]

# What differs between the pages: how the server starts, where the lesson is, and how its script is asked.
CLASSIC = {
    "server": ["notebook", "--port-retries=0", "--NotebookApp.token=", "--notebook-dir={folder}"],
    "home": "tree",
    "lesson": "notebooks/{lesson}",
    "ready": "!!(window.Jupyter && Jupyter.notebook && Jupyter.notebook.kernel && Jupyter.notebook.kernel.is_connected())",
    "run": "Jupyter.notebook.clear_all_output(); Jupyter.notebook.execute_all_cells()",
    "counts": "Jupyter.notebook.get_cells().filter(cell => cell.cell_type === 'code').map(cell => cell.input_prompt_number)",
    "rests": "!Jupyter.notebook.kernel_busy",
    "kernel": "Jupyter.notebook.kernel.name",
    "output": ".output",
    "error": ".output_error",
    "page": "#notebook-container",
}
PANEL = "[...(window.jupyterapp?.shell.widgets('main') ?? [])].find(widget => widget.sessionContext)"
LAB = {
    "server": ["lab", "--ServerApp.port_retries=0", "--IdentityProvider.token=", "--ServerApp.root_dir={folder}", "--LabApp.expose_app_in_browser=True"],
    "home": "lab",
    "lesson": "lab/tree/{lesson}?reset",
    "ready": f"{PANEL}?.sessionContext.session?.kernel?.status === 'idle'",
    "run": f"jupyterapp.shell.activateById({PANEL}.id); jupyterapp.commands.execute('notebook:clear-all-cell-outputs').then(() => jupyterapp.commands.execute('notebook:run-all-cells'))",
    "counts": f"[...{PANEL}.content.model.cells].filter(cell => cell.type === 'code').map(cell => cell.executionCount)",
    "rests": f"{PANEL}.sessionContext.session.kernel.status === 'idle'",
    "kernel": f"{PANEL}.sessionContext.session.kernel.name",
    "output": ".jp-OutputArea-output",
    "error": ".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr'], .jp-OutputArea-output[data-mime-type='application/vnd.jupyter.error']",
    "page": ".jp-Notebook",
}
HOSTS = {
    "classic": CLASSIC,
    "lab": LAB,
    "notebook": LAB | {
        "server": ["notebook", *LAB["server"][1:-1], "--JupyterNotebookApp.expose_app_in_browser=True"],
        "home": "tree",
        "lesson": "notebooks/{lesson}?reset",
    },
}

# The lab keeps only visible cells on the page, and saves by itself; neither is of use here.
SETTINGS = {
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
}
DRAWN = """(() => {
  const all = selector => [...document.querySelectorAll(selector)], pictures = all('%(output)s img');
  return pictures.length >= 3 && pictures.every(image => image.complete) && all('%(output)s strong').length >= 2;
})()"""
LOOK = """(() => {
  const counts = %(counts)s, all = selector => [...document.querySelectorAll(selector)];
  return JSON.stringify({
    kernel: %(kernel)s,
    cells: counts.length,
    executed: counts.filter(count => typeof count === 'number').length,
    errors: all("%(error)s").length,
    pictures: all('%(output)s img').filter(image => image.naturalWidth > 0 && image.alt).length,
    broken: all('%(output)s img').filter(image => image.naturalWidth === 0 || !image.alt).length,
    feedback: all('%(output)s strong').length,
    text: document.querySelector('%(page)s').innerText.length,
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

    async def until(self, expression, what):
        for _ in range(PATIENCE * 4):
            if await self.evaluate(expression):
                return
            await asyncio.sleep(0.25)
        raise SystemExit(f"FAIL {what} did not happen within {PATIENCE} s")


def fetch(url):
    for _ in range(PATIENCE * 4):
        try:
            with urllib.request.urlopen(url) as answer:
                return answer.read()
        except OSError:
            time.sleep(0.25)
    raise SystemExit(f"FAIL nothing answers at {url}")


async def look(host, lesson, picture):
    pages = json.loads(fetch(f"http://127.0.0.1:{DEBUG_PORT}/json"))
    address = next(page["webSocketDebuggerUrl"] for page in pages if page["type"] == "page")
    page = Page(await websocket_connect(address, max_message_size=100_000_000))
    await page.call("Page.navigate", url=f"http://127.0.0.1:{PORT}/{host['lesson'].format(lesson=lesson)}")
    await page.until(host["ready"], "a connection with the kernel")
    await page.evaluate(host["run"])
    await page.until(f"{host['counts']}.every(count => typeof count === 'number')", "the execution of all cells")
    await page.until(host["rests"], "the kernel's rest")
    # The page may still be drawing when the kernel rests.
    await page.until(DRAWN % host, "the drawing of the page")
    seen = json.loads(await page.evaluate(LOOK % host))
    await page.evaluate(f"document.querySelector('{host['output']} img').scrollIntoView()")
    shot = await page.call("Page.captureScreenshot", format="png")
    picture.write_bytes(base64.b64decode(shot["data"]))
    print("     " + json.dumps(seen))
    if seen["executed"] < seen["cells"] or seen["errors"] or seen["broken"] or seen["pictures"] < 3 or seen["feedback"] < 2:
        raise SystemExit("FAIL the page does not show what it should")
    print("ok   the page executes the lesson and shows its figures and feedback")


def main():
    host, folder, lesson, picture = HOSTS[sys.argv[1]], sys.argv[2], sys.argv[3], pathlib.Path(sys.argv[4])
    with tempfile.TemporaryDirectory() as profile:
        settings = pathlib.Path(os.environ["JUPYTER_CONFIG_DIR"], "labconfig", "default_setting_overrides.json")
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(json.dumps(SETTINGS))
        server = subprocess.Popen(
            ["jupyter", host["server"][0], "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={PORT}", *(option.format(folder=folder) for option in host["server"][1:])],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        browser = subprocess.Popen(
            [next(filter(None, map(shutil.which, BROWSERS))), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--remote-allow-origins=*", "--window-size=1280,1600",
             f"--remote-debugging-port={DEBUG_PORT}", f"--user-data-dir={profile}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            fetch(f"http://127.0.0.1:{PORT}/{host['home']}")
            asyncio.run(look(host, lesson, picture))
        finally:
            browser.terminate()
            server.terminate()
            browser.wait()
            server.wait()


if __name__ == "__main__":
    main()
