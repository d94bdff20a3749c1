"""Measures what a session costs; the numbers mean something on a quiet machine only.

    measure.py memory              memory of the kernel and of its session (PSS, in MB) over EXECUTIONS executions
    measure.py start OLD NEW       time to the first result of a kernel, and of 'rnn run' of a notebook of three cells: two builds
                                   of rnn in turn, ROUNDS times, and the medians of the differences
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

from jupyter_client import KernelManager

EXECUTIONS = int(os.environ.get("EXECUTIONS", "2000"))
ROUNDS = int(os.environ.get("ROUNDS", "10"))
CELLS = ["var data = Enumerable.Range(0, 1000).ToArray();", "data.Sum()", 'Console.WriteLine($"{data.Length}");']


def start(rnn, folder):
    """A kernel of this build of rnn, and a client that is connected to it."""
    manager = KernelManager(connection_file=os.path.join(folder, f"{time.monotonic_ns()}.json"))
    kernels = os.path.join(folder, "kernels", "measured")
    os.makedirs(kernels, exist_ok=True)
    with open(os.path.join(kernels, "kernel.json"), "w", encoding="utf-8") as file:
        json.dump({"argv": [rnn, "kernel", "run", "--connection-file", "{connection_file}"], "display_name": "measured", "language": "C#", "interrupt_mode": "message"}, file)
    manager.kernel_spec_manager.kernel_dirs = [os.path.join(folder, "kernels")]
    manager.kernel_name = "measured"
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    return manager, client


def pss(process):
    with open(f"/proc/{process}/smaps_rollup", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("Pss:")) / 1024


def children(process):
    with open(f"/proc/{process}/task/{process}/children", encoding="ascii") as file:
        return [int(child) for child in file.read().split()]


def memory(rnn):
    with tempfile.TemporaryDirectory() as folder:
        manager, client = start(rnn, folder)
        client.wait_for_ready(timeout=600)
        kernel = manager.provisioner.pid
        marks = []
        for i in range(1, EXECUTIONS + 1):
            client.execute_interactive(f"var x{i % 7} = {i}; Console.WriteLine(x{i % 7}); x{i % 7} + 1", timeout=600, output_hook=lambda _: None)
            if i % max(1, EXECUTIONS // 8) == 0:
                marks.append((i, pss(kernel), sum(map(pss, children(kernel)))))
                print(f"{i:6} executions: kernel {marks[-1][1]:6.1f}, session {marks[-1][2]:6.1f}", flush=True)
        quarter = marks[len(marks) // 4 - 1] if len(marks) >= 4 else marks[0]
        print(f"grown in the last three quarters: {marks[-1][1] + marks[-1][2] - quarter[1] - quarter[2]:+.1f} MB")
        client.stop_channels()
        manager.shutdown_kernel()


def first_result(rnn, folder):
    begun = time.monotonic()
    manager, client = start(rnn, folder)
    client.wait_for_ready(timeout=600)
    client.execute_interactive("1 + 1", timeout=600, output_hook=lambda _: None)
    took = time.monotonic() - begun
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    return took


def notebook(rnn, folder):
    path = os.path.join(folder, "three.ipynb")
    cells = [{"cell_type": "code", "id": f"c{i}", "metadata": {}, "source": cell, "outputs": [], "execution_count": None} for i, cell in enumerate(CELLS)]
    with open(path, "w", encoding="utf-8") as file:
        json.dump({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells}, file)
    begun = time.monotonic()
    subprocess.run([rnn, "run", path, "--output", tempfile.mkdtemp(dir=folder)], check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - begun


def compare(old, new):
    with tempfile.TemporaryDirectory() as folder:
        for name, measure in (("first result of a kernel", first_result), ("a notebook of three cells", notebook)):
            pairs = [(measure(old, folder), measure(new, folder)) for _ in range(ROUNDS)]
            before, after = statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)
            print(f"{name}: {before:.2f} s before, {after:.2f} s now, difference {statistics.median(b - a for a, b in pairs):+.2f} s, ratio {statistics.median(b / a for a, b in pairs):.3f}", flush=True)


def main():
    if sys.argv[1] == "memory":
        memory(sys.argv[2] if len(sys.argv) > 2 else os.path.abspath("artifacts/bin/RnnCourse.Cli/release/rnn"))
    else:
        compare(os.path.abspath(sys.argv[2]), os.path.abspath(sys.argv[3]))


if __name__ == "__main__":
    main()
