using RnnCourse.Exercises.Lesson04;
using RnnCourse.Exercises.Lesson05;

namespace RnnCourse.Exercises;

public static partial class Check
{
    /// <summary>Checks the numbers of parameters of a function per step, worked out on paper.</summary>
    /// <param name="D">The size of an input, chosen by the learner; at least 1.</param>
    /// <param name="H">The size of each hidden layer.</param>
    /// <param name="K">The number of classes.</param>
    /// <param name="for10">How many parameters sequences of length 10 need; null if not worked out yet.</param>
    /// <param name="for100">How many parameters sequences of length 100 need.</param>
    /// <param name="millionFrom">The smallest n for which more than a million are needed.</param>
    public static Feedback PerStepCounts(int D, int H, int K, long? for10, long? for100, int? millionFrom) =>
        Attempt.Judge(
            Texts05.Counts,
            for10 is null && for100 is null && millionFrom is null,
            () => Criteria05.Counts.Fault(new(new PerStepSize(D, H, K), [for10, for100], millionFrom))
        );
}

/// <summary>The sizes of a function per step.</summary>
internal sealed record PerStepSize(long D, long H, long K)
{
    /// <summary>V, b and c of one function.</summary>
    public long Rest => (K * H) + H + K;

    public long Right(long n) => (H * D * (n * (n + 1) / 2)) + (n * Rest);
}

/// <summary>Known mistakes in counting the parameters of a function per step.</summary>
internal static class PerStepFaults
{
    public static readonly (Finding Fault, Func<PerStepSize, long, long> Formula)[] Suspects =
    [
        (
            new(
                "all-like-f1",
                "Every function is counted as large as f_1.",
                "How many numbers go into f_3?",
                "U_i has i·D columns: it grows with i."
            ),
            (p, n) => n * ((p.H * p.D) + p.Rest)
        ),
        (
            new(
                "all-like-fn",
                "Every function is counted as large as the last one.",
                "How many numbers go into f_1?",
                "U_i has i·D columns. Sum 1 + 2 + … + n, not n·n."
            ),
            (p, n) => n * ((n * p.H * p.D) + p.Rest)
        ),
        (
            new(
                "last-only",
                "Only the last function is counted.",
                "Which functions does a sequence of n steps need?",
                "Sum over f_1 to f_n."
            ),
            (p, n) => (n * p.H * p.D) + p.Rest
        ),
        (
            new(
                "one-network",
                "One network is counted, as if it were shared.",
                "How many networks are there for n steps?",
                "n of them, each with parameters of its own."
            ),
            (p, n) => (p.H * p.D) + p.Rest
        ),
        (
            new(
                "rest-once",
                "V, b and c are counted once for all functions.",
                "Does f_2 use the V of f_1?",
                "Each function has its own V, b and c: n times K·H + H + K."
            ),
            (p, n) => (p.H * p.D * (n * (n + 1) / 2)) + p.Rest
        ),
        (CountFaults.BiasesForgotten, (p, n) => (p.H * p.D * (n * (n + 1) / 2)) + (n * p.K * p.H)),
        (
            new(
                "v-forgotten",
                "The matrices V_i are not counted.",
                "What leads from a hidden layer to its output?",
                "Each V_i has K × H numbers."
            ),
            (p, n) => (p.H * p.D * (n * (n + 1) / 2)) + (n * (p.H + p.K))
        ),
        (
            new(
                "u-only",
                "Only the matrices U_i are counted.",
                "What else does each function have?",
                "V_i, b_i and c_i: K·H + H + K numbers."
            ),
            (p, n) => p.H * p.D * (n * (n + 1) / 2)
        ),
        (
            new(
                "sum-to-n-minus-1",
                "The sum ends at f_{n−1}: one function is missing.",
                "What is 1 + 2 + … + n?",
                "n (n + 1) / 2."
            ),
            (p, n) => p.Right(n - 1)
        ),
        (
            new("gauss-minus", "1 + 2 + … + n is taken as n (n − 1) / 2.", "Try it for n = 2.", "n (n + 1) / 2."),
            (p, n) => (p.H * p.D * (n * (n - 1) / 2)) + (n * p.Rest)
        ),
        (
            new(
                "sum-to-n-plus-1",
                "The sum goes to f_{n+1}: one function too many.",
                "What is 1 + 2 + … + n?",
                "n (n + 1) / 2."
            ),
            (p, n) => p.Right(n + 1)
        ),
    ];

    public static Finding? OfCounts(Criteria05.CountsAnswer answer, int[] lengths)
    {
        var size = answer.Size;
        if (answer.Counts[0] == size.Right(lengths[1]) || answer.Counts[1] == size.Right(lengths[0]))
        {
            return Swapped;
        }

        foreach (var (n, given) in lengths.Zip(answer.Counts))
        {
            if (given is { } count && count != size.Right(n))
            {
                return Suspects.FirstOrDefault(suspect => suspect.Formula(size, n) == count).Fault
                    ?? CountFaults.Differs($"n = {n}", count, size.Right(n));
            }
        }

        var open = Array.FindIndex(answer.Counts, count => count is null);
        return open < 0 ? null : Open($"n = {lengths[open]}");
    }

    public static Finding? OfMillion(Criteria05.CountsAnswer answer, int million) =>
        answer.MillionFrom is not { } from ? Open("a million")
        : from < 1 || answer.Size.Right(from) <= million ? NotYetAMillion(from, from < 1 ? 0 : answer.Size.Right(from))
        : answer.Size.Right(from - 1) > million ? Earlier(from, answer.Size.Right(from - 1))
        : null;

    public static Finding Sizes { get; } =
        new(
            "sizes",
            "D, H and K must be at least 1.",
            "What would an input of no numbers be?",
            "Choose for instance D = 5, H = 4, K = 3."
        );

    public static Finding Swapped { get; } =
        new(
            "swapped-lengths",
            "The counts for n = 10 and for n = 100 have changed places.",
            "Which of the two networks is larger?",
            "for10 is the smaller number."
        );

    public static Finding LessonsSizes { get; } =
        new(
            "lessons-sizes",
            "These are the lesson's own sizes, whose counts stand above.",
            "A formula shows itself on numbers that it hasn't seen.",
            "Choose other sizes."
        );

    public static Finding Open(string what) =>
        new(
            "open",
            $"What you have answered is right. The answer for {what} is still open.",
            "The same formula answers all three.",
            "From which n on is H·D·n(n+1)/2 + n(K·H + H + K) above a million?"
        );

    public static Finding NotYetAMillion(int n, long count) =>
        new(
            "not-yet-a-million",
            $"For n = {n} there are {count} parameters: not more than a million.",
            "Try the next n.",
            "Solve H·D·n²/2 ≈ 1 000 000 for a first guess, then try its neighbours."
        );

    public static Finding Earlier(int n, long before) =>
        new(
            "earlier",
            $"For n = {n} there are more than a million, but already {before} for the n before.",
            "What is asked for is the first such n.",
            "Go down until the count is a million or less; the answer is one above."
        );
}
