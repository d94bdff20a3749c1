using MathNet.Numerics.LinearAlgebra;
using RnnCourse.Core;

namespace RnnCourse.Exercises.Lesson14;

/// <summary>The criteria for right answers to the exercises of lesson 14.</summary>
internal static class Criteria14
{
    private const double AnswerRounding = 0.05;

    public static MethodCriterion Lstm { get; } =
        new("your step gives the numbers of the formulas, and over seven steps those of libtorch")
        {
            Cases = new(
                Admissible.GatesInWords,
                random => Admissible.Gates(random, 4, withCell: true),
                (Check.LstmStepMethod)(
                    (x_i, s_prev, c_prev, keep, add, show, candidate) =>
                    {
                        Vector<double> Open(Gate gate) => Gate.Sigmoid(gate.Sum(x_i, s_prev));
                        var c_i =
                            Open(keep).PointwiseMultiply(c_prev)
                            + Open(add).PointwiseMultiply(candidate.Sum(x_i, s_prev).PointwiseTanh());
                        return (Open(show).PointwiseMultiply(c_i.PointwiseTanh()), c_i);
                    }
                )
            ),
            Tolerance = Tolerance.Usual,
        };

    public static Criterion<(Func<int, int, int>? Lstm, Func<int, int, int>? Gru)> Counts { get; } =
        new([
            new(
                "both formulas hold for all sizes",
                a => CellCountFaults.Of("The LSTM", 4, 4, a.Lstm) ?? CellCountFaults.Of("The GRU", 3, 4, a.Gru)
            ),
        ])
        {
            Cases = new(
                Admissible.SizesInWords("D", "H"),
                Admissible.Sizes(2),
                (Func<int, int, (int, int)>)((D, H) => (4 * H * (D + H + 1), (3 * H * (D + H + 1)) + H))
            ),
        };

    public static Criterion<(double[] Weights, double? Context)> Attention { get; } =
        new([
            new("your shares sum to 1 and are those of softmax", a => AttentionFaults.OfWeights(a.Weights)),
            new(
                FormattableString.Invariant($"the answer, up to {AnswerRounding}, is the values' mixture"),
                a => AttentionFaults.OfContext(a.Context, AnswerRounding)
            ),
        ])
        {
            Tolerance = new(6e-3, RelativeTo.Nothing),
            ForLearnerToCheck = "You need no calculator.",
        };

    public static MethodCriterion Gru { get; } =
        new("the mended step gives the numbers of the formulas, and over seven steps those of libtorch")
        {
            Cases = new(
                Admissible.GatesInWords,
                random => Admissible.Gates(random, 3, withCell: false),
                (Check.GruStepMethod)(
                    (x_i, s_prev, keep, reset, candidate) =>
                    {
                        var keep_i = Gate.Sigmoid(keep.Sum(x_i, s_prev));
                        var past = (candidate.W * s_prev) + candidate.b_W!;
                        var candidate_i = (
                            (candidate.U * x_i)
                            + candidate.b
                            + Gate.Sigmoid(reset.Sum(x_i, s_prev)).PointwiseMultiply(past)
                        ).PointwiseTanh();
                        return keep_i.PointwiseMultiply(s_prev) + (1 - keep_i).PointwiseMultiply(candidate_i);
                    }
                )
            ),
            Tolerance = Tolerance.Usual,
        };
}
