using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Exercises.Lesson06;

/// <summary>The criteria for right answers to the exercises of lesson 06.</summary>
internal static class Criteria06
{
    private const int LargestState = 4;
    private const int Fillings = 29;

    /// <summary>The length of the longest sequence on which checks test answers.</summary>
    public const int LongSequence = 100;

    private static readonly string[] Fillers = ["still", "only", "just"];

    // The pair as the lesson writes it, and with "still" fifty times.
    private static readonly string[][] WordsBetween =
    [
        ["still", "only"],
        [.. Enumerable.Repeat("still", 50)],
    ];

    private static readonly string SequencesInWords =
        $"{Admissible.Networks}, sequences of {Admissible.Steps} and of {LongSequence}";

    public static MethodCriterion Step { get; } =
        new(
            "your loops give the numbers of $s_i = \\tanh(U x_i + W s_{i-1} + b)$ and $y_i = \\mathrm{softmax}(V "
                + "s_i + c)$"
        )
        {
            Cases = new(
                Admissible.Networks,
                random =>
                {
                    var net = Admissible.Network(random);
                    return
                    [
                        Admissible.Numbers(net.U.ColumnCount, random),
                        Admissible.Numbers(net.W.RowCount, random),
                        net.U.ToArray(),
                        net.W.ToArray(),
                        net.V.ToArray(),
                        net.b.ToArray(),
                        net.c.ToArray(),
                    ];
                },
                (Check.LoopsMethod)(
                    (x_i, s_prev, U, W, V, b, c) =>
                    {
                        var p = StepInputs.Of(x_i, s_prev, U, W, V, b, c);
                        var s_i = StepFormula.Right.State(p);
                        return (s_i.ToArray(), StepFormula.Right.Output(p, s_i).ToArray());
                    }
                )
            ),
            Tolerance = Tolerance.Usual,
        };

    public static MethodCriterion Run { get; } =
        new("your states and outputs are those of `rnn.Forward`, started from your $s_0$")
        {
            Cases = new(
                SequencesInWords,
                random =>
                {
                    var (net, x) = Asked(random);
                    return [net, x, Admissible.Vector(net.W.RowCount, random)];
                },
                (Check.RunMethod)(
                    (rnn, x, s_0) =>
                    {
                        var (s, y) = RunDiagnosis.Compute(rnn, x, s_0, StepFormula.Right);
                        return (s, y);
                    }
                )
            )
            {
                // An answer that includes s_0 has one more state.
                ValueOf = (method, arguments) =>
                {
                    var (s, y) = ((IReadOnlyList<Vector<double>>, IReadOnlyList<Vector<double>>))
                        Cases.Call(method, arguments)!;
                    var n = ((IReadOnlyList<Vector<double>>)arguments[1]!).Count;
                    var begins = s.Count == n + 1 && s[0].Equals((Vector<double>)arguments[2]!);
                    return (begins ? s.Skip(1).ToList() : s, y);
                },
            },
            Tolerance = Tolerance.Usual,
        };

    public static MethodCriterion Test { get; } =
        new("your test passes recurrent networks and fails those that forget their state")
        {
            Cases = new(
                "networks with other numbers, each whole and with a state that is forgotten",
                random =>
                    [SampleNetwork.Recurrent((ulong)random.NextIndex(1_000_000), 13, 8, 7), random.NextIndex(2) == 0],
                (Func<VanillaRnn, bool, bool>)((_, isWhole) => isWhole)
            )
            {
                ValueOf = (test, arguments) =>
                    test is Func<VanillaRnn, bool, bool>
                        ? Cases.Call(test, arguments)
                        : Cases.Call(
                            test,
                            (Check.PredictMethod)(
                                (bool)arguments[1]!
                                    ? (rnn, x) => rnn.Predict(x)
                                    : (rnn, x) => [.. x.Select(x_i => rnn.Step(x_i, rnn.s_0).y_i)]
                            ),
                            arguments[0]
                        ),
            },
            ForLearnerToCheck =
                "Say which of the three wishes the forgetful network would fail, at which step you look, and why not "
                + "at the first.",
        };

    public static MethodCriterion Mended { get; } =
        new("the mended outputs are those of `rnn.Predict`")
        {
            Cases = new(
                SequencesInWords,
                random =>
                {
                    var (net, x) = Asked(random);
                    return [net, x];
                },
                (Check.PredictMethod)((rnn, x) => rnn.Predict(x))
            ),
            Tolerance = Tolerance.Usual,
            ForLearnerToCheck = "Your test fails before and passes after.",
        };

    public static Criterion<(VanillaRnn Recurrent, SharedNetwork Shared)> SpecialCase { get; } =
        new([
            new("$W$ is zero", pair => pair.Recurrent.W.Enumerate().Any(w => w != 0) ? MemoryFaults.WNotZero : null),
            new(
                "$U$ and $V$ aren't",
                pair =>
                    pair.Recurrent.U.Enumerate().All(u => u == 0) || pair.Recurrent.V.Enumerate().All(v => v == 0)
                        ? MemoryFaults.Trivial
                        : null
            ),
            new("both networks have the same $U, V, b, c$, and agree on every test sentence", MemoryFaults.OfPair),
        ])
        {
            Tolerance = Tolerance.Usual,
            ForLearnerToCheck = "Which lesson is a special case of which?",
        };

    public static Criterion<(VanillaRnn Network, string Word)> Forgetting { get; } =
        new([
            new(
                $"your word is {string.Join(", ", Fillers.SkipLast(1).Select(word => $"*{word}*"))} or *{Fillers[^1]}*",
                a => Fillers.Contains(a.Word) ? null : MemoryFaults.NoFiller(a.Word)
            ),
            new(
                $"with it the two states are farther apart after {Fillings} words than with the two others: its curve "
                    + "stays flat",
                a => a.Word == Fillers.MaxBy(filler => Apart(a.Network, filler)) ? null : MemoryFaults.Falls(a.Word)
            ),
        ]);

    public static Criterion<VanillaRnn> HandMade { get; } =
        new([
            new(
                $"the state has at most {LargestState} numbers",
                net =>
                    net.W.RowCount > LargestState ? MemoryFaults.TooLarge(net.W.RowCount)
                    : net.U.ColumnCount != 13 || net.V.RowCount != 7
                        ? Findings.Shape(
                            "the network",
                            "D = 13 and K = 7",
                            $"D = {net.U.ColumnCount} and K = {net.V.RowCount}"
                        )
                    : null
            ),
            new(
                $"*fish* is VERB after *they* and NOUN after *the*, with *{string.Join(' ', WordsBetween[0])}* in "
                    + $"between and with *{WordsBetween[1][0]}* {WordsBetween[1].Length} times; other sentences aren't "
                    + "tried",
                MemoryFaults.OfTags
            ),
        ]);

    /// <summary>The words in between with which a network made by hand is tested.</summary>
    public static IReadOnlyList<string[]> Between => WordsBetween;

    private static (VanillaRnn Net, IReadOnlyList<Vector<double>> x) Asked(SeededRandom random)
    {
        var net = Admissible.Network(random);
        var n = random.NextIndex(10) == 0 ? LongSequence : Admissible.UpTo(Admissible.MaxSteps, random);
        return (net, Admissible.Sequence(net, n, random));
    }

    private static double Apart(VanillaRnn rnn, string filler)
    {
        Vector<double> After(string first) =>
            rnn.Forward(TinySentences.OneHot([first, .. Enumerable.Repeat(filler, Fillings)])).s[^1];
        return (After("they") - After("the")).L2Norm();
    }
}
