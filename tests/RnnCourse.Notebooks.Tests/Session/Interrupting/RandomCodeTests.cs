using Microsoft.CodeAnalysis.CSharp.Scripting;
using Microsoft.CodeAnalysis.Scripting;
using RnnCourse.Notebooks.Results;
using RnnCourse.Notebooks.Session.Interrupting;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Notebooks.Tests.Session.Interrupting;

/// <summary>Random cells: an interrupt ends each; without an interrupt, each behaves as without checks.</summary>
public sealed class RandomCodeTests : IDisposable
{
    // Only to turn a hang into an error.
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    private static readonly string[] Endless =
    [
        "while (true) { }",
        "for (;;) { try { throw new Exception(); } catch { } }",
        "for (var NAME = 0; ; NAME++) { try { continue; } catch (Exception) { } finally { NAME--; } }",
        "again: try { goto again; } catch { }",
        "Enumerable.Range(0, int.MaxValue).Sum(NAME => NAME % 2 - 1);",
        "double NAME() { while (true) { } } new[] { 1 }.Select(_ => NAME()).ToList();",
        "IEnumerable<int> NAME() { while (true) { yield return 0; } } foreach (var i in NAME()) { }",
        "System.Threading.Thread.Sleep(-1);",
        "new TaskCompletionSource().Task.Wait();",
        "Task.Run(() => { while (true) { } }).Wait();",
        "async Task NAME() { try { await Task.Delay(-1); } finally { log.Add(7); } } NAME().Wait();",
        "void NAME() { try { NAME(); } catch { NAME(); } } NAME();",
    ];

    private readonly ScriptSession _session = new(new ScriptSessionOptions(Environment.CurrentDirectory));

    // Many more with RNN_LONG=1, as in .ci/long.
    public static TheoryData<int> Seeds =>
        [.. Enumerable.Range(1, Environment.GetEnvironmentVariable("RNN_LONG") == "1" ? 400 : 12)];

    public void Dispose() => _session.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Without_an_interrupt_a_cell_does_what_it_does_without_questions(int seed)
    {
        const string First = "var log = new List<int>();\n";
        var code = First + RandomCode.Write(seed, "log.Add(-1);") + "string.Join(' ', log)";
        var options = ScriptOptions
            .Default.AddReferences(typeof(object).Assembly, typeof(Enumerable).Assembly, typeof(List<>).Assembly)
            .AddImports("System", "System.Collections.Generic", "System.Linq", "System.Threading.Tasks");
        var expected = await CSharpScript.EvaluateAsync<string>(
            code,
            options,
            cancellationToken: TestContext.Current.CancellationToken
        );

        var outcome = await _session.ExecuteAsync(new CellSource("cell", code));
        Assert.True(outcome.Error is null, $"{string.Join('\n', outcome.Error?.Traceback ?? [])}\n{code}");
        Assert.Equal(expected, outcome.Result);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task An_interrupt_ends_a_cell_and_its_variables_stay(int seed)
    {
        var endless = Endless[seed % Endless.Length];
        var code = RandomCode.Write(seed, $"begun.TrySetResult(); {endless}");
        var first = await _session.ExecuteAsync(
            new CellSource("first", "var log = new List<int>(); var begun = new TaskCompletionSource(); begun")
        );
        var begun = (TaskCompletionSource)first.Result!;
        var execution = new CellExecution();
        var running = _session.ExecuteAsync(new CellSource("cell", code), execution);
        await Task.WhenAny(begun.Task, running).WaitAsync(Long, TestContext.Current.CancellationToken);
        execution.Interrupt();

        var outcome = await running.WaitAsync(Long, TestContext.Current.CancellationToken);
        Assert.True(
            outcome.Error?.Name == CellError.Interruption,
            $"{string.Join('\n', outcome.Error?.Traceback ?? [])}\n{code}"
        );
        var after = await _session.ExecuteAsync(new CellSource("after", "log.Count > 0 && begun.Task.IsCompleted"));
        Assert.True(after.Result is true, $"{string.Join('\n', after.Error?.Traceback ?? [])}\n{code}");
    }
}
