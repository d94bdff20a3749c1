using System.Globalization;
using System.Text.RegularExpressions;
using RnnCourse.Exercises.Checking;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Interrupting;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Exercises.Tests.Mutants;

/// <summary>A session of a lesson in which answers to its exercises are tried, many of them in one
/// compilation.</summary>
internal sealed partial class LessonSession : IDisposable
{
    // Only to turn a hang into an error; on a busy machine a cell may take long.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    // With more at once, compiling again would take longer if some of them have errors.
    private const int AtOnce = 60;

    private readonly string _folder = Path.Combine(Repository.Root, "notebooks");
    private readonly IReadOnlyList<string> _cells;
    private readonly HashSet<string> _executed = [];
    private ScriptSession _session;

    public LessonSession(string lesson)
    {
        var path = Directory.EnumerateFiles(_folder, lesson + "-*.ipynb").Single();
        var solutions = Solutions
            .Exercises.Where(id => id[..2] == lesson)
            .Select(id => Solutions.Of(id)!)
            .ToDictionary(FirstLine);
        _cells =
        [
            .. NotebookReader
                .Read(path)
                .Cells.OfType<CodeCell>()
                .Select(cell => solutions.GetValueOrDefault(FirstLine(cell.Source), cell.Source)),
        ];
        _session = NewSession();
    }

    /// <summary>Executes what an exercise needs of the cells before it.</summary>
    /// <param name="solution">The exercise's solution.</param>
    /// <param name="answer">An answer that may need other cells than the solution; null for none.</param>
    public async Task PrepareAsync(string solution, string? answer = null)
    {
        var before = _cells.TakeWhile(source => source != solution).ToList();
        Assert.True(before.Count < _cells.Count, "The lesson has no cell with this solution.");
        var needed = CellDependencies.Needed(before, answer ?? solution);
        foreach (var source in needed.Where(source => !_executed.Contains(source)))
        {
            // A claim may fail on other random numbers, since cells before it were left out. The cell's results are
            // there all the same.
            if ((await ExecuteAsync(source)).Error is { } error && error.Name != nameof(ClaimFailedException))
            {
                // Something was left out that the cell needs.
                await PrepareAllAsync(before);
                return;
            }

            _executed.Add(source);
        }
    }

    private async Task PrepareAllAsync(IReadOnlyList<string> before)
    {
        _session.Dispose();
        _session = NewSession();
        _executed.Clear();
        foreach (var source in before)
        {
            Assert.Null((await ExecuteAsync(source)).Error);
            _executed.Add(source);
        }
    }

    private ScriptSession NewSession() => new(new ScriptSessionOptions(_folder));

    private static string FirstLine(string source) => source.Split('\n')[0];

    /// <summary>The verdicts on answers, each a whole cell; null for those that don't compile.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="shift">Other than 0: the checks draw other networks and inputs than usually.</param>
    public async Task<IReadOnlyList<Verdict?>> JudgeAsync(IReadOnlyList<string> answers, ulong shift = 0)
    {
        var verdicts = new List<Verdict?>();
        foreach (var chunk in answers.Chunk(answers.Any(HasType) ? 1 : AtOnce))
        {
            var compiled = HasType(chunk[0])
                ? await CompileAloneAsync(chunk[0])
                : await CompileAsync(chunk, source => source[..Call(source)] + $"return {source[Call(source)..]};");
            foreach (var check in compiled)
            {
                verdicts.Add(check is null ? null : await RunAsync(check, shift));
            }
        }

        return verdicts;
    }

    /// <summary>The methods of an answer, those that its check is handed; null where there are none.</summary>
    public async Task<IReadOnlyList<Delegate>?> MethodsAsync(string answer)
    {
        var call = Call(answer);
        var arguments = answer[(answer.IndexOf('(', call) + 1)..answer.LastIndexOf(')')].Split(',');
        var names = arguments
            .Select(argument => argument.Trim())
            .Where(name => IsMethodOf(answer[..call], name))
            .ToList();
        var methods = string.Join(", ", names.Select(name => $"(System.Delegate){name}"));
        var source = HasType(answer)
            ? $"{answer[..call]}new System.Delegate[] {{ {methods} }}"
            : "((System.Func<object>)(() "
                + $"=>\n{{\n{answer[..call]}return new System.Delegate[] {{ {methods} }};\n}}))()";
        return (await ExecuteAsync(source)).Result as Delegate[];
    }

    public void Dispose() => _session.Dispose();

    private static int Call(string source) => source.LastIndexOf("Check.", StringComparison.Ordinal);

    private static bool IsMethodOf(string source, string name) =>
        name.Length > 0 && Regex.IsMatch(source, $@"^\S.* {Regex.Escape(name)}\(", RegexOptions.Multiline);

    // A type cannot be declared inside a method, so such answers are compiled one by one.
    private static bool HasType(string source) => source.Contains("\nclass ", StringComparison.Ordinal);

    private async Task<IReadOnlyList<Func<object?>?>> CompileAloneAsync(string answer)
    {
        var call = Call(answer);
        var (result, error) = await ExecuteAsync(
            $"{answer[..call]}(System.Func<object>)(() => {answer[call..].TrimEnd()})"
        );
        return [error is null ? (Func<object?>)result! : null];
    }

    private async Task<IReadOnlyList<Func<object?>?>> CompileAsync(string[] answers, Func<string, string> body)
    {
        var compiled = new Func<object?>?[answers.Length];
        var left = Enumerable.Range(0, answers.Length).ToList();
        while (left.Count > 0)
        {
            var source = "new System.Func<object>[]\n{\n";
            var ends = new List<int>(); // the last line of each
            foreach (var k in left)
            {
                source += $"() =>\n{{\n{body(answers[k])}\n}},\n";
                ends.Add(source.Count(c => c == '\n'));
            }

            var (result, error) = await ExecuteAsync(source + "}");
            if (error is null)
            {
                foreach (var (k, function) in left.Zip((Func<object>[])result!))
                {
                    compiled[k] = function;
                }

                return compiled;
            }

            var broken = Positions()
                .Matches(string.Join('\n', error.Traceback))
                .Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
                .Select(line => ends.FindIndex(end => line <= end))
                .Where(k => k >= 0)
                .Distinct()
                .OrderDescending()
                .ToList();
            Assert.True(broken.Count > 0, string.Join('\n', error.Traceback));
            broken.ForEach(left.RemoveAt);
        }

        return compiled;
    }

    private async Task<Verdict> RunAsync(Func<object?> check, ulong shift)
    {
        var execution = new CellExecution();
        var run = _session.RunAsync<object?>(
            execution,
            () =>
            {
                try
                {
                    SampleNetwork.Shift = shift;
                    return check();
                }
                catch (Exception e) when (e is not OperationCanceledException)
                {
                    return e;
                }
            }
        );
        Assert.Same(run, await Task.WhenAny(run, Task.Delay(Patience)));
        execution.Interrupt(); // what a check has left behind
        execution.End();
        return await run switch
        {
            Feedback feedback => new(feedback, null),
            var other => new(null, other is Exception ? $"{other}" : null),
        };
    }

    private async Task<(object? Result, Notebooks.Results.CellError? Error)> ExecuteAsync(string source)
    {
        var run = Task.Run(() => _session.ExecuteAsync(new CellSource($"cell-{_executed.Count}", source)));
        Assert.Same(run, await Task.WhenAny(run, Task.Delay(Patience)));
        var outcome = await run;
        return (outcome.Result, outcome.Error);
    }

    [GeneratedRegex(@"line ([0-9]+)\): CS[0-9]+")]
    private static partial Regex Positions();
}

/// <summary>The verdict of a check on an answer.</summary>
/// <param name="Feedback">The feedback; null if the cell failed.</param>
/// <param name="Failure">Why the cell failed.</param>
internal sealed record Verdict(Feedback? Feedback, string? Failure);
