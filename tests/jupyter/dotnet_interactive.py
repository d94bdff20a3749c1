"""Executes lessons on the kernel of .NET Interactive's tool and compares, up to the differences that its tests declare and two of the tool alone."""

import html
import json
import pathlib
import re

import notebooks

DECLARED = json.loads(
    (pathlib.Path(__file__).parent.parent / "RnnCourse.DotNetInteractive.Tests" / "differences.json").read_text(encoding="utf-8"))
# The tool puts a script of its own into each first cell.
BOOTSTRAP = "dotnet-interactive-this-cell-"
# It prints this warning where a cell uses complex numbers with a MathNet.Numerics that was built for .NET 6: Evd().EigenValues
WARNING = re.compile(r"\s*warning CS1701: Assuming assembly reference 'System.Runtime.Numerics, [^\n]*\s*")


PRINTED = {difference["stored"] for difference in DECLARED if difference["shown"] == "stdout"}


def as_printed(outputs):
    """What the tool gives for stored outputs: some kinds are lines that it prints."""
    return [printed(output) if PRINTED & output["data"].keys() else output for output in outputs]


def printed(output):
    return {"output_type": "stream", "name": "stdout", "text": output["data"]["text/plain"] + "\n", "data": {}}


def undo(outputs):
    return [restored(output) for output in outputs if BOOTSTRAP not in text(output, "text/html") and not is_warning(output)]


def is_warning(output):
    return output.get("name") == "stderr" and WARNING.fullmatch("".join(output["text"])) is not None


def restored(output):
    for difference in DECLARED:
        if list(output.get("data", {})) == [difference["shown"]]:
            found = re.search(difference["pattern"].replace("(?<", "(?P<"), text(output, difference["shown"]))
            if found:
                return output | {"data": {difference["stored"]: html.unescape(found["text"])}}
    return output


def text(output, kind):
    value = output.get("data", {}).get(kind, "")
    return "".join(value) if isinstance(value, list) else value


if __name__ == "__main__":
    notebooks.main(as_printed, undo)
