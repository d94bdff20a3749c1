"""What a learner and a cell can do to a kernel: interrupts at every moment of a cell's life, crashes, restarts.

    trouble.py sample   some of each, chosen by SEED
    trouble.py all      every kind of cell at every moment, and every kind of crash
    trouble.py crashes  without the interrupts
    trouble.py soak     executions, interrupts, crashes and restarts in a random order, for MINUTES

BUSY=n keeps n processes busy meanwhile, VERBOSE=1 names each cell before it is sent. Each request must be answered, no interrupt may be lost, variables must stay wherever
code of the cell is on the stack, and no process may be left over.
"""

import os
import random
import subprocess
import sys
import time
import uuid
from queue import Empty

from jupyter_client.manager import start_new_kernel

KERNEL = os.environ["KERNEL_NAME"]
SEED = os.environ.get("SEED", "1")
MINUTES = float(os.environ.get("MINUTES", "10"))
BUSY = int(os.environ.get("BUSY", "0"))
VERBOSE = "VERBOSE" in os.environ

# In seconds, and only to make an error of a hang: on a busy machine everything takes long.
PATIENCE = 600
INTERRUPTED = "System.OperationCanceledException"

# Found in the arguments of the programs that cells start, so that one that is left over can be told from others.
MARK = str(uuid.uuid4().int % 10**9 + 10**9)

# Cells that never end by themselves, and whose own code, or a wait, is what doesn't end. The types that one uses stand on a line of their own before it.
ENDLESS = [
    "while (true) { }",
    "for (;;) ;",
    "do { } while (true);",
    "again: goto again;",
    "while (true) { var l = new List<int> { 1 }; }",
    "while (true) Enumerable.Range(0, 100000).Select(i => (i * 7919) % 100003).OrderBy(x => x).ToArray();",
    "Enumerable.Range(0, int.MaxValue).SelectMany(i => Enumerable.Range(0, 1000)).Sum(x => x % 3 - 1);",
    'var s = ""; while (true) { s = (s + "ab")[..1]; }',
    "var d = 1m; while (true) { d = d * 1.1m / 1.1m; }",
    "var c = System.Numerics.Complex.One; while (true) { c = System.Numerics.Complex.Sqrt(c); }",
    "var b = System.Numerics.BigInteger.One; while (true) { b = (b * 3) % 1000003; }",
    "while (true) { try { throw new Exception(); } catch { } }",
    "while (true) { try { throw new Exception(); } catch (Exception e) when (e.Message != null) { } finally { } }",
    "try { while (true) { } } catch (Exception) { while (true) { } }",
    "try { while (true) { } } finally { while (true) { } }",
    "int F(int n) { while (true) { n++; } } F(1);",
    "int F(int n) => n % 2 == 0 ? G(n + 1) : G(n); int G(int n) => n; while (true) F(2);",
    "void F(int n) { if (n > 0) { F(n - 1); F(n - 1); } } F(200);",
    "Func<int> f = () => { while (true) { } }; f();",
    "IEnumerable<int> F() { while (true) { yield return 1; } } F().Sum(x => 0);",
    "IEnumerable<int> F() { try { while (true) { yield return 1; } } finally { } } foreach (var i in F()) { }",
    "async Task F() { while (true) { await Task.Yield(); } } F().Wait();",
    "async Task F() { try { while (true) { } } finally { await Task.Yield(); } } F().Wait();",
    "async IAsyncEnumerable<int> F() { while (true) { yield return 1; } } F().ToBlockingEnumerable().Count();",
    "System.Threading.Thread.Sleep(-1);",
    "Task.Delay(-1).Wait();",
    "while (true) { System.Threading.Thread.Sleep(1); }",
    "_ = new TaskCompletionSource<int>().Task.Result;",
    "new System.Threading.ManualResetEvent(false).WaitOne();",
    "new System.Threading.SemaphoreSlim(0).Wait();",
    "new System.Threading.Barrier(2).SignalAndWait();",
    "var t = new System.Threading.Thread(() => { while (true) { } }); t.Start(); t.Join();",
    "var t = new System.Threading.Thread(() => System.Threading.Thread.Sleep(-1)); t.Start(); t.Join();",
    "Parallel.For(0, int.MaxValue, i => { while (true) { } });",
    "Parallel.ForEach(Enumerable.Range(0, 9), i => System.Threading.Thread.Sleep(-1));",
    "Enumerable.Range(0, 9).AsParallel().Select(i => { while (true) { } return i; }).ToList();",
    "Task.Run(() => { while (true) { } }).Wait();",
    "Task.WhenAll(Task.Run(() => { while (true) { } }), Task.Delay(-1)).Wait();",
    "System.Threading.SpinWait.SpinUntil(() => false);",
    "unsafe { int* p = stackalloc int[4]; while (true) { p[1]++; } }",
    "dynamic d = 1; while (true) { d = d + 1 - 1; }",
    "switch (1) { case 0: goto case 1; case 1: goto case 0; }",
    'T F<T>(T v) { while (true) { } return v; } F("a");',
    "lock (log) { while (true) { } }",
    "System.Linq.Expressions.Expression<Func<int, int>> e = x => x + 1; var f = e.Compile(); while (true) f(1);",
    "while (true) { Console.Out.Flush(); }",
    'while (true) { Console.Write(""); display(null); }',
    "foreach (var i in new System.Collections.Concurrent.BlockingCollection<int>().GetConsumingEnumerable()) { }",
    "new[] { 1, 2 }.OrderBy(x => x, Comparer<int>.Create((a, b) => { while (true) { } })).ToList();",
    'using (var p = System.Diagnostics.Process.Start("sleep", "%s")) p.WaitForExit();' % MARK,
    'Input("something");',
    'var m = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Random(300, 300); while (true) { _ = m * m; }',
    "await Task.Delay(-1);",
    "try { await new TaskCompletionSource<int>().Task; } finally { await Task.Yield(); }",
    "var gate = new object(); for (var i = 0; i < 8; i++) { new System.Threading.Thread(() => { while (true) { lock (gate) { } } }).Start(); } while (true) { lock (gate) { } }",
    "await Parallel.ForEachAsync(Enumerable.Range(0, 4), async (i, stop) => { while (true) { await Task.Delay(1); } });",
    "Enumerable.Range(0, int.MaxValue).AsParallel().AsOrdered().WithDegreeOfParallelism(4).Where(i => i < 0).Select(i => i * 2).ToArray();",
    "var c = System.Threading.Channels.Channel.CreateUnbounded<int>(); await foreach (var i in c.Reader.ReadAllAsync()) { }",
    "var c = System.Threading.Channels.Channel.CreateBounded<int>(1); _ = Task.Run(async () => { while (true) { await c.Writer.WriteAsync(1); } }); while (true) { await c.Reader.ReadAsync(); }",
    "using (new System.Threading.Timer(_ => { while (true) { } }, null, 0, 1)) { System.Threading.Thread.Sleep(-1); }",
    "using (var t = new System.Threading.PeriodicTimer(TimeSpan.FromMilliseconds(1))) { while (await t.WaitForNextTickAsync()) { } }",
    "var lazy = new Lazy<int>(() => { while (true) { } }); _ = lazy.Value;",
    "class Slow { public static int Value = Make(); static int Make() { System.Threading.Thread.Sleep(50); return 1; } }\nwhile (true) { _ = Slow.Value; }",
    "class Last { ~Last() { } }\nwhile (true) { new Last(); GC.Collect(0); GC.WaitForPendingFinalizers(); }",
    "dynamic bag = new System.Dynamic.ExpandoObject(); bag.Next = (Func<int, int>)(i => i + 1); var n = 0; while (true) { n = bag.Next(n) % 7; }",
    'System.Text.RegularExpressions.Regex.Replace(new string((char)97, 9), "a", m => { while (true) { } });',
    "string.Create(3, 1, (span, state) => { while (true) { span[0] = (char)97; } });",
    "new List<int> { 3, 1, 2 }.Sort((a, b) => { while (true) { } });",
    "Array.Sort(new int[100], Comparer<int>.Create((a, b) => { System.Threading.Thread.Sleep(1000); return 0; }));",
    "while (true) { var rented = System.Buffers.ArrayPool<int>.Shared.Rent(100); try { rented[0]++; } finally { System.Buffers.ArrayPool<int>.Shared.Return(rented); } }",
    "ref struct Window { Span<int> span; public Window(Span<int> s) { span = s; } public int Sum() { var n = 0; while (true) { foreach (var i in span) { n += i; } } } }\nnew Window(stackalloc int[3]).Sum();",
    "abstract class Shape { public abstract T Of<T>(T v); } class Round : Shape { public override T Of<T>(T v) { while (true) { v = Id(v); } } T Id<T>(T v) => v; }\nnew Round().Of(\"a\");",
    "IEnumerable<int> Inner() { try { while (true) { yield return 1; } } finally { log.Add(1); } } IEnumerable<int> Outer() { try { foreach (var i in Inner()) { yield return i; } } finally { log.Add(2); } } foreach (var i in Outer().Where(i => i > 1)) { }",
    "async IAsyncEnumerable<int> F() { try { while (true) { await Task.Yield(); yield return 1; } } finally { log.Add(1); } } await foreach (var i in F()) { }",
    "bool Wait() { while (true) { } } try { throw new Exception(); } catch when (Wait()) { }",
    "class Never : System.Runtime.CompilerServices.INotifyCompletion { public Never GetAwaiter() => this; public bool IsCompleted => false; public void OnCompleted(Action next) { } public void GetResult() { } }\nawait new Never();",
    "class Soon : System.Runtime.CompilerServices.INotifyCompletion { public Soon GetAwaiter() => this; public bool IsCompleted => false; public void OnCompleted(Action next) => Task.Run(next); public void GetResult() { } }\nwhile (true) { await new Soon(); }",
    "record Pair(int A, int B);\nvar set = new HashSet<Pair>(); for (var i = 0; ; i = (i + 1) % 100) { set.Add(new Pair(i, i) with { B = i % 3 }); _ = set.First().ToString(); }",
    "struct Money { public static Money operator +(Money a, Money b) { while (true) { } } public int this[int i] { get { while (true) { } } } }\n_ = new Money() + new Money();",
    "class Bell { public event Action Rung; public void Ring() { while (true) { Rung?.Invoke(); } } }\nvar bell = new Bell(); bell.Rung += () => { }; bell.Ring();",
    "object o = 1; while (true) { o = o switch { int n when n < 5 => n + 1, int => \"a\", string { Length: 1 } => 1, _ => o }; }",
    "checked { var n = 0; while (true) { try { n += int.MaxValue; } catch (OverflowException) { n = 0; } } }",
    "unsafe { fixed (int* p = new int[8]) { for (var q = p; ; q = q < p + 7 ? q + 1 : p) { *q += 1; } } }",
    "static int Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2); unsafe { delegate*<int, int> f = &Fib; while (true) { f(30); } }",
    "void Deep(int n) { try { if (n == 0) { while (true) { } } Deep(n - 1); } catch { } finally { log.Add(n); } } Deep(300);",
    "async Task F(int n) { if (n == 0) { await Task.Delay(-1); } await F(n - 1); } await F(500);",
    "await Task.WhenAny(Task.Delay(-1), new System.Threading.SemaphoreSlim(0).WaitAsync());",
    "var rw = new System.Threading.ReaderWriterLockSlim(); _ = Task.Run(() => { rw.EnterWriteLock(); System.Threading.Thread.Sleep(-1); }).Wait(100); rw.EnterReadLock();",
    "var v = new System.Threading.ThreadLocal<int>(() => { while (true) { } }); _ = v.Value;",
    "class Key { public override int GetHashCode() { while (true) { } } }\nnew Dictionary<Key, int> { [new Key()] = 1, [new Key()] = 2 };",
    'class Slow { public int Value { get { while (true) { } } } }\nSystem.Text.Json.JsonSerializer.Serialize(new Slow());',
    'foreach (var line in System.IO.File.ReadLines("/dev/zero").Take(0).Concat(Forever())) { } IEnumerable<string> Forever() { while (true) { yield return ""; } }',
    "while (true) { using var done = new System.Threading.CountdownEvent(2); System.Threading.ThreadPool.QueueUserWorkItem(_ => done.Signal()); System.Threading.ThreadPool.QueueUserWorkItem(_ => done.Signal()); done.Wait(); }",
    "System.Threading.WaitHandle.WaitAny(new System.Threading.WaitHandle[] { new System.Threading.Mutex(), new System.Threading.EventWaitHandle(false, System.Threading.EventResetMode.AutoReset) }); new System.Threading.EventWaitHandle(false, System.Threading.EventResetMode.AutoReset).WaitOne();",
    'while (true) { foreach (var w in "a b c".Split(\' \').GroupBy(w => w.Length).ToDictionary(g => g.Key, g => g.ToList())) { } }',
    "int x = 0; outer: for (var i = 0; ; i++) { if (i > 3) { x++; goto outer; } }",
    "while (true) { var big = new byte[100_000]; GC.KeepAlive(big); }",
    '[System.Runtime.InteropServices.DllImport("libc")] static extern unsafe void qsort(int[] a, nint n, nint size, delegate* unmanaged<int*, int*, int> order); [System.Runtime.InteropServices.UnmanagedCallersOnly] static unsafe int Order(int* a, int* b) => *a - *b; unsafe { while (true) { qsort(new int[1000], 1000, 4, &Order); } }',
]

MOMENTS = ["queued", "compiling", "just begun", "running", "being shown"]

# Cells whose code isn't on the stack: they are left behind, and a second interrupt ends the session. None needs more and more memory: the limit
# would end it before the interrupt does, and how soon depends on the machine.
LEFT_BEHIND = [
    r'System.Text.RegularExpressions.Regex.IsMatch(new string((char)97, 99), "^(a+)+$X");',
    "Enumerable.InfiniteSequence(0, 0).Max();",
    "MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Random(2000, 2000).Evd();",
    'System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sleep", "%s") { RedirectStandardOutput = true }).StandardOutput.ReadToEnd();' % MARK,
]

# What a cell can do to its process. In the end the kernel must have answered and must compute again.
NATIVE = "[System.Runtime.InteropServices.DllImport(\"libc\")] static extern int {0}({1}); "
CRASHES = [
    "Environment.Exit(3);",
    'Environment.FailFast("on purpose");',
    "System.Diagnostics.Process.GetCurrentProcess().Kill();",
    NATIVE.format("raise", "int signal") + "raise(11);",
    NATIVE.format("raise", "int signal") + "raise(6);",
    NATIVE.format("raise", "int signal") + "raise(9);",
    NATIVE.format("raise", "int signal") + "raise(15); System.Threading.Thread.Sleep(-1);",
    NATIVE.format("_exit", "int code") + "_exit(7);",
    "[System.Runtime.InteropServices.DllImport(\"libc\")] static extern void abort(); abort();",
    "System.Runtime.InteropServices.Marshal.WriteByte((nint)0x123456789abc, 1);",
    "unsafe { ((delegate* unmanaged<void>)0x1234)(); }",
    "unsafe { *(long*)0x7fff00001234 = 5; }",
    "for (var i = 0; i < 3; i++) { new Microsoft.Win32.SafeHandles.SafeFileHandle(i, true).Dispose(); }",
    "for (var i = 3; i < 300; i++) { try { new Microsoft.Win32.SafeHandles.SafeFileHandle(i, true).Dispose(); } catch { } }",
    "Console.Out.Close(); Console.Error.Close(); Console.OpenStandardOutput().Close();",
    'System.Diagnostics.Process.Start("sh", $"-c \\"kill -9 {Environment.ProcessId}\\""); System.Threading.Thread.Sleep(-1);',
    "var hoard = new List<byte[]>(); while (true) { var piece = new byte[1 << 28]; Array.Fill(piece, (byte)1); hoard.Add(piece); }",
    "unsafe { void* Take(nuint n) => System.Runtime.InteropServices.NativeMemory.Alloc(n); while (true) { new Span<byte>(Take(1 << 28), 1 << 28).Fill(1); } }",
    "new System.Threading.Thread(() => Environment.FailFast(null)).Start(); System.Threading.Thread.Sleep(-1);",
    "void Deep(int n) { Span<byte> p = stackalloc byte[100_000]; p.Fill(1); if (n >= 0) { Deep(n + p[7]); } } Deep(1);",
    "class Self { public override string ToString() => string.Concat(this); } new Self().ToString();",
    "class Bye { ~Bye() => Environment.Exit(5); } void Make() => new Bye(); Make(); while (true) { GC.Collect(); GC.WaitForPendingFinalizers(); }",
    'System.Diagnostics.Process.Start("setsid", "-f sleep %s").WaitForExit(); Environment.Exit(6);' % MARK,
    "System.Runtime.InteropServices.NativeLibrary.Free(System.Runtime.InteropServices.NativeLibrary.GetMainProgramHandle()); unsafe { ((delegate* unmanaged<void>)8)(); }",
    NATIVE.format("kill", "int process, int signal") + "kill(Environment.ProcessId, 10); System.Threading.Thread.Sleep(-1);",
    NATIVE.format("raise", "int signal") + "raise(8);",
    NATIVE.format("raise", "int signal") + "raise(4);",
    NATIVE.format("raise", "int signal") + "raise(7);",
    "unsafe { var p = (byte*)System.Runtime.InteropServices.NativeMemory.Alloc(8); for (long i = 0; ; i++) { p[i] = 1; } }",
    "unsafe { System.Runtime.InteropServices.NativeMemory.Free((void*)0x1238); System.Runtime.InteropServices.NativeMemory.Free((void*)0x1238); }",
    "unsafe { int x = 0; int* p = &x; for (var i = 0; i < 4000; i++) { p[i - 100] = 0x41414141; } }",
    "System.Runtime.CompilerServices.Unsafe.As<List<int>>(new object()).Add(1); GC.Collect();",
    'System.Diagnostics.Process.Start("sh", $"-c \\"sleep 0.2; kill -1 {Environment.ProcessId}\\""); await Task.Delay(-1);',
    "Task.Run(() => Environment.Exit(9)); System.Threading.Thread.Sleep(-1);",
    "AppDomain.CurrentDomain.ProcessExit += (_, _) => throw new Exception(); Environment.Exit(2);",
    "static class Fatal { static Fatal() => Environment.FailFast(\"in a static constructor\"); public static int Value = 1; } _ = Fatal.Value;",
    "IEnumerable<int> F() { yield return 1; Environment.Exit(1); } F().ToList();",
    "class Bad { public override string ToString() { Environment.Exit(1); return \"\"; } } new Bad()",
    "int Deep(int n) { Span<long> s = stackalloc long[1 << 20]; s[n & 1023] = n; return n < 0 ? (int)s[0] : Deep(n + 1) + 1; } Deep(1);",
    "[System.Runtime.InteropServices.DllImport(\"libc\")] static extern unsafe void qsort(int[] a, nint n, nint size, delegate* unmanaged<int*, int*, int> order); [System.Runtime.InteropServices.UnmanagedCallersOnly] static unsafe int Order(int* a, int* b) => throw new Exception(\"through native code\"); unsafe { qsort(new int[3], 3, 4, &Order); }",
    "var t = new System.Threading.Thread(() => { int Down(int n) { Span<byte> b = stackalloc byte[60_000]; return b[n % 9] + Down(n + 1); } Down(0); }, 1 << 18); t.Start(); t.Join();",
]


# Cells that only interrupts end, and their session with them.
STUBBORN = [
    "AppDomain.CurrentDomain.ProcessExit += (_, _) => { while (true) { } }; Environment.Exit(4);",
    NATIVE.format("raise", "int signal") + "raise(19);",
    "while (true) { var t = new System.Threading.Thread(() => { try { while (true) { } } finally { while (true) { } } }); t.Start(); t.Join(); }",
]


# So that a cell that hoards memory reaches the session's limit, three quarters of this, before it troubles the machine.
os.environ["DOTNET_GCHeapHardLimit"] = "80000000"


class Trouble(Exception):
    """The kernel did not do what it must."""


class Kernel:
    """A kernel, and what is known of it."""

    def __init__(self):
        self.manager, self.client = start_new_kernel(kernel_name=KERNEL, startup_timeout=PATIENCE)
        self.count = 0
        self.kept = None
        self.prepare()

    def prepare(self):
        """Declares the variables that must stay."""
        self.run('#r "nuget: MathNet.Numerics"')
        self.run("var log = new List<int>(); var kept = new object();")
        self.kept = self.identity()

    def identity(self):
        return self.run("System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(kept)")[1]

    def send(self, code):
        return self.client.execute(code, allow_stdin=True)

    def reply(self, request, code, interrupting=False):
        """The answer to a request, interrupted again and again if that is wanted."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if interrupting:
                self.manager.interrupt_kernel()
            if not self.manager.is_alive():
                raise Trouble(f"the kernel died of: {code}")
            try:
                message = self.client.get_shell_msg(timeout=1)
            except Empty:
                continue
            if message["parent_header"].get("msg_id") == request:
                return message["content"]
        raise Trouble(f"no answer to: {code}")

    def await_output(self, request, code, wanted):
        """Waits for an output of the request, or for its end."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                message = self.client.get_iopub_msg(timeout=1)
            except Empty:
                continue
            if message["parent_header"].get("msg_id") != request:
                continue
            content = message["content"]
            if message["msg_type"] == wanted or content.get("execution_state") == "idle":
                return
        raise Trouble(f"no output {wanted} of: {code}")

    def run(self, code):
        """Executes a cell; gives its answer and its result as text."""
        request, text = self.send(code), ""
        reply = self.reply(request, code)
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "execute_result":
                text = message["content"]["data"]["text/plain"]
            elif message["content"].get("execution_state") == "idle":
                return reply, text

    def interrupted(self, kind, moment):
        """Sends a cell, interrupts it once at a moment, and gives the answer."""
        *types, kind = kind.split("\n")
        code = f'Console.WriteLine("begun"); {kind}'
        if moment == "being shown":
            code = (
                f"class Shown {{ public Action Endless; public override string ToString() {{ Endless(); return \"\"; }} }}\n"
                f"new Shown {{ Endless = () => {f'((Func<Task>)(async () => {{ {code} }}))().Wait()' if 'await' in code else f'{{ {code} }}'} }}"
            )
        elif moment == "compiling":
            filling = "".join(f"int Filling{i}(int n) => n < {i} ? Enumerable.Range(0, n).Select(k => k + {i}).Sum() : n;\n" for i in range(200))
            code = f"{filling}{code}"
        code = "\n".join([*types, code])
        request = self.send(code)
        if moment == "compiling":
            self.await_output(request, code, "execute_input")
        elif moment != "queued":
            self.await_output(request, code, "stream")
        if moment == "running":
            time.sleep(0.3)
        self.manager.interrupt_kernel()
        return self.reply(request, code)

    def check_interrupt(self, kind, moment):
        if VERBOSE:
            print(f"     {time.strftime('%X')} {moment}: {kind}", flush=True)
        reply = self.interrupted(kind, moment)
        if reply["status"] != "error" or reply["ename"] != INTERRUPTED:
            raise Trouble(f"{moment}: {kind} ended with {reply}")
        if "left behind" in reply["evalue"] and kind not in LEFT_BEHIND:
            raise Trouble(f"{moment}: left behind, though its own code is what doesn't end: {kind}")
        if self.identity() != self.kept:
            raise Trouble(f"{moment}: the variables are gone after: {kind}\n{reply}")

    def check_left_behind(self, kind):
        self.check_interrupt(kind, "running")
        self.manager.interrupt_kernel()
        end = time.monotonic() + PATIENCE
        while self.run("kept")[0]["status"] == "ok":
            time.sleep(0.1)
            if time.monotonic() > end:
                raise Trouble(f"a second interrupt doesn't end: {kind}")
        self.check_alive()

    def check_stubborn(self, kind):
        request = self.send(kind)
        self.await_output(request, kind, "execute_input")
        if self.reply(request, kind, interrupting=True)["status"] != "error":
            raise Trouble(f"interrupts don't end: {kind}")
        self.check_alive()

    def check_crash(self, kind):
        if VERBOSE:
            print(f"     {time.strftime('%X')} crash: {kind}", flush=True)
        request = self.send(kind)
        reply = self.reply(request, kind)
        if reply["status"] == "error" and not reply["evalue"]:
            raise Trouble(f"no reason is given for the end of: {kind}")
        self.check_alive()

    def check_alive(self):
        """A cell that doesn't depend on others is executed; what must stay is there again afterwards."""
        before = self.client.execute_interactive("", silent=True, timeout=PATIENCE)["content"]["execution_count"]
        for attempt in range(3):
            reply, text = self.run("var probe = 6; probe * 7")
            if (reply["status"], text) == ("ok", "42"):
                break
        else:
            raise Trouble(f"the kernel doesn't compute any more: {reply}")
        if reply["execution_count"] != before + attempt + 1:
            raise Trouble(f"the count went from {before} to {reply['execution_count']}")
        self.prepare()

    def restart(self):
        self.manager.restart_kernel(now=random.random() < 0.3)
        self.client.wait_for_ready(timeout=PATIENCE)
        self.check_alive()

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel()


def processes():
    """Number and command line of each process."""
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                with open(f"/proc/{name}/cmdline", "rb") as file:
                    yield int(name), file.read().decode(errors="replace").replace("\0", " ")
            except OSError:
                pass


def left_over(program):
    return [line for number, line in processes()
            if f"sleep {MARK}" in line or (line.startswith(program) and "run-session" in line and is_ours(number))]


def is_ours(number):
    """Whether a process belongs to a kernel of this program: Jupyter's client tells kernels who has started them, and sessions inherit that."""
    try:
        with open(f"/proc/{number}/environ", "rb") as file:
            return f"JPY_PARENT_PID={os.getpid()}".encode() in file.read().split(b"\0")
    except OSError:
        return False


def choose(chance, mode):
    interrupts = [(kind, moment) for kind in ENDLESS for moment in MOMENTS]
    if mode in ("all", "crashes"):
        return interrupts if mode == "all" else [], LEFT_BEHIND, CRASHES
    return chance.sample(interrupts, 25), chance.sample(LEFT_BEHIND, 1), chance.sample(CRASHES, 6)


def run_all(kernel, interrupts, left_behind, crashes):
    for kind, moment in interrupts:
        kernel.check_interrupt(kind, moment)
    print(f"ok   {len(interrupts)} interrupts: each ended its cell, and the variables stayed", flush=True)
    for kind in left_behind:
        kernel.check_left_behind(kind)
    print(f"ok   {len(left_behind)} cells that ask nothing: left behind, and ended by a second interrupt", flush=True)
    for kind in crashes:
        kernel.check_crash(kind)
    print(f"ok   {len(crashes)} crashes: each was answered, and the kernel lived on", flush=True)
    for kind in STUBBORN:
        kernel.check_stubborn(kind)
    print(f"ok   {len(STUBBORN)} cells that only the end of their session ends", flush=True)


def soak(kernel, chance):
    done = dict.fromkeys(("executions", "interrupts", "left behind", "crashes", "restarts", "completions"), 0)
    end = time.monotonic() + 60 * MINUTES
    total = 0
    while time.monotonic() < end:
        what = chance.choices(list(done), weights=[60, 25, 1, 5, 2, 7])[0]
        done[what] += 1
        if what == "executions":
            total += 1
            n = chance.randrange(1000)
            reply, text = kernel.run(f"int Twice(int k) => 2 * k; log.Add({n}); Twice({n})")
            if (reply["status"], text) != ("ok", str(2 * n)):
                raise Trouble(f"2 * {n} gave {reply}, {text!r}")
        elif what == "interrupts":
            kernel.check_interrupt(chance.choice(ENDLESS), chance.choice(MOMENTS))
        elif what == "left behind":
            kernel.check_left_behind(chance.choice(LEFT_BEHIND))
        elif what == "crashes":
            kernel.check_crash(chance.choice(CRASHES))
        elif what == "restarts":
            kernel.restart()
        else:
            request = kernel.send("while (true) { }")
            kernel.client.complete("kept.GetH", 9)
            matches = None
            while matches is None:
                message = kernel.client.get_shell_msg(timeout=PATIENCE)
                matches = message["content"].get("matches") if message["msg_type"] == "complete_reply" else None
            if not any("GetHashCode" in match for match in matches):
                raise Trouble(f"no completion while a cell runs: {matches}")
            kernel.manager.interrupt_kernel()
            kernel.reply(request, "while (true) { }")
    print(f"ok   {', '.join(f'{number} {what}' for what, number in done.items())}", flush=True)


def main():
    mode = sys.argv[1]
    print(f"     seed {SEED}, {BUSY} busy processes", flush=True)
    chance = random.Random(SEED)
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(BUSY)]
    kernel = Kernel()
    program = kernel.manager.kernel_spec.argv[0]
    try:
        if mode == "soak":
            soak(kernel, chance)
        else:
            run_all(kernel, *choose(chance, mode))
    except Trouble as trouble:
        print(f"FAIL {trouble}", flush=True)
        sys.exit(1)
    finally:
        kernel.stop()
        for process in busy:
            process.kill()
    end = time.monotonic() + PATIENCE
    while (rest := left_over(program)) and time.monotonic() < end:
        time.sleep(0.2)
    print("ok   no process is left over" if not rest else f"FAIL left over: {rest}", flush=True)
    sys.exit(1 if rest else 0)


if __name__ == "__main__":
    main()
