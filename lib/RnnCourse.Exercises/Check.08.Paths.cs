using System.Globalization;
using RnnCourse.Exercises.Formulas;
using RnnCourse.Exercises.Lesson08;

namespace RnnCourse.Exercises;

public static partial class Check
{
    private static readonly int[] LengthsOfPaths = [0, 1, 3, 20];

    /// <summary>Checks how many paths of a lag contribute to the gradient of W.</summary>
    /// <param name="paths">The learner's formula: from the n steps of a sequence, all of them read, and the lag k = j −
    /// i (from 0) to the number of paths from a use of W at step i to a loss L_j.</param>
    public static Feedback Paths(Func<int, int, int>? paths) =>
        Attempt.Judge(
            Texts08.Paths,
            paths,
            () =>
            {
                var cases = (from n in LengthsOfPaths from k in Enumerable.Range(0, n + 2) select (n, k)).ToList();
                int[] given = [.. cases.Select(c => Attempt.Call($"for n = {c.n}, k = {c.k}", () => paths!(c.n, c.k)))];
                if (given.All(value => value == 0))
                {
                    return Findings.AlwaysZero;
                }

                bool Is(Func<int, int, int> formula) => cases.Select(c => formula(c.n, c.k)).SequenceEqual(given);
                if (Is(PathFaults.Right))
                {
                    return null;
                }

                if (PathFaults.Suspects.FirstOrDefault(suspect => Is(suspect.Formula)).Fault is { } known)
                {
                    return known;
                }

                var wrong = Enumerable
                    .Range(0, given.Length)
                    .First(c => given[c] != PathFaults.Right(cases[c].n, cases[c].k));
                if (
                    PathFaults.AsData.DiagnoseNumbers(
                        "paths",
                        cases.Zip(given, (c, own) => (Memory.With(("n", (double)c.n), ("k", (double)c.k)), (double)own))
                    ) is
                    { } slip
                )
                {
                    return slip;
                }

                if (
                    Findings.Related(
                        "The number",
                        [.. given.Select(own => (double)own)],
                        [.. cases.Select(c => (double)PathFaults.Right(c.n, c.k))]
                    ) is
                    { } related
                )
                {
                    return related;
                }

                return PathFaults.Differs(cases[wrong].n, cases[wrong].k, given[wrong]);
            }
        );

    /// <summary>Checks which of the six gradients are zero in four situations. The names are separated by spaces, such
    /// as "dU dW"; "none" if none is zero.</summary>
    /// <param name="saturated">Every number of every state s_1 … s_3 is 1 or −1, so that the slope of tanh is
    /// 0.</param>
    /// <param name="withoutW">W = 0.</param>
    /// <param name="withoutV">V = 0.</param>
    /// <param name="oneStep">s_0 = 0, and the sequence has a single step.</param>
    public static Feedback Vanishing(string? saturated, string? withoutW, string? withoutV, string? oneStep)
    {
        (string Case, string? Given)[] answers =
        [
            ("saturated", saturated),
            ("withoutW", withoutW),
            ("withoutV", withoutV),
            ("oneStep", oneStep),
        ];
        return Attempt.Judge(
            Texts08.Vanishing,
            answers.All(answer => answer.Given is null),
            () => Criteria08.Vanishing.Fault(answers)
        );
    }
}

/// <summary>Known mistakes in counting paths.</summary>
internal static class PathFaults
{
    public static readonly Computation AsData = new(
        ["n", "k"],
        new Condition(
            "the lag is shorter than the sequence",
            memory => memory.ValueOf("n") > memory.ValueOf("k"),
            [new Line("paths", new Name("n") - new Name("k"))],
            [new Line("paths", 0)]
        )
    );

    public static int Right(int n, int k) => Math.Max(0, n - k);

    public static readonly (Finding Fault, Func<int, int, int> Formula)[] Suspects =
    [
        (
            new(
                "negative",
                "Where the lag is longer than the sequence, the number is negative.",
                "How many paths of lag 5 has a sequence of three steps?",
                "Math.Max(0, n - k)."
            ),
            (n, k) => n - k
        ),
        (
            new(
                "one-too-few",
                "One path is missing at each lag.",
                "A loss and a use at the same step: is that a path, too? How many of them are there?",
                "Lag 0 has n paths, one for each step."
            ),
            (n, k) => Math.Max(0, n - k - 1)
        ),
        (
            new(
                "one-too-few",
                "One path is missing at each lag.",
                "A loss and a use at the same step: is that a path, too? How many of them are there?",
                "Lag 0 has n paths, one for each step: n - k, and never below 0."
            ),
            (n, k) => n - k - 1
        ),
        (
            new(
                "one-too-many",
                "There is one path too many at each lag.",
                "s_0 is not a step: W is used n times, not n + 1 times.",
                "Lag 0 has n paths, one for each step."
            ),
            (n, k) => Math.Max(0, n - k + 1)
        ),
        (
            new(
                "all-paths",
                "This is the number of all paths together.",
                "Asked for are those of one lag. How many of lag n − 1 are there?",
                "For lag k the loss can stand at any step from k + 1 to n."
            ),
            (n, k) => n * (n + 1) / 2
        ),
        (
            new(
                "half",
                "This is half of the number, rounded down.",
                "What is divided at the end?",
                "n - k, and never below 0."
            ),
            (n, k) => Right(n, k) / 2
        ),
        (
            new(
                "n-twice",
                "n is counted twice.",
                "How many paths of lag 0 has a sequence of three steps?",
                "n - k, and never below 0."
            ),
            (n, k) => Math.Max(0, (2 * n) - k)
        ),
        (
            new(
                "k-twice",
                "The lag is taken away twice.",
                "How many paths of lag 1 has a sequence of three steps?",
                "n - k, and never below 0."
            ),
            (n, k) => Math.Max(0, n - (2 * k))
        ),
        (
            new(
                "never-below-one",
                "Where the lag is too long, the number is 1; there are no paths then.",
                "How many paths of lag 5 has a sequence of three steps?",
                "Math.Max(0, n - k)."
            ),
            (n, k) => Math.Max(1, n - k)
        ),
        (
            new(
                "same-for-all",
                "The lag makes no difference in your formula.",
                "A use at step 1 and a loss at step n: how often does that happen?",
                "For lag k the loss can stand at any step from k + 1 to n."
            ),
            (n, k) => n
        ),
        (
            new(
                "up-to-lag",
                "This is the number of paths up to that lag, together.",
                "Asked for are those of exactly that lag.",
                "n - k, and never below 0."
            ),
            (n, k) => Enumerable.Range(0, k + 1).Sum(lag => Right(n, lag))
        ),
    ];

    public static Finding Differs(int n, int k, int given) =>
        new(
            "differs",
            string.Create(
                CultureInfo.InvariantCulture,
                $"For n = {n} and lag {k} the formula gives {given}. There are {Right(n, k)}."
            ),
            Texts08.Paths.Hint,
            Texts08.Paths.MoreHint
        );
}

/// <summary>Known mistakes about vanishing gradients.</summary>
internal static class VanishingFaults
{
    private static readonly string[] Names = ["dU", "dW", "dV", "db", "dc", "ds_0"];

    // Words around the names in an answer that is written as a sentence.
    private static readonly string[] FillWords = ["and", "all", "of", "only"];

    private static readonly Dictionary<string, (string[] Zero, string Hint)> Situations = new()
    {
        ["saturated"] = (
            ["dU", "dW", "db", "ds_0"],
            "da_i = (1 − s_i²) ds_i is zero at each step. Which gradients have da in each of their "
                + "terms, and which have dz?"
        ),
        ["withoutW"] = (
            ["ds_0"],
            "W passes on what goes from step to step, so nothing goes back in time. But is da_i "
                + "s_{i−1}ᵀ zero? W may be 0 and still have a slope."
        ),
        ["withoutV"] = (
            ["dU", "dW", "db", "ds_0"],
            "ds_i = Vᵀ dz_i + …: with V = 0 nothing comes down from any output. Which gradients don't need ds?"
        ),
        ["oneStep"] = (
            ["dW"],
            "dW has a single term here, da_1 s_0ᵀ. And ds_0 = Wᵀ da_1: does s_0 itself occur in it?"
        ),
    };

    // ds0 and ds_0 are the same name.
    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal);

    public static Finding Open(string situation) =>
        new(
            "open",
            $"What is answered is right. The answer for {situation} is still open.",
            Situations[situation].Hint,
            "Write the formula of each gradient, and put a zero where it belongs."
        );

    public static Finding? Of(string situation, string given)
    {
        string[] said =
        [
            .. given
                .Split([' ', ',', ';', '+', '&', '.', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries)
                .Where(word => !FillWords.Contains(word))
                .Select(word => Names.FirstOrDefault(name => Plain(name) == Plain(word)) ?? word),
        ];
        if (said is ["none"] or ["None"])
        {
            said = [];
        }

        var unknown = said.FirstOrDefault(name => !Names.Contains(name));
        if (unknown is not null)
        {
            return new(
                "unknown-name",
                $"{situation}: “{unknown}” is not one of the six gradients.",
                "The six are dU dW dV db dc ds_0.",
                "Type their names with spaces between, such as \"dU dW\", or \"none\"."
            );
        }

        var (zero, hint) = Situations[situation];
        if (said.FirstOrDefault(name => !zero.Contains(name)) is { } extra)
        {
            return new(
                $"{situation}-{extra}-not-zero",
                $"{situation}: {extra} is not zero.",
                hint,
                $"Write the formula of {extra}. Which of its factors is zero? None, in every term at once."
            );
        }

        if (zero.FirstOrDefault(name => !said.Contains(name)) is { } missing)
        {
            return new(
                $"{situation}-{missing}-is-zero",
                $"{situation}: what you name is zero, and {missing} is zero as well.",
                hint,
                $"Write the formula of {missing}. Which factor stands in each of its terms?"
            );
        }

        return null;
    }
}
