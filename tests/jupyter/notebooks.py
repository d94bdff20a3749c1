"""Executes lessons by nbconvert on the kernel and compares what comes out with what is stored, output by output."""

import json
import pathlib
import re
import subprocess
import sys

NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
CONTROL = "application/vnd.rnncourse.control+json"
WIDGET = "application/vnd.jupyter.widget-view+json"


def as_widgets(outputs):
    """What the course's kernel gives for stored outputs: from a cell's first control on, all are displays, which clients can replace."""
    expected, has_control = [], False
    for output in outputs:
        has_control = has_control or CONTROL in output["data"]
        if has_control and output["output_type"] == "stream":
            output = {"output_type": "display_data", "data": {"text/plain": output["text"]}}
        elif has_control and output["output_type"] == "execute_result":
            output = output | {"output_type": "display_data"}
        expected.append(with_widget(output) if CONTROL in output["data"] else output)
    return expected


def with_widget(control):
    return control | {"data": control["data"] | {WIDGET: ""}}


def joined(outputs):
    """The outputs without what changes; text of one stream that came in pieces is one again, as it is stored: newer clients keep the pieces."""
    found = []
    for output in map(normal, outputs):
        if output["output_type"] == "stream" and found and found[-1].get("name") == output["name"]:
            found[-1]["text"] += output["text"]
        else:
            found.append(output)
    return found


def normal(output):
    kept = {key: value for key, value in output.items() if key not in ("metadata", "execution_count")}
    if "text" in kept:
        kept["text"] = "".join(kept["text"])
    kept["data"] = {kind: "".join(value) if isinstance(value, list) else value for kind, value in kept.get("data", {}).items()}
    return kept


def same(a, b):
    """Equal, up to the rounding of numbers with decimals; pictures are compared by their text."""
    return a == b or (frame(a) == frame(b) and all(close(x, y) for x, y in zip(texts(a), texts(b))))


def frame(output):
    return {key: value for key, value in output.items() if key not in ("text", "data")} | {"kinds": sorted(output["data"])}


def texts(output):
    return output.get("text", ""), output["data"].get("text/plain", "")


def close(x, y):
    if NUMBER.sub("#", x) != NUMBER.sub("#", y):
        return False
    for p, q in zip(NUMBER.findall(x), NUMBER.findall(y)):
        if p != q and ("." not in p or abs(float(p) - float(q)) > 1e-6 + 1e-3 * abs(float(p))):
            return False
    return True


def main(expected=as_widgets, undo=lambda outputs: outputs):
    """Compares. What a kernel is known to show otherwise: expected says it of what is stored, and undo takes it back from what was executed."""
    target = pathlib.Path(sys.argv[1])
    failed = 0
    for path in map(pathlib.Path, sys.argv[2:]):
        subprocess.run(
            ["jupyter", "nbconvert", "--log-level=WARN", "--to", "notebook", "--execute", "--ExecutePreprocessor.timeout=1200", "--ExecutePreprocessor.startup_timeout=600",
             "--output-dir", target, path], check=True)
        stored = json.loads(path.read_text(encoding="utf-8"))["cells"]
        executed = json.loads((target / path.name).read_text(encoding="utf-8"))["cells"]
        compared = 0
        for a, b in zip(stored, executed):
            tags = a["metadata"].get("tags", [])
            if a["cell_type"] != "code" or "timing" in tags:
                continue
            x, y = joined(expected(joined(a["outputs"]))), joined(undo(b["outputs"]))
            compared += len(x)
            if len(x) != len(y) or not all(same(p, q) for p, q in zip(x, y)):
                failed += 1
                print(f"FAIL {path.name}, cell {a['id']}:\n  stored   {str(x)[:600]}\n  executed {str(y)[:600]}")
        print(f"ok   {path.name}: {compared} outputs compared", flush=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
