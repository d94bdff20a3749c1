"""How the kernel behaves under hostile messages, interrupts, restarts, a kill, and thousands of executions."""

import json
import os
import signal
import sys
import tempfile
import time

import zmq
from jupyter_client.manager import start_new_kernel

KERNEL = os.environ["KERNEL_NAME"]
FORGED = os.path.join(tempfile.mkdtemp(), "forged")
EXECUTIONS = int(os.environ.get("EXECUTIONS", "2000"))


def check(condition, what):
    print(("ok   " if condition else "FAIL ") + what, flush=True)
    if not condition:
        sys.exit(1)


def run(client, code, timeout=60):
    texts = []

    def hook(message):
        content = message["content"]
        if message["msg_type"] == "stream":
            texts.append(content["text"])
        elif message["msg_type"] == "execute_result":
            texts.append(content["data"]["text/plain"])

    reply = client.execute_interactive(code, timeout=timeout, output_hook=hook)
    return reply["content"], "".join(texts)


def memory(process_id):
    with open(f"/proc/{process_id}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def hostile(manager, client):
    session = client.session
    context = zmq.Context.instance()
    socket = context.socket(zmq.DEALER)
    socket.linger = 0
    socket.connect(f"tcp://{manager.ip}:{manager.shell_port}")
    message = session.msg("execute_request", {"code": f"System.IO.File.WriteAllText(@\"{FORGED}\", \"\");", "silent": False})
    frames = session.serialize(message)
    start = frames.index(b"<IDS|MSG>")

    forged = list(frames)
    forged[start + 1] = b"0" * 64
    unsigned = list(frames)
    unsigned[start + 1] = b""
    changed = list(frames)
    changed[-1] = json.dumps({"code": "1"}).encode()
    for bad in (forged, unsigned, changed, frames[: start + 3], frames[start + 1 :], [b""], [os.urandom(64)] * 50, [b"<IDS|MSG>"] * 9):
        socket.send_multipart(bad)
    for length in (0, 1, 3):
        socket.send_multipart(frames[: start + 1 + length] or [b""])
    check(socket.poll(1000) == 0, "forged, unsigned, changed and truncated messages get no answer")

    honest = session.serialize(session.msg("execute_request", {"code": "var honest = 7;", "silent": False, "allow_stdin": False}))
    socket.send_multipart(honest)
    check(socket.poll(30000) != 0, "an honest message of the same client gets one")
    socket.recv_multipart()
    socket.send_multipart(honest)
    check(socket.poll(1000) == 0, "its copy gets none")
    socket.close()
    check(not os.path.exists(FORGED) and run(client, "honest")[1] == "7", "the kernel lives on, and nothing forged was run")


def interrupts(manager, client):
    for code, what in (
        ("long n = 5; while (true) n++;", "an endless loop"),
        ("n = 6; System.Threading.Thread.Sleep(-1);", "a sleep"),
        ("n = 7; await Task.Delay(-1);", "a wait"),
    ):
        client.execute(code)
        time.sleep(1.5)
        before = time.monotonic()
        manager.interrupt_kernel()
        reply = client.get_shell_msg(timeout=30)["content"]
        took = time.monotonic() - before
        check(reply["status"] == "error" and reply["ename"] == "System.OperationCanceledException", f"{what} is interrupted ({took:.2f} s)")
    check(int(run(client, "n")[1]) >= 5, "variables are kept")


def soak(manager, client):
    process_id = manager.provisioner.pid
    run(client, "var total = 0L; int Twice(int k) => 2 * k;")
    marks, begun = [], time.monotonic()
    for i in range(EXECUTIONS):
        content, text = run(client, f"total += Twice({i}); Console.WriteLine(total); total")
        if content["status"] != "ok":
            check(False, f"execution {i}: {content}")
        if (i + 1) % (EXECUTIONS // 10) == 0:
            marks.append(memory(process_id))
    each = (time.monotonic() - begun) / EXECUTIONS * 1000
    print(f"     memory in MB after each tenth: {', '.join(f'{m:.0f}' for m in marks)}; {each:.1f} ms each")
    check(text.endswith(str(EXECUTIONS * (EXECUTIONS - 1))), f"{EXECUTIONS} executions give the right sum")

    # A compiled cell stays loaded, some tens of kilobytes; anything beyond that would be a leak.
    grown = (marks[-1] - marks[0]) / (EXECUTIONS * 0.9)
    check(grown < 0.25, f"memory grows by {grown * 1000:.0f} kB a cell, as each stays loaded, and by no more")


def main():
    manager, client = start_new_kernel(kernel_name=KERNEL)
    try:
        hostile(manager, client)
        interrupts(manager, client)
        soak(manager, client)

        manager.restart_kernel(now=False)
        client.wait_for_ready(timeout=60)
        check(run(client, "total")[0]["status"] == "error" and run(client, "1 + 1")[1] == "2", "a restarted kernel is new")
        os.kill(manager.provisioner.pid, signal.SIGKILL)
        time.sleep(1)
        check(not manager.is_alive(), "a killed kernel is noticed")
        manager.restart_kernel(now=True)
        client.wait_for_ready(timeout=60)
        check(run(client, "2 + 2")[1] == "4", "and another takes its place")
    finally:
        client.stop_channels()
        manager.shutdown_kernel()
    check(not manager.is_alive(), "a kernel that is shut down is gone")


if __name__ == "__main__":
    main()
