"""Writes HOSTS.md, the table of what each host shows, from the notebooks that rnn run, .ci/jupyter and .ci/dotnet-interactive executed.

hosts.py            writes it
hosts.py --check    fails if it isn't what would be written
"""

import json
import pathlib
import sys

import dotnet_interactive
import notebooks

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TABLE = pathlib.Path(__file__).with_name("HOSTS.md")
PLOTLY, VERDICT = "application/vnd.plotly.v1+json", "application/vnd.rnncourse.verdict+json"
EXPLORABLE = "application/vnd.rnncourse.explorable+json"
SHORT = {
    "text/plain": "text",
    "text/html": "HTML",
    PLOTLY: "Plotly's JSON",
    VERDICT: "JSON for programs",
    EXPLORABLE: "JSON for programs",
    notebooks.CONTROL: "JSON for programs",
    notebooks.WIDGET: "a widget",
    "stream": "printed text",
}

# Where the executed lessons are; None where no test runs the lessons.
HOSTS = {
    "`rnn run`": ROOT / "artifacts" / "course",
    "Jupyter, the course's kernel": ROOT / "artifacts" / "ci" / "jupyter" / "executed",
    "Jupyter, .NET Interactive's tool": ROOT / "artifacts" / "ci" / "dotnet-interactive" / "executed",
    "`rnn open`": None,
    "VS Code": None,
    "Polyglot Notebooks": None,
}

KINDS = {
    "printed text": lambda output: output["output_type"] == "stream",
    "a value": lambda output: list(output["data"]) == ["text/plain"],
    "a figure that answers": lambda output: EXPLORABLE in output["data"],
    "a chart": lambda output: PLOTLY in output["data"],
    "a network diagram": lambda output: "<figure" in output["data"].get("text/html", ""),
    "the verdict of a check": lambda output: '"exercise"' in verdict(output),
    "the answers to a quiz": lambda output: '"quiz"' in verdict(output),
    "a control": lambda output: notebooks.CONTROL in output["data"],
    "other HTML": lambda output: "text/html" in output["data"],
}


def verdict(output):
    value = output["data"].get(VERDICT, "")
    return value if isinstance(value, str) else json.dumps(value)


def cells(path):
    return {cell["id"]: cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"}


def shown(cell):
    # What the tool adds is no output of the course; what it shows otherwise is counted as it is.
    return notebooks.joined(
        [output for output in cell["outputs"] if dotnet_interactive.BOOTSTRAP not in dotnet_interactive.text(output, "text/html")
         and not dotnet_interactive.is_warning(output)])


def forms(output):
    """The MIME types; where there are none, what it is."""
    return sorted(output["data"]) or [output["output_type"]]


def apart(outputs, stored):
    """A control that a host prints as a line is an output of its own, as it is where it is stored."""
    lines = {output["data"]["text/plain"] + "\n" for output in stored if notebooks.CONTROL in output["data"]}
    found = []
    for output in outputs:
        before = ""
        for line in output.get("text", "").splitlines(keepends=True):
            if line in lines:
                found += [output | {"text": text} for text in (before, line) if text]
                before = ""
            else:
                before += line
        if before or "text" not in output:
            found.append(output | ({"text": before} if before else {}))
    return found


def counted(folder):
    """For each kind: how many outputs there are, how many have all their MIME types, and which ones the others have."""
    found = {kind: [0, 0, set()] for kind in KINDS}
    for lesson in sorted((ROOT / "notebooks").glob("*.ipynb")):
        executed = cells(folder / lesson.name)
        for name, cell in cells(lesson).items():
            stored = shown(cell)
            theirs = apart(shown(executed[name]), stored)
            for i, output in enumerate(stored):
                kind = next(kind for kind, matches in KINDS.items() if matches(output))
                other = theirs[i] if i < len(theirs) else {"output_type": "nothing", "data": {}}
                found[kind][0] += 1
                if forms(output) == forms(other):
                    found[kind][1] += 1
                else:
                    found[kind][2].add(", ".join(SHORT.get(form, form) for form in forms(other)))
    return found


def entry(count, same, others):
    if same == count:
        return f"all {count}"
    return f"{same} of {count}; {count - same} as {' or '.join(sorted(others))}"


def forms_of(kind):
    found = set()
    for lesson in sorted((ROOT / "notebooks").glob("*.ipynb")):
        for cell in cells(lesson).values():
            for output in shown(cell):
                if next(name for name, matches in KINDS.items() if matches(output)) == kind:
                    found.add(", ".join(SHORT.get(mime, mime) for mime in sorted(output["data"])) or "text")
    return " or ".join(sorted(found))


def table():
    counts = {host: counted(folder) for host, folder in HOSTS.items() if folder}
    lines = [
        "# What each host shows",
        "",
        "Made by `tests/jupyter/hosts.py` from the lessons as the gate executes them; don't edit it. A number counts the outputs of all lessons that a host",
        "gives in the same forms as the course stores. Texts and numbers are compared, too, by the tests that execute the lessons. \"Not tried\" means that the",
        "gate doesn't run all lessons there; [notebooks/README.md](../../notebooks/README.md) says what was tried by hand.",
        "",
        "| output | forms | " + " | ".join(HOSTS) + " |",
        "|---|---|" + "---|" * len(HOSTS),
    ]
    for kind in KINDS:
        if counts[next(iter(counts))][kind][0] == 0:
            continue
        row = [entry(*counts[host][kind]) if host in counts else "not tried" for host in HOSTS]
        lines.append(f"| {kind} | {forms_of(kind)} | " + " | ".join(row) + " |")
    lines += [
        "",
        "In .NET Interactive, vectors and matrices of Math.NET as results are trees of properties; with the package",
        "[RnnCourse.Interactive](../../lib/RnnCourse.Interactive/README.md) they are tables, and charts of Plotly.NET need no network.",
        "",
    ]
    return "\n".join(lines)


def main():
    text = table()
    if "--check" not in sys.argv:
        TABLE.write_text(text, encoding="utf-8")
    elif not TABLE.exists() or TABLE.read_text(encoding="utf-8") != text:
        print(f"{TABLE} is stale; store the new table by: python3 tests/jupyter/hosts.py\n\n{text}")
        sys.exit(1)


if __name__ == "__main__":
    main()
