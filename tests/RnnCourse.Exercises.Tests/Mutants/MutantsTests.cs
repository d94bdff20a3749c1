using System.Globalization;
using RnnCourse.Core;
using RnnCourse.Exercises.Checking;

namespace RnnCourse.Exercises.Tests.Mutants;

/// <summary>
/// Each stored solution with one thing changed, as a learner's slip would change it, is handed to its check, in the
/// lesson where it stands. The check must refuse it, unless it gives the same for 1,000 drawn inputs of its criterion;
/// and where it refuses it, it must nearly always say why.
/// </summary>
/// <remarks>The usual run tries some mutants of each solution, other ones after each change of it; <c>RNN_LONG=1</c>,
/// as in <c>.ci/long</c>, tries all of them, and all pairs of the likeliest ten. <c>RNN_LESSONS=07</c> chooses a
/// lesson.</remarks>
[Collection(nameof(RunsLessons))]
public sealed class MutantsTests(ITestOutputHelper output)
{
    private const ulong Inputs = 1000;
    private const int Likeliest = 10;
    private const int More = 10;
    private const int MinMutants = 20; // of one change each
    private const int InTheUsualRun = 6;
    private const ulong OtherSamples = 1000;

    private static readonly bool IsLong = Environment.GetEnvironmentVariable("RNN_LONG") == "1";

    // The check of 12.3 measures the required quantity, a loss; the learner may choose the counts that lead to it.
    private static readonly string[] JudgedByMeasuring = ["03.4", "12.3"];

    /// <summary>The exercises whose answers are methods.</summary>
    internal static IReadOnlyList<string> Exercises { get; } =
    [.. Solutions.Exercises.Where(id => Solutions.Get(id).RightIf.Cases is not null || JudgedByMeasuring.Contains(id))];

    // As in the tests of lessons: RNN_LESSONS=07,08 tries these alone.
    private static readonly string[]? Chosen = Environment
        .GetEnvironmentVariable("RNN_LESSONS")
        ?.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);

    public static TheoryData<string> Lessons =>
        [
            .. Exercises
                .Select(id => id[..2])
                .Distinct()
                .Where(lesson => Chosen?.Contains(lesson) ?? true)
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Lessons))]
    public async Task A_check_refuses_each_mutant_of_its_solution_and_says_why(string lesson)
    {
        Attempt.Limits = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(5));
        using var session = new LessonSession(lesson);
        var sums = new List<Sum>();
        var problems = new List<string>();
        foreach (var exercise in Exercises.Where(id => id[..2] == lesson))
        {
            await session.PrepareAsync(Solutions.Of(exercise)!);
            sums.Add(await TryMutantsAsync(session, exercise, problems));
        }

        foreach (var sum in sums)
        {
            var unnamed = sum.Rejected == 0 ? 0 : 100.0 * (sum.Rejected - sum.Named) / sum.Rejected;
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{sum.Exercise, -6} {sum.Mutants, 4} mutants ({sum.Single, 3} of one change), {sum.Equal, 3} "
                        + $"equal, {sum.Rejected, 4} rejected, {sum.Named, 4} named, {unnamed:F1} % without a diagnosis"
                )
            );
            if (IsLong && sum.Single < MinMutants)
            {
                problems.Add($"{sum.Exercise}: only {sum.Single} mutants of one change compile");
            }

            // At most a tenth of the mutants may be refused without a named fault.
            if (IsLong && sum.Rejected - sum.Named > sum.Rejected / 10)
            {
                problems.Add($"{sum.Exercise}: {sum.Rejected - sum.Named} of {sum.Rejected} rejections name nothing");
            }
        }

        Assert.NotEmpty(sums);
        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    private sealed record Sum(string Exercise, int Mutants, int Single, int Equal, int Rejected, int Named);

    private async Task<Sum> TryMutantsAsync(LessonSession session, string exercise, List<string> problems)
    {
        var (mutants, equal, rejected, named, single, unsteady) = (0, 0, 0, 0, 0, 0);
        var all = Mutants(Solutions.Of(exercise)!).ToList();
        string[] sources = [.. all.Select(mutant => mutant.Source)];
        var verdicts = await session.JudgeAsync(sources);
        for (var few = SolutionMutator.Few + More; IsLong && CompilingSingles() < MinMutants; few += More)
        {
            all = [.. Mutants(Solutions.Of(exercise)!, few)];
            if (all.Count == sources.Length)
            {
                break; // there are no more
            }

            sources = [.. all.Select(mutant => mutant.Source)];
            verdicts = await session.JudgeAsync(sources);
        }

        int CompilingSingles() =>
            all.Zip(verdicts).Count(pair => pair.First.Slips.Length == 1 && pair.Second is not null);
        var onOthers = IsLong ? await session.JudgeAsync(sources, OtherSamples) : verdicts;
        foreach (var ((mutant, slips), verdict, onOther) in all.Zip(verdicts, onOthers))
        {
            if (verdict is null)
            {
                continue; // it doesn't compile
            }

            mutants++;
            single += slips.Length == 1 ? 1 : 0;
            var what = string.Join("; ", slips.Select(slip => $"{slip.Kind} ({Changed(mutant, slip)})"));
            if (verdict.Feedback is not { } feedback)
            {
                // A line of the cell itself threw before the check; the cell shows the exception.
                if (verdict.Failure is null)
                {
                    problems.Add($"{exercise}: no verdict for {what}");
                }

                rejected++;
                named++;
            }
            else if (feedback.State != FeedbackState.Correct)
            {
                rejected++;
                if (IsNamed(feedback))
                {
                    named++;
                    if (onOther?.Feedback?.Fault != feedback.Fault)
                    {
                        output.WriteLine(
                            $"{exercise} is told {feedback.Fault} and, on other numbers, "
                                + $"{onOther?.Feedback?.Fault} for {what}"
                        );
                        unsteady++;
                    }
                }
                else
                {
                    output.WriteLine($"{exercise} names nothing for {what}: {feedback.Message}");
                }
            }
            else if (!JudgedByMeasuring.Contains(exercise) && await DifferenceAsync(session, exercise, mutant) is { } k)
            {
                problems.Add($"{exercise} accepts {what}, which differs for input {k}");
            }
            else
            {
                equal++;
            }
        }

        // The named fault alone produces the answer's numbers. If this were a coincidence, another fault would be named
        // for other numbers.
        if (unsteady > named / 20)
        {
            problems.Add($"{exercise}: {unsteady} of {named} diagnoses are others on other numbers");
        }

        return new(exercise, mutants, single, equal, rejected, named);
    }

    private static IEnumerable<(string Source, Slip[] Slips)> Mutants(string solution, int few = SolutionMutator.Few)
    {
        var all = SolutionMutator.SlipsIn(solution, few);
        var random = new SeededRandom((ulong)solution.Length * 2654435761);
        foreach (var slip in all.Where(_ => IsLong || random.NextIndex(all.Count) < InTheUsualRun))
        {
            yield return (SolutionMutator.Apply(solution, slip), [slip]);
        }

        if (!IsLong)
        {
            yield break;
        }

        var likeliest = all.Where(slip => slip.Rank < SolutionMutator.RareRank)
            .DistinctBy(slip => slip.Span.Start)
            .Take(Likeliest)
            .ToArray();
        foreach (var (k, first) in likeliest.Index())
        {
            foreach (var second in likeliest.Skip(k + 1).Where(other => !other.Span.OverlapsWith(first.Span)))
            {
                yield return (SolutionMutator.Apply(solution, first, second), [first, second]);
            }
        }
    }

    // "Not attempted" and "differs" don't name a fault.
    private static bool IsNamed(Feedback feedback) =>
        feedback.Fault is { } fault && !fault.EndsWith("differs", StringComparison.Ordinal);

    // The first drawn input for which a mutant's result differs from that of the right method.
    private static async Task<ulong?> DifferenceAsync(LessonSession session, string exercise, string mutant)
    {
        var criterion = Solutions.Get(exercise).RightIf;
        var cases = criterion.Cases!;
        if (await session.MethodsAsync(mutant) is not { Count: > 0 } methods)
        {
            return 0;
        }

        // Two methods are compared as one method that returns both answers.
        var method = methods is [Func<int, int, int> one, Func<int, int, int> other]
            ? (Func<int, int, (int, int)>)((a, b) => (one(a, b), other(a, b)))
            : methods[0];
        for (var k = 0UL; k < Inputs; k++)
        {
            if (
                !criterion.Tolerance.AreNear(
                    cases.Outcome(method, 1_000_000 + k),
                    cases.Outcome(cases.Right, 1_000_000 + k)
                )
            )
            {
                return k;
            }
        }

        return null;
    }

    private static string Changed(string mutant, Slip slip)
    {
        // An earlier slip may have shortened the text.
        var start = mutant.LastIndexOf('\n', Math.Clamp(slip.Span.Start - 1, 0, mutant.Length - 1)) + 1;
        var end = mutant.IndexOf('\n', Math.Min(mutant.Length - 1, slip.Span.Start + slip.Text.Length));
        return mutant[start..(end < 0 ? mutant.Length : end)].Trim();
    }
}
