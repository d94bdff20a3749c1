using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;
using RnnCourse.Datasets;

namespace RnnCourse.Exercises.Lesson07;

/// <summary>The criteria for right answers to the exercises of lesson 07.</summary>
internal static class Criteria07
{
    private const int MaxSequences = 3;
    private const double Share = 0.9;
    private const double Fall = 0.05;

    /// <summary>A network, and the question that it is to answer.</summary>
    internal sealed record VerdictAnswer(VanillaRnn Network, Func<TinySentences.Sentence, bool> Question)
    {
        private bool[]? _right;

        /// <summary>The answers to the test sentences.</summary>
        public bool[] Right =>
            _right ??= [.. TinySentences.Test.Select(s => Attempt.Call($"for “{s}”", () => Question(s)))];
    }

    public static MethodCriterion Mask { get; } =
        new("every step of the sequence is read, or its last one alone, and a blank never")
        {
            Cases = new(
                $"$n$ from 0 to {Admissible.MaxSteps} and up to 3 blanks",
                random =>
                {
                    var n = Admissible.UpTo(Admissible.MaxSteps, random);
                    return
                    [
                        random.NextIndex(2) == 0 ? Read.EveryStep : Read.LastStep,
                        n,
                        n + Admissible.UpTo(3, random),
                    ];
                },
                (Check.MaskMethod)(
                    (where, n, columns) =>
                        [.. Enumerable.Range(1, columns).Select(i => where == Read.EveryStep ? i <= n : i == n)]
                )
            ),
        };

    public static MethodCriterion Loss { get; } =
        new("your method gives the sum of $-\\ln y_i[t_i]$ over the steps that have a target $t_i$")
        {
            Cases = OfOutputs((y, targets) => CrossEntropy.Loss(y, targets)),
            Tolerance = Tolerance.Usual,
        };

    public static MethodCriterion MeanLoss { get; } =
        new("it is that sum divided by the number of steps with a target, and 0 where there are none")
        {
            Cases = OfOutputs(
                (y, targets) => CrossEntropy.Loss(y, targets) / Math.Max(1, targets.Count(target => target is not null))
            ),
            Tolerance = Tolerance.Usual,
        };

    public static MethodCriterion Many { get; } =
        new("each sequence gets the outputs that it would get alone")
        {
            Cases = new(
                $"{Admissible.Networks}, 0 to {MaxSequences} sequences of {Admissible.Steps}",
                random =>
                {
                    var net = Admissible.Network(random);
                    return
                    [
                        net,
                        (IReadOnlyList<IReadOnlyList<Vector<double>>>)
                            [
                                .. Enumerable
                                    .Range(0, Admissible.UpTo(MaxSequences, random))
                                    .Select(_ =>
                                        Admissible.Sequence(net, Admissible.UpTo(Admissible.MaxSteps, random), random)
                                    ),
                            ],
                    ];
                },
                (Check.ManyMethod)((rnn, sequences) => [.. sequences.Select(rnn.Predict)])
            ),
            Tolerance = Tolerance.Usual,
        };

    public static MethodCriterion Softmax { get; } =
        new("your method gives the right probabilities, however large or small the scores are")
        {
            Cases = new(
                Admissible.ScoresInWords,
                random => [Admissible.Scores(random)],
                (Func<Vector<double>, Vector<double>>)CrossEntropy.Softmax
            ),
            Tolerance = Tolerance.Usual,
        };

    public static Criterion<VerdictAnswer> Verdict { get; } =
        new([
            new(
                FormattableString.Invariant(
                    $"the answer is yes for {(1 - Share) * 100:0} to {Share * 100:0} % of the test sentences"
                ),
                a =>
                {
                    var yes = a.Right.Average(answer => answer ? 1.0 : 0);
                    return yes < 1 - Share - 1e-9 || yes > Share ? VerdictFaults.OneSided(yes) : null;
                }
            ),
            new(
                $"the last word alone gives it for no more than {Share * 100:0} %",
                a =>
                {
                    // The best score possible from the last word alone.
                    var byLastWord =
                        TinySentences
                            .Test.Zip(a.Right)
                            .GroupBy(pair => pair.First.Words[^1])
                            .Sum(group => Math.Max(group.Count(pair => pair.Second), group.Count(pair => !pair.Second)))
                        / (double)a.Right.Length;
                    return byLastWord > Share ? VerdictFaults.LastWordTells(byLastWord) : null;
                }
            ),
            new(
                $"the network answers {Share * 100:0} % of the test sentences right, at the last step",
                a =>
                {
                    if (a.Network.U.ColumnCount != 13 || a.Network.V.RowCount != 2)
                    {
                        return VerdictFaults.Sizes(a.Network.U.ColumnCount, a.Network.V.RowCount);
                    }

                    var share = ShareOf(a.Network, a.Right);
                    return share >= Share
                        ? null
                        : VerdictFaults.NotLearnt(share, ShareOf(a.Network, [.. a.Right.Select(answer => !answer)]));
                }
            ),
            new(
                $"with $W = 0$ it falls by more than {Fall * 100:0} points",
                a =>
                {
                    var cut = ArgumentCopies.Twin(a.Network);
                    cut.W.Clear();
                    return ShareOf(cut, a.Right) < ShareOf(a.Network, a.Right) - Fall
                        ? null
                        : VerdictFaults.WithoutMemory;
                }
            ),
        ]);

    private static Cases OfOutputs(Check.LossMethod right) =>
        new($"outputs and targets of {Admissible.Steps}, some targets null", Admissible.Outputs, right);

    private static double ShareOf(VanillaRnn net, bool[] right) =>
        TinySentences
            .Test.Zip(right)
            .Average(pair =>
                net.Predict(TinySentences.OneHot(pair.First.Words))[^1].MaximumIndex() == (pair.Second ? 1 : 0)
                    ? 1.0
                    : 0
            );
}
