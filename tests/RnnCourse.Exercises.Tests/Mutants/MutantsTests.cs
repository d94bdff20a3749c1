using System.Runtime.CompilerServices;
using RnnCourse.Core;
using RnnCourse.Exercises.Checking;
using RnnCourse.Notebooks.Format;
using RnnCourse.Notebooks.Session.Interrupting;
using RnnCourse.Notebooks.Session.Scripting;

namespace RnnCourse.Exercises.Tests.Mutants;

/// <summary>
/// Each stored solution with one thing changed, as a learner's slip would change it, is handed to its check, in the
/// lesson where it stands. The check must refuse it, unless it gives the same for 1,000 inputs; and where it refuses
/// it, it must nearly always say why.
/// </summary>
/// <remarks>The usual run tries a tenth of the mutants, another tenth after each change of a solution;
/// <c>RNN_LONG=1</c>, as in <c>.ci/long</c>, tries all of them, and all pairs of the likeliest ten.</remarks>
public sealed class MutantsTests(ITestOutputHelper output)
{
    private const int Inputs = 1000;
    private const int Likeliest = 10;
    private const int FewestMutants = 20;

    // Only to make an error of a hang: a crowded machine may take long over a cell.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("RNN_LONG") == "1";

    public static TheoryData<string> Lessons =>
        [.. AdmissibleInputs.Draw.Keys.Select(id => id[..2]).Distinct().Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Lessons))]
    public async Task A_check_refuses_each_mutant_of_its_solution_and_says_why(string lesson)
    {
        Attempt.Limits = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(5));
        var folder = Path.Combine(Root, "notebooks", "solutions");
        var path = Directory.EnumerateFiles(folder, lesson + "-*.ipynb").Single();
        using var session = new ScriptSession(new ScriptSessionOptions(folder));
        var sums = new List<Sum>();
        var problems = new List<string>();
        var last = AdmissibleInputs.Draw.Keys.Where(id => id[..2] == lesson).Max(StringComparer.Ordinal);
        foreach (var cell in NotebookReader.Read(path).Cells.OfType<CodeCell>())
        {
            var exercise = Solutions.Exercises.FirstOrDefault(id => Solutions.Of(id) == cell.Source);
            if (exercise is not null && AdmissibleInputs.Draw.TryGetValue(exercise, out var draw))
            {
                sums.Add(await TryMutantsAsync(session, exercise, cell.Source, draw, problems));
            }

            if (exercise == last)
            {
                break;
            }

            Assert.Null((await session.ExecuteAsync(new CellSource(cell.Id, cell.Source))).Error);
        }

        foreach (var sum in sums)
        {
            output.WriteLine(
                $"{sum.Exercise, -6} {sum.Mutants, 4} mutants, {sum.Equal} equal, {sum.Rejected} rejected, "
                    + $"{sum.Named} named"
            );
            if (IsLong && sum.Mutants < FewestMutants && !HasShortSolution(sum.Exercise))
            {
                problems.Add($"{sum.Exercise}: only {sum.Mutants} mutants compile");
            }

            // A tenth of the mutants may hold all that name nothing.
            if (IsLong && sum.Rejected - sum.Named > sum.Rejected / 10)
            {
                problems.Add($"{sum.Exercise}: {sum.Rejected - sum.Named} of {sum.Rejected} rejections name nothing");
            }
        }

        Assert.NotEmpty(sums);
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    private sealed record Sum(string Exercise, int Mutants, int Equal, int Rejected, int Named);

    // A formula of one short line has fewer.
    private static bool HasShortSolution(string exercise) => Solutions.Of(exercise)!.Length < 250;

    private static string Root { get; } = FindRoot();

    private static string FindRoot([CallerFilePath] string file = "")
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "RnnCourse.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException($"No course around {file}.");
        }

        return folder;
    }

    private async Task<Sum> TryMutantsAsync(
        ScriptSession session,
        string exercise,
        string solution,
        Func<SeededRandom, object[]> draw,
        List<string> problems
    )
    {
        var right = await MethodAsync(session, exercise, solution);
        Assert.NotNull(right);
        var (mutants, equal, rejected, named) = (0, 0, 0, 0);
        foreach (var (mutant, slips) in Mutants(solution))
        {
            var (feedback, compiles) = await CheckAsync(session, exercise, mutant);
            if (!compiles)
            {
                continue;
            }

            mutants++;
            var what = string.Join("; ", slips.Select(slip => $"{slip.Kind} ({Changed(mutant, slip)})"));
            if (feedback is null)
            {
                problems.Add($"{exercise}: no verdict for {what}");
            }
            else if (feedback.State != FeedbackState.Correct)
            {
                rejected++;
                if (IsNamed(feedback))
                {
                    named++;
                }
                else
                {
                    output.WriteLine($"{exercise} names nothing for {what}");
                }
            }
            else if (await DifferenceAsync(session, exercise, mutant, right, draw) is { } arguments)
            {
                problems.Add($"{exercise} accepts {what}, which differs for {arguments}");
            }
            else
            {
                equal++;
            }
        }

        return new(exercise, mutants, equal, rejected, named);
    }

    private static IEnumerable<(string Mutant, Slip[] Slips)> Mutants(string solution)
    {
        var all = SolutionMutator.SlipsIn(solution);
        var random = new SeededRandom((ulong)solution.Length * 2654435761);
        foreach (var slip in all.Where(_ => IsLong || random.NextIndex(10) == 0))
        {
            yield return (SolutionMutator.Apply(solution, slip), [slip]);
        }

        if (!IsLong)
        {
            yield break;
        }

        var likeliest = all.DistinctBy(slip => slip.Span.Start).Take(Likeliest).ToArray();
        foreach (var (k, first) in likeliest.Index())
        {
            foreach (var second in likeliest.Skip(k + 1).Where(other => !other.Span.OverlapsWith(first.Span)))
            {
                yield return (SolutionMutator.Apply(solution, first, second), [first, second]);
            }
        }
    }

    // "Not attempted" and "differs" say nothing about what is wrong.
    private static bool IsNamed(Feedback feedback) =>
        feedback.Fault is { } fault && !fault.EndsWith("differs", StringComparison.Ordinal);

    private static async Task<(Feedback? Feedback, bool Compiles)> CheckAsync(
        ScriptSession session,
        string exercise,
        string source
    )
    {
        var (result, compiles) = await ExecuteAsync(session, exercise, source);
        return (result as Feedback, compiles);
    }

    // The method itself, in place of what the check says of it.
    private static async Task<Delegate?> MethodAsync(ScriptSession session, string exercise, string source)
    {
        var call = source.LastIndexOf("Check.", StringComparison.Ordinal);
        var (open, close) = (source.IndexOf('(', call), source.LastIndexOf(')'));
        var method = source[(open + 1)..close].Split(',')[0];
        return (await ExecuteAsync(session, exercise, $"{source[..call]}(System.Delegate){method}")).Result as Delegate;
    }

    private static async Task<(object? Result, bool Compiles)> ExecuteAsync(
        ScriptSession session,
        string exercise,
        string source
    )
    {
        var execution = new CellExecution();
        var run = Task.Run(() =>
            session.ExecuteAsync(new CellSource($"{exercise}-{source.GetHashCode()}", source), execution)
        );
        Assert.Same(run, await Task.WhenAny(run, Task.Delay(Patience)));
        execution.Interrupt(); // what a check has left behind
        execution.End();
        var outcome = await run;
        return (
            outcome.Result,
            outcome.Error is null || !outcome.Error.Name.Contains("Compil", StringComparison.Ordinal)
        );
    }

    private static async Task<string?> DifferenceAsync(
        ScriptSession session,
        string exercise,
        string mutant,
        Delegate right,
        Func<SeededRandom, object[]> draw
    )
    {
        if (await MethodAsync(session, exercise, mutant) is not { } method)
        {
            return "every input: it is no method";
        }

        var random = new SeededRandom(2026);
        for (var k = 0; k < Inputs; k++)
        {
            var arguments = draw(random);
            if (!Outcome.AreNear(Outcome.Of(method, arguments), Outcome.Of(right, arguments)))
            {
                return $"input {k}: {string.Join(" | ", arguments.Select(argument => $"{argument}".Split('\n')[0]))}";
            }
        }

        return null;
    }

    private static string Changed(string mutant, Slip slip)
    {
        var start = mutant.LastIndexOf('\n', Math.Max(0, slip.Span.Start - 1)) + 1;
        var end = mutant.IndexOf('\n', Math.Min(mutant.Length - 1, slip.Span.Start + slip.Text.Length));
        return mutant[start..(end < 0 ? mutant.Length : end)].Trim();
    }
}
