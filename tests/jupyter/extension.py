"""Uses the package RnnCourse.Interactive, from a folder of packages, in the kernel that is named .net-csharp."""

import json
import pathlib
import subprocess
import sys

feed, target = map(pathlib.Path, sys.argv[1:3])
MATRIX = "Matrix<double>.Build.Dense(2, 3, (i, j) => i + j)"
CHART = (
    'var trace = new Plotly.NET.Trace("scatter");\ntrace.SetProperty("y", new[] { 1.0, 2 });\n'
    "Plotly.NET.GenericChart.ofTraceObject(true, trace)")
PLOTLY = "application/vnd.plotly.v1+json"

# Cells, the MIME types that the last output must have, and what a text of it must hold.
CELLS = [
    (f'#i "nuget:{feed.resolve()}"\n#r "nuget: RnnCourse.Interactive, 0.1.0"', None, None),
    ("using MathNet.Numerics.LinearAlgebra;\nusing RnnCourse.Exercises;\nusing RnnCourse.Plotting;\n" + MATRIX, ["text/html", "text/plain"], "Matrix 2×3\n0  1  2\n1  2  3"),
    ("Vector<double>.Build.Dense(2, i => i)", ["text/html", "text/plain"], "Vector 2: [ 0, 1 ]"),
    ('Figure.Lines("a", "b", "c", new Series("s", new[] { 1.0, 2 }))', [PLOTLY, "text/html", "text/plain"], "Line chart"),
    ('Quiz.Answers("06", first: "", second: "", third: "")', ["application/vnd.rnncourse.verdict+json", "text/html", "text/plain"], "Quiz 06"),
    (CHART, [PLOTLY, "text/html", "text/plain"], "Chart: scatter, 2 values from 1 to 2."),
    ("#!hint 06.1a", ["text/markdown"], "row h of U"),
    ("#!progress", ["text/markdown"], "Nothing is recorded"),
]


def cell(index, source):
    return {"cell_type": "code", "id": f"cell-{index}", "metadata": {}, "execution_count": None, "outputs": [], "source": source}


def joined(value):
    return "".join(value) if isinstance(value, list) else value


notebook = target / "extension.ipynb"
notebook.write_text(json.dumps({
    "nbformat": 4, "nbformat_minor": 5,
    "metadata": {"kernelspec": {"name": ".net-csharp", "display_name": ".NET (C#)", "language": "C#"}},
    "cells": [cell(i, source) for i, (source, _, _) in enumerate(CELLS)]}))
subprocess.run(
    ["jupyter", "nbconvert", "--log-level=WARN", "--to", "notebook", "--execute", "--ExecutePreprocessor.timeout=600", "--inplace", notebook], check=True)
failed = 0
for executed, (source, kinds, text) in zip(json.loads(notebook.read_text(encoding="utf-8"))["cells"], CELLS):
    if kinds is None:
        continue
    shown = executed["outputs"][-1].get("data", {}) if executed["outputs"] else {}
    if sorted(shown) != kinds or text not in joined(shown[kinds[-1]]):
        failed += 1
        print(f"FAIL {source}:\n  {str(executed['outputs'])[:600]}")
print(f"{len(CELLS) - 1 - failed} of {len(CELLS) - 1} cells as they should be")
sys.exit(1 if failed else 0)
